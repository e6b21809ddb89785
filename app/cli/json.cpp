// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/json.h"

#include "app/cli/terminal_text.h"
#include "app/service/people.h"
#include "app/service/server_state.h"
#include "crypto/base/iso_time.h"

#include <algorithm>

namespace teren::cli {
namespace {

Json withAuthorship(Json json, const service::Authorship& by)
{
    json["author"] = by.author;
    json["device"] = by.device;
    json["at"] = toJson(std::optional(by.at));
    return json;
}

const char* identifierOf(store::AttachmentRefs::Standing standing)
{
    switch (standing) {
    case store::AttachmentRefs::Standing::Unsent:
        return "unsent";
    case store::AttachmentRefs::Standing::Sent:
        return "sent";
    case store::AttachmentRefs::Standing::Awaited:
        break;
    }
    return "awaited";
}

const char* identifierOf(service::TextSpan::Kind kind)
{
    switch (kind) {
    case service::TextSpan::Kind::Added:
        return "added";
    case service::TextSpan::Kind::Removed:
        return "removed";
    case service::TextSpan::Kind::Equal:
        break;
    }
    return "equal";
}

Json differenceOf(const std::vector<service::TextSpan>& spans)
{
    Json list = Json::array();
    for (const service::TextSpan& span : spans)
        list.push_back({{identifierOf(span.kind), span.text}});
    return list;
}

constexpr std::size_t kCellMax = 48;
constexpr std::size_t kColumnGap = 2;

std::string scalarText(const Json& value)
{
    if (value.is_null())
        return "-";
    if (value.is_structured())
        return "(none)";
    if (!value.is_string())
        return oneLine(value);
    return forTerminal(value.get<std::string>());
}

std::string indented(const std::string& text)
{
    std::string result;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (end > start)
            result += "  " + text.substr(start, end - start);
        result += "\n";
        start = end + 1;
    }
    return result;
}

std::size_t widthOf(const std::string& text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Whether a line of a table can show it.
bool isRow(const Json& item)
{
    const auto fits = [](const Json& value) {
        return !value.is_structured() && scalarText(value).find('\n') == std::string::npos
            && widthOf(scalarText(value)) <= kCellMax;
    };
    return item.is_object() && !item.empty() && std::ranges::all_of(item, fits);
}

/// Lines of one list beneath the names of their columns.
std::string tableOf(const Json& list)
{
    std::vector<std::vector<std::string>> lines(1);
    for (const auto& [key, value] : list.front().items())
        lines.front().push_back(forTerminal(key));
    for (const Json& item : list) {
        lines.emplace_back();
        for (const Json& value : item)
            lines.back().push_back(scalarText(value));
    }
    std::vector<std::size_t> widths(lines.front().size());
    for (const std::vector<std::string>& line : lines)
        for (std::size_t column = 0; column < std::min(line.size(), widths.size()); ++column)
            widths[column] = std::max(widths[column], widthOf(line[column]) + kColumnGap);
    std::string text;
    for (const std::vector<std::string>& line : lines) {
        std::string row;
        for (std::size_t column = 0; column < std::min(line.size(), widths.size()); ++column)
            row += line[column] + std::string(widths[column] - widthOf(line[column]), ' ');
        text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string blocksOf(const Json& list)
{
    std::string text;
    for (const Json& item : list)
        text += (text.empty() || !item.is_structured() ? "" : "\n") + toText(item);
    return text;
}

}  // namespace

Json toJson(const std::optional<Instant>& instant)
{
    if (!instant)
        return nullptr;
    return isoUtc(*instant);
}

Json toJson(const service::CaseSummary& summary)
{
    return {{"case", summary.id.hex()}, {"number", summary.number}, {"title", summary.title},
            {"stage", summary.stage},   {"unsent", summary.unsent}, {"conflicts", summary.conflicts}};
}

Json toJson(const service::RecordView& record)
{
    Json fields = Json::object();
    for (const auto& [name, state] : record.fields) {
        Json values = Json::array();
        for (const service::ValueInForce& value : state.values)
            values.push_back(withAuthorship({{"value", value.value}}, value.by));
        fields[name] = {{"conflict", state.conflict}, {"values", std::move(values)}};
    }
    return {
        {"record", record.id.hex()},
        {"type", record.type},
        {"case", record.caseId.hex()},
        {"deleted", record.presence == service::Presence::Deleted},
        {"fields", std::move(fields)}};
}

Json toJson(const service::RecordDetails& details)
{
    Json json = toJson(details.view);
    const auto listOf = [](const std::vector<service::ValueInForce>& values) {
        Json list = Json::array();
        for (const service::ValueInForce& value : values)
            list.push_back(withAuthorship({{"value", value.value}}, value.by));
        return list;
    };
    for (const auto& [field, written] : details.appended) {
        if (!json["fields"].contains(field))
            continue;
        json["fields"][field]["originals"] = listOf(written.originals);
        json["fields"][field]["amendments"] = listOf(written.amendments);
    }
    json["withdrawn"] = nullptr;
    if (details.withdrawn)
        json["withdrawn"] = withAuthorship({{"reason", details.withdrawn->value}}, details.withdrawn->by);
    json["enteredAfterClosing"] = Json::array();
    for (const service::LateEntry& late : details.enteredAfterClosing) {
        Json one = withAuthorship({{"field", late.field}, {"value", late.value}}, late.by);
        one["closing"] = withAuthorship({{"stage", late.closing.value}}, late.closing.by);
        json["enteredAfterClosing"].push_back(std::move(one));
    }
    return json;
}

Json toJson(const service::VersionView& version)
{
    Json by = Json::array();
    for (const service::Authorship& one : version.by)
        by.push_back(withAuthorship(Json::object(), one));
    Json attempts = Json::array();
    for (const service::FalseContent& one : version.attempts)
        attempts.push_back(withAuthorship({{"content", one.content}}, one.by));
    return {
        {"version", version.id.hex()},
        {"record", version.document.hex()},
        {"case", version.caseId.hex()},
        {"hash", version.genuine ? Json(version.hash) : Json(nullptr)},
        {"genuine", version.genuine},
        {"current", version.current},
        {"confirmed", version.confirmed},
        {"by", std::move(by)},
        {"content", version.genuine ? Json(version.content) : Json(nullptr)},
        {"attempts", std::move(attempts)}};
}

Json toJson(const service::HistoryItem& item)
{
    Json json = withAuthorship(Json::object(), item.by);
    json["field"] = item.field;
    json["old"] = item.oldValue;
    json["new"] = item.newValue;
    json["confirmed"] = item.confirmed;
    json["kind"] = std::string(service::identifierOf(item.kind));
    json["inForce"] = item.inForce;
    if (!item.decidedOver.empty())
        json["decidedOver"] = item.decidedOver;
    if (item.amendedBy)
        json["correctedBy"] = withAuthorship(Json::object(), *item.amendedBy);
    return json;
}

Json toJson(const service::ChangeItem& item)
{
    return withAuthorship(
        {{"case", item.caseId.hex()},
         {"title", item.caseTitle},
         {"record", item.record.hex()},
         {"type", item.type},
         {"kind", std::string(service::identifierOf(item.kind))},
         {"fields", item.fields},
         {"deleted", item.deleted},
         {"mine", item.by.mine},
         {"confirmed", item.confirmed}},
        item.by);
}

Json toJson(const service::ConflictView& conflict)
{
    Json sides = Json::array();
    for (const service::ConflictSide& side : conflict.sides) {
        Json one = withAuthorship({{"value", side.value}}, side.by);
        if (side.deletion)
            one["deletion"] = true;
        else
            one["difference"] = differenceOf(side.difference);
        sides.push_back(std::move(one));
    }
    Json json{
        {"record", conflict.record.hex()},
        {"case", conflict.caseId.hex()},
        {"type", conflict.recordType},
        {"field", conflict.field},
        {"base", nullptr},
        {"sides", std::move(sides)}};
    if (conflict.base)
        json["base"] = *conflict.base;
    json["version"] = conflict.version;
    json["baseBy"] = conflict.baseBy ? withAuthorship(Json::object(), *conflict.baseBy) : Json(nullptr);
    json["bothPossible"] = conflict.bothPossible;
    json["proposal"] = conflict.proposal.empty() ? Json(nullptr) : Json(conflict.proposal);
    json["inForce"] = conflict.inForce ? Json(*conflict.inForce) : Json(nullptr);
    return json;
}

Json toJson(const service::SearchHit& hit)
{
    return {
        {"case", hit.caseId.hex()},
        {"record", hit.record.hex()},
        {"type", hit.type},
        {"field", hit.field},
        {"snippet", hit.snippet}};
}

Json toJson(const service::SyncStatus& status)
{
    Json server = nullptr;
    if (status.server != service::ServerState::Unknown)
        server = std::string(service::identifierOf(status.server));
    Json notices = Json::array();
    for (const service::Notice& notice : status.notices)
        notices.push_back(notice.text);
    return {
        {"unsent", status.unsent},
        {"confirmed", status.confirmed},
        {"backedUp", status.backedUp},
        {"oldestUnsent", toJson(status.oldestUnsent)},
        {"lastContact", toJson(status.lastContact)},
        {"nextAttempt", toJson(status.nextAttempt)},
        {"server", std::move(server)},
        {"waiting", status.waiting},
        {"quarantined", status.quarantined},
        {"refused", status.refused},
        {"refusedWhy", status.refusedWhy.empty() ? Json(nullptr) : Json(status.refusedWhy)},
        {"serverWhy", status.serverRefusal ? Json(status.serverRefusal->why) : Json(nullptr)},
        {"serverWhyAt",
         toJson(status.serverRefusal ? std::optional(status.serverRefusal->at) : std::nullopt)},
        {"notices", std::move(notices)},
        {"clockLeadSeconds",
         status.clockLead ? Json(std::chrono::duration_cast<std::chrono::seconds>(*status.clockLead).count())
                          : Json(nullptr)},
        {"clockWrong", status.isClockWrong},
        {"attachments",
         {{"unsent", status.attachments.unsent},
          {"sent", status.attachments.sent},
          {"awaited", status.attachments.awaited},
          {"unsentBytes", status.attachments.unsentBytes}}}};
}

Json toJson(const service::EvictedCase& evicted)
{
    Json mayHave = Json::array();
    for (const service::CaseReader& reader : evicted.mayHave)
        mayHave.push_back({{"person", reader.person}, {"device", reader.device}, {"id", reader.id}});
    return {{"case", evicted.id.hex()},      {"number", evicted.number},   {"title", evicted.title},
            {"at", toJson(evicted.at)},      {"changes", evicted.changes}, {"lost", evicted.lost},
            {"mayHave", std::move(mayHave)}, {"bytes", evicted.bytes},     {"returning", evicted.returning}};
}

Json toJson(const service::DeliveryView& delivery)
{
    Json holders = Json::array();
    for (const service::HolderView& holder : delivery.holders)
        holders.push_back(
            {{"person", holder.person},
             {"device", holder.device},
             {"id", holder.id},
             {"applied", holder.applied},
             {"of", holder.of},
             {"stated", toJson(holder.stated)},
             {"lacksSince", toJson(holder.lacksSince)}});
    Json json = Json::object();
    if (delivery.caseId)
        json
            = {{"id", delivery.caseId->hex()},
               {"number", delivery.number},
               {"unsent", delivery.unsent},
               {"confirmed", delivery.confirmed}};
    if (!delivery.caseId) {
        json["lostAway"] = Json::array();
        for (const service::EvictedCase& evicted : delivery.lostAway)
            json["lostAway"].push_back(toJson(evicted));
    }
    json["total"] = delivery.total;
    json["sent"] = delivery.sent;
    json["lost"] = delivery.lost;
    json["confirmedAt"] = toJson(delivery.confirmedAt);
    json["unsentSince"] = toJson(delivery.unsentSince);
    json["overdue"] = delivery.overdue;
    json["appliedBy"] = std::move(holders);
    json["words"]
        = {{"en", inWords(delivery, service::Language::English, service::utcWords())},
           {"pl", inWords(delivery, service::Language::Polish, service::utcWords())}};
    return json;
}

Json toJson(const service::SyncReport& report)
{
    return {
        {"sent", report.sent},
        {"received", report.received},
        {"confirmed", report.confirmed},
        {"bytesSent", report.bytesSent},
        {"bytesReceived", report.bytesReceived},
        {"roundTrips", report.roundTrips},
        {"conflicts", report.conflicts},
        {"attachmentsSent", report.filesSent},
        {"attachmentsReceived", report.filesReceived},
        {"attachmentsTrouble", report.filesTrouble.empty() ? Json(nullptr) : Json(report.filesTrouble)},
        {"messageBytesSent", report.messagesSent},
        {"messageBytesReceived", report.messagesReceived}};
}

Json toJson(const service::JoinRequestView& request)
{
    return {{"name", request.name}, {"role", std::string(service::identifierOf(request.role))}};
}

Json toJson(const service::Office::Digests& digests)
{
    Json spaces = Json::object();
    for (const auto& [space, digest] : digests.spaces)
        spaces[space] = digest;
    return {{"digest", digests.digest}, {"spaces", std::move(spaces)}};
}

Json toJson(const service::AttachmentView& attachment)
{
    const char* const standing = identifierOf(attachment.standing);
    Json json = withAuthorship(
        {{"attachment", attachment.id.hex()},
         {"case", attachment.caseId.hex()},
         {"name", attachment.name},
         {"mediaType", attachment.mediaType},
         {"size", attachment.size},
         {"thumbnail", attachment.thumbnail},
         {"here", attachment.here},
         {"unsent", attachment.unsent}},
        attachment.by);
    json["files"] = standing;
    json["thumbnailHere"] = attachment.thumbnailHere;
    return json;
}

Json toJson(const service::CheckReport& report)
{
    return {{"ok", report.ok}, {"problems", report.problems}, {"remarks", report.remarks}};
}

std::string oneLine(const Json& value)
{
    return escapedForTerminal(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string toText(const Json& value)
{
    if (value.is_array() && value.empty())
        return "(none)\n";
    if (value.is_array())
        return std::ranges::all_of(value, isRow) ? tableOf(value) : blocksOf(value);
    if (!value.is_object())
        return scalarText(value) + "\n";
    std::string text;
    for (const auto& [key, item] : value.items())
        text += forTerminal(key)
            + (item.is_structured() && !item.empty() ? ":\n" + indented(toText(item))
                                                     : ": " + scalarText(item) + "\n");
    return text;
}

}  // namespace teren::cli
