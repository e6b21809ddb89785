// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "sync/merge/version_vector.h"

namespace teren::service {

/// What became of a record in one Save; of several, the one that says most.
enum class ChangeKind : std::uint8_t { Created, Edited, Deleted, Restored };

/// One record as one Save of one person touched it.
struct ChangeItem {
    CaseId caseId;
    std::string caseTitle;
    RecordId record;
    std::string type;
    std::string recordTitle;
    ChangeKind kind = ChangeKind::Edited;
    std::vector<std::string> fields;  ///< Written by it, in the order of the form.
    Authorship by;
    bool deleted = false;  ///< The record is, now: there is only its history to open.
    bool confirmed = false;
};

/// What a person was shown of the changes of others, to be kept as seen.
using ChangesSeen = std::map<CaseId, VersionVector>;

struct ChangeList {
    std::vector<ChangeItem> items;  ///< Newest first.
    bool more = false;              ///< There are more than were asked for.
    ChangesSeen seen;               ///< Of `unseen`, for `markSeen`: all there was, in `items` or not.
};

/// A case with work of others that nobody has looked at on this device.
struct CaseNews {
    CaseId caseId;
    std::string title;
    std::string number;
    std::uint64_t changes = 0;
    std::vector<std::string> authors;  ///< Names, each once; the one who wrote last comes first.
    Instant last{};
    bool isNew = false;  ///< Nothing of this case was ever looked at here.
    VersionVector seen;  ///< For `markSeen`.
};

struct NewsOverview {
    std::vector<CaseNews> cases;  ///< Newest first, as many as were asked for.
    std::uint64_t caseCount = 0;  ///< All there are.
    std::uint64_t newCases = 0;   ///< Of these, with `isNew`.
    std::uint64_t changes = 0;    ///< In all of them.
    ChangesSeen seen;             ///< For `markSeen`: all of it.
};

/// "What changed while I was away": others' work in cases since somebody last looked at it on this device,
/// and everybody's since a time. What was looked at is kept in the vault and never sent.
class Changes {
public:
    explicit Changes(Office& office) : office_(office) {}

    static constexpr std::size_t kPage = 200;

    /// By case. What the same person wrote on another device of theirs is no news.
    Result<NewsOverview> overview(std::size_t limit = kPage);
    /// One by one, of all cases or of one. @param limit  Of Saves; one that touched several records gives
    /// several items.
    Result<ChangeList> unseen(const std::optional<CaseId>& caseId, std::size_t limit = kPage);
    /// Everybody's, this person's too, by the clocks of their devices.
    Result<ChangeList> since(
        const std::optional<Instant>& from, const std::optional<CaseId>& caseId, std::size_t limit = kPage);
    Status markSeen(const ChangesSeen& shown);

private:
    Office& office_;
};

/// "created", "edited", "deleted", "restored".
std::string_view identifierOf(ChangeKind kind);

}  // namespace teren::service
