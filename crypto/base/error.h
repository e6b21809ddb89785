// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace teren {

/// What went wrong, as far as a caller can act on it.
///
/// A code earns its place when some caller handles it differently from its neighbours. The exit codes
/// of `terenctl` are derived from it in one place, `app/cli/exit_code.h`.
enum class Errc {
    Malformed,         ///< Bytes that no version of this program would have written.
    Forged,            ///< Authentication failed: wrong key, wrong context or tampering.
    TooNew,            ///< Written by a later version; ask the user to update, change nothing.
    LimitExceeded,     ///< Well-formed, but over a limit stated in PROTOCOL.md.
    Invalid,           ///< A value that the schema or the caller's own input rules refuse.
    Refused,           ///< Well-formed, but not allowed here: a right, a state, a rule.
    ChangedMeanwhile,  ///< What the caller had before them is no longer what is there; look again.
    NotFound,          ///< The record, case or key is not on this device.
    WrongPassphrase,   ///< No key slot opens with it. Nothing was changed.
    Locked,            ///< The vault is closed; unlock it and try again.
    Busy,              ///< Another program has this profile or this port open.
    Damaged,           ///< The vault or the server's store was changed from outside, or the disk failed it.
    Disk,              ///< The operating system refused a read or a write.
    DiskFull,          ///< There was no room; nothing of the operation was kept, nothing older was lost.
    Unreachable,       ///< No server answered in time; the work stays queued.
};

/// Returns the code's name as it is written in logs and in test vectors, for example `limit-exceeded`.
std::string_view toString(Errc code) noexcept;

/// A failure on its way to whoever can act on it.
struct Error {
    Errc code;
    /// One English sentence or phrase for an operator or a log. Never a key, a passphrase, or any value
    /// from a form; it may name a field, a limit or an identifier.
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace teren
