// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/session.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace teren::cli {
namespace {

/// Keeps what is typed off the screen while it lives.
class SilentTerminal {
public:
    SilentTerminal()
    {
        tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

/// One line of a terminal, byte by byte from the system: a buffer in between would keep it.
SecretText ask(const char* prompt)
{
    std::cerr << prompt << std::flush;
    const SilentTerminal silent;
    SecretText line;
    for (char byte = 0;;) {
        const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || byte == '\n' || !line.add(byte))
            break;
    }
    std::cerr << "\n";
    return line;
}

Result<SecretText> firstLineOf(const std::filesystem::path& file, const char* what)
{
    std::ifstream in;
    // Unbuffered, for the same reason.
    in.rdbuf()->pubsetbuf(nullptr, 0);
    in.open(file);
    char byte = 0;
    if (!in || !in.get(byte))
        return fail(Errc::Locked, std::string(what) + " cannot be read or is empty");
    SecretText line;
    for (; in && byte != '\n' && line.add(byte); in.get(byte)) {}
    // Editors on Windows begin a file with this mark.
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (line.reveal().starts_with(kByteOrderMark))
        line = SecretText(line.reveal().substr(kByteOrderMark.size()));
    if (line.reveal().ends_with('\r'))
        line.dropLast();
    return line;
}

std::optional<std::filesystem::path> passphraseFileNamed()
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes the environment.
    const char* named = std::getenv("TEREN_PASSPHRASE_FILE");
    if (named == nullptr || *named == '\0')
        return {};
    return named;
}

}  // namespace

bool isPassphraseFileNamed()
{
    return passphraseFileNamed().has_value();
}

Result<SecretText> readPassphrase(const std::optional<std::filesystem::path>& file, bool confirm)
{
    const auto source = file ? file : passphraseFileNamed();
    if (source)
        return firstLineOf(*source, "the passphrase file");
    if (isatty(STDIN_FILENO) == 0)
        return fail(Errc::Locked, "no passphrase was given; use --passphrase-file or TEREN_PASSPHRASE_FILE");
    SecretText first = ask("Passphrase: ");
    if (confirm && ask("The same again: ").reveal() != first.reveal())
        return fail(Errc::Invalid, "the two passphrases differ");
    return first;
}

Result<SecretText> readNewPassphrase(const std::optional<std::filesystem::path>& file)
{
    if (file)
        return firstLineOf(*file, "the file of the new passphrase");
    if (isatty(STDIN_FILENO) == 0)
        return fail(Errc::Locked, "no new passphrase was given; use --new-passphrase-file");
    SecretText first = ask("New passphrase: ");
    if (ask("The same again: ").reveal() != first.reveal())
        return fail(Errc::Invalid, "the two passphrases differ");
    return first;
}

Result<SecretText> Session::recoveryCode(const std::optional<std::filesystem::path>& file) const
{
    if (const auto& source = file ? file : recoveryCodeFile_)
        return firstLineOf(*source, "the file of the recovery code");
    if (isatty(STDIN_FILENO) == 0)
        return fail(Errc::Locked, "no recovery code was given; use --recovery-code-file");
    return ask("Recovery code: ");
}

Status Session::createProfile(const std::string& name)
{
    TEREN_TRY(const SecretText passphrase, readPassphrase(passphraseFile_, true));
    return service::Office::createProfile(profile_, name, passphrase.reveal(), around_);
}

Result<service::Office*> Session::office()
{
    if (office_ != nullptr)
        return office_.get();
    TEREN_TRY(const SecretText passphrase, readPassphrase(passphraseFile_, false));
    return office(passphrase);
}

Result<service::Office*> Session::office(const SecretText& passphrase)
{
    if (office_ == nullptr) {
        TEREN_TRY(office_, service::Office::open(profile_, passphrase.reveal(), around_));
    }
    return office_.get();
}

}  // namespace teren::cli
