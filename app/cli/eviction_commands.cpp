// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/eviction_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/eviction.h"

namespace teren::cli {
namespace {

/// By identifier or number, among those that are not on this device.
Result<service::CaseId> evictedFrom(service::Office& office, const std::string& text)
{
    for (const service::EvictedCase& evicted : service::evictedCases(office))
        if (evicted.id.hex() == text || (!text.empty() && evicted.number == text))
            return evicted.id;
    return fail(Errc::NotFound, "case: no case '" + text + "' was removed from this device");
}

}  // namespace

void addEvictionCommands(CLI::App& cases, Command& chosen)
{
    struct Given {
        std::string target;
    };
    const auto given = options<Given>();
    CLI::App* evict
        = cases.add_subcommand("evict", "Remove an ended case from this device; the server keeps it");
    evict->add_option("case", given->target, "Identifier or number of the case")->required();
    evict->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            TEREN_TRY(const service::EvictedCase evicted, service::evictCase(office, caseId));
            return toJson(evicted);
        });
    });
    CLI::App* fetch = cases.add_subcommand("fetch", "Have such a case come back with the next sync");
    fetch->add_option("case", given->target, "Identifier or number of the case")->required();
    fetch->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, evictedFrom(office, given->target));
            TEREN_CHECK(service::fetchCase(office, caseId));
            return Json{{"case", caseId.hex()}, {"returning", true}};
        });
    });
    cases.add_subcommand("evicted", "Cases that are not on this device: fetch brings one back")
        ->callback([&chosen] {
            chosen = onOffice([](service::Office& office) -> Result<Json> {
                Json list = Json::array();
                for (const service::EvictedCase& evicted : service::evictedCases(office))
                    list.push_back(toJson(evicted));
                return list;
            });
        });
}

}  // namespace teren::cli
