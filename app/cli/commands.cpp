// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/commands.h"

#include "app/cli/apart_commands.h"
#include "app/cli/attachment_commands.h"
#include "app/cli/backup_commands.h"
#include "app/cli/bundle_commands.h"
#include "app/cli/change_commands.h"
#include "app/cli/command_parts.h"
#include "app/cli/delivery_commands.h"
#include "app/cli/eviction_commands.h"
#include "app/cli/evidence_commands.h"
#include "app/cli/family_commands.h"
#include "app/cli/key_commands.h"
#include "app/cli/peer_commands.h"
#include "app/cli/profile_commands.h"
#include "app/cli/server_commands.h"
#include "app/cli/sync_command.h"
#include "app/cli/version_commands.h"
#include "app/service/delivery.h"
#include "app/service/enrolment.h"
#include "app/service/eviction.h"
#include "app/service/people.h"
#include "app/service/sync_service.h"

#include <algorithm>

namespace teren::cli {

using service::Office;

Result<service::RecordRef> recordFrom(const std::string& text)
{
    const std::size_t colon = text.find(':');
    const Result<RecordId> id = RecordId::fromHex(colon == std::string::npos ? text : text.substr(colon + 1));
    if (!id)
        return fail(Errc::Invalid, "record: '" + text + "' is not a record's identifier of 32 hex digits");
    if (colon == std::string::npos)
        return service::RecordRef(*id);
    const Result<service::CaseId> space = service::CaseId::fromHex(text.substr(0, colon));
    if (!space)
        return fail(Errc::Invalid, "record: before the colon of '" + text + "' stands no case's identifier");
    return service::RecordRef(*space, *id);
}

Result<service::CaseId> caseFrom(Office& office, const std::string& text)
{
    if (const Result<service::CaseId> id = service::CaseId::fromHex(text))
        return *id;
    TEREN_TRY(const std::vector<service::CaseId> found, office.casesNumbered(text));
    for (const service::EvictedCase& evicted : service::evictedCases(office))
        if (found.empty() && !text.empty() && evicted.number == text)
            return evicted.id;  // What is asked of it says why it is not here.
    if (found.empty() || text.empty())
        return fail(
            Errc::NotFound, "case: no case has the identifier or number '" + text + "' on this device");
    // Two people may give one number apart from each other. What is meant for one family must not go to
    // another.
    if (found.size() > 1)
        return fail(
            Errc::Refused,
            "case: " + std::to_string(found.size()) + " cases have the number '" + text
                + "'; name it by its identifier, " + found[0].hex() + " or " + found[1].hex());
    return found.front();
}

namespace {

Result<Json> done(const Status& status)
{
    if (!status)
        return std::unexpected(status.error());
    return Json::object();
}

Result<service::FieldValues> fieldsFrom(const std::vector<std::string>& words)
{
    service::FieldValues fields;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(Errc::Invalid, "'" + word + "' is not FIELD=VALUE");
        if (!fields.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
            return fail(Errc::Invalid, word.substr(0, equals) + ": given twice");
    }
    return fields;
}

void addCases(CLI::App& app, Command& chosen)
{
    CLI::App* cases = app.add_subcommand("case", "Open and list cases");
    cases->require_subcommand(1);
    addFamilyCommands(*cases, chosen);

    struct New {
        std::string title;
        std::string number;
    };
    const auto fresh = options<New>();
    CLI::App* add = cases->add_subcommand("new", "Open a case; works offline");
    add->add_option("--title", fresh->title, "Who or what it is about")->required();
    add->add_option("--number", fresh->number, "Number; made from the device's label if left out");
    add->callback([&chosen, fresh] {
        chosen = onOffice([fresh](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseSummary made, office.newCase(fresh->title, fresh->number));
            return Json{{"case", made.id.hex()}, {"number", made.number}};
        });
    });

