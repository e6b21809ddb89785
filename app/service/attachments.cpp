// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachments.h"

#include "app/domain/file_name.h"
#include "app/picture/picture.h"
#include "app/service/attachment_intake.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/sync_service.h"
#include "app/store/vault_files.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "crypto/sign/wipe.h"

namespace teren::service {
namespace {

constexpr const char* kName = "name";
constexpr const char* kMediaType = "media_type";
constexpr const char* kContent = "content";
constexpr const char* kThumbnail = "thumbnail";

const char* fieldOf(AttachmentPart part)
{
    return part == AttachmentPart::Thumbnail ? kThumbnail : kContent;
}

/// What the record says of one of its files. Only a foreign build writes the field twice; then the first of
/// its values that says anything counts.
std::optional<store::AttachmentRef> refIn(const store::StoredRecord& record, AttachmentPart part)
{
    const auto field = record.fields.find(fieldOf(part));
    if (field == record.fields.end())
        return std::nullopt;
    for (const DistinctValue& value : field->second.distinctValues())
        if (Result<store::AttachmentRef> ref = store::AttachmentRef::from(textOf(value.value)))
            return *std::move(ref);
    return std::nullopt;
}

Result<store::StoredRecord> storedAttachment(Office::Parts& parts, const RecordRef& which)
{
    TEREN_TRY(store::StoredRecord record, parts.stored(which));
    if (record.type != kAttachmentType)
        return fail(Errc::NotFound, "record " + record.id.hex() + " is not an attachment");
    return record;
}

Status checkCase(Office::Parts& parts, const CaseId& caseId)
{
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    if (!store->holds(caseId, ledger::SpaceKind::CaseInternal))
        return fail(Errc::NotFound, "no case " + caseId.hex() + " on this device");
    return {};
}

/// The record and its files, at once.
Status keep(Office::Parts& parts, const store::SpaceOps& record, Intake& intake)
{
    TEREN_CHECK(parts.store->together([&]() -> Status {
        TEREN_CHECK(parts.store->save({&record, 1}));
        return intake.keep();
    }));
    intake.kept();
    return {};
}

Result<AttachmentOpener> openPart(Office::Parts& parts, const RecordRef& which, AttachmentPart part)
{
    TEREN_TRY(const store::StoredRecord record, storedAttachment(parts, which));
    const std::optional<store::AttachmentRef> ref = refIn(record, part);
    if (!ref && part == AttachmentPart::Thumbnail)
        return fail(Errc::NotFound, "there is no small picture of this attachment");
    if (!ref)
        return fail(Errc::NotFound, "the record says of no file where it is");
    auto opened = parts.attachments().open(*ref, {record.id, part});
    // Who wants to see it is not made to ask twice: it comes with the next sync.
    if (!opened && opened.error().code == Errc::NotFound)
        TEREN_CHECK(store::AttachmentRefs(parts.vault->database()).ask(record.id, ref->address));
    return opened;
}

Result<Bytes> wholeOf(AttachmentOpener& from)
{
    Bytes all;
    for (std::uint64_t index = 0; index < from.chunks(); ++index) {
        TEREN_TRY(const ByteView content, from.chunk(index));
        all.insert(all.end(), content.begin(), content.end());
    }
    return all;
}

Result<ShownPicture> decoded(picture::Format format, ByteView file, std::uint32_t side)
{
    TEREN_TRY(picture::Pixels pixels, picture::pixelsOf(format, file, side));
    return ShownPicture{pixels.width, pixels.height, std::move(pixels.bytes)};
}

Status copy(AttachmentOpener& from, platform::OutFile& to)
{
    for (std::uint64_t index = 0; index < from.chunks(); ++index) {
        TEREN_TRY(const ByteView content, from.chunk(index));
        TEREN_CHECK(to.write(content));
    }
    return to.sync();
}

/// Refuses a file in a profile or a backup, by whatever links: nothing unsealed belongs there.
Status checkOutside(const std::filesystem::path& target)
{
    std::error_code failed;
    std::filesystem::path folder
        = std::filesystem::weakly_canonical(std::filesystem::absolute(target, failed).parent_path(), failed);
    if (failed)
        return fail(Errc::Disk, "cannot look at the folder of the file: " + failed.message());
    for (; folder.has_relative_path(); folder = folder.parent_path()) {
        for (const auto& known : {store::VaultFiles(folder).header(), store::VaultFiles(folder).database()})
            if (std::filesystem::exists(std::filesystem::symlink_status(known, failed)))
                return fail(
                    Errc::Refused,
                    "the file would lie unsealed in the folder of a profile or a backup; choose another "
                    "folder");
    }
    return {};
}

Status savePart(
    Office::Parts& parts, const RecordRef& which, AttachmentPart part, const std::filesystem::path& target)
{
    TEREN_CHECK(checkOutside(target));
    TEREN_TRY(AttachmentOpener opener, openPart(parts, which, part));
    auto made = parts.around.files.create(target);
    if (!made && made.error().code == Errc::Refused)
        return fail(Errc::Refused, "there is something of that name already; choose another name");
    if (!made)
        return std::unexpected(made.error());
    const Status copied = copy(opener, **made);
    made->reset();
    // Half a file would pass for the whole one.
    if (!copied)
        (void)parts.around.files.remove(target);
    return copied;
}

Result<AttachmentView> viewOf(Office::Parts& parts, const store::StoredRecord& record)
{
    AttachmentView view;
    view.id = record.id;
    view.caseId = record.space;
    // A colleague's build may have written anything there.
    view.name = domain::safeFileName(valueIn(record, kName)).value_or("_");
    view.mediaType = valueIn(record, kMediaType);
    view.unsent = record.unsent;
    view.by = parts.people->authorship(record.lastDot, record.lastStamp);
    using Standing = store::AttachmentRefs::Standing;
    store::AttachmentRefs refs(parts.vault->database());
    Standing small = Standing::Sent;
    if (const std::optional<store::AttachmentRef> ref = refIn(record, AttachmentPart::Thumbnail)) {
        view.thumbnail = true;
        TEREN_TRY(small, refs.standing(record.id, ref->address));
        view.thumbnailHere = small != Standing::Awaited;
    }
    if (const std::optional<store::AttachmentRef> ref = refIn(record, AttachmentPart::Content)) {
        view.size = ref->size;
        TEREN_TRY(view.standing, refs.standing(record.id, ref->address));
        view.here = view.standing != Standing::Awaited;
    }
    // What is to be sent matters more than what is to come.
    if (small == Standing::Unsent || (small == Standing::Awaited && view.standing == Standing::Sent))
        view.standing = small;
    view.unsent = view.unsent || view.standing == Standing::Unsent;
    return view;
}

}  // namespace

struct Attachments::Adding::State {
    Office& office;
    CaseId caseId;
    RecordId id;
    std::string title;
    bool isTakenIn = false;
    TakingIn taking;
};

Attachments::Adding::Adding(std::unique_ptr<State> state) : state_(std::move(state)) {}
Attachments::Adding::Adding(Adding&&) noexcept = default;
Attachments::Adding::~Adding() = default;

Result<Attachments::Adding> Attachments::beginAdding(const CaseId& caseId, const NewFile& file)
{
    Office::Parts& parts = office_.parts();
    TEREN_CHECK(checkCase(parts, caseId));
    TEREN_TRY(const domain::RecordType* type, parts.typeNamed(std::string(kAttachmentType)));
    const Result<std::string> name
        = domain::safeFileName(file.name.empty() ? file.source.filename().string() : file.name);
    if (!name)
        return fail(Errc::Invalid, "name: " + name.error().detail);
    TEREN_TRY(const std::string title, parts.around.schemas.canonical(*type, kName, *name));
    const RecordId id = RecordId::random(parts.around.random);
    TEREN_TRY(TakingIn taking, TakingIn::begin(parts.attachments(), id, file.source, file.keepTelling));
    return Adding(std::make_unique<Adding::State>(office_, caseId, id, title, false, std::move(taking)));
}

Result<bool> Attachments::Adding::advance()
{
    TEREN_TRY(state_->isTakenIn, state_->taking.advance());
    return state_->isTakenIn;
}

std::uint64_t Attachments::Adding::done() const
{
    return state_->taking.done();
}

std::uint64_t Attachments::Adding::total() const
{
    return state_->taking.total();
}

Result<AttachmentView> Attachments::Adding::finish()
{
    TEREN_ASSERT(state_->isTakenIn);
    Office::Parts& parts = state_->office.parts();
    // It may have gone meanwhile.
    TEREN_CHECK(checkCase(parts, state_->caseId));
    TEREN_TRY(const domain::RecordType* type, parts.typeNamed(std::string(kAttachmentType)));
    TEREN_TRY(const std::string order, parts.orderAtEnd(state_->caseId, type->id));
    Intake intake = state_->taking.finish();
    const RecordId id = state_->id;
    store::SpaceOps record{
        state_->caseId,
        {insertOp(id, type->id, order), assignOp(id, kName, state_->title),
         assignOp(id, kMediaType, intake.mediaType), assignOp(id, kContent, intake.content.ref.text())}};
    if (intake.thumbnail)
        record.ops.push_back(assignOp(id, kThumbnail, intake.thumbnail->ref.text()));
    TEREN_CHECK(keep(parts, record, intake));
    return Attachments(state_->office).find({state_->caseId, id});
}

Result<AttachmentView> Attachments::add(const CaseId& caseId, const NewFile& file)
{
    TEREN_TRY(Adding adding, beginAdding(caseId, file));
    for (bool isAll = false; !isAll;) {
        TEREN_TRY(isAll, adding.advance());
    }
    return adding.finish();
}

Result<std::vector<AttachmentView>> Attachments::list(const CaseId& caseId)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    if (!store->holds(caseId, ledger::SpaceKind::CaseInternal))
        return fail(Errc::NotFound, "no case " + caseId.hex() + " on this device");
    TEREN_TRY(
        const std::vector<store::StoredRecord> records, store->records(caseId, std::string(kAttachmentType)));
    std::vector<AttachmentView> views;
    for (const store::StoredRecord& record : records) {
        TEREN_TRY(AttachmentView view, viewOf(parts, record));
        views.push_back(std::move(view));
    }
    return views;
}

