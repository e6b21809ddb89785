// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"
#include "sync/ledger/merkle.h"
#include "sync/wire/messages.h"
#include "tests/support/seeded.h"

#include <map>

namespace teren::test {

/// A device with its keys.
struct Laptop {
    SigningKey key;
    ledger::DeviceStatement statement;
    DeviceId id;

    static Laptop make(SeededRandom& random);
};

/// Both logs of one office, whole and in memory, and the messages that an honest server would make of them.
/// Bodies are random bytes: whoever uses this never opens a segment.
class OfficeLog {
public:
    explicit OfficeLog(std::uint64_t seed);

    const Laptop& founder() const { return laptops_.front(); }
    /// The second member's.
    const Laptop& colleague() const { return laptops_.back(); }
    const SpaceId& space() const { return space_; }
    const SigningKey& receiptKey() const { return receiptKey_; }
    const ledger::Membership& membership() const { return membership_; }
    const std::vector<ledger::SignedStatement>& statements() const { return statements_; }
    SeededRandom& random() { return random_; }

    /// Signs the next statement. It joins the log by `take`.
    ledger::SignedStatement sign(const Laptop& author, std::vector<ledger::Act> acts);
    void take(const ledger::SignedStatement& statement);

    /// The author's next segment in the space; it stands in no log yet.
    ledger::Segment write(const Laptop& author, std::size_t bodySize = 200, std::uint32_t count = 1);
    ledger::Segment sealed(ledger::SegmentHeader header, const SigningKey& key, std::size_t bodySize);
    /// @return its number.
    std::uint64_t append(const ledger::Segment& segment);

    std::uint64_t size() const { return entries_.size(); }
    ledger::TreeHead tree(std::uint64_t size) const;
    ledger::TreeHead tree() const { return tree(size()); }
    ledger::SignedHead head(std::uint64_t size) const;
    std::vector<Hash> consistency(std::uint64_t from, std::uint64_t to) const;
    std::vector<Hash> inclusion(std::vector<std::uint64_t> numbers) const;

    /// What a server says to a client that has verified `from` entries; pages follow unless that is all.
    wire::Answer answer(std::uint64_t from) const;
    /// The same to a client that has the head and lacks entries.
    static wire::Answer pagesFollow();
    /// Entries `from` + 1 to `to`, whole.
    wire::Page page(std::uint64_t from, std::uint64_t to) const;
    /// For entries `from` + 1 to the end.
    wire::Receipt receipt(std::uint64_t from) const;

private:
    ledger::SubtreeSource subtrees() const;

    SeededRandom random_;
    SigningKey receiptKey_;
    std::vector<Laptop> laptops_;
    SpaceId space_;
    Hash keyId_{};
    ledger::Membership membership_;
    std::vector<ledger::SignedStatement> statements_;
    std::vector<ledger::Segment> entries_;
    std::map<DeviceId, ledger::SignedSegmentHeader> tips_;
    ledger::CompactTree compact_;
    std::map<std::pair<unsigned, std::uint64_t>, Hash> subtrees_;
    std::vector<Hash> roots_;
};

}  // namespace teren::test
