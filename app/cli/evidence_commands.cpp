// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/evidence_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/evidence.h"

namespace teren::cli {

void addEvidenceCommands(CLI::App& app, Command& chosen)
{
    CLI::App* evidence
        = app.add_subcommand("evidence", "What a server or a device has signed and cannot take back");
    evidence->require_subcommand(1);
    struct Given {
        std::filesystem::path file;
    };
    const auto given = options<Given>();
    CLI::App* write = evidence->add_subcommand("export", "Write it into a new file, for others to check");
    write->add_option("file", given->file, "A new file")->required();
    write->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::EvidenceReport made, service::exportEvidence(office, given->file));
            return Json{{"file", given->file.string()}, {"heads", made.heads}, {"twins", made.twins}};
        });
    });
    CLI::App* check = evidence->add_subcommand("check", "Check such a file; needs no profile");
    check->add_option("file", given->file, "The file")->required();
    check->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(
                const service::EvidenceCheck result,
                service::checkEvidenceFile(given->file, session.surroundings().files));
            Json found = Json::array();
            for (const service::EvidenceFinding& finding : result.found)
                found.push_back({{"kind", finding.kind}, {"proves", finding.proves}, {"text", finding.text}});
            return Json{{"workspace", result.workspace}, {"found", std::move(found)}};
        };
    });
}

}  // namespace teren::cli
