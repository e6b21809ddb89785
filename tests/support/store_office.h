// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/workspace_store.h"
#include "crypto/base/assert.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/merkle.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

#include <memory>

namespace teren::test {

inline Bytes bytesOf(std::string_view text)
{
    return toBytes(viewOf(text));
}

inline Op insertOp(const RecordId& record, std::string type, std::string_view order = "a")
{
    return {OpKind::Insert, record, std::move(type), bytesOf(order)};
}
inline Op assignOp(const RecordId& record, std::string field, std::string_view value)
{
    return {OpKind::Assign, record, std::move(field), bytesOf(value)};
}
inline Op deleteOp(const RecordId& record, std::string_view reason = "")
{
    return {OpKind::Delete, record, {}, bytesOf(reason)};
}

/// Fails the test at once, naming the reason, unless `result` holds.
template <typename Value>
Value must(Result<Value> result)
{
    if (!result)
        FAIL(result.error().detail);
    return *std::move(result);
}
inline void must(const Status& status)
{
    if (!status)
        FAIL(status.error().detail);
}

/// A device with its store on a database in memory, which outlives the store: closing and opening again is
/// what a crash between two calls looks like.
struct StoreDevice {
    explicit StoreDevice(std::uint64_t seed) : random(seed), database(must(sql::Database::openInMemory())) {}

