// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/result.h"

#include <filesystem>

namespace teren::store {

/// How long the next try must wait after `count` wrong ones in a row: nothing for the first three, then 5
/// seconds, twice as long each time, and never more than five minutes.
std::chrono::seconds waitAfter(std::uint32_t count);

/// The wrong passphrases and recovery codes of late, in a small file of the profile: somebody at the keyboard
/// cannot try one after another, and nothing is ever destroyed.
///
/// A help against a person, not against a program: whoever can write to the folder can delete the file. So
/// whatever stands in it, nobody is kept waiting for longer than `waitAfter` may say, and what this program
/// did not write makes wait as long as anything does, once. Layout: crypto/README.md. Used by the holder of
/// the profile's lock.
class WrongTries {
public:
    explicit WrongTries(std::filesystem::path file) : file_(std::move(file)) {}

    /// How long the next try must wait, rounded up. A file that is not what this program writes is replaced
    /// by one that says: as many tries as can be counted, the last one now. A last try in the future (the
    /// clock was set back) is moved to `now`, so that waiting ends. Nothing where `check` would not say
    /// `Locked`.
    std::chrono::seconds wait(Instant now) const;
    /// @return `Locked`, which says how many seconds to wait; `Damaged` if what has the file's name, or that
    /// of its successor, is no plain file; `Disk`, `DiskFull` if the file cannot be read or replaced.
    Status check(Instant now) const;
    /// Whether something was found in the file that this program did not write, and nothing cleared it since.
    bool wasForeign() const;
    /// One more wrong try.
    Status add(Instant now) const;
    /// The right one was found.
    Status clear() const;

private:
    struct Tries {
        std::uint32_t count = 0;
        Instant last;
    };
    static Bytes encode(const Tries& tries);
    static Result<Tries> decode(ByteView file);
    Result<Tries> read(Instant now) const;
    Result<std::chrono::seconds> left(Instant now) const;

    std::filesystem::path file_;
};

}  // namespace teren::store
