// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/unit/merge/desk.h"

#include <map>
#include <set>

namespace teren::test {

/// What the replicas of a generated office do, as bytes that RapidCheck can make smaller.
class Script {
public:
    explicit Script(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}
    bool atEnd() const { return at_ >= bytes_.size(); }
    /// 0 at the end, so a shorter script means a simpler history.
    std::uint8_t below(std::uint8_t bound)
    {
        return atEnd() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes_[at_++] % bound);
    }

private:
    const std::vector<std::uint8_t>& bytes_;
    std::size_t at_ = 0;
};

/// An office of a few devices that edit the same few fields, apart and together.
struct OfficeRules {
    std::uint8_t devices = 3;
    bool voids = true;
    bool newLives = true;
};

class Office {
public:
    /// Plays the script: saves, deliveries of single changes and of shuffled batches, voids, new lives.
    Office(const std::vector<std::uint8_t>& script, OfficeRules rules);

    /// Gives everything to everybody, each in an order of its own, some of it twice.
    void heal();

    std::vector<Desk> desks;
    std::vector<Change> log;
    std::vector<VoidRange> voided;
    /// The changes that were in effect on the author's device when it made each change.
    std::map<Dot, std::set<Dot>> known;

private:
    void act(Script& script);
    void save(Desk& desk, Script& script);
    void voidSome(Desk& desk, Script& script);
    void deliverAll(Desk& desk, std::uint64_t seed);

    ManualClock clock_;
    OfficeRules rules_;
};

/// What a space must hold, by the definition and nothing else: sets of dots, no vectors, no order.
class Oracle {
public:
    Oracle(const std::vector<Change>& log, const std::vector<VoidRange>& voided);

    /// The kept changes that the author of a kept change had seen.
    const std::set<Dot>& past(const Dot& dot) const { return past_.at(dot); }
    bool isKept(const Dot& dot) const { return past_.contains(dot); }

    struct Value {
        Dot dot;
        std::uint32_t index;
        friend auto operator<=>(const Value&, const Value&) = default;
    };
    using Live = std::map<RecordId, std::map<std::string, std::set<Value>>>;
    /// A value lives unless a kept change that had seen it wrote over it.
    Live live() const;
    std::map<RecordId, std::set<Dot>> tombstones() const;
    std::map<RecordId, Presence> presences() const;
    std::vector<Conflict> conflicts() const;

private:
    const std::set<Dot>& pastOf(const Change& change);
    bool replaced(const Change& change, std::uint32_t index, const std::string& field) const;

    std::map<Dot, Change> changes_;
    std::set<Dot> voided_;
    std::map<Dot, std::set<Dot>> past_;
};

}  // namespace teren::test
