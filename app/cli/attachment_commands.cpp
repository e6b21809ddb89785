// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/attachment_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/attachments.h"

namespace teren::cli {
namespace {

using service::Attachments;
using service::Office;

struct Options {
    std::string target;
    std::string file;
    std::string name;
    bool keepTelling = false;
};
using Given = std::shared_ptr<Options>;

void addAdding(CLI::App& attachments, Command& chosen, const Given& given)
{
    CLI::App* add = attachments.add_subcommand(
        "add", "Seal a file into a case; photos lose what they say of place, time and camera");
    add->add_option("case", given->target, "Identifier or number of the case")->required();
    add->add_option("file", given->file, "The file to add; it stays where it is")->required();
    add->add_option("--name", given->name, "What to call it; the file's own name if left out");
    add->add_flag("--keep-metadata", given->keepTelling, "Add a picture as it is, with all that it says");
    add->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            return shown(Attachments(office).add(caseId, {given->file, given->name, given->keepTelling}));
        });
    });

    CLI::App* list = attachments.add_subcommand("list", "The attachments of a case");
    list->add_option("case", given->target, "Identifier or number of the case")->required();
    list->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            return listed(Attachments(office).list(caseId));
        });
    });
}

using Save = Status (Attachments::*)(const service::RecordRef&, const std::filesystem::path&);

void addSaving(CLI::App& attachments, Command& chosen, const Given& given)
{
    const auto saving = [&](const char* word, const char* help, Save save) {
        CLI::App* command = attachments.add_subcommand(word, help);
        command->add_option("attachment", given->target, "Identifier of the attachment")->required();
        command->add_option("file", given->file, "The file to make; never one that is there")->required();
        command->callback([&chosen, given, save] {
            chosen = onOffice([given, save](Office& office) -> Result<Json> {
                TEREN_TRY(const service::RecordRef which, recordFrom(given->target));
                Attachments all(office);
                if (save == &Attachments::saveContent)
                    TEREN_CHECK(all.bring(which));
                TEREN_CHECK((all.*save)(which, given->file));
                return Json{{"attachment", which.id.hex()}};
            });
        });
    };
    saving("get", "Write an attachment to a file, unsealed", &Attachments::saveContent);
    saving("thumbnail", "Write the small picture of an attachment to a file", &Attachments::saveThumbnail);

    CLI::App* remove = attachments.add_subcommand("delete", "Delete an attachment; its history stays");
    remove->add_option("attachment", given->target, "Identifier of the attachment")->required();
    remove->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef which, recordFrom(given->target));
            TEREN_CHECK(Attachments(office).remove(which));
            return Json{{"attachment", which.id.hex()}};
        });
    });
}

}  // namespace

void addAttachments(CLI::App& app, Command& chosen)
{
    CLI::App* attachments = app.add_subcommand("attachment", "Photos, scans and other files of a case");
    attachments->require_subcommand(1);
    const Given given = options<Options>();
    addAdding(*attachments, chosen, given);
    addSaving(*attachments, chosen, given);
}

}  // namespace teren::cli
