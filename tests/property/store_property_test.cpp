// SPDX-License-Identifier: EUPL-1.2
//
// Goal: the store holds what the merge core says, whatever comes in whatever order.
//
// Methodology: RapidCheck generates the history of a small office (merge_history.h). Its changes, shuffled
// and partly repeated, and its voids reach a store and a `SpaceState` side by side, a few in each
// transaction, some transactions being rolled back. After each, digests, waiting changes and conflicts must
// agree.
#include "app/store/record_reader.h"
#include "app/store/space_writer.h"
#include "tests/property/merge_history.h"
#include "tests/support/property.h"

#include <algorithm>

namespace teren::test {
namespace {

using store::SpaceWriter;

/// A store of one space without the workspace around it.
class BareStore {
public:
    explicit BareStore(std::uint64_t seed)
        : random_(seed),
          database_(*sql::Database::openInMemory()),
          core_({database_, clock_, random_})
    {
        require(sql::migrate(database_, store::storeMigrations()));
        const store::DeviceKeys keys{SigningKey::generate(random_), BoxKey::generate(random_), 1};
        require(core_.transact([&]() -> Status {
            TEREN_CHECK(core_.insertOwn(keys, "x"));
            TEREN_TRY(space_, core_.intern(SpaceId::random(random_), ledger::SpaceKind::CaseInternal, {}));
            return {};
        }));
        require(core_.load().has_value() ? Status{} : fail(Errc::Damaged));
    }

    /// @param keep  Otherwise the transaction fails at its end.
    void take(const std::vector<Change>& changes, bool keep)
    {
        const Status done = core_.transact([&]() -> Status {
            SpaceWriter writer(core_, space_, voids_);
            TEREN_CHECK(writer.load());
            for (const Change& change : changes) {
                TEREN_TRY(const SpaceWriter::Outcome outcome, writer.take(change, false));
                RC_ASSERT(outcome != SpaceWriter::Outcome::Invalid && outcome != SpaceWriter::Outcome::Fork);
            }
            TEREN_CHECK(writer.finish());
            return keep ? Status{} : fail(Errc::Disk, "pulled plug");
        });
        RC_ASSERT(done.has_value() == keep);
    }
    void voidRange(const VoidRange& range)
    {
        voids_.add(range);
        require(core_.transact([&]() -> Status {
            SpaceWriter writer(core_, space_, voids_);
            TEREN_CHECK(writer.rebuild());
            return writer.finish();
        }));
    }

    void checkLike(const SpaceState& state)
    {
        RC_ASSERT(*store::RecordReader(core_).digest(space_) == state.digest());
        RC_ASSERT(
            static_cast<std::size_t>(*database_.number("SELECT count(*) FROM change WHERE state = 2"))
            == state.pending().size());
        std::set<Conflict> held;
        for (const store::FieldConflict& conflict : *store::RecordReader(core_).conflicts(&space_))
            held.insert(
                {conflict.record,
                 conflict.field.empty() ? Conflict::Kind::DeletedHereEditedThere
                                        : Conflict::Kind::EditedApart,
                 conflict.field});
        std::vector<Conflict> expected = state.conflicts();
        std::erase_if(expected, [](const Conflict& conflict) { return conflict.field.starts_with('@'); });
        RC_ASSERT(held == std::set<Conflict>(expected.begin(), expected.end()));
    }

private:
    static void require(const Status& status) { RC_ASSERT(status.has_value()); }

    ManualClock clock_;
    SeededRandom random_;
    sql::Database database_;
    store::Core core_;
    store::SpaceEntry space_;
    VoidSet voids_;
};

}  // namespace

TEST_CASE("store law: rows and merge core agree on any history in any order", "[store]")
{
    checkLaw(
        [] {
            const auto script = *rc::gen::resize(400, rc::gen::arbitrary<std::vector<std::uint8_t>>());
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            const Office office(script, {});
            SeededRandom random(seed);
            std::vector<Change> changes = office.log;
            for (std::size_t i = 0, repeats = changes.size() / 4; i < repeats; ++i)
                changes.push_back(changes[random.below(changes.size())]);
            for (std::size_t i = changes.size(); i > 1; --i)
                std::swap(changes[i - 1], changes[random.below(i)]);

            BareStore rows(seed);
            SpaceState state;
            std::size_t nextVoid = 0;
            for (std::size_t start = 0; start < changes.size();) {
                const std::size_t end = std::min<std::size_t>(start + 1 + random.below(5), changes.size());
                const std::vector<Change> batch(
                    changes.begin() + static_cast<std::ptrdiff_t>(start),
                    changes.begin() + static_cast<std::ptrdiff_t>(end));
                if (random.chance(15))
                    rows.take(batch, false);
                rows.take(batch, true);
                for (const Change& change : batch)
                    state.apply(change);
                if (nextVoid < office.voided.size() && random.chance(20)) {
                    rows.voidRange(office.voided[nextVoid]);
                    state.voidRange(office.voided[nextVoid++]);
                }
                rows.checkLike(state);
                start = end;
            }
            while (nextVoid < office.voided.size()) {
                rows.voidRange(office.voided[nextVoid]);
                state.voidRange(office.voided[nextVoid++]);
                rows.checkLike(state);
            }
        },
        120);
}

}  // namespace teren::test
