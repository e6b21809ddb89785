// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/replica.h"
#include "tests/support/office_log.h"

#include <map>
#include <set>

namespace teren::test {

/// A replica that keeps what it is given and writes down each call that changes something. It opens nothing.
class MemoryReplica final : public engine::Replica {
public:
    MemoryReplica(const Laptop& laptop, const ledger::Membership& membership)
        : laptop_(laptop),
          membership_(membership)
    {
        position_.head.root = ledger::emptyRoot();
    }

    // ---- what a test sets up and looks at ----------------------------------------------------------------
    std::vector<std::string> calls;
    std::map<std::uint64_t, engine::Incoming> stored;
    std::vector<ledger::Segment> unsent;    ///< The token is the index + 1.
    std::size_t sealMax = ~std::size_t{0};  ///< Bytes of bodies that one `sealSome` makes.
    std::vector<ledger::Segment> unsealed;  ///< `sealSome` moves them to `unsent`.
    std::set<Hash> confirmed;
    std::set<Hash> refused;
    std::set<std::uint64_t> ownNumbers;  ///< Of `confirmed`, by receipts.
    std::set<Hash> replaced;             ///< By a new life.
    /// Makes the drafts, on the log as it is now.
    std::function<std::vector<ledger::SignedStatement>()> drafts;
    /// What is to be told of what was applied, of so many bytes at most.
    std::function<std::vector<ledger::AppliedWord>(std::size_t, const std::set<SpaceId>& underWay)> words;
    bool ownUnknown = false;  ///< What the next page means.
    bool lacking = false;     ///< Something waits: the test sets the exception in `position_` too.
    bool differ = false;
    bool mustNotFollow = false;  ///< Another members' log.
    std::vector<engine::HeadClaim> claims;
    std::vector<ledger::TreeHead> heads;       ///< Verified before, ascending.
    std::vector<ledger::SignedStatement> log;  ///< Membership log, all.
    std::optional<Error> failure;              ///< Of every call that changes something.
    wire::Position position_;
    std::vector<Hash> peaks_;  ///< Of the log under its head.

    void forgetCalls() { calls.clear(); }

