// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/service/people.h"
#include "app/store/attachment_store.h"
#include "app/store/key_value.h"
#include "app/store/vault.h"

namespace teren::service {

/// What an open office is made of; shared by the use cases of this folder and by nothing outside it.
class Office::Parts {
public:
    Parts(Surroundings surroundings, std::unique_ptr<store::Vault> openVault, store::KeyValue keyValue)
        : around(surroundings),
          vault(std::move(openVault)),
          settings(keyValue)
    {
    }

    /// The workspace's store, or why there is none to work with.
    /// @return `Refused` before a workspace was created or joined.
    Result<store::WorkspaceStore*> workspace() const;
    /// @return `Refused`, with `why`, unless this device is a member with that right. What the office would
    /// refuse must not begin here.
    Status checkRight(ledger::Right right, const char* why) const;
    /// Takes over a workspace's store: names read.
    Status adopt(std::unique_ptr<store::WorkspaceStore> opened);
    /// Call after anything was received: names may have come, rows may have moved.
    Status received();

    /// The files beside the database.
    store::AttachmentStore& attachments();
    store::AttachmentStore::Parts attachmentParts();

    /// With how the schemas read what the store holds.
    store::WorkspaceStore::Parts storeParts() const;
    /// An order key behind the last row of this type in this space.
    Result<std::string> orderAtEnd(const SpaceId& space, const std::string& type);
    /// The record with this id, as stored. @return `NotFound`; `Refused` if two cases have one.
    Result<store::StoredRecord> stored(const RecordRef& record) const;
    /// Whether this person may write there: names and roles are the business of who manages the members.
    Status checkMayEdit(const store::StoredRecord& record) const;
    /// @return `Invalid` for a type that this build does not know.
    Result<const domain::RecordType*> typeNamed(const std::string& type) const;

    Surroundings around;
    std::unique_ptr<store::Vault> vault;
    store::KeyValue settings;
    std::string personName;
    std::unique_ptr<store::WorkspaceStore> store;
    std::unique_ptr<People> people;  ///< Beside `store`.

    /// Case numbers given by this device under one prefix, counted once and then kept in step.
    std::string numberPrefix;
    std::size_t numbersTaken = 0;
    /// Cases by their number, read when first asked for.
    std::optional<std::multimap<std::string, CaseId>> caseNumbers;
    /// Call when a case has come, or the number of one may have changed.
    void forgetNumbers();

private:
    std::map<std::pair<SpaceId, std::string>, std::string> lastOrders_;
    std::optional<store::AttachmentStore> attachments_;
};

inline constexpr const char* kPersonNameKey = "profile.name";
/// There while the vault holds a workspace that no server has been seen to take: it does not count yet.
inline constexpr const char* kPendingFoundingKey = "workspace.pending";
/// Forgets such a workspace, if there is one.
Status abandonFounding(Office::Parts& parts);

}  // namespace teren::service
