// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/delivery_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/delivery_statement.h"
#include "crypto/base/iso_time.h"

namespace teren::cli {
namespace {

struct Given {
    std::string target;
    std::filesystem::path file;
    std::string language = "pl";
    std::vector<std::string> fingerprints;
};

Json jsonOf(const service::DeliveryCheck& check)
{
    Json entries = Json::array();
    for (const service::DeliveryCheck::Entry& entry : check.entries)
        entries.push_back(
            {{"number", entry.number},
             {"changes", entry.changes},
             {"confirmed", isoUtc(entry.confirmed)},
             {"recordedFrom", isoUtc(entry.first)},
             {"recordedTo", isoUtc(entry.last)},
             {"what", entry.what}});
    Json holders = Json::array();
    for (const service::HolderView& holder : check.holders)
        holders.push_back(
            {{"person", holder.person},
             {"device", holder.device},
             {"id", holder.id},
             {"applied", holder.applied},
             {"of", holder.of},
             {"stated", toJson(holder.stated)},
             {"lacksSince", toJson(holder.lacksSince)}});
    return {
        {"workspace", check.workspace},
        {"fingerprints", check.fingerprints},
        {"device", check.device},
        {"case", check.caseId},
        {"code", check.code},
        {"proven", check.proven()},
        {"entries", std::move(entries)},
        {"told",
         {{"number", check.number},
          {"person", check.person},
          {"label", check.label},
          {"made", isoUtc(check.made)},
          {"seen", check.seen},
          {"unsent", check.unsent},
          {"refused", toJson(check.refused)},
          {"appliedBy", std::move(holders)}}}};
}

void addExport(CLI::App& delivery, Command& chosen, const std::shared_ptr<Given>& given)
{
    CLI::App* write = delivery.add_subcommand(
        "export", "Write into a new text file what this device recorded in a case and what became of it");
    write->add_option("case", given->target, "Identifier or number")->required();
    write->add_option("file", given->file, "A new file")->required();
    write->add_option("--language", given->language, "Of the text: pl or en")
        ->check(CLI::IsMember({"pl", "en"}));
    write->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            const auto language
                = given->language == "en" ? service::Language::English : service::Language::Polish;
            TEREN_TRY(
                const service::DeliveryStatementReport made,
                service::exportDelivery(office, caseId, language, given->file));
            return Json{
                {"file", given->file.string()},
                {"proven", made.proven},
                {"total", made.total},
                {"code", made.code}};
        });
    });
}

}  // namespace

void addDeliveryCommands(CLI::App& app, Command& chosen)
{
    CLI::App* delivery = app.add_subcommand(
        "delivery", "What became of this device's work, to print and for others to check");
    delivery->require_subcommand(1);
    const auto given = options<Given>();
    addExport(*delivery, chosen, given);
    CLI::App* check = delivery->add_subcommand("check", "Check such a file; needs no profile");
    check->add_option("file", given->file, "The file")->required();
    check->add_option(
        "--fingerprint", given->fingerprints, "Of the office's server, as its operator reads it out");
    check->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(
                const service::DeliveryCheck result,
                service::checkDeliveryFile(given->file, session.surroundings().files, given->fingerprints));
            return jsonOf(result);
        };
    });
}

}  // namespace teren::cli
