// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/key_commands.h"

#include "app/service/profile.h"

namespace teren::cli {
namespace {

struct Files {
    std::optional<std::filesystem::path> fresh;
    std::optional<std::filesystem::path> code;
    std::string typed;
};

void addPassphrase(CLI::App& app, Command& chosen)
{
    const auto given = std::make_shared<Files>();
    CLI::App* passphrase = app.add_subcommand("passphrase", "Change the passphrase, or set it anew");
    passphrase->require_subcommand(1);

    CLI::App* change = passphrase->add_subcommand("change", "Set another, knowing the current one");
    change->add_option("--new-passphrase-file", given->fresh, "File whose first line is the new one");
    change->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(const SecretText current, session.passphrase());
            TEREN_TRY(service::Office * office, session.office(current));
            TEREN_TRY(const SecretText fresh, readNewPassphrase(given->fresh));
            TEREN_CHECK(service::changePassphrase(*office, current.reveal(), fresh.reveal()));
            return Json::object();
        };
    });

    CLI::App* reset = passphrase->add_subcommand("reset", "Set another by the recovery code");
    reset->add_option("--new-passphrase-file", given->fresh, "File whose first line is the new one");
    reset->add_option("--recovery-code-file", given->code, "File whose first line is the recovery code");
    reset->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(const SecretText code, session.recoveryCode(given->code));
            TEREN_TRY(const SecretText fresh, readNewPassphrase(given->fresh));
            TEREN_CHECK(service::resetPassphrase(
                session.profile(), code.reveal(), fresh.reveal(), session.surroundings()));
            return Json::object();
        };
    });
}

void addRecovery(CLI::App& app, Command& chosen)
{
    const auto given = std::make_shared<Files>();
    CLI::App* recovery = app.add_subcommand("recovery", "The code on paper for a forgotten passphrase");
    recovery->require_subcommand(1);

    recovery->add_subcommand("new", "Draw a code; it counts once `recovery confirm` has seen it")
        ->callback([&chosen] {
            chosen = [](Session& session) -> Result<Json> {
                TEREN_TRY(service::Office * office, session.office());
                TEREN_TRY(const std::string code, service::newRecoveryCode(*office));
                return Json{{"code", code}};
            };
        });

    CLI::App* confirm = recovery->add_subcommand("confirm", "Take up the code, typed back from the paper");
    confirm->add_option("code", given->typed, "The code; other programs can see it, --code-file is better");
    confirm->add_option("--code-file", given->code, "File whose first line is the code");
    confirm->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            SecretText code(given->typed);
            if (code.empty()) {
                TEREN_TRY(code, session.recoveryCode(given->code));
            }
            TEREN_TRY(service::Office * office, session.office());
            TEREN_CHECK(service::confirmRecoveryCode(*office, code.reveal()));
            return Json::object();
        };
    });

    recovery->add_subcommand("remove", "Let no recovery code open the profile")->callback([&chosen] {
        chosen = [](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            TEREN_CHECK(service::removeRecoveryCode(*office));
            return Json::object();
        };
    });
}

Json toJson(const service::WayIn& way)
{
    if (way.kind == service::WayIn::Kind::OfficeRecovery)
        return Json{{"kind", service::toString(way.kind)}, {"key", way.officeKey}};
    return Json{
        {"kind", service::toString(way.kind)},
        {"passes", way.passes},
        {"memory", way.memoryBytes},
        {"floor", way.atTheFloor}};
}

}  // namespace

void addKeyCommands(CLI::App& app, Command& chosen)
{
    addPassphrase(app, chosen);
    addRecovery(app, chosen);
    app.add_subcommand("slots", "The ways into the profile")->callback([&chosen] {
        chosen = [](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            Json list = Json::array();
            for (const service::WayIn& way : service::waysIn(*office))
                list.push_back(toJson(way));
            return list;
        };
    });
}

}  // namespace teren::cli