    cases->add_subcommand("list", "All cases on this device")->callback([&chosen] {
        chosen = onOffice([](Office& office) { return listed(office.cases()); });
    });
}

void addWritingOfRecords(CLI::App& records, Command& chosen)
{
    struct Options {
        std::string target;
        std::string type;
        std::string reason;
        std::vector<std::string> fields;
    };
    const auto given = options<Options>();

    CLI::App* add = records.add_subcommand("add", "Add a record to a case");
    add->add_option("case", given->target, "Identifier or number of the case")->required();
    add->add_option("type", given->type, "Record type")->required();
    add->add_option("fields", given->fields, "FIELD=VALUE …")->allow_extra_args();
    add->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            TEREN_TRY(const service::FieldValues fields, fieldsFrom(given->fields));
            TEREN_TRY(const RecordId record, office.addRecord(caseId, given->type, fields));
            return Json{{"record", record.hex()}};
        });
    });

    CLI::App* set = records.add_subcommand("set", "Write fields of a record; an empty value clears");
    set->add_option("record", given->target, "Identifier of the record")->required();
    set->add_option("fields", given->fields, "FIELD=VALUE …")->required();
    set->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            TEREN_TRY(const service::FieldValues fields, fieldsFrom(given->fields));
            TEREN_CHECK(office.setFields(record, fields));
            return Json{{"record", record.id.hex()}};
        });
    });

    CLI::App* remove = records.add_subcommand("delete", "Delete a record; its history stays");
    remove->add_option("record", given->target, "Identifier of the record")->required();
    remove->add_option("--reason", given->reason, "Why");
    remove->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            TEREN_CHECK(office.deleteRecord(record, given->reason));
            return Json{{"record", record.id.hex()}};
        });
    });
}

void addReadingOfRecords(CLI::App& records, Command& chosen)
{
    struct Options {
        std::string target;
        std::string type;
        bool withDetails = false;
    };
    const auto given = options<Options>();

    CLI::App* list = records.add_subcommand("list", "The records of a case");
    list->add_option("case", given->target, "Identifier or number of the case")->required();
    list->add_option("type", given->type, "Only this type");
    list->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            return listed(office.records(caseId, given->type));
        });
    });

    CLI::App* get = records.add_subcommand("get", "One record with every value in force");
    get->add_option("record", given->target, "Identifier of the record")->required();
    get->add_flag(
        "--details", given->withDetails, "Also corrections, withdrawal, and what was entered after closing");
    get->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            return given->withDetails ? shown(service::detailsOf(office, record))
                                      : shown(office.record(record));
        });
    });
}

void addRecords(CLI::App& app, Command& chosen)
{
    CLI::App* records = app.add_subcommand("record", "Write and read records");
    records->require_subcommand(1);
    addWritingOfRecords(*records, chosen);
    addReadingOfRecords(*records, chosen);
    addVersionCommands(*records, chosen);
}

Result<service::Decision> decisionFrom(std::size_t keep, const std::optional<std::string>& value, bool both)
{
    service::Decision decision;
    const int given = (keep > 0 ? 1 : 0) + (value ? 1 : 0) + (both ? 1 : 0);
    if (given != 1)
        return fail(Errc::Invalid, "say one of --keep N (from 1), --value V and --both");
    if (both)
        decision.kind = service::Decision::Kind::KeepBoth;
    if (value) {
        decision.kind = service::Decision::Kind::WriteValue;
        decision.value = *value;
    }
    if (keep > 0)
        decision.side = keep - 1;
    return decision;
}

void addConflicts(CLI::App& app, Command& chosen)
{
    struct Options {
        std::string target;
        std::string field;
        std::size_t keep = 0;
        std::optional<std::string> value;
        std::optional<std::string> version;
        bool both = false;
    };
    const auto given = options<Options>();

    CLI::App* history = app.add_subcommand("history", "Every change of a record, oldest first");
    history->add_option("record", given->target, "Identifier of the record")->required();
    history->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            return listed(office.history(record));
        });
    });

    CLI::App* conflicts = app.add_subcommand("conflicts", "Fields with two versions, to be decided");
    conflicts->add_option("case", given->target, "Only of this case");
    conflicts->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            if (given->target.empty())
                return listed(office.conflicts());
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            return listed(office.conflicts(caseId));
        });
    });

    CLI::App* decide
        = app.add_subcommand("decide", "Settle a conflict: keep one side, both, or write a third value");
    decide->add_option("record", given->target, "Identifier of the record")->required();
    decide->add_option("field", given->field, "The field, as `conflicts` names it")->required();
    decide->add_option("--keep", given->keep, "The side to keep, counted from 1");
    decide->add_option("--value", given->value, "A third value");
    decide->add_flag("--both", given->both, "Keep both, where the field allows it");
    decide->add_option(
        "--if-version", given->version, "Only if the conflict is still the one that `conflicts` showed");
    decide->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const service::RecordRef record, recordFrom(given->target));
            TEREN_TRY(service::Decision decision, decisionFrom(given->keep, given->value, given->both));
            decision.version = given->version;
            TEREN_CHECK(office.decide(record, given->field, decision));
            return Json{{"record", record.id.hex()}, {"field", given->field}};
        });
    });
}

