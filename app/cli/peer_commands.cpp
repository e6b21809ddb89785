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

Result<Json> peerReport(const Result<service::PeerReport>& report)
{
    if (!report)
        return std::unexpected(report.error());
    const service::ImportReport& taken = report->taken;
    if (!report->delivered)
        return fail(
            report->delivered.error().code,
            "what came is kept here, changes: " + std::to_string(taken.changes)
                + "; it is not known whether the colleague's device has what was sent to it. Run both again: "
                  "here `peer listen`, there `peer sync` with the new address and code");
    return Json{{"from", taken.from},       {"statements", taken.statements}, {"segments", taken.segments},
                {"changes", taken.changes}, {"known", taken.known},           {"early", taken.early},
                {"apart", taken.apart},     {"sent", report->sent},           {"conflicts", taken.conflicts}};
}

}  // namespace

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
            return peerReport(service::listenForColleague(office, given->address, told));
        });
    });

    CLI::App* call = peer->add_subcommand("sync", "Call a colleague's device that waits");
    call->add_option("address", given->address, "Its host:port")->required();
    call->add_option("code", given->code, "The code that it shows")->required();
    call->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) {
            return peerReport(service::syncWithColleague(office, given->address, given->code));
        });
    });
}

}  // namespace teren::cli
