// SPDX-License-Identifier: EUPL-1.2
#include "app/service/office.h"

#include "app/service/field_codec.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/passphrase_strength.h"
#include "app/service/plain_words.h"
#include "app/service/typed_passphrase.h"
#include "crypto/base/hex.h"
#include "crypto/sign/hash.h"
#include "sync/merge/fractional_order.h"

namespace teren::service {
namespace {

store::WorkspaceStore::FieldReading readingOf(
    const domain::SchemaSet& schemas, const std::string& typeId, const std::string& fieldId)
{
    store::WorkspaceStore::FieldReading reading;
    const domain::RecordType* type = schemas.find(typeId);
    const domain::Field* field = type == nullptr ? nullptr : type->find(fieldId);
    if (fieldId == store::kAdoptedField)
        return {.conflicts = false, .searchable = false};
    if (field == nullptr)
        return reading;
    // What only the program writes says nothing to people.
    if (field->internal)
        return {.conflicts = false, .searchable = false};
    reading.conflicts
        = field->policy != domain::MergePolicy::Latest && field->policy != domain::MergePolicy::Set;
    const bool ofPeopleAtWork = typeId == "member" || typeId == "device" || typeId == "workspace";
    reading.searchable = !ofPeopleAtWork
        && (field->type == domain::FieldType::Line || field->type == domain::FieldType::Text
            || field->type == domain::FieldType::Phone);
    return reading;
}

/// Another one wherever some field is read in another way.
std::string readingsVersion(const domain::SchemaSet& schemas)
{
    Hasher hasher;
    for (const domain::RecordType& type : schemas.types())
        for (const domain::Field& field : type.fields) {
            const auto reading = readingOf(schemas, type.id, field.id);
            hasher.add(type.id)
                .add(".")
                .add(field.id)
                .add(reading.conflicts ? "+" : "-")
                .add(reading.searchable ? "+" : "-");
        }
    constexpr std::size_t kVersionBytes = 8;
    const Hash hash = hasher.finish();
    return "1 " + toHex(std::span(hash).first(kVersionBytes));
}

}  // namespace

Result<store::WorkspaceStore*> Office::Parts::workspace() const
{
    if (store == nullptr)
        return fail(
            Errc::Refused, "this profile belongs to no workspace yet; create one or join with an invitation");
    return store.get();
}

Status Office::Parts::checkRight(ledger::Right right, const char* why) const
{
    const ledger::Membership::Device* self
        = store == nullptr ? nullptr : store->membership().find(store->device());
    if (self == nullptr)
        return fail(Errc::Refused, "this device is not admitted to the workspace yet");
    if (!self->isMember())
        return fail(Errc::Refused, "this device was removed from the workspace");
    if ((self->rights & right) == 0)
        return fail(Errc::Refused, why);
    return {};
}

store::AttachmentStore& Office::Parts::attachments()
{
    if (!attachments_)
        attachments_.emplace(attachmentParts());
    return *attachments_;
}

store::AttachmentStore::Parts Office::Parts::attachmentParts()
{
    return {vault->database(), around.files, vault->attachmentFolder(), around.random};
}

store::WorkspaceStore::Parts Office::Parts::storeParts() const
{
    const domain::SchemaSet& schemas = around.schemas;
    return {
        vault->database(),
        around.clock,
        around.random,
        {[&schemas](const std::string& type, const std::string& field) {
             return readingOf(schemas, type, field);
         },
         readingsVersion(schemas)}};
}

Status Office::Parts::adopt(std::unique_ptr<store::WorkspaceStore> opened)
{
    store = std::move(opened);
    people = std::make_unique<People>(*store);
    return people->refresh();
}

Status Office::Parts::received()
{
    lastOrders_.clear();
    forgetNumbers();
    return people ? people->refresh() : Status{};
}

void Office::Parts::forgetNumbers()
{
    numberPrefix.clear();
    caseNumbers.reset();
}

Result<std::string> Office::Parts::orderAtEnd(const SpaceId& space, const std::string& type)
{
    std::string& last = lastOrders_[{space, type}];
    if (last.empty()) {
        TEREN_TRY(const std::vector<store::StoredRecord> records, store->records(space, type));
        if (!records.empty())
            last = records.back().order;
    }
    const auto left = last.empty() ? std::nullopt : std::optional<std::string_view>(last);
    last = orderBetween(left, std::nullopt, around.random);
    return last;
}

Result<store::StoredRecord> Office::Parts::stored(const RecordRef& record) const
{
    TEREN_TRY(store::WorkspaceStore * opened, workspace());
    TEREN_TRY(
        store::StoredRecord found,
        record.in ? opened->record(*record.in, record.id) : opened->record(record.id));
    if (found.type.empty())
        return fail(Errc::NotFound, "no record " + record.id.hex() + " on this device");
    return found;
}

Status Office::Parts::checkMayEdit(const store::StoredRecord& record) const
{
    if (record.type != "member" && record.type != "device" && record.type != "workspace")
        return {};
    return checkRight(
        ledger::ManageMembers,
        "your role does not let you change this; ask the animator or the head of the centre");
}

Result<const domain::RecordType*> Office::Parts::typeNamed(const std::string& type) const
{
    const domain::RecordType* found = around.schemas.find(type);
    if (found == nullptr)
        return fail(Errc::Invalid, "type: '" + type + "' is not a record type of this build");
    return found;
}

Office::Office(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Office::~Office() = default;

Status Office::createProfile(
    const std::filesystem::path& directory, const std::string& name, std::string_view passphrase,
    Surroundings parts)
{
    TEREN_TRY(const std::string person, cleanName(name));
    const SecretText secret = typedPassphrase(passphrase);
    TEREN_CHECK(checkStrength(secret.reveal(), {person}));
    TEREN_TRY(
        std::unique_ptr<store::Vault> vault,
        store::Vault::create(directory, secret.reveal(), store::kdfPolicyFromEnvironment(), parts.random));
    TEREN_TRY(store::KeyValue settings, store::KeyValue::open(vault->database()));
    return settings.put(kPersonNameKey, viewOf(person));
}

Result<std::unique_ptr<Office>> Office::open(
    const std::filesystem::path& directory, std::string_view passphrase, Surroundings around)
{
    TEREN_TRY(
        std::unique_ptr<store::Vault> vault,
        store::Vault::open(
            directory, typedPassphrase(passphrase).reveal(), around.random, {.clock = &around.clock}));
    return openVault(std::move(vault), around);
}

Result<std::unique_ptr<Office>> Office::openVault(std::unique_ptr<store::Vault> vault, Surroundings around)
{
    TEREN_TRY(const store::KeyValue settings, store::KeyValue::open(vault->database()));
    auto parts = std::make_unique<Parts>(around, std::move(vault), settings);
    TEREN_TRY(const std::optional<Bytes> name, parts->settings.get(kPersonNameKey));
    parts->personName = name ? std::string(textOf(*name)) : std::string();
    TEREN_TRY(const std::optional<Bytes> pending, parts->settings.get(kPendingFoundingKey));
    if (!pending) {
        TEREN_TRY(auto store, store::WorkspaceStore::open(parts->storeParts()));
        if (store != nullptr) {
            TEREN_CHECK(parts->adopt(std::move(store)));
            // The vault keeps them as well, should this fail.
            for (const std::string& finding : parts->vault->findings())
                (void)parts->store->tell(store::NoticeKind::FoundAtOpening, {finding});
            // On a disk that takes no change, what was left behind stays; that keeps nobody from their work.
            (void)parts->attachments().clean();
        }
    }
    return std::unique_ptr<Office>(new Office(std::move(parts)));
}

const std::string& Office::personName() const
{
    return parts_->personName;
}

bool Office::hasWorkspace() const
{
    return parts_->store != nullptr;
}

namespace {

std::string fieldOfWorkspace(store::WorkspaceStore* store, const std::string& field)
{
    if (store == nullptr || store->workspaceSpace().isZero())
        return {};
    const auto records = store->records(store->workspaceSpace(), "workspace");
    return records && !records->empty() ? valueIn(records->front(), field) : std::string();
}

}  // namespace

std::string Office::workspaceName() const
{
    return fieldOfWorkspace(parts_->store.get(), "name");
}

Model Office::model() const
{
    return modelFrom(fieldOfWorkspace(parts_->store.get(), "model")).value_or(Model::Rural);
}

std::string Office::deviceName() const
{
    return parts_->store == nullptr ? std::string() : parts_->people->deviceLabel(parts_->store->device());
}

Status Office::saveDraft(const std::string& key, const Draft& draft)
{
    return parts_->settings.put("draft/" + key, encodeDraft(draft));
}

Result<Draft> Office::draft(const std::string& key)
{
    TEREN_TRY(const std::optional<Bytes> bytes, parts_->settings.get("draft/" + key));
    return bytes ? decodeDraft(*bytes) : Draft{};
}

Status Office::dropDraft(const std::string& key)
{
    return parts_->settings.drop("draft/" + key);
}

}  // namespace teren::service