void addOverview(CLI::App& app, Command& chosen)
{
    struct Options {
        std::string text;
        std::size_t limit = 1'000;
        std::string target;
        std::string split;
        bool dismiss = false;
        bool progress = false;
    };
    const auto given = options<Options>();

    CLI::App* sync = app.add_subcommand("sync", "Exchange with the server until nothing is left");
    sync->add_flag(
        "--progress", given->progress, "Tell how far it is, also where standard error is no terminal");
    sync->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) { return shown(syncTelling(office, given->progress)); });
    });
    CLI::App* status
        = app.add_subcommand("status", "What is unsent, what is confirmed, how the server stands");
    status->add_flag("--dismiss-notices", given->dismiss, "Do not tell the notices that it prints again");
    status->add_option(
        "--accept-split", given->split,
        "Let sync end well again although this device has seen another log, or says so");
    status->add_option("--case", given->target, "Also how far the work of this device has come in this case");
    status->callback([&chosen, given] {
        chosen = [given](Session& session) -> Result<Json> {
            TEREN_TRY(Office * office, session.office());
            if (!given->split.empty())
                TEREN_CHECK(service::acceptSplit(*office, given->split));
            TEREN_TRY(const service::SyncStatus now, office->syncStatus());
            // A notice that could not be written was told to nobody.
            if (given->dismiss && !now.notices.empty())
                session.whenWritten(
                    [office, newest = now.notices.back().id] { return office->dismissNotices(newest); });
            Json json = toJson(now);
            if (!office->hasWorkspace())
                return json;
            TEREN_TRY(const service::DeliveryView all, service::deliveryOf(*office));
            json.update(toJson(all));
            if (!given->target.empty()) {
                TEREN_TRY(const service::CaseId caseId, caseFrom(*office, given->target));
                TEREN_TRY(const service::DeliveryView one, service::deliveryOf(*office, caseId));
                json["case"] = toJson(one);
            }
            return json;
        };
    });
    CLI::App* digest = app.add_subcommand("digest", "A hash of all content; equal on devices that agree");
    digest->add_option("case", given->target, "Only of this case");
    digest->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            if (given->target.empty())
                return shown(office.digests());
            TEREN_TRY(const service::CaseId caseId, caseFrom(office, given->target));
            return shown(office.digests(caseId));
        });
    });
    CLI::App* search = app.add_subcommand("search", "Find text in all cases; diacritics do not matter");
    search->add_option("text", given->text, "What to look for")->required();
    search->add_option("--limit", given->limit, "At most so many hits; 1000 without it")
        ->check(CLI::PositiveNumber);
    search->callback([&chosen, given] {
        chosen
            = onOffice([given](Office& office) { return listed(office.search(given->text, given->limit)); });
    });
    app.add_subcommand("self-check", "Compare log, registers, index, seals and receipts")
        ->callback(
            [&chosen] { chosen = onOffice([](Office& office) { return shown(office.selfCheck()); }); });
}

void addFounding(CLI::App& app, Command& chosen)
{
    struct Options {
        std::string name;
        std::string model;
        std::string server;
        std::string fingerprint;
        std::string token;
    };
    const auto given = options<Options>();

    CLI::App* workspace = app.add_subcommand("workspace", "The office this profile works for");
    workspace->require_subcommand(1);
    CLI::App* found = workspace->add_subcommand("create", "Open a workspace on a server");
    found->add_option("--name", given->name, "Name of the office")->required();
    found->add_option("--model", given->model, "rural, urban-rural or urban")
        ->required()
        ->check(CLI::IsMember({"rural", "urban-rural", "urban"}));
    found->add_option("--server", given->server, "HOST:PORT")->required();
    found->add_option("--fingerprint", given->fingerprint, "As `teren-server fingerprint` prints it")
        ->required();
    found->add_option("--token", given->token, "As `teren-server workspace-token` prints it")->required();
    found->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            const auto model = service::modelFrom(given->model).value_or(service::Model::Rural);
            TEREN_TRY(
                const WorkspaceId id,
                service::Enrolment(office).createWorkspace(
                    {given->name, model, given->server, given->fingerprint, given->token}));
            return Json{{"workspace", id.hex()}};
        });
    });
}

