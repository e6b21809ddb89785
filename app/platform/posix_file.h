// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

// What the files of this folder share that call the system's own functions; included by nothing else.
namespace teren::platform {

/// `DiskFull`, `NotFound` or `Disk`, as `errno` says.
inline std::unexpected<Error> failWithErrno(std::string_view what)
{
    const int code = errno;
    Errc kind = Errc::Disk;
    if (code == ENOSPC || code == EDQUOT)
        kind = Errc::DiskFull;
    else if (code == ENOENT)
        kind = Errc::NotFound;
    return fail(kind, std::string(what) + ": " + std::generic_category().message(code));
}

/// An open file, closed when this goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

/// Writes all of `bytes` where the file stands.
inline Status writeAll(const Descriptor& file, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return failWithErrno("cannot write a file");
        if (written > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

inline Status syncFile(const Descriptor& file)
{
    return ::fsync(file.number()) == 0 ? Status() : failWithErrno("cannot sync a file");
}

}  // namespace teren::platform
