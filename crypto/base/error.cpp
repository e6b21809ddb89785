// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/error.h"

namespace teren {

std::string_view toString(Errc code) noexcept
{
    switch (code) {
    case Errc::Malformed:
        return "malformed";
    case Errc::Forged:
        return "forged";
    case Errc::TooNew:
        return "too-new";
    case Errc::LimitExceeded:
        return "limit-exceeded";
    case Errc::Invalid:
        return "invalid";
    case Errc::Refused:
        return "refused";
    case Errc::ChangedMeanwhile:
        return "changed-meanwhile";
    case Errc::NotFound:
        return "not-found";
    case Errc::WrongPassphrase:
        return "wrong-passphrase";
    case Errc::Locked:
        return "locked";
    case Errc::Busy:
        return "busy";
    case Errc::Damaged:
        return "damaged";
    case Errc::Disk:
        return "disk";
    case Errc::DiskFull:
        return "disk-full";
    case Errc::Unreachable:
        return "unreachable";
    }
    return "unknown";
}

}  // namespace teren
