// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/profile_commands.h"

#include "app/service/profiles.h"

namespace teren::cli {
namespace {

Result<Json> done(const Status& status)
{
    if (!status)
        return std::unexpected(status.error());
    return Json::object();
}

}  // namespace

void addProfileCommands(CLI::App& app, Command& chosen)
{
    const auto given = std::make_shared<std::string>();
    const auto folder = std::make_shared<std::filesystem::path>();
    CLI::App* profile = app.add_subcommand("profile", "Profiles on this device");
    profile->require_subcommand(1);
    CLI::App* create = profile->add_subcommand("create", "Make a vault in the profile's directory");
    create->add_option("--name", *given, "The name your colleagues know you by")->required();
    create->callback([&chosen, given] {
        chosen = [given](Session& session) { return done(session.createProfile(*given)); };
    });
    CLI::App* list = profile->add_subcommand("list", "The profiles in a folder, as anybody sees them");
    list->add_option("folder", *folder, "The folder; without it, this user's own");
    list->callback([&chosen, folder] {
        chosen = [folder](Session&) -> Result<Json> {
            std::filesystem::path where = *folder;
            if (where.empty()) {
                TEREN_TRY(where, service::Profiles::defaultFolder());
            }
            TEREN_TRY(const std::vector<service::ListedProfile> found, service::Profiles(where).list());
            Json json = Json::array();
            for (const service::ListedProfile& one : found) {
                json.push_back(Json{{"folder", one.folder.string()}, {"shown", one.shown}});
                if (one.isUnreadable)
                    json.back()["unreadable"] = true;
            }
            return json;
        };
    });
    CLI::App* show = profile->add_subcommand("show", "Show a name on the list, for everybody to read");
    show->add_option("name", *given, "What to show")->required();
    show->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            return done(service::showName(*office, *given));
        };
    });
    profile->add_subcommand("hide", "Show nothing on the list")->callback([&chosen] {
        chosen = [](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            return done(service::hideName(*office));
        };
    });
}

}  // namespace teren::cli
