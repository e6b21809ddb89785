// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/backup_commands.h"

#include "app/service/backup.h"

namespace teren::cli {
namespace {

struct Places {
    std::filesystem::path folder;
    std::optional<std::filesystem::path> code;
};

Json toJson(const service::BackupReport& report)
{
    // A list that cannot be read says nothing of when it was made.
    const auto made = report.files == 0 ? std::nullopt : std::optional(report.made);
    return Json{
        {"backup", report.folder.string()},
        {"made", cli::toJson(made)},
        {"files", report.files},
        {"bytes", report.bytes}};
}

/// What is not sound makes terenctl end with 5.
void addProblems(Json& json, const std::vector<std::string>& problems)
{
    json["ok"] = problems.empty();
    json["problems"] = problems;
}

Json toJson(const service::BackupCheck& check)
{
    Json json = toJson(check.backup);
    json["opened"] = check.opened;
    addProblems(json, check.problems);
    json["remarks"] = check.remarks;
    return json;
}

/// What was brought back, and what is left to do about it.
Json toJson(const std::filesystem::path& profile, const std::vector<std::string>& problems)
{
    std::string message = "The profile was restored";
    if (!problems.empty())
        message += " without " + std::to_string(problems.size())
            + " file(s) of attachments that the backup does not hold as they were written; keep the backup, "
              "and look for them in an earlier one or on the old device";
    message += ". " + service::twinAdvice();
    Json json{{"profile", profile.string()}};
    addProblems(json, problems);
    json["message"] = message;
    return json;
}

/// The recovery code if one was named, else the passphrase.
Result<service::BackupSecret> secretOf(Session& session, const std::optional<std::filesystem::path>& codeFile)
{
    service::BackupSecret secret;
    if (codeFile || session.hasRecoveryCode()) {
        TEREN_TRY(secret.recoveryCode, session.recoveryCode(codeFile));
    } else {
        TEREN_TRY(secret.passphrase, session.passphrase());
    }
    return secret;
}

}  // namespace

void addBackupCommands(CLI::App& app, Command& chosen)
{
    const auto given = std::make_shared<Places>();
    CLI::App* backup = app.add_subcommand("backup", "Sealed copies of the profile");
    backup->require_subcommand(1);

    CLI::App* create = backup->add_subcommand("create", "Make one in a new folder within FOLDER");
    create->add_option("folder", given->folder, "A folder, on a stick for example")->required();
    create->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            TEREN_TRY(const service::BackupReport made, service::createBackup(*office, given->folder));
            Json json = toJson(made);
            addProblems(json, made.problems);
            return json;
        };
    });

    CLI::App* check = backup->add_subcommand(
        "check", "Read all of a backup; with passphrase or recovery code, restore it for trial as well");
    check->add_option("backup", given->folder, "The backup's folder, which ends in .backup")->required();
    check->add_option("--recovery-code-file", given->code, "File whose first line is the recovery code");
    check->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            std::optional<service::BackupSecret> secret;
            if (given->code || session.hasRecoveryCode() || session.hasPassphrase()) {
                TEREN_TRY(secret, secretOf(session, given->code));
            }
            TEREN_TRY(
                const service::BackupCheck found,
                service::checkBackup(given->folder, secret ? &*secret : nullptr, session.surroundings()));
            return toJson(found);
        };
    });

    CLI::App* restore = app.add_subcommand("restore", "Make the profile's directory of a backup");
    restore->add_option("backup", given->folder, "The backup's folder, which ends in .backup")->required();
    restore->add_option("--recovery-code-file", given->code, "File whose first line is the recovery code");
    restore->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(const service::BackupSecret secret, secretOf(session, given->code));
            TEREN_TRY(
                const service::RestoredProfile restored,
                service::restoreBackup(given->folder, session.profile(), secret, session.surroundings()));
            return toJson(session.profile(), restored.problems);
        };
    });
}

}  // namespace teren::cli
