// SPDX-License-Identifier: EUPL-1.2
#include "app/store/parted.h"

#include "app/store/key_ring.h"
#include "app/store/notices.h"
#include "app/store/space_writer.h"
#include "app/store/statement_intake.h"
#include "app/store/statement_log.h"

#include <algorithm>
#include <limits>

namespace teren::store {
namespace {

using ledger::Act;
using ledger::Membership;
using ledger::SignedStatement;

/// An invitation whose end has passed while nobody could know is open for that long, for the admission that
/// was decided on it.
constexpr std::chrono::hours kAdmissionAgain{24};

struct GivenUp {
    DeviceId signer;
    std::vector<Act> acts;
};

Result<std::vector<GivenUp>> readAll(std::span<const SignedStatement> statements)
{
    std::vector<GivenUp> given;
    for (const SignedStatement& signedStatement : statements) {
        TEREN_TRY(ledger::Statement statement, ledger::decodeStatement(signedStatement));
        given.push_back({signedStatement.device, std::move(statement.acts)});
    }
    return given;
}

/// Whether `act` took something from somebody who has it in `next`: its keys to read on, or its rights. Only
/// a person may give that back.
bool takesAway(const Act& act, const Membership& next)
{
    if (const auto* removed = std::get_if<ledger::RemoveDevice>(&act)) {
        const Membership::Device* device = next.find(removed->device);
        return device != nullptr && device->isMember();
    }
    if (const auto* epoch = std::get_if<ledger::Epoch>(&act); epoch != nullptr && epoch->epoch > 1) {
        const Membership::Space* space = next.find(epoch->space);
        return space == nullptr || space->epochs.size() < epoch->epoch
            || space->epochs[epoch->epoch - 1].keyId != epoch->keyId;
    }
    if (const auto* keys = std::get_if<ledger::ServerKeys>(&act))
        return std::ranges::none_of(next.serverKeys(), [&](const ledger::ServerKeyPeriod& known) {
            return known.keys == keys->next;
        });
    return std::holds_alternative<ledger::UnknownAct>(act);
}

bool removes(std::span<const GivenUp> given, const DeviceId& device)
{
    return std::ranges::any_of(given, [&](const GivenUp& statement) {
        return std::ranges::any_of(statement.acts, [&](const Act& act) {
            const auto* removed = std::get_if<ledger::RemoveDevice>(&act);
            return removed != nullptr && removed->device == device;
        });
    });
}

/// Queues what this device decides again.
class Again {
public:
    Again(Core& core, std::span<const GivenUp> given) : core_(core), given_(given), log_(core) {}

    Status decide()
    {
        for (const GivenUp& statement : given_)
            for (const Act& act : statement.acts) {
                TEREN_CHECK(open(act));
                TEREN_CHECK(lost(act));
                if (statement.signer == core_.device)
                    TEREN_CHECK(own(act));
            }
        return {};
    }
    std::size_t cases() const { return cases_; }
    std::size_t others() const { return others_; }

private:
    /// Whoever opened it: who holds the key may open it, and what its members wrote is waiting for it.
    Status open(const Act& act)
    {
        const auto* opened = std::get_if<ledger::OpenSpace>(&act);
        const Membership::Device* self = core_.membership.find(core_.device);
        if (opened == nullptr || self == nullptr || (self->rights & ledger::OpenSpaces) == 0
            || core_.membership.find(opened->space) != nullptr)
            return {};
        const SpaceEntry* entry = core_.find(opened->space);
        if (entry == nullptr)
            return {};
        TEREN_TRY(const std::size_t keys, KeyRing(core_).countOf(*entry));
        if (keys == 0)
            return {};
        ++cases_;
        return log_.queueOpenSpace(*entry);
    }

    /// Whoever said it: what it gives back was sealed by those who had seen what the server lost, and would
    /// accuse them where nobody has heard of that.
    Status lost(const Act& act)
    {
        if (const auto* head = std::get_if<ledger::LostHead>(&act))
            return core_.membership.isLost(*head) ? Status{} : again(act);
        if (const auto* statements = std::get_if<ledger::LostStatements>(&act))
            return core_.membership.isLost(*statements) ? Status{} : again(act);
        return {};
    }