    store::WorkspaceStore::Parts parts() { return {database, clock, random, readings}; }
    store::WorkspaceStore& operator*() const { return *store; }
    store::WorkspaceStore* operator->() const { return store.get(); }
    void reopen()
    {
        store.reset();
        store = must(store::WorkspaceStore::open(parts()));
        REQUIRE(store != nullptr);
    }
    void save(const SpaceId& space, std::vector<Op> ops)
    {
        clock.advance(std::chrono::milliseconds(1'000));
        const store::SpaceOps each{space, std::move(ops)};
        must(store->save(std::span(&each, 1)));
    }
    RecordId add(
        const SpaceId& space, const std::string& type, const std::string& field, std::string_view value)
    {
        const RecordId record = RecordId::random(random);
        save(space, {insertOp(record, type), assignOp(record, field, value)});
        return record;
    }
    /// A case with a record of its own, offline.
    SpaceId openCase(std::string_view title = "Zielona")
    {
        const RecordId record = RecordId::random(random);
        const std::vector<Op> ops{insertOp(record, "case"), assignOp(record, "title", title)};
        return must(store->openSpace(ledger::SpaceKind::CaseInternal, ops));
    }
    std::vector<std::string> values(const RecordId& record, const std::string& field) const
    {
        std::vector<std::string> texts;
        const store::StoredRecord stored = must(store->record(record));
        if (const auto found = stored.fields.find(field); found != stored.fields.end())
            for (const DistinctValue& value : found->second.distinctValues())
                texts.emplace_back(textOf(value.value));
        return texts;
    }

    ManualClock clock;
    SeededRandom random;
    sql::Database database;
    /// Some fields are searched and some are not, so that an index made without asking is seen to be wrong.
    store::WorkspaceStore::Readings readings{
        [](const std::string&, const std::string& field) {
            return store::WorkspaceStore::FieldReading{true, field != "stage"};
        },
        "of the tests"};
    std::unique_ptr<store::WorkspaceStore> store;
};

/// One workspace and the two logs that its server would keep. It does what the client machine does, in the
/// same order, without bytes: what it accepts it has judged by the membership rules.
class StoreOffice {
public:
    explicit StoreOffice(std::uint64_t seed = 1) : seed_(seed)
    {
        founder_ = std::make_unique<StoreDevice>(seed);
        auto founding = must(store::WorkspaceStore::found({}, {}, founder_->parts()));
        workspaceSpace = founding.workspaceSpace;
        statements = founding.statements;
        for (const ledger::SignedStatement& statement : statements)
            must(membership.apply(statement));
        founder_->store = must(
            store::WorkspaceStore::createFounded(std::move(founding), "127.0.0.1:1", founder_->parts()));
    }

    StoreDevice& founder() { return *founder_; }

    /// A new device: invited and admitted by the founder, whose sync it takes to get its keys.
    std::unique_ptr<StoreDevice> join(ledger::Rights rights = ledger::kAllRights)
    {
        auto device = std::make_unique<StoreDevice>(++seed_ * 977);
        store::DeviceKeys keys{
            SigningKey::generate(device->random), BoxKey::generate(device->random),
            device->random.below(1'000'000)};
        const ledger::DeviceStatement statement{
            keys.signing.publicKey(), keys.box.publicKey(), keys.life, device->clock.now()};
        ledger::Invite invite;
        invite.invitation = InvitationId::random(device->random);
        invite.member = MemberId::random(device->random);
        invite.rights = rights;
        invite.expires = founder_->clock.now() + std::chrono::hours(24);
        const Bytes announced = ledger::signDevice(statement, keys.signing);
        must(founder_->store->queueAct(invite));
        must(founder_->store->queueAct(ledger::Admit{invite.invitation, announced}));
        sync(*founder_);
        device->store = must(store::WorkspaceStore::createJoined(
            std::move(keys), statements.front(), "127.0.0.1:1", device->parts()));
        sync(*device);
        return device;
    }

    ledger::Head head() const
    {
        ledger::Head head;
        head.workspace = membership.workspace();
        head.tree.size = log.size();
        head.tree.root = blake2b({bytesOf(std::to_string(log.size()))});
        return head;
    }

    /// A whole session. @return what it received.
    engine::PageOutcome sync(StoreDevice& device)
    {
        fetchStatements(device);
        engine::PageOutcome outcome = fetch(device);
        state(device);
        upload(device);
        must(device->noteContact(device.clock.now()));
        return outcome;
    }
    void fetchStatements(StoreDevice& device)
    {
        const auto from = static_cast<std::ptrdiff_t>(device->membership().height());
        const std::vector<ledger::SignedStatement> newer(statements.begin() + from, statements.end());
        if (!newer.empty())
            must(device->storeStatements(newer));
    }
    engine::PageOutcome fetch(StoreDevice& device)
    {
        must(device->storeReceipt(head(), {}));
        const wire::Position position = device->position();
        std::vector<engine::Incoming> page;
        for (std::size_t i = 0; i < log.size(); ++i) {
            std::uint64_t from = position.cursor;
            for (const auto& exception : position.exceptions)
                if (exception.space == log[i].head.header.space)
                    from = exception.cursor;
            const std::uint64_t number = i + 1;
            const bool readable = membership.canRead(device->device(), log[i].head.header.space);
            if (number > from && readable)
                page.push_back({number, log[i], device->membership().judge(log[i].head.header, number)});
        }
        engine::PageOutcome outcome = must(device->storePage(page, log.size()));
        if (outcome.ownUnknown)
            must(device->startNewLife(engine::LifeReason::RolledBack));
        return outcome;
    }
    void state(StoreDevice& device)
    {
        for (;;) {
            const std::vector<ledger::SignedStatement> drafts = must(device->signDrafts(device.clock.now()));
            if (drafts.empty())
                return;
            take(drafts);
            must(device->storeStatements(drafts));
        }
    }
    void take(const std::vector<ledger::SignedStatement>& drafts)
    {
        for (const ledger::SignedStatement& draft : drafts) {
            must(membership.apply(draft));
            statements.push_back(draft);
        }
    }
    void upload(StoreDevice& device)
    {
        must(device->sealAll());
        for (const engine::Outgoing& outgoing : must(device->outbox(0, std::size_t{1} << 30)))
            receipt(device, outgoing.segment, append(outgoing.segment));
    }
    std::uint64_t append(const ledger::Segment& segment)
    {
        const ledger::Membership::Device* author = membership.find(segment.head.header.device);
        REQUIRE(author != nullptr);
        must(ledger::verifyHeader(segment.head, author->statement.signKey));
        must(ledger::verifyBody(segment.head, segment.body));
        REQUIRE(
            membership.judge(segment.head.header, log.size() + 1) == ledger::Membership::Verdict::Accepted);
        log.push_back(segment);
        return log.size();
    }
    void receipt(StoreDevice& device, const ledger::Segment& segment, std::uint64_t number)
    {
        const wire::Numbered entry{number, segment.head.hash};
        must(device->storeReceipt(head(), std::span(&entry, 1)));
    }

    SpaceId workspaceSpace;
    ledger::Membership membership;
    std::vector<ledger::SignedStatement> statements;
    std::vector<ledger::Segment> log;

private:
    std::uint64_t seed_;
    std::unique_ptr<StoreDevice> founder_;
};

/// How most tests of the exchange begin: two of one office, and a case that the first has not sent yet.
struct TwoWithACase {
    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    SpaceId space = anna.openCase();
};

inline void checkSound(StoreDevice& device)
{
    for (const std::string& problem : must(device->selfCheck()))
        FAIL_CHECK(problem);
}

}  // namespace teren::test
