// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/version_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/versions.h"

namespace teren::cli {
namespace {

struct Given {
    std::string target;
    std::vector<std::string> with;
};

Result<Json> frozen(service::Office& office, const Given& given)
{
    TEREN_TRY(const service::RecordRef record, recordFrom(given.target));
    std::vector<service::RecordRef> with;
    for (const std::string& one : given.with) {
        TEREN_TRY(const service::RecordRef part, recordFrom(one));
        with.push_back(part);
    }
    TEREN_TRY(const RecordId version, service::freeze(office, record, with));
    return Json{{"version", version.hex()}};
}

}  // namespace

void addVersionCommands(CLI::App& records, Command& chosen)
{
    const auto given = options<Given>();

    CLI::App* freeze
        = records.add_subcommand("freeze", "Keep a record as it stands, for good, under its hash");
    freeze->add_option("record", given->target, "Identifier of the record")->required();
    freeze->add_option("--with", given->with, "Another record of the case that belongs to the document");
    freeze->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) { return frozen(office, *given); });
    });

    CLI::App* versions = records.add_subcommand("versions", "What was frozen of a record, by whom and when");
    versions->add_option("record", given->target, "Identifier of the record")->required();
    versions->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            return listed(service::versionsOf(office, record));
        });
    });
}

}  // namespace teren::cli
