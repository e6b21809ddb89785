// SPDX-License-Identifier: EUPL-1.2
#include "app/store/statement_log.h"

#include "app/store/notices.h"
#include "crypto/base/limits.h"

#include <algorithm>
#include <limits>

namespace teren::store {
namespace {

using ledger::Act;
using ledger::Membership;
using ledger::SignedStatement;

/// Grants of about 200 bytes each: a statement of these stays under `limits::kStatementMax`.
constexpr std::size_t kActsPerStatement = 700;
/// Acts decided here go in statements of this many, each of some 600 bytes at most.
constexpr std::size_t kDraftsPerStatement = 100;
/// Statements that are handed out at once stay under `limits::kMessageMax`; the rest follow when these are
/// taken.
constexpr std::size_t kSubmitBytesMax = std::size_t{640} << 10;

/// What was decided, for a person who is told that it came to nothing.
/// An act that was decided here no longer fits the log.
Status tellDropped(Core& core, const Act& act)
{
    const auto brief = [](const auto& id) { return id.hex().substr(0, 8); };
    Notices notices(core);
    if (const auto* invite = std::get_if<ledger::Invite>(&act))
        return notices.tell(NoticeKind::InvitationDropped, {brief(invite->invitation)});
    if (const auto* voided = std::get_if<ledger::VoidInvite>(&act))
        return notices.tell(NoticeKind::InvitationEndDropped, {brief(voided->invitation)});
    if (const auto* admit = std::get_if<ledger::Admit>(&act))
        return notices.tell(NoticeKind::AdmissionDropped, {brief(admit->invitation)});
    if (const auto* removed = std::get_if<ledger::RemoveDevice>(&act))
        return notices.tell(NoticeKind::RemovalDropped, {removed->device.hex()});
    if (const auto* opened = std::get_if<ledger::OpenSpace>(&act))
        return notices.tell(NoticeKind::OpeningDropped, {opened->space.hex()});
    if (const auto* voided = std::get_if<ledger::Void>(&act))
        return notices.tell(NoticeKind::VoidDropped, {voided->device.hex(), voided->space.hex()});
    if (std::holds_alternative<ledger::ServerKeys>(act))
        return notices.tell(NoticeKind::ServerKeysDropped, {});
    return notices.tell(NoticeKind::DecisionDropped, {});
}

bool mayRead(const Membership::Space& space, const Membership::Device& device)
{
    if (space.kind == ledger::SpaceKind::Workspace)
        return true;
    return space.kind == ledger::SpaceKind::CaseInternal && (device.rights & ledger::ReadInternal) != 0;
}

Result<SignedStatement> signedAt(const sql::Statement& row)
{
    SignedStatement statement;
    statement.body = toBytes(row.columnBlob(0));
    TEREN_TRY(statement.device, idAt<DeviceId>(row, 1));
    const ByteView signature = row.columnBlob(2);
    if (signature.size() != statement.signature.size())
        return fail(Errc::Damaged, "a signature of the wrong size in the store");
    std::ranges::copy(signature, statement.signature.begin());
    return statement;
}

}  // namespace

/// Signs one statement after the other on a membership that it carries along.
class StatementLog::Signer {
public:
    Signer(Core& core, Instant now) : core_(core), now_(now) {}

