// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/attachments.h"
#include "app/service/changes.h"
#include "app/service/delivery.h"
#include "app/service/office.h"
#include "app/service/record_details.h"
#include "app/service/sync_report.h"
#include "app/service/values.h"
#include "app/service/versions.h"

#include <nlohmann/json.hpp>

// The values of the use cases as terenctl prints them. The key names are a contract: see README.md.
namespace teren::cli {

using Json = nlohmann::ordered_json;

/// "2026-11-22T14:02:03.004Z"; null for none.
Json toJson(const std::optional<Instant>& instant);
Json toJson(const service::CaseSummary& summary);
Json toJson(const service::RecordView& record);
Json toJson(const service::RecordDetails& details);
Json toJson(const service::VersionView& version);
Json toJson(const service::HistoryItem& item);
Json toJson(const service::ChangeItem& item);
Json toJson(const service::ConflictView& conflict);
Json toJson(const service::SearchHit& hit);
Json toJson(const service::SyncStatus& status);
/// `unsent` and `confirmed` are said by the status; of one case, they are added here.
Json toJson(const service::EvictedCase& evicted);
Json toJson(const service::DeliveryView& delivery);
Json toJson(const service::SyncReport& report);
Json toJson(const service::JoinRequestView& request);
Json toJson(const service::Office::Digests& digests);
Json toJson(const service::CheckReport& report);
Json toJson(const service::AttachmentView& attachment);

template <typename Value>
Json listToJson(const std::vector<Value>& values)
{
    Json list = Json::array();
    for (const Value& value : values)
        list.push_back(toJson(value));
    return list;
}

/// One line of JSON. Bytes that are not UTF-8, which only a broken or later build writes, become U+FFFD.
std::string oneLine(const Json& value);

/// The same for a person at a terminal: a line a value, rows of a list side by side.
std::string toText(const Json& value);

}  // namespace teren::cli