    // ---- engine::Replica ---------------------------------------------------------------------------------
    DeviceId device() const override { return laptop_.id; }
    std::uint64_t life() const override { return laptop_.statement.life; }
    const ledger::Membership& membership() const override { return membership_; }
    wire::Position position() const override
    {
        wire::Position position = position_;
        position.membershipHeight = membership_.height();
        position.membershipHash = membership_.hash();
        return position;
    }
    Result<std::vector<Hash>> peaks() override { return peaks_; }
    Result<std::uint64_t> ownAbove(std::uint64_t cursor) override
    {
        const auto above = std::ranges::subrange(ownNumbers.upper_bound(cursor), ownNumbers.end());
        return static_cast<std::uint64_t>(std::ranges::distance(above));
    }
    Signature signProof(ByteView message) const override
    {
        return laptop_.key.sign("teren.proof.v1", message);
    }
    Status storeStatements(std::span<const ledger::SignedStatement> statements) override
    {
        TEREN_CHECK(note("statements " + std::to_string(statements.size())));
        ledger::Membership next = membership_;
        for (const ledger::SignedStatement& statement : statements)
            TEREN_CHECK(next.apply(statement));
        membership_ = next;
        return {};
    }
    Result<std::vector<ledger::SignedStatement>> signDrafts(Instant) override
    {
        std::vector<ledger::SignedStatement> open;
        if (drafts)
            open = drafts();
        std::erase_if(open, [this](const ledger::SignedStatement& statement) {
            return ledger::decodeStatement(statement)->height <= membership_.height();
        });
        return open;
    }
    Status unsealStale() override { return failure ? Status(std::unexpected(*failure)) : Status(); }
    Result<engine::Waiting> sealSome(std::size_t maxBytes) override
    {
        if (failure)
            return std::unexpected(*failure);
        engine::Waiting step;
        while (!unsealed.empty() && step.bytes < std::min(maxBytes, sealMax)) {
            step.bytes += unsealed.front().body.size();
            step.changes += unsealed.front().head.header.count;
            unsent.push_back(std::move(unsealed.front()));
            unsealed.erase(unsealed.begin());
        }
        step.unsealed = unsealedChanges();
        return step;
    }
    Result<std::vector<engine::Outgoing>> outbox(std::uint64_t after, std::size_t maxBytes) override
    {
        std::vector<engine::Outgoing> batch;
        std::size_t bytes = 0;
        for (std::size_t i = static_cast<std::size_t>(after); i < unsent.size(); ++i) {
            const Hash& hash = unsent[i].head.hash;
            if (confirmed.contains(hash) || replaced.contains(hash))
                continue;
            if (!batch.empty() && bytes + unsent[i].body.size() > maxBytes)
                break;
            bytes += unsent[i].body.size();
            batch.push_back({i + 1, unsent[i]});
        }
        return batch;
    }
    Result<engine::Waiting> waiting() override
    {
        TEREN_TRY(const std::vector<engine::Outgoing> all, outbox(0, ~std::size_t{0}));
        engine::Waiting waiting;
        for (const engine::Outgoing& one : all) {
            waiting.bytes += one.segment.body.size();
            waiting.changes += one.segment.head.header.count;
        }
        waiting.unsealed = unsealedChanges();
        return waiting;
    }
    Status uploadStarted(const Hash& segment) override
    {
        position_.uploading = segment;
        return note("upload started");
    }
    Status storeReceipt(const engine::ShownHead& shown, std::span<const wire::Numbered> entries) override
    {
        const ledger::TreeHead& tree = shown.head.tree;
        TEREN_CHECK(note("head " + std::to_string(tree.size) + namesOf(entries)));
        position_.head = tree;
        peaks_ = shown.peaks;
        for (const wire::Numbered& entry : entries) {
            settle(entry.segment);
            ownNumbers.insert(entry.number);
        }
        return {};
    }
    Result<engine::PageOutcome> storePage(
        std::span<const engine::Incoming> entries, const engine::Reached& reached) override
    {
        const std::uint64_t cursor = reached.cursor;
        TEREN_CHECK(note("page of " + std::to_string(entries.size()) + " to " + std::to_string(cursor)));
        engine::PageOutcome outcome;
        for (const engine::Incoming& entry : entries)
            if (entry.segment.head.header.device == laptop_.id && isUnsent(entry.segment.head.hash))
                settle(entry.segment.head.hash);
            else if (stored.emplace(entry.number, entry).second)
                outcome.changesReceived += entry.segment.head.header.count;
        for (const wire::Position::SpaceCursor& ahead : reached.ahead)
            moveAhead(ahead);
        position_.cursor = std::max(position_.cursor, cursor);
        for (wire::Position::SpaceCursor& exception : position_.exceptions)
            exception.cursor = std::max(exception.cursor, cursor);
        std::erase_if(position_.exceptions, [&](const auto& exception) {
            return exception.cursor == position_.cursor;
        });
        outcome.ownUnknown = std::exchange(ownUnknown, false);
        return outcome;
    }
    void moveAhead(const wire::Position::SpaceCursor& ahead)
    {
        const auto found
            = std::ranges::find(position_.exceptions, ahead.space, &wire::Position::SpaceCursor::space);
        if (found != position_.exceptions.end())
            found->cursor = std::max(found->cursor, ahead.cursor);
        else if (ahead.cursor > position_.cursor)
            position_.exceptions.push_back(ahead);
    }
    Result<bool> askAgain() override { return std::exchange(lacking, false); }
    Result<std::vector<engine::HeadClaim>> openClaims(const DeviceId& after, std::size_t most) override
    {
        std::vector<engine::HeadClaim> open;
        for (const engine::HeadClaim& claim : claims)
            if (after < claim.device && open.size() < most)
                open.push_back(claim);
        return open;
    }
    Status settleClaim(const engine::HeadClaim& claim, bool holds) override
    {
        if (holds)
            std::erase_if(claims, [&](const engine::HeadClaim& open) { return open.device == claim.device; });
        differ = !holds;
        return note("head of " + std::to_string(claim.head.size) + (holds ? " holds" : " differs"));
    }
    Result<std::optional<DeviceId>> disputed() override
    {
        return differ ? std::optional(laptop_.id) : std::nullopt;
    }
    Result<std::vector<ledger::TreeHead>> pastHeads(std::uint64_t size) override
    {
        std::vector<ledger::TreeHead> below;
        for (const ledger::TreeHead& head : heads)
            if (head.size < size)
                below.push_back(head);
        return below;
    }
    Status wentBack(const engine::WentBack& found) override
    {
        TEREN_CHECK(note(
            "back to " + std::to_string(found.common.size) + " of "
            + std::to_string(found.shown.head.tree.size) + " at height " + std::to_string(found.height)));
        position_.head = found.common;
        position_.cursor = std::min(position_.cursor, found.common.size);
        return {};
    }
    Result<std::vector<ledger::SignedStatement>> statementsAbove(std::uint64_t height, std::size_t) override
    {
        return std::vector(log.begin() + static_cast<std::ptrdiff_t>(height), log.end());
    }
    Status followStatements(std::uint64_t common, std::span<const ledger::SignedStatement> theirs) override
    {
        TEREN_CHECK(note("follows " + std::to_string(theirs.size()) + " from " + std::to_string(common)));
        if (mustNotFollow)
            return fail(Errc::Refused, "took something away");
        ledger::Membership next;
        for (std::size_t i = 0; i < common; ++i)
            TEREN_CHECK(next.apply(log.at(i)));
        for (const ledger::SignedStatement& statement : theirs)
            TEREN_CHECK(next.apply(statement));
        membership_ = next;
        return {};
    }
    Status storePartial(const engine::Partial& partial) override
    {
        partial_ = partial;
        position_.partialNumber = partial.number;
        position_.partialSize = static_cast<std::uint32_t>(partial.data.size());
        return note("partial " + std::to_string(partial.number) + " " + std::to_string(partial.data.size()));
    }
    Result<engine::Partial> partial() override { return partial_; }
    Status segmentRefused(const Hash& segment, wire::SegmentRefusal code) override
    {
        refused.insert(segment);
        return note("refused " + std::to_string(static_cast<int>(code)));
    }
    Status startNewLife(engine::LifeReason reason) override
    {
        for (const ledger::Segment& segment : unsent)
            if (!confirmed.contains(segment.head.hash))
                replaced.insert(segment.head.hash);
        return note(reason == engine::LifeReason::Forked ? "new life forked" : "new life rolled-back");
    }
    Status noteContact(Instant) override { return note("contact"); }
    Result<std::vector<ledger::AppliedWord>> appliedToTell(
        Instant, std::size_t maxBytes, const std::set<SpaceId>& underWay) override
    {
        return words ? words(maxBytes, underWay) : std::vector<ledger::AppliedWord>();
    }
    Status appliedTold(std::span<const ledger::AppliedWord> told) override
    {
        return note("told " + std::to_string(told.size()));
    }

private:
    std::uint64_t unsealedChanges() const
    {
        std::uint64_t changes = 0;
        for (const ledger::Segment& segment : unsealed)
            changes += segment.head.header.count;
        return changes;
    }
    bool isUnsent(const Hash& hash) const
    {
        return std::ranges::any_of(
            unsent, [&](const ledger::Segment& segment) { return segment.head.hash == hash; });
    }
    void settle(const Hash& hash)
    {
        confirmed.insert(hash);
        if (position_.uploading == hash)
            position_.uploading.reset();
    }
    Status note(std::string call)
    {
        if (failure)
            return std::unexpected(*failure);
        calls.push_back(std::move(call));
        return {};
    }
    static std::string namesOf(std::span<const wire::Numbered> entries)
    {
        std::string names;
        for (const wire::Numbered& entry : entries)
            names += " #" + std::to_string(entry.number);
        return names;
    }

    const Laptop& laptop_;
    ledger::Membership membership_;
    engine::Partial partial_;
};

}  // namespace teren::test