    /// @return whether the log takes these acts; nothing is signed then.
    bool add(const std::vector<Act>& acts)
    {
        ledger::Statement statement;
        if (!ahead_)
            ahead_ = core_.membership;
        statement.workspace = ahead_->workspace();
        statement.height = ahead_->height() + 1;
        statement.previous = ahead_->hash();
        statement.time = now_;
        statement.seen = core_.own.head;
        statement.acts = acts;
        SignedStatement made = ledger::signStatement(statement, core_.device, core_.keys->signing);
        if (made.body.size() > limits::kStatementMax || !ahead_->replay(made))
            return false;
        bytes_ += made.body.size();
        made_.push_back(std::move(made));
        return true;
    }
    bool full() const { return bytes_ > kSubmitBytesMax || made_.size() >= limits::kStatementsPerSubmitMax; }
    const Membership& membership() const { return ahead_ ? *ahead_ : core_.membership; }
    std::vector<SignedStatement> take() { return std::move(made_); }

private:
    Core& core_;
    Instant now_;
    std::optional<Membership> ahead_;  ///< With what was signed here; none before that.
    std::vector<SignedStatement> made_;
    std::size_t bytes_ = 0;
};

// ---- the log -------------------------------------------------------------------------------------------

Result<std::vector<SignedStatement>> StatementLog::all()
{
    return above(0, std::numeric_limits<std::size_t>::max());
}

Result<std::vector<SignedStatement>> StatementLog::above(std::uint64_t height, std::size_t maxBytes)
{
    std::vector<SignedStatement> statements;
    std::size_t bytes = 0;
    sql::Statement& rows = core_.db.statement(
        "SELECT body, device, signature FROM statement WHERE height > ? ORDER BY height");
    rows.with(height);
    for (;;) {
        TEREN_TRY(const bool more, rows.step());
        if (!more)
            return statements;
        Result<SignedStatement> statement = signedAt(rows);
        const std::size_t size = statement ? statement->body.size() : 0;
        if (!statement || (!statements.empty() && bytes + size > maxBytes)) {
            rows.reset();
            TEREN_CHECK(statement);
            return statements;
        }
        bytes += size;
        statements.push_back(*std::move(statement));
    }
}

Result<Membership> StatementLog::read()
{
    TEREN_TRY(const std::vector<SignedStatement> statements, all());
    Membership membership;
    for (const SignedStatement& statement : statements)
        if (const Status replayed = membership.replay(statement); !replayed)
            return fail(
                Errc::Damaged, "the stored membership log does not follow: " + replayed.error().detail);
    return membership;
}

Result<StatementLog::Effects> StatementLog::append(
    std::span<const SignedStatement> statements, const Membership& membership)
{
    Effects effects;
    for (const SignedStatement& signedStatement : statements) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(signedStatement));
        TEREN_CHECK(
            core_.db.statement("INSERT INTO statement (height, body, device, signature) VALUES (?, ?, ?, ?)")
                .with(
                    statement.height, ByteView(signedStatement.body), signedStatement.device.view(),
                    ByteView(signedStatement.signature))
                .run());
        for (const Act& act : statement.acts)
            TEREN_CHECK(follow(act, signedStatement.device, membership, effects));
        if (signedStatement.device == core_.device)
            TEREN_CHECK(endDrafts(statement));
    }
    return effects;
}

/// What one act of `signer` means here.
Status StatementLog::follow(
    const Act& act, const DeviceId& signer, const Membership& membership, Effects& effects)
{
    if (const auto* voided = std::get_if<ledger::Void>(&act))
        effects.voided.insert(voided->space);
    if (const auto* lost = std::get_if<ledger::LostHead>(&act)) {
        effects.lostPart = true;
        return signer == core_.device ? Status{} : tellOf(*lost, signer);
    }
    if (const auto* lost = std::get_if<ledger::LostStatements>(&act)) {
        effects.lostStatements = true;
        return signer == core_.device ? Status{} : tellOf(*lost, signer);
    }
    effects.removal = effects.removal || std::holds_alternative<ledger::RemoveDevice>(act);
    const auto* grant = std::get_if<ledger::Grant>(&act);
    if (grant == nullptr || grant->recipient != core_.device)
        return {};
    TEREN_TRY(const bool isNew, KeyRing(core_).accept(*grant, membership));
    if (isNew)
        effects.newlyKeyed.insert(grant->space);
    return {};
}

// ---- drafts --------------------------------------------------------------------------------------------

/// Our own statements are known by what they say: if the program died between the server's taking and our
/// storing, they come back with the next answer.
Status StatementLog::endDrafts(const ledger::Statement& statement)
{
    TEREN_TRY(std::vector<Draft> plain, plainDrafts());
    for (const Act& act : statement.acts) {
        if (const auto* opened = std::get_if<ledger::OpenSpace>(&act))
            TEREN_CHECK(
                core_.db.statement("DELETE FROM draft WHERE space = ?").with(opened->space.view()).run());
        const auto draft
            = std::ranges::find_if(plain, [&](const Draft& open) { return open.acts.front() == act; });
        if (draft == plain.end())
            continue;
        TEREN_CHECK(dropDraft(draft->id));
        plain.erase(draft);
    }
    return {};
}

Status StatementLog::dropDraft(std::int64_t id)
{
    return core_.db.statement("DELETE FROM draft WHERE id = ?").with(id).run();
}

Status StatementLog::insertDraft(const std::optional<SpaceId>& space, const Act& act)
{
    // The body of a statement is the one encoding that acts have.
    ledger::Statement carrier;
    carrier.acts = {act};
    const SignedStatement encoded = ledger::signStatement(carrier, core_.device, core_.keys->signing);
    std::optional<ByteView> spaceId;
    if (space)
        spaceId = space->view();
    return core_.db.statement("INSERT INTO draft (space, body) VALUES (?, ?)")
        .with(spaceId, ByteView(encoded.body))
        .run();
}

