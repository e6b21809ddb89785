// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/apart_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/apart.h"

#include <array>
#include <charconv>

namespace teren::cli {
namespace {

struct Given {
    std::string device;
    std::string target;
    std::string reason = "lost";
    std::string life;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t seq = 0;
    bool early = false;
};

Result<DeviceId> deviceFrom(const std::string& text)
{
    Result<DeviceId> id = DeviceId::fromHex(text);
    if (!id)
        return fail(Errc::Invalid, "device: '" + text + "' is not a device's identifier of 32 hex digits");
    return id;
}

/// Programs that read a JSON number as a double lose digits of a life; of this they do not.
std::string hexOf(std::uint64_t life)
{
    std::array<char, 2 * sizeof life> digits{};
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), life, 16).ptr;
    const std::string text(static_cast<const char*>(digits.data()), end);
    return "0x" + std::string(digits.size() - text.size(), '0') + text;
}

/// As `life` or as `lifeHex` prints it.
Result<std::uint64_t> lifeFrom(const std::string& text)
{
    const bool isHex = text.starts_with("0x");
    const std::string_view digits = std::string_view(text).substr(isHex ? 2 : 0);
    std::uint64_t life = 0;
    const auto [end, failed]
        = std::from_chars(digits.data(), digits.data() + digits.size(), life, isHex ? 16 : 10);
    if (failed != std::errc() || end != digits.data() + digits.size())
        return fail(
            Errc::Invalid,
            "life: '" + text + "' is neither a number nor 0x and 16 hex digits, as `voided` prints it");
    return life;
}

service::VoidGround groundFrom(const std::string& word)
{
    if (word == "lost")
        return service::VoidGround::Lost;
    return word == "forged" ? service::VoidGround::Forged : service::VoidGround::Refused;
}

Json waitingToJson(const std::vector<service::WaitingView>& views)
{
    Json list = Json::array();
    for (const service::WaitingView& view : views)
        list.push_back(
            {{"case", view.caseId.hex()},
             {"number", view.caseNumber},
             {"title", view.caseTitle},
             {"device", view.device.hex()},
             {"label", view.by.device},
             {"author", view.by.author},
             {"life", view.life},
             {"lifeHex", hexOf(view.life)},
             {"from", view.from},
             {"to", view.to},
             {"waiting", view.waiting},
             {"since", toJson(view.since)},
             {"overdue", view.overdue},
             {"here", view.isHere}});
    return list;
}

Json apartToJson(const std::vector<service::ApartView>& views)
{
    Json list = Json::array();
    for (const service::ApartView& view : views) {
        Json entries = Json::array();
        for (const service::ApartEntry& entry : view.entries)
            entries.push_back(
                {{"seq", entry.seq},
                 {"record", entry.record.hex()},
                 {"field", entry.field},
                 {"value", entry.value},
                 {"at", toJson(entry.at)}});
        list.push_back(
            {{"case", view.caseId.hex()},
             {"device", view.device.hex()},
             {"label", view.by.device},
             {"author", view.by.author},
             {"life", view.life},
             {"lifeHex", hexOf(view.life)},
             {"from", view.from},
             {"to", view.to},
             {"why", view.why},
             {"readable", view.readable},
             {"entries", std::move(entries)}});
    }
    return list;
}

void addVoid(CLI::App& app, Command& chosen)
{
    const auto given = options<Given>();
    CLI::App* command = app.add_subcommand("void", "Let a case go on without work of a device");
    command->add_option("device", given->device, "Its identifier, as `waiting` names it")->required();
    command->add_option("--case", given->target, "Identifier or number of the case")->required();
    command->add_option("--reason", given->reason, "refused, lost or forged")
        ->required()
        ->check(CLI::IsMember({"refused", "lost", "forged"}));
    command->add_flag("--early", given->early, "Before 7 days of waiting are over");
    CLI::Option* life = command->add_option("--life", given->life, "Which changes: of this life");
    CLI::Option* from = command->add_option("--from", given->from, "The first of them")->needs(life);
    CLI::Option* to = command->add_option("--to", given->to, "The last of them")->needs(from);
    life->needs(to);
    command->callback([&chosen, given, life] {
        const bool isNamed = life->count() > 0;
        chosen = onOffice([given, isNamed](service::Office& office) -> Result<Json> {
            service::VoidWish wish;
            TEREN_TRY(wish.device, deviceFrom(given->device));
            TEREN_TRY(wish.caseId, caseFrom(office, given->target));
            wish.ground = groundFrom(given->reason);
            wish.early = given->early;
            if (isNamed) {
                TEREN_TRY(wish.life, lifeFrom(given->life));
                wish.from = given->from;
                wish.to = given->to;
            }
            TEREN_TRY(const service::VoidReport report, service::voidWork(office, wish));
            return Json{{"changes", report.changes}, {"published", report.published}};
        });
    });
}

}  // namespace

void addApartCommands(CLI::App& app, Command& chosen)
{
    app.add_subcommand("waiting", "Which device's work is missing, and what does not go on without it")
        ->callback([&chosen] {
            chosen = onOffice([](service::Office& office) -> Result<Json> {
                TEREN_TRY(const auto views, service::waitingFor(office));
                return waitingToJson(views);
            });
        });
    addVoid(app, chosen);

    const auto given = options<Given>();
    CLI::App* voided = app.add_subcommand("voided", "Work that is kept on this device and does not count");
    voided->add_option("--case", given->target, "Only of this case");
    voided->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            std::optional<service::CaseId> only;
            if (!given->target.empty()) {
                TEREN_TRY(only, caseFrom(office, given->target));
            }
            TEREN_TRY(const auto views, service::apart(office, only));
            return apartToJson(views);
        });
    });

    const auto which = options<Given>();
    CLI::App* adopt = app.add_subcommand("adopt", "Enter a change that does not count again, as one's own");
    adopt->add_option("--case", which->target, "Identifier or number of the case")->required();
    adopt->add_option("device", which->device, "As `voided` names it")->required();
    adopt->add_option("life", which->life, "Likewise")->required();
    adopt->add_option("seq", which->seq, "Likewise")->required();
    adopt->callback([&chosen, which] {
        chosen = onOffice([which](service::Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, which->target));
            TEREN_TRY(const DeviceId device, deviceFrom(which->device));
            TEREN_TRY(const std::uint64_t life, lifeFrom(which->life));
            TEREN_CHECK(service::adopt(office, caseId, device, life, which->seq));
            return Json::object();
        });
    });
}

}  // namespace teren::cli
