// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/admin.h"

#include "crypto/base/iso_time.h"
#include "sync/net/tls.h"
#include "sync/server/backup.h"
#include "sync/server/data_folder.h"
#include "sync/server/hub.h"
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

// ---- keys ------------------------------------------------------------------------------------------------

struct KeyWish {
    bool stolen = false;
    bool anyway = false;
};

/// Which workspaces know `keys`: their administrators have accepted them.
Result<std::pair<std::size_t, std::size_t>> acceptedBy(ServerStore& store, const ledger::ServerKeyPair& keys)
{
    TEREN_TRY(const std::vector<WorkspaceId> all, store.workspaces());
    Hub hub(store);
    std::size_t accepted = 0;
    for (const WorkspaceId& workspace : all) {
        TEREN_TRY(const std::shared_ptr<WorkspaceHub> found, hub.find(workspace));
        accepted += found->membership().serverKeys().back().keys == keys ? 1 : 0;
    }
    return std::pair(accepted, all.size());
}

Status showKeys(DataFolder& data)
{
    const ServerIdentity& identity = data.store().identity();
    const auto fingerprint = [](const ledger::ServerKeyPair& keys) {
        return toHex(net::serverFingerprint(keys.tls, keys.receipt));
    };
    TEREN_CHECK(printLine("shown and named: " + fingerprint(identity.keys()), kDone));
    if (!identity.other)
        return printLine("no change of keys", kDone);
    const ServerIdentity::Other& other = *identity.other;
    const ledger::ServerKeyPair coming = other.isNext ? other.keys() : identity.keys();
    TEREN_TRY(const auto accepted, acceptedBy(data.store(), coming));
    TEREN_CHECK(printLine((other.isNext ? "to come: " : "left: ") + fingerprint(other.keys()), kDone));
    TEREN_CHECK(printLine(
        "accepted by " + std::to_string(accepted.first) + " of " + std::to_string(accepted.second)
            + " workspace(s)",
        kDone));
    return printLine(
        "the keys before count until " + isoUtc(other.from + ledger::kServerKeysKept)
            + "; a device that has not been in contact by then needs a bundle from a colleague",
        kDone);
}

Status keyStatus(const std::filesystem::path& folder, const KeyWish&, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Existing, random));
    return showKeys(data);
}

Status nextKeys(const std::filesystem::path& folder, const KeyWish& wish, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Existing, random));
    const Instant now = SystemClock().now();
    // Keys in other hands are to count no longer than it takes to say so.
    const Instant from = wish.stolen ? now - ledger::kServerKeysKept : now;
    TEREN_TRY(const ledger::ServerOffer offer, data.store().beginKeyChange(random, from, now));
    TEREN_CHECK(printLine(ledger::toText(offer), kNothingIssued));
    std::fprintf(
        stderr,
        "teren-server: give this text to an administrator of each workspace (terenctl server keys --accept), "
        "read out the fingerprint %s, and start the server again: it then has both keys\n",
        toHex(net::serverFingerprint(offer.next.tls, offer.next.receipt)).c_str());
    return {};
}

/// Of a server that was made anew over what was kept: nothing can consent to its keys.
Status offerKeys(const std::filesystem::path& folder, const KeyWish&, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Existing, random));
    const ledger::ServerKeyPair keys = data.store().identity().keys();
    TEREN_CHECK(printLine(ledger::toText({keys, SystemClock().now(), {}}), kNothingIssued));
    std::fprintf(
        stderr,
        "teren-server: give this one text to two administrators of each workspace (terenctl server keys "
        "--accept, with --old-keys-lost), and read out the fingerprint %s, to each in person\n",
        toHex(net::serverFingerprint(keys.tls, keys.receipt)).c_str());
    return {};
}

Status switchToNext(const std::filesystem::path& folder, const KeyWish& wish, RandomSource& random)
{
    TEREN_TRY(DataFolder data, DataFolder::open(folder, DataFolder::Use::Existing, random));
    const auto& other = data.store().identity().other;
    if (other && other->isNext && !wish.anyway) {
        TEREN_TRY(const auto accepted, acceptedBy(data.store(), other->keys()));
        if (accepted.first < accepted.second)
            return fail(
                Errc::Refused,
                std::to_string(accepted.second - accepted.first)
                    + " workspace(s) have not accepted the keys to come; nothing was changed; ask their "
                      "administrators, or say --anyway");
    }
    TEREN_CHECK(data.store().switchKeys());
    TEREN_CHECK(printLine("switched; start the server again", kDone));
    return showKeys(data);
}

void addKeyCommands(CLI::App& app, const std::filesystem::path& data, AdminCommand& chosen)
{
    CLI::App* keys = app.add_subcommand("keys", "Changes the server's keys")->fallthrough();
    keys->require_subcommand(1);
    const auto wish = std::make_shared<KeyWish>();
    const auto add = [&](const char* name, const char* says, auto run) {
        CLI::App* command = keys->add_subcommand(name, says)->fallthrough();
        command->callback([&data, &chosen, wish, run] {
            chosen = [&data, wish, run](RandomSource& random) { return run(data, *wish, random); };
        });
        return command;
    };
    add("next", "Makes the keys to come, or shows them again", nextKeys)
        ->add_flag("--stolen", wish->stolen, "The keys of now are in other hands: they end with the change");
    add("switch", "Shows and names the keys to come", switchToNext)
        ->add_flag("--anyway", wish->anyway, "Also where workspaces have not accepted them");
    add("offer", "The keys of now, for workspaces whose server had others that are lost", offerKeys);
    add("status", "Tells which keys there are and who has accepted them", keyStatus);
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
    addKeyCommands(app, data, chosen);
    addBackupCommand(
        app, "backup", "Copies all that the server keeps, and reads the copy again", data, chosen, backUp);
    addBackupCommand(app, "check-backup", "Reads a whole backup", data, chosen, check);
    addBackupCommand(app, "restore", "Makes a server in --data of a backup", data, chosen, restore);
}

}  // namespace teren::server