    /// Grants and questions for keys come by themselves, where they are lacking.
    Status own(const Act& act)
    {
        if (const auto* invite = std::get_if<ledger::Invite>(&act))
            return again(stillOpen(*invite));
        if (const auto* admit = std::get_if<ledger::Admit>(&act)) {
            const Result<ledger::DeviceStatement> device = ledger::openDevice(admit->device);
            return !device || removes(given_, device->id()) ? Status{} : again(act);
        }
        const bool isOurs = std::holds_alternative<ledger::VoidInvite>(act)
            || std::holds_alternative<ledger::NewLife>(act) || std::holds_alternative<ledger::Void>(act);
        return isOurs ? again(act) : Status{};
    }

    ledger::Invite stillOpen(ledger::Invite invite) const
    {
        const bool isUsed = std::ranges::any_of(given_, [&](const GivenUp& statement) {
            return std::ranges::any_of(statement.acts, [&](const Act& act) {
                const auto* admit = std::get_if<ledger::Admit>(&act);
                return admit != nullptr && admit->invitation == invite.invitation;
            });
        });
        if (isUsed)
            invite.expires = std::max(invite.expires, core_.clock.now() + kAdmissionAgain);
        return invite;
    }

    Status again(const Act& act)
    {
        ++others_;
        return log_.queue(act);
    }

    Core& core_;
    std::span<const GivenUp> given_;
    StatementLog log_;
    std::size_t cases_ = 0;
    std::size_t others_ = 0;
};

/// The log as it was when both were one.
Result<Membership> sharedLog(std::span<const SignedStatement> statements)
{
    Membership membership;
    for (const SignedStatement& statement : statements)
        TEREN_CHECK(membership.replay(statement));
    return membership;
}

Status keepApart(Core& core, std::uint64_t common, std::span<const SignedStatement> statements)
{
    std::uint64_t height = common;
    for (const SignedStatement& statement : statements)
        TEREN_CHECK(
            core.db
                .statement("INSERT INTO parted_statement (at, common, height, body, device, signature) "
                           "VALUES (?, ?, ?, ?, ?, ?)")
                .with(
                    core.clock.now().time_since_epoch().count(), common, ++height, ByteView(statement.body),
                    statement.device.view(), ByteView(statement.signature))
                .run());
    return core.db.statement("DELETE FROM statement WHERE height > ?").with(common).run();
}

/// What was voided counts again until that is decided again.
Status rebuildVoided(Core& core, std::span<const GivenUp> given)
{
    std::set<SpaceId> voided;
    for (const GivenUp& statement : given)
        for (const Act& act : statement.acts)
            if (const auto* made = std::get_if<ledger::Void>(&act))
                voided.insert(made->space);
    for (const SpaceId& id : voided)
        if (const SpaceEntry* space = core.find(id)) {
            SpaceWriter writer(core, *space);
            TEREN_CHECK(writer.rebuild());
            TEREN_CHECK(writer.finish());
        }
    return {};
}

}  // namespace

Status followStatements(Core& core, std::uint64_t common, std::span<const ledger::SignedStatement> theirs)
{
    StatementLog log(core);
    TEREN_TRY(const std::vector<SignedStatement> ours, log.all());
    if (common == 0 || common > ours.size())
        return fail(Errc::Malformed, "members' logs that part where there is none");
    const std::span<const SignedStatement> lost = std::span(ours).subspan(common);
    if (lost.empty())
        return takeStatements(core, theirs);
    TEREN_TRY(const std::vector<GivenUp> given, readAll(lost));
    TEREN_TRY(Membership shared, sharedLog(std::span(ours).first(common)));
    Membership next = shared;
    for (const SignedStatement& statement : theirs)
        TEREN_CHECK(next.apply(statement));
    for (const GivenUp& statement : given)
        if (std::ranges::any_of(statement.acts, [&](const Act& act) { return takesAway(act, next); }))
            return fail(Errc::Refused, "what was decided here took something away from somebody");

    const ledger::LostStatements act{common, ours.size(), ours.back().hash()};
    TEREN_CHECK(keepApart(core, common, lost));
    core.membership = std::move(shared);
    TEREN_CHECK(takeStatements(core, theirs));
    TEREN_CHECK(rebuildVoided(core, given));
    Again again(core, given);
    TEREN_CHECK(again.decide());
    if (!core.membership.isLost(act))
        TEREN_CHECK(log.queue(act));
    return Notices(core).tell(
        NoticeKind::StatementsLost,
        {std::to_string(given.size()), std::to_string(again.cases()), std::to_string(again.others())});
}

}  // namespace teren::store
