// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// One pair of keys by which the server proves itself here.
struct ServerKeysView {
    enum class Standing : std::uint8_t {
        InForce,   ///< The newest that the members' log names.
        Ending,    ///< Named before, and still accepted.
        Told,      ///< Compared on this device; not in the members' log yet.
        Proposed,  ///< By an administrator, without the consent of the keys in force; not accepted.
    };
    std::string fingerprint;  ///< 64 hex digits.
    Standing standing = Standing::InForce;
    std::optional<Instant> until;  ///< Of `Ending`.
    std::string by;                ///< Of `Proposed`: the administrator's name.
};
/// Those that count, newest first, then those proposed.
Result<std::vector<ServerKeysView>> serverKeys(Office& office);

struct KeyAcceptance {
    std::string text;         ///< As `teren-server keys next` prints it.
    std::string fingerprint;  ///< As the operator reads it out; typed by a person.
    /// The server's keys in force are lost, so that they cannot consent: another administrator has to accept
    /// the same text after this one.
    bool oldKeysLost = false;
};
struct KeyAcceptanceReport {
    enum class Came : std::uint8_t {
        Told,      ///< Accepted on this device only: its member does not manage members.
        Proposed,  ///< Waits for another administrator.
        Decided,   ///< For the office.
    };
    Came came = Came::Told;
    bool published = false;  ///< The members' log has it; else it goes there with the next sync.
};
/// Accepts other keys of the server, for this device and, by an administrator, for the office.
/// @return `Invalid` for a text or a fingerprint that cannot be read, `Forged` if they do not belong
/// together,
///         `Refused` for keys that were in use before, or without the consent of the keys in force.
Result<KeyAcceptanceReport> acceptServerKeys(Office& office, const KeyAcceptance& given);
/// What a person compares before that. @return `Invalid`.
Result<std::string> fingerprintOf(const std::string& text);

}  // namespace teren::service
