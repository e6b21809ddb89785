// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"

#include <optional>
#include <string>
#include <vector>

// What became of one device's work in one case, for people who were not there: the server's receipts as it
// signed them, and what the device says besides. Bytes: PROTOCOL.md, section 19.
namespace teren::carrier {

/// What the device says itself, by its own signature only.
struct DeliveryTold {
    enum class Language : std::uint8_t { Polish = 1, English = 2 };
    /// One segment that a receipt proves.
    struct Run {
        std::uint64_t number = 0;  ///< In the log; ascending.
        Instant first{};           ///< When its first change was saved, by the device's clock.
        Instant last{};
        std::string what;  ///< Kinds of records, in the language of the text; one line.
        friend bool operator==(const Run&, const Run&) = default;
    };
    /// A colleague's device.
    struct Holder {
        std::string person;
        std::string device;
        DeviceId id;
        std::uint64_t applied = 0;
        std::uint64_t of = 0;
        std::optional<Instant> stated;
        std::optional<Instant> lacksSince;
        friend bool operator==(const Holder&, const Holder&) = default;
    };
    Language language = Language::Polish;
    SpaceId space;
    std::string number;  ///< Of the case.
    std::string person;
    std::string device;
    Instant made{};
    std::vector<Run> runs;     ///< Of each proven segment, in their order.
    std::uint64_t seen = 0;    ///< Changes found in the log by the device itself, without a receipt to show.
    std::uint64_t unsent = 0;  ///< Without a receipt. Those below are among them.
    std::uint64_t sent = 0;
    std::uint64_t lost = 0;
    std::optional<Instant> unsentSince;
    std::vector<Holder> holders;
    std::optional<Instant> refused;  ///< When the server refused the device, if it did at its last contact.
    /// Of the text, by the version of the block: what was made before has to read as it was made. 0 says on
    /// whose devices it is, 1 whose have received and applied it.
    std::uint8_t wording = kWording;
    static constexpr std::uint8_t kWording = 1;
    friend bool operator==(const DeliveryTold&, const DeliveryTold&) = default;
};

/// A receipt, and those of the device's segments that it is shown for.
struct ShownReceipt {
    struct Leaf {
        std::uint64_t number = 0;
        Hash hash{};
        friend bool operator==(const Leaf&, const Leaf&) = default;
    };
    struct Entry {
        std::uint64_t number = 0;
        Bytes header;  ///< And signature, as they travel.
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    ledger::SignedHead head;
    std::vector<Leaf> leaves;  ///< All that the proof is of, ascending; others' are hashes only.
    std::vector<Hash> proof;
    std::vector<Entry> entries;  ///< At least one, ascending.
    friend bool operator==(const ShownReceipt&, const ShownReceipt&) = default;
};

struct DeliveryProof {
    /// The membership log from the genesis on, as far as the server's keys need it.
    std::vector<ledger::SignedStatement> statements;
    VerifyKey signKey{};
    ledger::BoxPublicKeyBytes boxKey{};  ///< With `signKey` it makes the device's id.
    DeliveryTold told;
    std::vector<ShownReceipt> receipts;
    friend bool operator==(const DeliveryProof&, const DeliveryProof&) = default;
};

/// Signs it. @param device  The key of which `proof.signKey` is the public half.
/// @return `LimitExceeded` for more than `limits::kBundleMax`.
Result<Bytes> encode(const DeliveryProof& proof, const SigningKey& device);
/// @return `Malformed` for what is no such block, `Forged` if it is not signed by the device in it,
/// `LimitExceeded`, `TooNew`.
Result<DeliveryProof> decodeDelivery(ByteView block);

/// One segment that the server has proven to hold.
struct DeliveredRun {
    std::uint64_t number = 0;  ///< In the log.
    std::uint64_t life = 0;
    std::uint64_t firstSeq = 0;
    std::uint32_t count = 0;
    Instant confirmed{};  ///< The time in the receipt's head: by the server's clock, it had it by then.
};
struct Delivered {
    WorkspaceId workspace;
    DeviceId device;
    /// By whose receipt keys the receipts are signed, without repeats. A reader who knows the server by its
    /// keys must find each of these among them: what else the members' log in the block names proves nothing.
    std::vector<ledger::ServerKeyPair> keys;
    std::vector<DeliveredRun> runs;  ///< By number, parallel to `DeliveryTold::runs`.
    std::uint64_t changes() const;
};
/// Verifies all of it, but for what the device only says. It needs nothing but the block, and the workspace's
/// id or the server's fingerprint to hold the result against.
/// @return `Forged` if anything in it is not signed as it says, does not stand in the log as it says, or is
/// of another device or case than it says.
Result<Delivered> checkDelivery(const DeliveryProof& proof);

/// What tells blocks apart, for people to compare on paper: BLAKE2b-256("teren.delivery.v1" ‖ all before the
/// signature).
Hash deliveryCode(ByteView block);

}  // namespace teren::carrier