Result<AttachmentView> Attachments::find(const RecordRef& which)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(const store::StoredRecord record, storedAttachment(parts, which));
    return viewOf(parts, record);
}

Status Attachments::bring(const RecordRef& which)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(const store::StoredRecord record, storedAttachment(parts, which));
    const std::optional<store::AttachmentRef> ref = refIn(record, AttachmentPart::Content);
    if (!ref)
        return fail(Errc::NotFound, "the record says of no file where it is");
    TEREN_TRY(const bool here, parts.attachments().has(ref->address));
    if (here)
        return {};
    TEREN_CHECK(store::AttachmentRefs(parts.vault->database()).ask(record.id, ref->address));
    const Result<SyncReport> synced = syncOnce(office_);
    TEREN_TRY(const bool came, parts.attachments().has(ref->address));
    if (came)
        return {};
    if (!synced)
        return std::unexpected(synced.error());
    if (!synced->filesTrouble.empty())
        return fail(Errc::Refused, synced->filesTrouble);
    return fail(
        Errc::NotFound,
        "the file of this attachment is not on this device yet, and the server has not got it: either the "
        "device that added it has not sent it so far, or the server has lost it since; it comes with a later "
        "sync, once a device that has it has sent it");
}

Status Attachments::saveContent(const RecordRef& which, const std::filesystem::path& target)
{
    return savePart(office_.parts(), which, AttachmentPart::Content, target);
}

