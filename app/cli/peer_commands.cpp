// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/peer_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/peer_sync.h"

#include <iostream>

namespace teren::cli {
namespace {

struct Given {
    std::string address = "0.0.0.0:0";
    std::string code;
};

constexpr std::string_view kListenAdvice
    = "Nothing was changed here, and nothing is lost. To try again, run `peer listen` here anew; the other "
      "device then runs `peer sync` with the new address and code.";
constexpr std::string_view kCallAdvice
    = "Nothing was changed here, and nothing is lost; what has come to the other device stays there. Are "
      "both in one network? If the other device has stopped waiting, run `peer listen` there anew; then run "
      "`peer sync` here with the address and code that it shows.";

/// There is no server here that could be meant.
Error inRoom(Error error, std::string_view advice)
{
    if (error.code == Errc::Unreachable)
        error.detail += ". " + std::string(advice);
    return error;
}

Result<Json> peerReport(const Result<service::PeerReport>& report, std::string_view advice)
{
    if (!report)
        return std::unexpected(inRoom(report.error(), advice));
    const service::ImportReport& taken = report->taken;
    if (!report->delivered)
        return std::unexpected(halfExchanged(*report));
    return Json{{"from", taken.from},       {"statements", taken.statements}, {"segments", taken.segments},
                {"changes", taken.changes}, {"known", taken.known},           {"early", taken.early},
                {"apart", taken.apart},     {"sent", report->sent},           {"conflicts", taken.conflicts}};
}

}  // namespace

Error halfExchanged(const service::PeerReport& report)
{
    const Error& why = report.delivered.error();
    // What is wrong is on the line, or here.
    const std::string what = why.code == Errc::Unreachable
        ? why.detail + ": it is not known whether it has what was sent to it"
        : "what this device has could not be put together"
            + (why.detail.empty() ? std::string() : " (" + why.detail + ")")
            + ": nothing of it was sent to the other device";
    return {
        why.code,
        what + ". What came from it is kept here (changes: " + std::to_string(report.taken.changes)
            + "), and nothing is lost. Run both again: `peer listen` here, then `peer sync` there with the "
              "new address and code."};
}

void addPeerCommands(CLI::App& app, Command& chosen)
{
    CLI::App* peer = app.add_subcommand("peer", "Exchange with a colleague's device in the same room");
    peer->require_subcommand(1);
    const auto given = options<Given>();

    CLI::App* listen = peer->add_subcommand("listen", "Wait for a colleague's device, once");
    listen->add_option("--listen", given->address, "host:port; any port of this device if left out");
    listen->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) {
            // To standard error: it is for the people, and comes before the answer.
            const auto told = [](const std::string& address, const std::string& code) {
                std::cerr << "waiting on " << address << " with code " << code << "\n" << std::flush;
            };
            return peerReport(service::listenForColleague(office, given->address, told), kListenAdvice);
        });
    });

    CLI::App* call = peer->add_subcommand("sync", "Call a colleague's device that waits");
    call->add_option("address", given->address, "Its host:port")->required();
    call->add_option("code", given->code, "The code that it shows")->required();
    call->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) {
            return peerReport(service::syncWithColleague(office, given->address, given->code), kCallAdvice);
        });
    });
}

}  // namespace teren::cli
