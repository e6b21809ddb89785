// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/bundle_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/bundles.h"

#include <iostream>

namespace teren::cli {
namespace {

struct Given {
    std::filesystem::path file;
    service::BundleOptions options;
    int days = 30;
};

/// By reason: {"no-room": 5}.
Json toJson(const service::RefusedByServer& refused)
{
    Json reasons = Json::object();
    for (const auto& [code, count] : refused)
        reasons[std::string(service::identifierOf(code))] = count;
    return reasons;
}

/// As in "3 segment(s) (forked 1, gap 2)".
std::string inWords(const service::RefusedByServer& refused)
{
    std::string reasons;
    for (const auto& [code, count] : refused)
        reasons += (reasons.empty() ? "" : ", ") + std::string(service::identifierOf(code)) + " "
            + std::to_string(count);
    return std::to_string(service::countOf(refused)) + " segment(s) (" + reasons + ")";
}

bool isForWantOfRoom(const service::RefusedByServer& refused)
{
    return refused.contains(wire::SegmentRefusal::NoRoom);
}

/// To the one who carries. What a full disk kept out is for her to bring again, so the errand is not done.
Status tellCarrier(const service::RefusedByServer& refused)
{
    if (refused.empty())
        return {};
    if (isForWantOfRoom(refused))
        return fail(
            Errc::DiskFull,
            "the server did not take " + inWords(refused)
                + ": its disk is full, and its administrator has to make room. The file counts as before: "
                  "bring it again then. The reply says the same to the device that made the file");
    std::cerr << "terenctl: the server did not take " + inWords(refused)
            + "; the reply says why to the device that made the file, and nothing is lost there.\n";
    return {};
}

/// To the one whose work it is.
Status tellAuthor(const service::RefusedByServer& refused)
{
    if (refused.empty())
        return {};
    const std::string why = isForWantOfRoom(refused)
        ? ": its disk is full, and its administrator has to make room"
        : "; 'status' says what became of it, and the server's administrator should know";
    std::cerr << "terenctl: the server did not take " + inWords(refused) + " of what was handed in" + why
            + ". Nothing is lost: it is kept here, unsent, and offered again by the next sync or bundle.\n";
    return {};
}

Json toJson(const service::BundleReport& report)
{
    return Json{{"file", report.file.string()}, {"workspace", report.workspace},
                {"bytes", report.bytes},        {"statements", report.statements},
                {"segments", report.segments},  {"changes", report.changes},
                {"unsent", report.unsent},      {"expires", cli::toJson(report.expires)}};
}

Json toJson(const service::ImportReport& report)
{
    return Json{
        {"from", report.from},
        {"statements", report.statements},
        {"segments", report.segments},
        {"changes", report.changes},
        {"known", report.known},
        {"not_ours", report.notOurs},
        {"early", report.early},
        {"apart", report.apart},
        {"confirmed", report.confirmed},
        {"conflicts", report.conflicts},
        {"refused", service::countOf(report.refused)},
        {"refusedReasons", toJson(report.refused)}};
}

void addExport(CLI::App& bundle, Command& chosen)
{
    const auto given = options<Given>();
    CLI::App* write = bundle.add_subcommand(
        "export", "Write what this device holds, sealed, into a new file for colleagues and the server");
    write->add_option("file", given->file, "A new file, on a stick for example")->required();
    write->add_option("--for", given->options.workspace, "The office it is for; this profile's if left out");
    write->add_flag("--unsent", given->options.unsentOnly, "Only what the server has not confirmed yet");
    write->add_option("--days", given->days, "How long it counts, 1 to 30")->check(CLI::Range(1, 30));
    write->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            given->options.life = std::chrono::hours(24 * given->days);
            TEREN_TRY(
                const service::BundleReport made, service::exportBundle(office, given->file, given->options));
            return toJson(made);
        });
    });
}

void addDeliver(CLI::App& bundle, Command& chosen)
{
    struct Ways {
        std::filesystem::path file;
        std::filesystem::path reply;
        std::string server;
    };
    const auto given = options<Ways>();
    CLI::App* bring = bundle.add_subcommand(
        "deliver", "Bring such a file of any office to that office's server; reads none of it");
    bring->add_option("file", given->file, "The file")->required();
    bring->add_option("reply", given->reply, "A new file for what the server answers, to be carried back")
        ->required();
    bring->add_option("--server", given->server, "host:port; the one that the file names if left out");
    bring->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(
                const service::DeliveryReport report,
                service::deliverBundle(
                    given->file, given->reply, given->server, session.surroundings().files,
                    session.surroundings().clock.now()));
            session.whenWritten([refused = report.refused] { return tellCarrier(refused); });
            return Json{
                {"reply", report.reply.string()},
                {"numbered", report.numbered},
                {"refused", service::countOf(report.refused)},
                {"refusedReasons", toJson(report.refused)},
                {"bytes", report.bytes}};
        };
    });
}

}  // namespace

void addBundleCommands(CLI::App& app, Command& chosen)
{
    CLI::App* bundle = app.add_subcommand("bundle", "Files that are carried where no network reaches");
    bundle->require_subcommand(1);
    addExport(*bundle, chosen);
    addDeliver(*bundle, chosen);

    const auto given = options<Given>();
    CLI::App* read = bundle->add_subcommand(
        "import", "Take in such a file of a colleague, or a server's reply; nothing twice");
    read->add_option("file", given->file, "The file")->required();
    read->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(service::Office * office, session.office());
            TEREN_TRY(const service::ImportReport taken, service::importBundle(*office, given->file));
            session.whenWritten([refused = taken.refused] { return tellAuthor(refused); });
            return toJson(taken);
        };
    });
}

}  // namespace teren::cli
