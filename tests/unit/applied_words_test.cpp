// SPDX-License-Identifier: EUPL-1.2
// When a session says what this device has applied. What it says: delivery_test.cpp.
#include "tests/support/catch.h"
#include "tests/support/client_desk.h"

#include <algorithm>

namespace teren::test {

using State = engine::ClientMachine::State;

namespace {

constexpr std::size_t kWordBytes = 1'000;

/// Of one space each.
ledger::AppliedWord wordOf(std::size_t space)
{
    ledger::AppliedWord word;
    word.space = *SpaceId::from(Bytes(SpaceId::kSize, static_cast<std::uint8_t>(space)));
    word.box.resize(kWordBytes - word.signature.size());
    return word;
}

/// The colleague has written four segments of 80 000 bytes, each of which gives this device a word to say.
struct WordyDesk : ClientDesk {
    WordyDesk()
    {
        colleagueWrites(4, 80'000);
        replica.words = [this](std::size_t maxBytes, const std::set<SpaceId>& underWay) {
            asked.push_back(maxBytes);
            std::vector<ledger::AppliedWord> words;
            for (std::size_t next = said + underWay.size();
                 next < replica.stored.size() && (words.size() + 1) * kWordBytes <= maxBytes; ++next)
                words.push_back(wordOf(next));
            return words;
        };
    }
    wire::Answer answer() const
    {
        wire::Answer answer = office.answer(0);
        answer.features = wire::kKeepsApplied;
        return answer;
    }
    std::string kept(std::uint32_t count)
    {
        said += count;
        return hear(wire::AppliedKept{count});
    }
    std::size_t said = 0;
    std::vector<std::size_t> asked;  ///< Bytes, each time the replica was.
};

}  // namespace

TEST_CASE("applied words: some are said while pages come, the rest at rest", "[engine]")
{
    WordyDesk desk;
    desk.connect();
    CHECK(desk.hear(desk.answer()) == "");
    CHECK(desk.hear(desk.office.page(0, 1)) == "tell 1");
    CHECK(desk.machine.state() == State::CatchingUp);
    CHECK(desk.hear(desk.office.page(1, 2)) == "tell 1");  // The one before has no reply yet.
    CHECK(desk.kept(1) == "");
    CHECK(desk.hear(desk.office.page(2, 3)) == "tell 1");
    CHECK(desk.kept(1) == "");
    CHECK(desk.hear(desk.office.page(3, 4)) == "tell 1");
    CHECK(desk.machine.state() == State::Settled);
    CHECK(desk.kept(1) == "");
    CHECK_FALSE(desk.machine.isDone());
    CHECK(desk.kept(1) == "");
    CHECK(desk.machine.isDone());
    CHECK(std::ranges::count(desk.replica.calls, "told 1") == 4);
}

TEST_CASE("applied words: of a space nothing is said before the reply to what was said last", "[engine]")
{
    WordyDesk desk;
    desk.replica.words = [](std::size_t, const std::set<SpaceId>& underWay) {
        return std::vector(underWay.contains(wordOf(0).space) ? 0 : 1, wordOf(0));
    };
    desk.connect();
    desk.hear(desk.answer());
    CHECK(desk.hear(desk.office.page(0, 1)) == "tell 1");
    CHECK(desk.hear(desk.office.page(1, 2)) == "");
    CHECK(desk.kept(1) == "tell 1");
}

TEST_CASE(
    "applied words: when one message is not kept whole, the others wait for the next session too", "[engine]")
{
    WordyDesk desk;
    desk.connect();
    desk.hear(desk.answer());
    REQUIRE(desk.hear(desk.office.page(0, 1)) == "tell 1");
    REQUIRE(desk.hear(desk.office.page(1, 2)) == "tell 1");
    CHECK(desk.hear(wire::AppliedKept{0}) == "");
    CHECK(desk.hear(wire::AppliedKept{1}) == "");
    CHECK(desk.hear(desk.office.page(2, 4)) == "");
    CHECK(desk.machine.isDone());
    CHECK(std::ranges::count(desk.replica.calls, "told 1") == 0);
}

TEST_CASE("applied words: behind the last page all is said at once, whatever else is asked then", "[engine]")
{
    WordyDesk desk;
    desk.replica.claims = {{desk.office.colleague().id, desk.office.tree(2)}};
    desk.connect();
    desk.hear(desk.answer());
    CHECK(desk.hear(desk.office.page(0, 4)) == "compare 1, tell 4");
    CHECK(desk.machine.state() == State::Comparing);
}

TEST_CASE("applied words: more is kept than was said is no reply to it", "[engine]")
{
    WordyDesk desk;
    desk.connect();
    desk.hear(desk.answer());
    REQUIRE(desk.hear(desk.office.page(0, 1)) == "tell 1");
    REQUIRE(desk.hear(desk.office.page(1, 2)) == "tell 1");
    desk.hear(wire::AppliedKept{2});
    CHECK(desk.machine.failure());
}

TEST_CASE("applied words: beside pages they stay a small part of them", "[engine]")
{
    WordyDesk desk;
    // Each page is about the space of the one before.
    ledger::AppliedWord word;
    word.box.resize(kWordBytes - word.signature.size());
    desk.replica.words = [&word](std::size_t, const std::set<SpaceId>&) { return std::vector(1, word); };
    desk.connect();
    desk.hear(desk.answer());
    std::uint64_t told = 0;
    for (std::uint64_t page = 0; page < 3; ++page) {
        std::string did = desk.hear(desk.office.page(page, page + 1));
        for (; did == "tell 1"; did = desk.kept(1))
            told += kWordBytes;
        CHECK(told > 0);
        CHECK(told <= desk.machine.progress(desk.now).received.done / engine::AppliedWords::kBesidePages);
    }
}

TEST_CASE("applied words: when the pages end within a second, all is said at rest", "[engine]")
{
    WordyDesk desk;
    desk.connect();
    wire::Answer answer = desk.answer();
    answer.toReceive = 4 * (80'000 + 268);
    desk.hear(answer);
    desk.now += std::chrono::seconds(1);
    CHECK(desk.hear(desk.office.page(0, 1)) == "tell 1");
    CHECK(desk.kept(1) == "");
    desk.now += std::chrono::seconds(1);
    CHECK(desk.hear(desk.office.page(1, 2)) == "tell 1");
    CHECK(desk.kept(1) == "");
    desk.asked.clear();
    CHECK(desk.hear(desk.office.page(2, 3)) == "");  // 120 000 bytes a second, and a page to come.
    CHECK(desk.asked.empty());
    CHECK(desk.hear(desk.office.page(3, 4)) == "tell 2");
}

TEST_CASE("applied words: a device that lacks work of its own says nothing before it is here", "[engine]")
{
    WordyDesk desk;
    desk.connect();
    wire::Answer answer = desk.answer();
    answer.ownAhead = 1;
    desk.hear(answer);
    CHECK(desk.hear(desk.office.page(0, 3)) == "");
    CHECK(desk.asked.empty());
    CHECK(desk.hear(desk.office.page(3, 4)) == "tell 4");
}

TEST_CASE("applied words: little that has come is not worth a message", "[engine]")
{
    WordyDesk desk;
    desk.office.append(desk.office.write(desk.office.colleague(), 500));
    desk.replica.position_.head = desk.office.tree(4);
    desk.replica.words = [](std::size_t, const std::set<SpaceId>& underWay) {
        return std::vector(underWay.empty() ? 1 : 0, wordOf(0));
    };
    desk.office.append(desk.office.write(desk.office.colleague(), 500));
    desk.replica.position_.cursor = 4;
    desk.connect();
    wire::Answer answer = desk.office.answer(4);
    answer.features = wire::kKeepsApplied;
    desk.hear(answer);
    CHECK(desk.hear(desk.office.page(4, 5)) == "");
    CHECK(desk.hear(desk.office.page(5, 6)) == "tell 1");
    CHECK(desk.machine.state() == State::Settled);
}

}  // namespace teren::test
