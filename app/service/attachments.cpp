// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachments.h"

#include "app/domain/file_name.h"
#include "app/picture/picture.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "crypto/base/limits.h"
#include "crypto/sign/wipe.h"

#include <algorithm>
#include <fstream>

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

// ---- the file that a person gives ----------------------------------------------------------------------

/// A file of a person's, read once from its beginning.
class Source {
public:
    static Result<Source> open(const std::filesystem::path& path)
    {
        std::error_code failed;
        if (!std::filesystem::is_regular_file(path, failed))
            return fail(Errc::NotFound, "the file to add is not there, or is not a file");
        const std::uintmax_t size = std::filesystem::file_size(path, failed);
        if (failed)
            return fail(Errc::Disk, "cannot look at the file to add: " + failed.message());
        Source source(size);
        // Unbuffered: a buffer of the library's would keep the content in memory that nobody wipes.
        source.in_.rdbuf()->pubsetbuf(nullptr, 0);
        source.in_.open(path, std::ios::binary);
        if (!source.in_)
            return fail(Errc::Disk, "cannot open the file to add; may it be read?");
        return source;
    }

    /// When it was opened.
    std::uint64_t size() const { return size_; }
    /// Fills `room` as far as there is something. @return how far.
    Result<std::size_t> read(std::span<std::uint8_t> room)
    {
        in_.read(reinterpret_cast<char*>(room.data()), static_cast<std::streamsize>(room.size()));
        if (in_.bad())
            return fail(Errc::Disk, "cannot read the file to add");
        return static_cast<std::size_t>(in_.gcount());
    }

private:
    explicit Source(std::uint64_t size) : size_(size) {}

    std::ifstream in_;
    std::uint64_t size_;
};

/// Bytes of a person's that are in memory for a while.
struct Wiped {
    Wiped() = default;
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { wipe(bytes); }
    Bytes bytes;
};

/// What is on its way into the vault.
struct Incoming {
    store::AttachmentStore::Import content;
    std::optional<store::AttachmentStore::Import> thumbnail;
    std::vector<Op> ops;
};

struct TakenIn {
    store::AttachmentStore::Import import;
    store::AttachmentRef ref;
};

Result<TakenIn> takeIn(Office::Parts& parts, const AttachmentBinding& binding, ByteView content)
{
    TEREN_TRY(store::AttachmentStore::Import import, parts.attachments().begin(binding, content.size()));
    TEREN_CHECK(import.write(content));
    TEREN_TRY(store::AttachmentRef ref, import.finish());
    return TakenIn{std::move(import), std::move(ref)};
}

Result<TakenIn> takeIn(Office::Parts& parts, const AttachmentBinding& binding, Source& source, ByteView first)
{
    TEREN_TRY(store::AttachmentStore::Import import, parts.attachments().begin(binding, source.size()));
    TEREN_CHECK(import.write(first));
    Wiped buffer;
    buffer.bytes.resize(kAttachmentChunk);
    for (;;) {
        TEREN_TRY(const std::size_t got, source.read(buffer.bytes));
        if (got == 0)
            break;
        TEREN_CHECK(import.write(ByteView(buffer.bytes).first(got)));
    }
    TEREN_TRY(store::AttachmentRef ref, import.finish());
    return TakenIn{std::move(import), std::move(ref)};
}

/// Reads the rest of a picture behind `into`, which is its beginning.
Status readPicture(Source& source, Bytes& into)
{
    const std::size_t begun = into.size();
    // One more than it should have, so that one that grows meanwhile is seen.
    into.resize(std::max<std::size_t>(static_cast<std::size_t>(source.size()) + 1, begun));
    TEREN_TRY(const std::size_t got, source.read(std::span(into).subspan(begun)));
    into.resize(begun + got);
    if (into.size() > source.size())
        return fail(Errc::Refused, "the file to add is being written; try again when that has ended");
    return {};
}

std::optional<picture::Format> formatOf(domain::FileKind kind)
{
    if (kind == domain::FileKind::Jpeg)
        return picture::Format::Jpeg;
    if (kind == domain::FileKind::Png)
        return picture::Format::Png;
    return std::nullopt;
}

Result<Incoming> takePictureIn(
    Office::Parts& parts, const RecordId& id, Source& source, Wiped& file, picture::Format format,
    bool keepTelling)
{
    TEREN_CHECK(readPicture(source, file.bytes));
    Wiped freed;
    if (!keepTelling) {
        TEREN_TRY(freed.bytes, picture::withoutMetadata(format, file.bytes));
    }
    const ByteView kept = keepTelling ? file.bytes : freed.bytes;
    TEREN_TRY(TakenIn content, takeIn(parts, {id, AttachmentPart::Content}, kept));
    Incoming incoming{std::move(content.import), std::nullopt, {assignOp(id, kContent, content.ref.text())}};
    // A photo without a small picture is still a photo.
    if (const Result<Bytes> small = picture::thumbnail(format, kept)) {
        TEREN_TRY(TakenIn thumbnail, takeIn(parts, {id, AttachmentPart::Thumbnail}, *small));
        incoming.ops.push_back(assignOp(id, kThumbnail, thumbnail.ref.text()));
        incoming.thumbnail.emplace(std::move(thumbnail.import));
    }
    return incoming;
}

