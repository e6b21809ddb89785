// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/admin.h"

#include "crypto/base/iso_time.h"
#include "sync/net/tls.h"
#include "sync/server/backup.h"
#include "sync/server/data_folder.h"
#include "sync/server/peer_machine.h"
#include "sync/server/system_clock.h"

#include <cstdio>
#include <memory>

namespace teren::server {
namespace {

/// An operator who mistyped the folder must not take a stranger's fingerprint for their server's.
void sayIfNew(const DataFolder& data, const std::filesystem::path& folder)
{
    if (data.isNew())
        std::fprintf(
            stderr,
            "teren-server: there was no server in %s; a new one was made there, with keys of its own\n",
            folder.c_str());
}

/// @return `Disk` if the line did not get out, with `otherwise` as what holds then.
Status printLine(const std::string& line, const char* otherwise)
{
    if (std::printf("%s\n", line.c_str()) < 0 || std::fflush(stdout) != 0)
        return fail(Errc::Disk, std::string("the output could not be written; ") + otherwise);
    return {};
}

constexpr const char* kNothingIssued = "nothing was issued; try again";
constexpr const char* kDone = "what was asked for is done";
constexpr const char* kWhole = "the backup is whole";

Status printFingerprint(const std::filesystem::path& folder, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Administer, random));
    const ServerIdentity& identity = data.store().identity();
    sayIfNew(data, folder);
    const Hash fingerprint
        = net::serverFingerprint(identity.tlsKey.publicKey(), identity.receiptKey.publicKey());
    return printLine(toHex(fingerprint), kNothingIssued);
}

Status printToken(const std::filesystem::path& folder, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Administer, random));
    std::array<std::uint8_t, 20> bytes{};
    random.fill(bytes);
    const std::string token = toHex(bytes);
    sayIfNew(data, folder);
    // It counts once it has been shown: a token that nobody has seen could never be taken back.
    TEREN_CHECK(printLine(token, kNothingIssued));
    return data.store().addToken(hashOfToken(viewOf(token)), SystemClock().now());
}

std::string contentsOf(const BackupReport& report)
{
    std::uint64_t entries = 0;
    for (const AuditedWorkspace& workspace : report.workspaces)
        entries += workspace.tree.size;
    return std::to_string(report.workspaces.size()) + " workspace(s), " + std::to_string(entries)
        + " segment(s), " + std::to_string(report.attachments) + " file(s) of attachments, as of "
        + isoUtc(report.made);
}

Status countElsewhere(const std::filesystem::path& folder, const BackupReport& report, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Existing, random));
    TEREN_CHECK(countAsElsewhere(data.store(), report));
    return printLine("it counts as kept on another machine: the devices are told how far it goes", kDone);
}

struct BackupWish {
    std::filesystem::path folder;
    bool elsewhere = false;
};

Status backUp(const std::filesystem::path& data, const BackupWish& wish, RandomSource& random)
{
    TEREN_TRY(const BackupReport report, makeBackup(data, wish.folder, random, SystemClock().now()));
    TEREN_CHECK(printLine("backed up and read again: " + contentsOf(report), kWhole));
    if (wish.elsewhere)
        return countElsewhere(data, report, random);
    return printLine("it does not count for the devices yet: see --elsewhere", kDone);
}

Status check(const std::filesystem::path& data, const BackupWish& wish, RandomSource& random)
{
    if (wish.elsewhere && data.empty())
        return fail(
            Errc::Invalid, "--elsewhere needs --data: the folder of the server that the backup is of");
    TEREN_TRY(const BackupReport report, checkBackup(wish.folder));
    TEREN_CHECK(printLine("the backup is whole: " + contentsOf(report), kWhole));
    return wish.elsewhere ? countElsewhere(data, report, random) : Status{};
}

Status restore(const std::filesystem::path& data, const BackupWish& wish, RandomSource& random)
{
    TEREN_TRY(const BackupReport report, restoreBackup(wish.folder, data, random));
    return printLine(
        "restored: " + contentsOf(report)
            + "; start the server, and let every device sync once: each gives back what was sent since",
        kDone);
}

using BackupUse = Status (*)(const std::filesystem::path&, const BackupWish&, RandomSource&);

CLI::App* addBackupCommand(
    CLI::App& app, const char* name, const char* says, const std::filesystem::path& data,
    AdminCommand& chosen, BackupUse use)
{
    CLI::App* command = app.add_subcommand(name, says)->fallthrough();
    const auto wish = std::make_shared<BackupWish>();
    command->add_option("FOLDER", wish->folder, "Folder of the backup")->required();
    if (use != restore)
        command->add_flag(
            "--elsewhere", wish->elsewhere,
            "FOLDER lies on another machine, or on a disk that is kept apart from this one: devices may rely "
            "on it");
    command->callback([&data, &chosen, wish, use] {
        chosen = [&data, wish, use](RandomSource& random) { return use(data, *wish, random); };
    });
    return command;
}

}  // namespace

void addAdminCommands(CLI::App& app, const std::filesystem::path& data, AdminCommand& chosen)
{
    const auto simple = [&](const char* name, const char* says, auto run) {
        app.add_subcommand(name, says)->fallthrough()->callback([&data, &chosen, run] {
            chosen = [&data, run](RandomSource& random) { return run(data, random); };
        });
    };
    simple("fingerprint", "Prints what a workspace's founder compares", printFingerprint);
    simple("workspace-token", "Prints a one-time right to open a workspace", printToken);
    addBackupCommand(
        app, "backup", "Copies all that the server keeps, and reads the copy again", data, chosen, backUp);
    addBackupCommand(app, "check-backup", "Reads a whole backup", data, chosen, check);
    addBackupCommand(app, "restore", "Makes a server in --data of a backup", data, chosen, restore);
}

}  // namespace teren::server
