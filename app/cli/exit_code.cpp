// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/exit_code.h"

#include "app/cli/terminal_text.h"

#include <algorithm>

namespace teren::cli {

ExitCode exitCodeFor(Errc code)
{
    switch (code) {
    case Errc::Invalid:
    case Errc::Refused:
    case Errc::ChangedMeanwhile:
    case Errc::NotFound:
    case Errc::LimitExceeded:
    case Errc::TooNew:
    case Errc::Disk:
    case Errc::DiskFull:
        return ExitCode::Refused;
    case Errc::Locked:
    case Errc::WrongPassphrase:
        return ExitCode::Locked;
    case Errc::Unreachable:
        return ExitCode::Unreachable;
    case Errc::Malformed:
    case Errc::Forged:
    case Errc::Damaged:
        return ExitCode::Damaged;
    case Errc::Busy:
        return ExitCode::Busy;
    }
    return ExitCode::Damaged;
}

namespace {

/// What to do about it, and what is safe.
std::string_view adviceFor(Errc code)
{
    switch (code) {
    case Errc::Invalid:
        return "Nothing was saved or lost; correct the value and try again.";
    case Errc::Refused:
    case Errc::LimitExceeded:
        return "Nothing was changed or lost.";
    case Errc::ChangedMeanwhile:
        return "Nothing was changed or lost; look at it again, then decide.";
    case Errc::NotFound:
        return "Nothing was changed or lost; check the name or identifier.";
    case Errc::TooNew:
        return "Nothing was changed or lost; install the newer version of Teren and try again.";
    case Errc::WrongPassphrase:
    case Errc::Locked:
        return "Nothing was changed or lost; try again with the right one.";
    case Errc::Busy:
        return "Nothing was changed or lost; close the other program or wait for it.";
    case Errc::Unreachable:
        return "Nothing was lost: what was saved stays on this device and is sent next time; check the "
               "network and the server, then run sync again.";
    case Errc::Malformed:
    case Errc::Forged:
    case Errc::Damaged:
        return "What does not hold is not used and nothing was overwritten; keep the files as they are and "
               "call the administrator.";
    case Errc::Disk:
        return "Nothing that was saved before was lost; check the disk and its permissions.";
    case Errc::DiskFull:
        return "Nothing that was saved before was lost; try again when there is room.";
    }
    return {};
}

/// For errors that say no more than what they are.
std::string_view wordsFor(Errc code)
{
    return code == Errc::WrongPassphrase ? "the passphrase is wrong" : toString(code);
}

}  // namespace

std::string sentenceFor(const Error& error)
{
    std::string sentence = error.detail.empty() ? std::string(wordsFor(error.code)) : error.detail;
    std::ranges::replace(sentence, '\n', ' ');
    sentence = forTerminal(std::move(sentence));
    if (error.code == Errc::Unreachable && sentence.ends_with('.'))
        return sentence;
    if (!sentence.ends_with('.'))
        sentence += '.';
    return sentence + " " + std::string(adviceFor(error.code));
}

}  // namespace teren::cli
