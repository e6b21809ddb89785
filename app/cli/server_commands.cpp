// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/server_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/server_keys.h"

#include <fstream>
#include <iterator>

namespace teren::cli {
namespace {

using service::KeyAcceptanceReport;
using service::ServerKeysView;

/// The longest text there is has some 400 characters.
constexpr std::streamsize kTextMax = 4'096;

const char* nameOf(ServerKeysView::Standing standing)
{
    using enum ServerKeysView::Standing;
    switch (standing) {
    case InForce:
        return "in-force";
    case Ending:
        return "ending";
    case Told:
        return "told";
    case Proposed:
        return "proposed";
    }
    return "";
}

const char* nameOf(KeyAcceptanceReport::Came came)
{
    using enum KeyAcceptanceReport::Came;
    switch (came) {
    case Told:
        return "this-device";
    case Proposed:
        return "proposed";
    case Decided:
        return "office";
    }
    return "";
}

Json keysToJson(const std::vector<ServerKeysView>& keys)
{
    Json list = Json::array();
    for (const ServerKeysView& one : keys) {
        Json entry{{"fingerprint", one.fingerprint}, {"standing", nameOf(one.standing)}};
        if (one.until)
            entry["until"] = toJson(one.until);
        if (!one.by.empty())
            entry["by"] = one.by;
        list.push_back(std::move(entry));
    }
    return list;
}

/// The text itself, or what stands in a file of this name.
std::string textFrom(const std::string& given)
{
    std::ifstream file(given);
    if (!file)
        return given;
    std::string text(static_cast<std::size_t>(kTextMax), '\0');
    file.read(text.data(), kTextMax);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

}  // namespace

void addServerCommands(CLI::App& app, Command& chosen)
{
    CLI::App* server = app.add_subcommand("server", "By what the server proves itself");
    server->require_subcommand(1);
    const auto given = options<service::KeyAcceptance>();
    CLI::App* keys = server->add_subcommand("keys", "The server's keys; with --accept, others after them");
    keys->add_option("--accept", given->text, "Text or file, as `teren-server keys next` prints it");
    keys->add_option(
        "--fingerprint", given->fingerprint, "As the operator reads it out; compare it in person");
    keys->add_flag(
        "--old-keys-lost", given->oldKeysLost, "The keys of now are lost; needs a second administrator");
    keys->callback([&chosen, given] {
        chosen = onOffice([given](service::Office& office) -> Result<Json> {
            if (given->text.empty()) {
                TEREN_TRY(const std::vector<ServerKeysView> found, service::serverKeys(office));
                return keysToJson(found);
            }
            service::KeyAcceptance acceptance = *given;
            acceptance.text = textFrom(given->text);
            TEREN_TRY(const std::string fingerprint, service::fingerprintOf(acceptance.text));
            if (acceptance.fingerprint.empty())
                return fail(
                    Errc::Refused,
                    "nothing was changed; have the server's operator read out the fingerprint, and give what "
                    "you hear with --fingerprint; the text says "
                        + fingerprint);
            TEREN_TRY(const KeyAcceptanceReport report, service::acceptServerKeys(office, acceptance));
            return Json{{"accepted", nameOf(report.came)}, {"published", report.published}};
        });
    });
}

}  // namespace teren::cli