Status checkKind(domain::FileKind kind, std::uint64_t size, bool keepTelling)
{
    if (keepTelling)
        return {};
    if (kind == domain::FileKind::Telling)
        return fail(
            Errc::Refused,
            "pictures and films of this kind may say where, when and by whom they were made, and Teren "
            "cannot "
            "take that out; save it as JPEG or PNG, or add it as it is (--keep-metadata)");
    if (formatOf(kind) && size > limits::kPhotoMax)
        return fail(
            Errc::LimitExceeded,
            "the picture is larger than " + std::to_string(limits::kPhotoMax >> 20)
                + " MiB, the most of which Teren takes out what it says beside it");
    return {};
}

Result<Incoming> takeIn(Office::Parts& parts, const RecordId& id, const Attachments::NewFile& file)
{
    TEREN_TRY(Source source, Source::open(file.source));
    Wiped first;
    first.bytes.resize(kAttachmentChunk);
    TEREN_TRY(const std::size_t got, source.read(first.bytes));
    first.bytes.resize(got);
    const domain::FileKind kind = domain::kindOf(textOf(first.bytes));
    TEREN_CHECK(checkKind(kind, source.size(), file.keepTelling));
    const Op mediaType = assignOp(id, kMediaType, std::string(domain::mediaTypeOf(kind)));
    if (const auto format = formatOf(kind); format && source.size() <= limits::kPhotoMax) {
        TEREN_TRY(Incoming incoming, takePictureIn(parts, id, source, first, *format, file.keepTelling));
        incoming.ops.push_back(mediaType);
        return incoming;
    }
    TEREN_TRY(TakenIn content, takeIn(parts, {id, AttachmentPart::Content}, source, first.bytes));
    return Incoming{
        std::move(content.import), std::nullopt, {mediaType, assignOp(id, kContent, content.ref.text())}};
}

/// The record and its files, at once.
Status keep(Office::Parts& parts, const CaseId& caseId, Incoming& incoming)
{
    TEREN_CHECK(parts.store->together([&]() -> Status {
        const store::SpaceOps save{caseId, incoming.ops};
        TEREN_CHECK(parts.store->save({&save, 1}));
        TEREN_CHECK(incoming.content.keep());
        return incoming.thumbnail ? incoming.thumbnail->keep() : Status();
    }));
    incoming.content.kept();
    if (incoming.thumbnail)
        incoming.thumbnail->kept();
    return {};
}

// ---- the files that a person gets ----------------------------------------------------------------------

Result<AttachmentOpener> openPart(Office::Parts& parts, const RecordRef& which, AttachmentPart part)
{
    TEREN_TRY(const store::StoredRecord record, storedAttachment(parts, which));
    const std::optional<store::AttachmentRef> ref = refIn(record, part);
    if (!ref && part == AttachmentPart::Thumbnail)
        return fail(Errc::NotFound, "there is no small picture of this attachment");
    if (!ref)
        return fail(Errc::NotFound, "the record says of no file where it is");
    return parts.attachments().open(*ref, {record.id, part});
}

Status copy(AttachmentOpener& from, platform::OutFile& to)
{
    for (std::uint64_t index = 0; index < from.chunks(); ++index) {
        TEREN_TRY(const ByteView content, from.chunk(index));
        TEREN_CHECK(to.write(content));
    }
    return to.sync();
}

Status savePart(
    Office::Parts& parts, const RecordRef& which, AttachmentPart part, const std::filesystem::path& target)
{
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
    view.thumbnail = refIn(record, AttachmentPart::Thumbnail).has_value();
    if (const std::optional<store::AttachmentRef> ref = refIn(record, AttachmentPart::Content)) {
        view.size = ref->size;
        TEREN_TRY(view.here, parts.attachments().has(ref->address));
    }
    return view;
}

}  // namespace

Result<AttachmentView> Attachments::add(const CaseId& caseId, const NewFile& file)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    if (!store->holds(caseId, ledger::SpaceKind::CaseInternal))
        return fail(Errc::NotFound, "no case " + caseId.hex() + " on this device");
    TEREN_TRY(const domain::RecordType* type, parts.typeNamed(std::string(kAttachmentType)));
    const Result<std::string> name
        = domain::safeFileName(file.name.empty() ? file.source.filename().string() : file.name);
    if (!name)
        return fail(Errc::Invalid, "name: " + name.error().detail);
    TEREN_TRY(const std::string title, parts.around.schemas.canonical(*type, kName, *name));
    const RecordId id = RecordId::random(parts.around.random);
    TEREN_TRY(Incoming incoming, takeIn(parts, id, file));
    TEREN_TRY(const std::string order, parts.orderAtEnd(caseId, type->id));
    incoming.ops.insert(incoming.ops.begin(), {insertOp(id, type->id, order), assignOp(id, kName, title)});
    TEREN_CHECK(keep(parts, caseId, incoming));
    return find({caseId, id});
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
    Bytes picture;
    for (std::uint64_t index = 0; index < opener.chunks(); ++index) {
        TEREN_TRY(const ByteView content, opener.chunk(index));
        picture.insert(picture.end(), content.begin(), content.end());
    }
    return picture;
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
