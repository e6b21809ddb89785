// SPDX-License-Identifier: EUPL-1.2
// Sealing a step at a time: what one step leaves, the next takes up, whatever came in between.
#include "app/store/key_ring.h"
#include "tests/support/store_office.h"

#include <algorithm>

namespace teren::test {
namespace {

std::string noise(std::size_t size, SeededRandom& random)
{
    std::string text(size, ' ');
    for (char& c : text)
        c = static_cast<char>('!' + random.below(90));
    return text;
}

/// A case with work for several segments, and one with little.
struct Backlog {
    explicit Backlog(int changes = 6)
    {
        for (int i = 0; i < changes; ++i)
            addLarge();
        few = anna.openCase("Lipowa");
        office.fetchStatements(anna);
        office.state(anna);
    }
    void addLarge() { anna.add(many, "note", "text", noise(200'000, random)); }
    std::vector<ledger::Segment> sealed(const SpaceId& space)
    {
        std::vector<ledger::Segment> segments;
        for (const engine::Outgoing& outgoing : must(anna->outbox(0, std::size_t{1} << 30)))
            if (outgoing.segment.head.header.space == space)
                segments.push_back(outgoing.segment);
        return segments;
    }
    engine::Waiting step() { return must(anna->sealSome(1)); }
    /// As when somebody has left: the members' log brings a second key of the space.
    void renewKey(const SpaceId& space)
    {
        const ledger::Membership& log = office.membership;
        SecretKey secret = SecretKey::generate(random);
        const Hash id = segment::keyIdOf(log.workspace(), space, 2, secret);
        const segment::SpaceKey key{2, id, std::move(secret)};
        ledger::Statement statement{log.workspace(), log.height() + 1, log.hash(), anna.clock.now(), {}, {}};
        statement.acts.emplace_back(ledger::Epoch{space, 2, id, 2});
        for (StoreDevice* device : {&anna, jan.get()})
            statement.acts.emplace_back(
                store::grantOf(space, key, (*device)->device(), (*device)->keys().box.publicKey()));
        office.take({ledger::signStatement(statement, anna->device(), anna->keys().signing)});
        office.fetchStatements(anna);
    }

    SeededRandom random{5};
    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    SpaceId many = anna.openCase();
    SpaceId few;
};

/// @return the changes in them.
std::uint64_t checkChain(const std::vector<ledger::Segment>& segments)
{
    Hash previous{};
    std::uint64_t seq = 1;
    for (const ledger::Segment& segment : segments) {
        CHECK(segment.head.header.previous == previous);
        CHECK(segment.head.header.firstSeq == seq);
        previous = segment.head.hash;
        seq = segment.head.header.lastSeq() + 1;
    }
    return seq - 1;
}

}  // namespace

TEST_CASE_METHOD(Backlog, "store sealing: each step makes some segments and tells what is left", "[store]")
{
    std::uint64_t left = must(anna->waiting()).unsealed;
    CHECK(left == 8);
    engine::Waiting sum;
    int steps = 0;
    for (; left > 0; ++steps) {
        const engine::Waiting made = step();
        CHECK(made.changes > 0);
        CHECK(made.unsealed == left - made.changes);
        left = made.unsealed;
        sum.bytes += made.bytes;
        sum.changes += made.changes;
        const engine::Waiting all = must(anna->waiting());
        CHECK(all.bytes == sum.bytes);
        CHECK(all.changes == sum.changes);
        CHECK(all.unsealed == left);
    }
    CHECK(steps >= 4);
    CHECK(step().changes == 0);
    CHECK(checkChain(sealed(many)) == 7);
    CHECK(checkChain(sealed(few)) == 1);
    office.upload(anna);
    office.sync(*jan);
    CHECK(must(anna->digest(many)) == must((*jan)->digest(many)));
}

TEST_CASE_METHOD(Backlog, "store sealing: steps of any size make the same segments", "[store]")
{
    const std::size_t size = GENERATE(std::size_t{1}, std::size_t{300'000}, std::size_t{1} << 30);
    while (must(anna->sealSome(size)).unsealed > 0) {}
    std::vector<std::uint32_t> counts;
    for (const ledger::Segment& segment : sealed(many))
        counts.push_back(segment.head.header.count);
    CHECK(counts == std::vector<std::uint32_t>{3, 2, 2});
}

TEST_CASE_METHOD(Backlog, "store sealing: where little waits goes before where much does", "[store]")
{
    step();
    CHECK(sealed(few).size() == 1);
    CHECK(sealed(many).empty());
    step();
    CHECK(sealed(many).size() == 1);
    // Saved in the middle of it.
    anna.add(few, "note", "text", "pilne");
    step();
    CHECK(sealed(few).size() == 2);
    CHECK(sealed(many).size() == 1);
}

TEST_CASE_METHOD(
    Backlog, "store sealing: a device that dies between two steps goes on where it was", "[store]")
{
    step();
    step();
    const std::vector<ledger::Segment> before = sealed(many);
    REQUIRE(before.size() == 1);
    anna.reopen();
    addLarge();
    while (step().unsealed > 0)
        anna.reopen();
    const std::vector<ledger::Segment> all = sealed(many);
    CHECK(all.front().head.hash == before.front().head.hash);
    CHECK(checkChain(all) == 8);
    checkSound(anna);
    office.upload(anna);
    office.sync(*jan);
    CHECK(must(anna->digest(many)) == must((*jan)->digest(many)));
}

TEST_CASE_METHOD(
    Backlog, "store sealing: a new key between two steps takes back what was sealed under the old one",
    "[store]")
{
    step();
    step();
    // What comes first of the chain is in the log, the second is not.
    const ledger::Segment first = sealed(many).front();
    office.receipt(anna, first, office.append(first));
    step();
    const Hash stale = sealed(many).front().head.hash;
    renewKey(many);

    // The next step goes on under the new key, behind what is stale. No upload begins with that.
    step();
    CHECK(sealed(many).front().head.hash == stale);
    CHECK(sealed(many).back().head.header.epoch == 2);
    must(anna->unsealStale());
    CHECK(sealed(many).empty());
    step();
    CHECK(sealed(many).front().head.header.epoch == 2);
    CHECK(sealed(many).front().head.header.previous == first.head.hash);
    office.upload(anna);
    CHECK(must(anna->outboxCounts()).unsent == 0);
    checkSound(anna);
    office.sync(*jan);
    CHECK(must(anna->digest(many)) == must((*jan)->digest(many)));
}

TEST_CASE_METHOD(Backlog, "store sealing: what cannot be sealed yet is not waited for", "[store]")
{
    while (step().unsealed > 0) {}
    const SpaceId later = anna.openCase("Sosnowa");
    CHECK(must(anna->waiting()).unsealed == 0);
    const engine::Waiting none = step();
    CHECK(none.changes == 0);
    CHECK(none.unsealed == 0);
    office.state(anna);
    CHECK(must(anna->waiting()).unsealed == 1);
    CHECK(step().changes == 1);
    CHECK(sealed(later).size() == 1);
}

}  // namespace teren::test
