// SPDX-License-Identifier: EUPL-1.2
#include "app/service/profile.h"

#include "app/service/office_parts.h"
#include "app/service/typed_passphrase.h"
#include "app/store/vault_files.h"
#include "app/store/wrong_tries.h"
#include "crypto/base/hex.h"
#include "crypto/sign/hash.h"

#include <algorithm>

namespace teren::service {
namespace {

/// In the vault: which code was drawn and not yet typed back, as a keyed hash.
constexpr const char* kDrawnCodeKey = "recovery.drawn";

Hash markOf(const RecoveryCode& code, const store::Vault& vault)
{
    return blake2bKeyed(vault.key("teren.vault.recovery.drawn.v1").reveal(), {viewOf(code.secret())});
}

/// Tests' profiles stay cheap if the tests say so; nobody's becomes cheap.
KdfPolicy policyFor(const store::Vault& vault)
{
    return vault.usesFloorKdf() ? store::kdfPolicyFromEnvironment() : KdfPolicy::Calibrated;
}

/// In the office of the profile, and so by all that it knows.
Status resetWith(
    const std::filesystem::path& directory, const store::Unlock& unlock, std::string_view fresh,
    Surroundings around)
{
    TEREN_TRY(
        std::unique_ptr<store::Vault> opened,
        store::Vault::openWith(directory, unlock, around.random, {.clock = &around.clock}));
    // The office knows the words that a passphrase of this person must not be made of.
    TEREN_TRY(const std::unique_ptr<Office> office, Office::openVault(std::move(opened), around));
    const SecretText passphrase = typedPassphrase(fresh);
    TEREN_CHECK(checkStrength(passphrase.reveal(), knownWords(*office)));
    store::Vault& vault = *office->parts().vault;
    return vault.setPassphrase(passphrase.reveal(), policyFor(vault));
}

}  // namespace

std::vector<std::string> knownWords(Office& office)
{
    return {office.personName(), office.workspaceName(), office.deviceName()};
}

Status changePassphrase(Office& office, std::string_view current, std::string_view fresh)
{
    store::Vault& vault = *office.parts().vault;
    const SecretText passphrase = typedPassphrase(fresh);
    TEREN_CHECK(checkStrength(passphrase.reveal(), knownWords(office)));
    TEREN_CHECK(vault.checkPassphrase(typedPassphrase(current).reveal()));
    return vault.setPassphrase(passphrase.reveal(), policyFor(vault));
}

Status resetPassphrase(
    const std::filesystem::path& directory, std::string_view recoveryCode, std::string_view fresh,
    Surroundings around)
{
    TEREN_TRY(const RecoveryCode code, RecoveryCode::fromTyped(recoveryCode));
    return resetWith(directory, [&code](const KeySlots& slots) { return slots.open(code); }, fresh, around);
}

Status resetPassphrase(
    const std::filesystem::path& directory, const BoxKey& officeKey, std::string_view fresh,
    Surroundings around)
{
    return resetWith(
        directory, [&officeKey](const KeySlots& slots) { return slots.open(officeKey); }, fresh, around);
}

std::chrono::seconds waitBeforeUnlock(const std::filesystem::path& directory, const Clock& clock)
{
    return store::WrongTries(store::VaultFiles(directory).tries()).wait(clock.now());
}

Result<std::string> newRecoveryCode(Office& office)
{
    Office::Parts& parts = office.parts();
    const RecoveryCode code = RecoveryCode::generate(parts.around.random);
    TEREN_CHECK(parts.settings.put(kDrawnCodeKey, markOf(code, *parts.vault)));
    return code.text();
}

Status confirmRecoveryCode(Office& office, std::string_view typed)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(const RecoveryCode code, RecoveryCode::fromTyped(typed));
    TEREN_TRY(const std::optional<Bytes> drawn, parts.settings.get(kDrawnCodeKey));
    if (!drawn)
        return fail(Errc::Refused, "no recovery code waits to be typed back; draw one first");
    if (!equalInConstantTime(*drawn, markOf(code, *parts.vault)))
        return fail(Errc::Refused, "this is not the recovery code that was drawn last");
    TEREN_CHECK(parts.vault->setRecoveryCode(code));
    return parts.settings.drop(kDrawnCodeKey);
}

Status removeRecoveryCode(Office& office)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(const std::optional<Bytes> drawn, parts.settings.get(kDrawnCodeKey));
    const Status removed = parts.vault->removeSlot(SlotKind::RecoveryCode);
    if (!drawn)
        return removed;
    if (!removed && removed.error().code != Errc::NotFound)
        return removed;
    return parts.settings.drop(kDrawnCodeKey);
}

std::optional<TypedCodeProblem> recoveryCodeProblem(std::string_view typed)
{
    const std::optional<CodeProblem> problem = RecoveryCode::problemIn(typed);
    if (!problem)
        return {};
    switch (problem->kind) {
    case CodeProblem::Kind::Incomplete:
        return TypedCodeProblem{TypedCodeProblem::Kind::Incomplete, problem->group};
    case CodeProblem::Kind::TooLong:
        return TypedCodeProblem{TypedCodeProblem::Kind::TooLong, problem->group};
    case CodeProblem::Kind::Character:
        return TypedCodeProblem{TypedCodeProblem::Kind::Character, problem->group};
    case CodeProblem::Kind::Group:
        return TypedCodeProblem{TypedCodeProblem::Kind::Group, problem->group};
    case CodeProblem::Kind::Whole:
        return TypedCodeProblem{TypedCodeProblem::Kind::Whole, problem->group};
    }
    return {};
}

std::string_view toString(WayIn::Kind kind) noexcept
{
    switch (kind) {
    case WayIn::Kind::Passphrase:
        return "passphrase";
    case WayIn::Kind::RecoveryCode:
        return "recovery-code";
    case WayIn::Kind::OfficeRecovery:
        return "office-recovery";
    }
    return "unknown";
}

std::vector<WayIn> waysIn(Office& office)
{
    std::vector<WayIn> ways;
    for (const KeySlot& slot : office.parts().vault->slots().slots()) {
        const bool atTheFloor = slot.policy == KdfPolicy::Floor;
        switch (slot.kind) {
        case SlotKind::Empty:
            break;
        case SlotKind::Passphrase:
            ways.push_back({WayIn::Kind::Passphrase, slot.kdf.passes, slot.kdf.memoryBytes, atTheFloor, {}});
            break;
        case SlotKind::RecoveryCode:
            ways.push_back(
                {WayIn::Kind::RecoveryCode, slot.kdf.passes, slot.kdf.memoryBytes, atTheFloor, {}});
            break;
        case SlotKind::OfficeRecovery:
            ways.push_back({WayIn::Kind::OfficeRecovery, 0, 0, false, toHex(slot.recipient)});
            break;
        }
    }
    return ways;
}

Status setOfficeRecovery(Office& office, const std::array<std::uint8_t, 32>& publicKey)
{
    return office.parts().vault->setOfficeRecovery(publicKey);
}

Status removeOfficeRecovery(Office& office)
{
    return office.parts().vault->removeSlot(SlotKind::OfficeRecovery);
}

}  // namespace teren::service