Status StatementLog::queue(const Act& act)
{
    return insertDraft(std::nullopt, act);
}

Result<bool> StatementLog::isAdmitting(const InvitationId& invitation)
{
    TEREN_TRY(const std::vector<Draft> plain, plainDrafts());
    return std::ranges::any_of(plain, [&](const Draft& draft) {
        const auto* admit = std::get_if<ledger::Admit>(&draft.acts.front());
        return admit != nullptr && admit->invitation == invitation;
    });
}

Status StatementLog::queueOpenSpace(const SpaceEntry& space)
{
    return insertDraft(space.id, ledger::OpenSpace{space.id, space.kind, space.caseSpace});
}

Result<std::vector<StatementLog::Draft>> StatementLog::drafts()
{
    return read(core_.db.statement("SELECT id, space, body FROM draft ORDER BY id"));
}

Result<std::vector<StatementLog::Draft>> StatementLog::plainDrafts()
{
    return read(core_.db.statement("SELECT id, space, body FROM draft WHERE space IS NULL ORDER BY id"));
}

Result<std::vector<StatementLog::Draft>> StatementLog::read(sql::Statement& rows)
{
    std::vector<Draft> open;
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        Draft draft;
        draft.id = row.columnInt(0);
        if (!row.isNull(1)) {
            TEREN_TRY(draft.opens, idAt<SpaceId>(row, 1));
        }
        SignedStatement carrier;
        carrier.body = toBytes(row.columnBlob(2));
        const Result<ledger::Statement> decoded = ledger::decodeStatement(carrier);
        if (!decoded)
            return fail(Errc::Damaged, "a queued membership act cannot be read: " + decoded.error().detail);
        if (decoded->acts.size() != 1)
            return fail(Errc::Damaged, "a queued membership act is not one act");
        draft.acts = decoded->acts;
        open.push_back(std::move(draft));
        return {};
    }));
    return open;
}

// ---- signing -------------------------------------------------------------------------------------------

Result<std::vector<SignedStatement>> StatementLog::sign(Instant now)
{
    const Membership::Device* self = core_.membership.find(core_.device);
    if (self == nullptr || !self->isMember())
        return std::vector<SignedStatement>{};
    Signer signer(core_, now);
    TEREN_TRY(const std::vector<Draft> open, drafts());
    for (std::span<const Draft> rest = open; !rest.empty();) {
        if (signer.full())
            return signer.take();
        const std::size_t count = std::min(rest.size(), kDraftsPerStatement);
        TEREN_CHECK(signTogether(rest.first(count), signer));
        rest = rest.subspan(count);
    }
    // Behind the drafts: among them may be lives between, of a log that was lost.
    TEREN_CHECK(announceLife(signer));
    if (!signer.full())
        TEREN_CHECK(signMissingGrants(signer));
    if (!signer.full())
        TEREN_CHECK(signAsking(signer));
    return signer.take();
}

Status StatementLog::announceLife(Signer& signer)
{
    const std::uint64_t life = core_.keys->life;
    const std::vector<std::uint64_t>& lives = signer.membership().find(core_.device)->lives;
    if (std::ranges::find(lives, life) != lives.end() || signer.add({ledger::NewLife{life, lives.back()}}))
        return {};
    return Notices(core_).tell(NoticeKind::LifeNotTaken, {std::to_string(life)});
}

/// One statement of them at a time: the caller comes back until there is nothing left.
Status StatementLog::signMissingGrants(Signer& signer)
{
    TEREN_TRY(const std::vector<Act> grants, missingGrants(signer.membership(), kActsPerStatement));
    if (grants.empty() || signer.add(grants))
        return {};
    return Notices(core_).tell(NoticeKind::KeysNotTaken, {std::to_string(signer.membership().height())});
}

/// Keys that were granted to this device and are not here: what was sealed to it did not open.
Status StatementLog::signAsking(Signer& signer)
{
    std::vector<Act> acts;
    for (const auto& [id, space] : signer.membership().spaces()) {
        if (!signer.membership().canRead(core_.device, id) || space.asking.contains(core_.device))
            continue;
        std::size_t held = 0;
        if (const SpaceEntry* entry = core_.find(id)) {
            TEREN_TRY(held, KeyRing(core_).countOf(*entry));
        }
        if (held < space.epochs.size() && acts.size() < kActsPerStatement)
            acts.emplace_back(ledger::AskKey{id});
    }
    if (acts.empty() || signer.add(acts))
        return {};
    return Notices(core_).tell(NoticeKind::CannotAskForKeys, {});
}