void addJoining(CLI::App& app, Command& chosen)
{
    struct Options {
        std::string name;
        std::string role;
        std::string text;
    };
    const auto given = options<Options>();

    CLI::App* invite = app.add_subcommand("invite", "Invite a person; hand the text over in person");
    invite->add_option("--name", given->name, "Their name")->required();
    invite->add_option("--role", given->role, "social-worker, animator, member, head or dpo")
        ->required()
        ->check(CLI::IsMember({"social-worker", "animator", "member", "head", "dpo"}));
    invite->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            const auto role = service::roleFrom(given->role).value_or(service::Role::Member);
            TEREN_TRY(
                const service::Enrolment::Invitation made,
                service::Enrolment(office).invite(given->name, role));
            Json json{{"invitation", made.text}};
            if (!made.published)
                json["published"] = false;
            return json;
        });
    });

    CLI::App* join
        = app.add_subcommand("join", "Take up an invitation; prints the code to read to the inviter");
    join->add_option("invitation", given->text, "The text of the invitation")->required();
    join->callback([&chosen, given] {
        chosen = onOffice([given](Office& office) -> Result<Json> {
            TEREN_TRY(const std::string code, service::Enrolment(office).join(given->text));
            return Json{{"code", code}};
        });
    });

    app.add_subcommand("requests", "Who waits to be let in")->callback([&chosen] {
        chosen = onOffice([](Office& office) { return listed(service::Enrolment(office).requests()); });
    });
    CLI::App* approve = app.add_subcommand("approve", "Let in the device that shows this code");
    approve->add_option("code", given->text, "Ten characters, from the new device's screen")->required();
    approve->callback([&chosen, given] {
        chosen = onOffice(
            [given](Office& office) { return done(service::Enrolment(office).approve(given->text)); });
    });
}

}  // namespace

void addCommands(CLI::App& app, Command& chosen)
{
    app.require_subcommand(1);
    addProfileCommands(app, chosen);
    addKeyCommands(app, chosen);
    addBackupCommands(app, chosen);
    addBundleCommands(app, chosen);
    addPeerCommands(app, chosen);
    addServerCommands(app, chosen);
    addDeliveryCommands(app, chosen);
    addEvidenceCommands(app, chosen);
    addApartCommands(app, chosen);
    addFounding(app, chosen);
    addJoining(app, chosen);
    addCases(app, chosen);
    addEvictionCommands(*app.get_subcommand("case"), chosen);
    addRecords(app, chosen);
    addAttachments(app, chosen);
    addConflicts(app, chosen);
    addChangeCommands(app, chosen);
    addOverview(app, chosen);
}

std::string usageSentence(const CLI::App& app, const CLI::ParseError& error)
{
    const std::vector<std::string> unknown = app.remaining(true);
    // The parser misses a command before it wonders about the words that it could not place.
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !unknown.empty()
        && app.get_subcommands().empty())
        return "'" + unknown.front() + "' is not a command";
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !unknown.empty()
        && unknown.front().starts_with('-'))
        return "'" + unknown.front() + "' is not an option here; put -- before a text that begins with -";
    return error.what();
}

Result<Command> parseCommand(std::vector<std::string> words)
{
    CLI::App app("terenctl");
    Command chosen;
    addCommands(app, chosen);
    std::ranges::reverse(words);  // The parser takes the last word first.
    try {
        app.parse(words);
    } catch (const CLI::Success&) {
        return fail(Errc::Invalid, "this is no place to ask for help; run terenctl --help");
    } catch (const CLI::ParseError& error) {
        return fail(Errc::Invalid, usageSentence(app, error));
    }
    return chosen;
}

}  // namespace teren::cli
