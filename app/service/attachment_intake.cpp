// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachment_intake.h"

#include "app/domain/file_name.h"
#include "app/picture/picture.h"
#include "crypto/base/limits.h"
#include "crypto/sign/wipe.h"

#include <algorithm>
#include <fstream>

namespace teren::service {
namespace {

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

Result<SealedFile> sealed(store::AttachmentStore& store, const AttachmentBinding& binding, ByteView content)
{
    TEREN_TRY(store::AttachmentStore::Import import, store.begin(binding, content.size()));
    TEREN_CHECK(import.write(content));
    TEREN_TRY(store::AttachmentRef ref, import.finish());
    return SealedFile{std::move(import), std::move(ref)};
}

Result<SealedFile> sealed(
    store::AttachmentStore& store, const AttachmentBinding& binding, Source& source, ByteView first)
{
    TEREN_TRY(store::AttachmentStore::Import import, store.begin(binding, source.size()));
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
    return SealedFile{std::move(import), std::move(ref)};
}

/// Reads the rest of a picture behind `begun`, which is its beginning.
Status readPicture(Source& source, ByteView begun, Bytes& into)
{
    // One more than it should have, so that one that grows meanwhile is seen. At once: a vector that grows
    // leaves behind what it had.
    into.resize(std::max<std::size_t>(static_cast<std::size_t>(source.size()) + 1, begun.size()));
    std::ranges::copy(begun, into.begin());
    TEREN_TRY(const std::size_t got, source.read(std::span(into).subspan(begun.size())));
    into.resize(begun.size() + got);
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

Result<Intake> pictureIn(
    store::AttachmentStore& store, const RecordId& id, Source& source, ByteView begun, picture::Format format,
    bool keepTelling)
{
    Wiped file;
    TEREN_CHECK(readPicture(source, begun, file.bytes));
    Wiped freed;
    if (!keepTelling) {
        TEREN_TRY(freed.bytes, picture::withoutMetadata(format, file.bytes));
    }
    const ByteView kept = keepTelling ? file.bytes : freed.bytes;
    TEREN_TRY(SealedFile content, sealed(store, {id, AttachmentPart::Content}, kept));
    Intake intake{{}, std::move(content), std::nullopt};
    // A photo without a small picture is still a photo.
    if (Result<Bytes> made = picture::thumbnail(format, kept)) {
        Wiped small;
        small.bytes = *std::move(made);
        TEREN_TRY(SealedFile thumbnail, sealed(store, {id, AttachmentPart::Thumbnail}, small.bytes));
        intake.thumbnail.emplace(std::move(thumbnail));
    }
    return intake;
}

Status checkKind(domain::FileKind kind, std::uint64_t size, bool keepTelling)
{
    if (keepTelling)
        return {};
    if (kind == domain::FileKind::Telling)
        return fail(
            Errc::Refused,
            "pictures, films and recordings of this kind may say where, when and by whom they were made, and "
            "Teren cannot take that out; save a picture as JPEG or PNG, or add the file as it is "
            "(--keep-metadata)");
    if (formatOf(kind) && size > limits::kPhotoMax)
        return fail(
            Errc::LimitExceeded,
            "the picture is larger than " + std::to_string(limits::kPhotoMax >> 20)
                + " MiB, the most of which Teren takes out what it says beside it");
    return {};
}

}  // namespace

Status Intake::keep()
{
    TEREN_CHECK(content.import.keep());
    return thumbnail ? thumbnail->import.keep() : Status();
}

void Intake::kept()
{
    content.import.kept();
    if (thumbnail)
        thumbnail->import.kept();
}

Result<Intake> takeIn(
    store::AttachmentStore& store, const RecordId& id, const std::filesystem::path& source, bool keepTelling)
{
    TEREN_TRY(Source file, Source::open(source));
    Wiped first;
    first.bytes.resize(kAttachmentChunk);
    TEREN_TRY(const std::size_t got, file.read(first.bytes));
    first.bytes.resize(got);
    const domain::FileKind kind = domain::kindOf(textOf(first.bytes));
    TEREN_CHECK(checkKind(kind, file.size(), keepTelling));
    const std::string mediaType(domain::mediaTypeOf(kind));
    if (const auto format = formatOf(kind); format && file.size() <= limits::kPhotoMax) {
        TEREN_TRY(Intake picture, pictureIn(store, id, file, first.bytes, *format, keepTelling));
        picture.mediaType = mediaType;
        return picture;
    }
    TEREN_TRY(SealedFile content, sealed(store, {id, AttachmentPart::Content}, file, first.bytes));
    return Intake{mediaType, std::move(content), std::nullopt};
}

}  // namespace teren::service