/// Acts of one statement hold together or not at all, so one that no longer fits is looked for one by one.
Status StatementLog::signTogether(std::span<const Draft> drafts, Signer& signer)
{
    std::vector<Act> acts;
    for (const Draft& draft : drafts) {
        if (isDone(draft, signer.membership())) {
            TEREN_CHECK(dropDraft(draft.id));
            continue;
        }
        TEREN_TRY(const std::vector<Act> own, actsOf(draft, signer.membership()));
        acts.insert(acts.end(), own.begin(), own.end());
    }
    if (acts.empty() || signer.add(acts))
        return {};
    if (drafts.size() > 1) {
        for (const Draft& draft : drafts)
            TEREN_CHECK(signTogether(std::span(&draft, 1), signer));
        return {};
    }
    TEREN_CHECK(tellDropped(core_, drafts.front().acts.front()));
    return dropDraft(drafts.front().id);
}

/// Whether the log holds already what a draft is to bring about.
bool StatementLog::isDone(const Draft& draft, const Membership& membership) const
{
    if (draft.opens)
        return membership.find(*draft.opens) != nullptr;
    if (const auto* lost = std::get_if<ledger::LostStatements>(&draft.acts.front()))
        return membership.isLost(*lost);
    const auto* lost = std::get_if<ledger::LostHead>(&draft.acts.front());
    return lost != nullptr && membership.isLost(*lost);
}

Status StatementLog::tellOf(const ledger::LostHead& lost, const DeviceId& by)
{
    return Notices(core_).tell(
        NoticeKind::HeardServerWentBack,
        {by.hex(), std::to_string(lost.head.size), toHex(lost.head.root).substr(0, 8),
         std::to_string(lost.common)});
}

Status StatementLog::tellOf(const ledger::LostStatements& lost, const DeviceId& by)
{
    return Notices(core_).tell(
        NoticeKind::HeardStatementsLost,
        {by.hex(), std::to_string(lost.height), std::to_string(lost.common)});
}

Result<std::vector<Act>> StatementLog::actsOf(const Draft& draft, const Membership& membership)
{
    if (!draft.opens)
        return draft.acts;
    const SpaceEntry* space = core_.find(*draft.opens);
    if (space == nullptr)
        return fail(Errc::Damaged, "a queued space is not in the store");
    return openingActs(*space, membership);
}

/// The space, its first key, and the key for this device and for the office's recovery. The others follow
/// with the grants that are missing.
Result<std::vector<Act>> StatementLog::openingActs(const SpaceEntry& space, const Membership& membership)
{
    TEREN_TRY(const std::vector<segment::SpaceKey> keys, KeyRing(core_).keysOf(space));
    if (keys.empty())
        return fail(Errc::Damaged, "a queued space has no key");
    const segment::SpaceKey& key = keys.front();
    return std::vector<Act>{
        ledger::OpenSpace{space.id, space.kind, space.caseSpace},
        ledger::Epoch{space.id, key.epoch, key.keyId, 1},
        grantOf(space.id, key, core_.device, core_.keys->box.publicKey()),
        grantOf(space.id, key, DeviceId{}, membership.genesis().recoveryKey)};
}

/// Who shall read a space and does not yet: a device admitted while a case was opened elsewhere, or a case
/// opened here without a network. Every device that holds the keys looks for them at each sync, so nobody is
/// left out for long; two that find the same meet at the log's one head, and the second finds nothing left.
Result<std::vector<Act>> StatementLog::missingGrants(const Membership& membership, std::size_t most)
{
    std::vector<Act> grants;
    for (const auto& [id, space] : membership.spaces()) {
        if (grants.size() >= most)
            break;
        if (!membership.canRead(core_.device, id))
            continue;
        std::vector<const Membership::Device*> lacking;
        for (const auto& [deviceId, device] : membership.devices())
            if (device.isMember()
                && (space.asking.contains(deviceId)
                    || (mayRead(space, device) && !space.readers.contains(deviceId))))
                lacking.push_back(&device);
        const SpaceEntry* entry = core_.find(id);
        if (lacking.empty() || entry == nullptr)
            continue;
        TEREN_TRY(const std::vector<segment::SpaceKey> keys, KeyRing(core_).keysOf(*entry));
        if (keys.size() != space.epochs.size())
            continue;
        for (const Membership::Device* device : lacking)
            for (const segment::SpaceKey& key : keys)
                grants.emplace_back(grantOf(id, key, device->statement.id(), device->statement.boxKey));
    }
    return grants;
}

}  // namespace teren::store
