// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

#include <algorithm>
#include <set>

namespace teren::test {
namespace {

/// An act that the members' log refuses.
ledger::Act misfit(StoreDevice& device)
{
    return ledger::VoidInvite{InvitationId::random(device.random)};
}

/// The sentence of this kind with `part` for each of its stars.
std::string textOf(store::NoticeKind kind, const std::string& part)
{
    std::string text(store::noticePattern(kind));
    for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*', at + part.size()))
        text.replace(at, 1, part);
    return text;
}

std::size_t noticesOf(StoreDevice& device)
{
    return must(device->notices()).size();
}

}  // namespace

TEST_CASE("store notices: what was dropped is told until a person has seen it", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const ledger::Act act = misfit(anna);
    must(anna->queueAct(act));
    CHECK(noticesOf(anna) == 0);
    office.sync(anna);
    for (int look = 0; look < 2; ++look) {
        const std::vector<store::Notice> notices = must(anna->notices());
        REQUIRE(notices.size() == 1);
        CHECK(notices.front().text.find("decided on this device, no longer fits") != std::string::npos);
        CHECK(notices.front().at == anna.clock.now());
        anna.reopen();
    }
    const std::int64_t first = must(anna->notices()).front().id;
    must(anna->queueAct(misfit(anna)));
    office.sync(anna);
    must(anna->dismissNotices(first));
    REQUIRE(noticesOf(anna) == 1);
    CHECK(must(anna->notices()).front().id > first);
}

TEST_CASE("store notices: what goes on is told once, not at every sync", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const ledger::Act act = misfit(anna);
    for (int turn = 0; turn < 3; ++turn) {
        must(anna->queueAct(act));
        office.sync(anna);
        REQUIRE(noticesOf(anna) == 1);
    }
    must(anna->dismissNotices(must(anna->notices()).back().id));
    must(anna->queueAct(act));
    office.sync(anna);
    CHECK(noticesOf(anna) == 0);
}

TEST_CASE("store notices: the newest are kept, however many there are", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    ledger::Act last = misfit(anna);
    for (int turn = 0; turn < 620; ++turn)
        must(anna->queueAct(last = misfit(anna)));
    office.sync(anna);
    const std::vector<store::Notice> notices = must(anna->notices());
    CHECK(notices.size() == 500);
    const std::string id = std::get<ledger::VoidInvite>(last).invitation.hex().substr(0, 8);
    CHECK(notices.back().text.find(id) != std::string::npos);
}

TEST_CASE("store notices: a flood of one kind drowns no other, and what was seen goes first", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    must(anna->queueAct(ledger::RemoveDevice{DeviceId::random(anna.random)}));
    must(anna->queueAct(misfit(anna)));
    office.sync(anna);
    REQUIRE(noticesOf(anna) == 2);
    must(anna->dismissNotices(must(anna->notices()).front().id));
    REQUIRE(noticesOf(anna) == 1);
    const std::string kept = must(anna->notices()).front().text;
    must(anna->queueAct(ledger::RemoveDevice{DeviceId::random(anna.random)}));
    office.sync(anna);
    const std::string rare = must(anna->notices()).back().text;
    REQUIRE(rare.starts_with("The removal"));
    for (int turn = 0; turn < 498; ++turn)
        must(anna->queueAct(misfit(anna)));
    office.sync(anna);
    // Only the seen one has gone.
    CHECK(noticesOf(anna) == 500);
    CHECK(must(anna->notices()).front().text == kept);
    for (int turn = 0; turn < 20; ++turn)
        must(anna->queueAct(misfit(anna)));
    office.sync(anna);
    const std::vector<store::Notice> notices = must(anna->notices());
    CHECK(notices.size() == 500);
    CHECK(notices.front().text == rare);
}

TEST_CASE("store notices: what every kind of sentence was made of is read from it", "[store]")
{
    const std::string part = "0123456789abcdef";
    std::set<std::string_view> patterns;
    for (std::size_t at = 0; at < store::kNoticeKinds; ++at) {
        const auto kind = static_cast<store::NoticeKind>(at);
        const std::string_view pattern = store::noticePattern(kind);
        INFO(pattern);
        CHECK(patterns.insert(pattern).second);
        CHECK((pattern.ends_with('.') && pattern.find("  ") == std::string_view::npos));
        const std::string text = textOf(kind, part);
        const std::optional<store::NoticeParts> read = store::readNotice(text);
        REQUIRE(read.has_value());
        CHECK(read->kind == kind);
        CHECK(std::ranges::all_of(read->parts, [&](const std::string& one) { return one == part; }));
        CHECK_FALSE(store::readNotice(text + " ").has_value());
        CHECK_FALSE(store::readNotice(text.substr(1)).has_value());
    }
    CHECK_FALSE(store::readNotice("").has_value());

    // What was found in a folder is anybody's words.
    const std::string found = "a * (b): " + store::noticeText(store::NoticeKind::FoundAtOpening, {"c"});
    const auto read = store::readNotice(store::noticeText(store::NoticeKind::FoundAtOpening, {found}));
    REQUIRE(read.has_value());
    CHECK(read->kind == store::NoticeKind::FoundAtOpening);
    CHECK(read->parts == std::vector<std::string>{found});
}

}  // namespace teren::test
