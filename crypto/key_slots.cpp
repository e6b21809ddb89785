// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_slots.h"

#include "crypto/base/assert.h"
#include "crypto/base/big_endian.h"
#include "crypto/sign/agreement_key.h"
#include "crypto/sign/hash.h"

#include <sodium.h>

#include <algorithm>

namespace teren {
namespace {

constexpr std::string_view kMagic{"teren vault\0\0\0\0\0", 16};
constexpr std::string_view kSlotLabel{"teren.slot.v1"};
constexpr std::string_view kMacLabel{"teren.vault.header.v1"};

constexpr std::size_t kFixedSize = 64;
constexpr std::size_t kSlotSize = 160;
constexpr std::size_t kSlotClearSize = 48;
/// What follows the clear part: a sealed key and zeros, or a recipient and a box.
constexpr std::size_t kSlotContentSize = kSlotSize - kSlotClearSize;
static_assert(sizeof(KeySlot::sealedKey) <= kSlotContentSize);
static_assert(sizeof(KeySlot::recipient) + sizeof(KeySlot::box) == kSlotContentSize);
constexpr std::size_t kHashSize = sizeof(Hash);
/// Every version of the file keeps magic, version, size, and the places of checksum and MAC.
constexpr std::size_t kChecksumOffset = KeySlots::kFileSize - 2 * kHashSize;
constexpr std::size_t kMacOffset = KeySlots::kFileSize - kHashSize;
static_assert(kFixedSize + KeySlots::kSlotCount * kSlotSize <= kChecksumOffset);

constexpr std::uint32_t kFlagFloor = 1;

bool isZero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

/// kind 4 | flags 4 | passes 4 | zero 4 | memory 8 | salt 16 | zero 8.
std::array<std::uint8_t, kSlotClearSize> clearPart(const KeySlot& slot)
{
    std::array<std::uint8_t, kSlotClearSize> clear{};
    const std::span all(clear);
    putBigEndian(all.subspan<0, 4>(), static_cast<std::uint32_t>(slot.kind));
    if (slot.kind == SlotKind::OfficeRecovery)
        return clear;
    putBigEndian(all.subspan<4, 4>(), slot.policy == KdfPolicy::Floor ? kFlagFloor : 0);
    putBigEndian(all.subspan<8, 4>(), slot.kdf.passes);
    putBigEndian(all.subspan<16, 8>(), slot.kdf.memoryBytes);
    std::ranges::copy(slot.salt, clear.begin() + 24);
    return clear;
}

std::array<std::uint8_t, kSlotContentSize> contentOf(const KeySlot& slot)
{
    std::array<std::uint8_t, kSlotContentSize> content{};
    if (slot.kind == SlotKind::OfficeRecovery) {
        const auto box = std::ranges::copy(slot.recipient, content.begin()).out;
        std::ranges::copy(slot.box, box);
    } else
        std::ranges::copy(slot.sealedKey, content.begin());
    return content;
}

KeySlot officeSlotFrom(std::span<const std::uint8_t, kSlotSize> bytes)
{
    KeySlot slot;
    slot.kind = SlotKind::OfficeRecovery;
    std::ranges::copy(bytes.subspan(kSlotClearSize, slot.recipient.size()), slot.recipient.begin());
    std::ranges::copy(bytes.last<sizeof(slot.box)>(), slot.box.begin());
    return slot;
}

/// What the bytes mean; whether they are all that they may be is `fromFile`'s to check.
Result<KeySlot> slotFrom(std::span<const std::uint8_t, kSlotSize> bytes)
{
    const auto kind = getBigEndian<std::uint32_t>(bytes.subspan<0, 4>());
    const auto flags = getBigEndian<std::uint32_t>(bytes.subspan<4, 4>());
    if (kind == 0) {
        if (!isZero(bytes))
            return fail(Errc::Damaged, "an empty key slot has content");
        return KeySlot{};
    }
    if (kind > static_cast<std::uint32_t>(SlotKind::OfficeRecovery) || flags > kFlagFloor)
        return fail(Errc::Damaged, "a key slot of no known kind");
    if (kind == static_cast<std::uint32_t>(SlotKind::OfficeRecovery))
        return officeSlotFrom(bytes);
    KeySlot slot;
    slot.kind = static_cast<SlotKind>(kind);
    slot.policy = flags == kFlagFloor ? KdfPolicy::Floor : KdfPolicy::Calibrated;
    slot.kdf.passes = getBigEndian<std::uint32_t>(bytes.subspan<8, 4>());
    slot.kdf.memoryBytes = getBigEndian<std::uint64_t>(bytes.subspan<16, 8>());
    std::ranges::copy(bytes.subspan<24, kKdfSaltSize>(), slot.salt.begin());
    std::ranges::copy(bytes.subspan(kSlotClearSize, slot.sealedKey.size()), slot.sealedKey.begin());
    if (const Status within = checkKdfParameters(slot.kdf); !within.has_value())
        return fail(Errc::Damaged, within.error().detail);
    return slot;
}

Hash checksumOf(ByteView file)
{
    return blake2b({file.first(kChecksumOffset)});
}

Hash macOf(ByteView body, const SecretKey& master)
{
    const SecretKey key = master.derive(kMacLabel);
    return blake2bKeyed(key.reveal(), {body});
}

}  // namespace

Bytes KeySlots::body() const
{
    Bytes file(kMacOffset);
    const std::span all(file);
    std::ranges::copy(viewOf(kMagic), file.begin());
    putBigEndian(all.subspan<16, 4>(), kVersion);
    putBigEndian(all.subspan<20, 4>(), static_cast<std::uint32_t>(kSlotCount));
    putBigEndian(all.subspan<24, 8>(), generation_);
    std::ranges::copy(vault_.bytes, file.begin() + 32);
    for (std::size_t i = 0; i < kSlotCount; ++i) {
        if (slots_[i].kind == SlotKind::Empty)
            continue;
        const auto out = all.subspan(kFixedSize + i * kSlotSize, kSlotSize);
        std::ranges::copy(clearPart(slots_[i]), out.begin());
        std::ranges::copy(contentOf(slots_[i]), out.begin() + kSlotClearSize);
    }
    std::ranges::copy(checksumOf(file), file.begin() + kChecksumOffset);
    return file;
}

Bytes KeySlots::toFile(const SecretKey& master) const
{
    Bytes file = body();
    const Hash mac = macOf(file, master);
    file.insert(file.end(), mac.begin(), mac.end());
    TEREN_ASSERT(file.size() == kFileSize);
    return file;
}

Result<KeySlots> KeySlots::fromFile(ByteView file)
{
    if (file.size() != kFileSize || !std::ranges::equal(file.first(kMagic.size()), viewOf(kMagic)))
        return fail(Errc::Damaged, "the vault's header file is not one");
    if (!std::ranges::equal(checksumOf(file), file.subspan(kChecksumOffset, kHashSize)))
        return fail(Errc::Damaged, "the vault's header file does not match its checksum");
    const auto version = getBigEndian<std::uint32_t>(file.subspan<16, 4>());
    if (version > kVersion)
        return fail(
            Errc::TooNew,
            "a newer version of this program wrote vault.header (format " + std::to_string(version) + ")");
    if (version == 1)
        return fail(
            Errc::Refused,
            "a trial version of this program made this profile, vault version 1; it opens there only");
    TEREN_TRY(const VaultId vault, VaultId::from(file.subspan(32, VaultId::kSize)));
    KeySlots slots(vault);
    slots.generation_ = getBigEndian<std::uint64_t>(file.subspan<24, 8>());
    for (std::size_t i = 0; i < kSlotCount; ++i) {
        const ByteView bytes = file.subspan(kFixedSize + i * kSlotSize, kSlotSize);
        TEREN_TRY(slots.slots_[i], slotFrom(bytes.first<kSlotSize>()));
    }
    // What is written is a function of what was read: this holds every other byte to its one right value.
    if (!std::ranges::equal(slots.body(), file.first(kMacOffset)))
        return fail(Errc::Damaged, "vault.header holds bytes that this program never writes");
    std::ranges::copy(file.subspan(kMacOffset), slots.mac_.begin());
    return slots;
}

Bytes KeySlots::associated(std::size_t index) const
{
    Bytes bytes = toBytes(viewOf(kSlotLabel));
    bytes.insert(bytes.end(), vault_.bytes.begin(), vault_.bytes.end());
    bytes.push_back(static_cast<std::uint8_t>(index));
    const auto clear = clearPart(slots_[index]);
    bytes.insert(bytes.end(), clear.begin(), clear.end());
    return bytes;
}

bool KeySlots::has(SlotKind kind) const
{
    return std::ranges::find(slots_, kind, &KeySlot::kind) != slots_.end();
}

bool KeySlots::remove(SlotKind kind)
{
    const bool had = has(kind);
    std::ranges::replace_if(slots_, [kind](const KeySlot& slot) { return slot.kind == kind; }, KeySlot{});
    return had;
}

Result<std::size_t> KeySlots::placeFor(SlotKind kind) const
{
    auto place = std::ranges::find(slots_, kind, &KeySlot::kind);
    if (place == slots_.end())
        place = std::ranges::find(slots_, SlotKind::Empty, &KeySlot::kind);
    if (place == slots_.end())
        return fail(Errc::LimitExceeded, "no free key slot");
    return static_cast<std::size_t>(place - slots_.begin());
}

Status KeySlots::setSecret(
    const SecretKey& master, std::string_view secret, KeySlot slot, RandomSource& random,
    const Stretch& stretch)
{
    TEREN_CHECK(checkKdfParameters(slot.kdf));
    random.fill(slot.salt);
    TEREN_TRY(const SecretKey key, stretch(secret, slot.salt, slot.kdf));
    TEREN_TRY(const std::size_t index, placeFor(slot.kind));
    slots_[index] = slot;
    std::ranges::copy(seal(key, associated(index), master.reveal(), random), slots_[index].sealedKey.begin());
    return {};
}

Status KeySlots::setPassphrase(
    const SecretKey& master, std::string_view passphrase, const KdfParameters& kdf, KdfPolicy policy,
    RandomSource& random, const Stretch& stretch)
{
    TEREN_CHECK(checkNewPassphrase(passphrase));
    KeySlot slot;
    slot.kind = SlotKind::Passphrase;
    slot.policy = policy;
    slot.kdf = kdf;
    return setSecret(master, passphrase, slot, random, stretch);
}

Status KeySlots::setRecoveryCode(
    const SecretKey& master, const RecoveryCode& code, RandomSource& random, const Stretch& stretch)
{
    KeySlot slot;
    slot.kind = SlotKind::RecoveryCode;
    slot.kdf = kKdfFloor;
    return setSecret(master, code.secret(), slot, random, stretch);
}

Status KeySlots::setOfficeRecovery(const SecretKey& master, const BoxPublicKey& recipient)
{
    if (!isUsableAgreementKey(recipient))
        return fail(Errc::Invalid, "recovery key: nothing can be sealed to it");
    TEREN_TRY(const std::size_t index, placeFor(SlotKind::OfficeRecovery));
    KeySlot& slot = slots_[index];
    slot = KeySlot{};
    slot.kind = SlotKind::OfficeRecovery;
    slot.recipient = recipient;
    std::ranges::copy(sealTo(recipient, master.reveal()), slot.box.begin());
    return {};
}

/// The master key in `bytes`, which are wiped, if it is the one that this file was written with.
Result<SecretKey> KeySlots::authentic(Bytes& bytes) const
{
    if (bytes.size() != SecretKey::kSize)
        return fail(Errc::Damaged, "a key slot holds no key");
    SecretKey master = SecretKey::copyOf(std::span(bytes).first<SecretKey::kSize>());
    sodium_memzero(bytes.data(), bytes.size());
    if (!isAuthentic(master))
        return fail(Errc::Damaged, "the vault's header file was changed without its key");
    return master;
}

Result<SecretKey> KeySlots::openSecret(SlotKind kind, std::string_view secret, const Stretch& stretch) const
{
    for (std::size_t i = 0; i < kSlotCount; ++i) {
        if (slots_[i].kind != kind)
            continue;
        TEREN_TRY(const SecretKey key, stretch(secret, slots_[i].salt, slots_[i].kdf));
        Result<Bytes> bytes = teren::open(key, associated(i), slots_[i].sealedKey);
        if (bytes.has_value())
            return authentic(*bytes);
    }
    return fail(Errc::WrongPassphrase);
}

Result<SecretKey> KeySlots::open(std::string_view passphrase, const Stretch& stretch) const
{
    // Longer than any that could have been set.
    if (passphrase.size() > kPassphraseBytesMax)
        return fail(Errc::WrongPassphrase);
    return openSecret(SlotKind::Passphrase, passphrase, stretch);
}

Result<SecretKey> KeySlots::open(const RecoveryCode& code, const Stretch& stretch) const
{
    if (!has(SlotKind::RecoveryCode))
        return fail(Errc::NotFound, "no recovery code was made for this profile");
    Result<SecretKey> master = openSecret(SlotKind::RecoveryCode, code.secret(), stretch);
    if (!master && master.error().code == Errc::WrongPassphrase)
        return fail(Errc::WrongPassphrase, "this recovery code is not the one of this profile");
    return master;
}

Result<SecretKey> KeySlots::open(const BoxKey& officeKey) const
{
    for (const KeySlot& slot : slots_) {
        if (slot.kind != SlotKind::OfficeRecovery || slot.recipient != officeKey.publicKey())
            continue;
        Result<Bytes> bytes = officeKey.open(slot.box);
        if (!bytes)
            return fail(Errc::Damaged, "the office's key slot was changed");
        return authentic(*bytes);
    }
    return fail(Errc::NotFound, "this profile is not sealed to that recovery key");
}

bool KeySlots::isAuthentic(const SecretKey& master) const
{
    return equalInConstantTime(macOf(body(), master), mac_);
}

}  // namespace teren