Status Attachments::saveThumbnail(const RecordRef& which, const std::filesystem::path& target)
{
    return savePart(office_.parts(), which, AttachmentPart::Thumbnail, target);
}

Result<Bytes> Attachments::thumbnail(const RecordRef& which)
{
    TEREN_TRY(AttachmentOpener opener, openPart(office_.parts(), which, AttachmentPart::Thumbnail));
    return wholeOf(opener);
}

Result<ShownPicture> Attachments::picture(const RecordRef& which, std::uint32_t side)
{
    TEREN_TRY(const AttachmentView view, find(which));
    if (view.mediaType != "image/jpeg" && view.mediaType != "image/png")
        return fail(Errc::Refused, "this attachment is not a picture that can be shown");
    if (view.size > limits::kPhotoMax)
        return fail(Errc::LimitExceeded, "the picture is too large to be shown");
    TEREN_TRY(AttachmentOpener opener, openPart(office_.parts(), which, AttachmentPart::Content));
    TEREN_TRY(Bytes file, wholeOf(opener));
    const auto format = view.mediaType == "image/png" ? picture::Format::Png : picture::Format::Jpeg;
    Result<ShownPicture> shown = decoded(format, file, side);
    wipe(file);
    return shown;
}

Result<ShownPicture> Attachments::smallPicture(const RecordRef& which)
{
    TEREN_TRY(Bytes file, thumbnail(which));
    Result<ShownPicture> shown = decoded(picture::Format::Jpeg, file, picture::kThumbnailSide);
    wipe(file);
    return shown;
}

Status Attachments::remove(const RecordRef& which)
{
    TEREN_TRY(const store::StoredRecord record, storedAttachment(office_.parts(), which));
    return office_.deleteRecord({record.space, record.id});
}

Result<std::vector<std::string>> Attachments::selfCheck()
{
    Office::Parts& parts = office_.parts();
    return parts.attachments().selfCheck(
        [&](const AttachmentBinding& binding) -> Result<std::optional<store::AttachmentRef>> {
            const Result<store::StoredRecord> record = parts.stored(binding.attachment);
            return record ? refIn(*record, binding.part) : std::nullopt;
        });
}

}  // namespace teren::service
