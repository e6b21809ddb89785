// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachment_intake.h"

#include "app/domain/file_name.h"
#include "app/picture/picture.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "crypto/sign/wipe.h"

#include <algorithm>
#include <fstream>

namespace teren::service {
namespace {

// How much of a file is taken in at once: some milliseconds' work.
constexpr std::size_t kPiece = std::size_t{512} << 10;
// How much is written before it is put on the disk: a slow one takes half a second for it.
constexpr std::uint64_t kSettled = std::uint64_t{8} << 20;

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

// ---- in pieces -----------------------------------------------------------------------------------------

struct TakingIn::State {
    State(store::AttachmentStore& into, const RecordId& record, Source from, bool keep)
        : store(into),
          id(record),
          source(std::move(from)),
          keepTelling(keep)
    {
    }

    Status beginContent();
    Status sealPiece();
    Status sealPicture(picture::Format of);

    store::AttachmentStore& store;
    RecordId id;
    Source source;
    bool keepTelling;
    std::optional<picture::Format> format;  ///< Of a picture that is freed and made small.
    std::string mediaType;
    Wiped piece;                                              ///< Read, and not sealed yet.
    std::unique_ptr<store::AttachmentStore::Import> content;  ///< Of a file that is no such picture.
    std::uint64_t done = 0;
    std::uint64_t unsettled = 0;
    std::unique_ptr<Intake> intake;  ///< When all is sealed.
};

Status TakingIn::State::beginContent()
{
    TEREN_TRY(
        store::AttachmentStore::Import import, store.begin({id, AttachmentPart::Content}, source.size()));
    content = std::make_unique<store::AttachmentStore::Import>(std::move(import));
    return {};
}

/// What was read, then the next; at the end of the source, the end.
Status TakingIn::State::sealPiece()
{
    for (std::size_t taken = 0; taken < kPiece && !piece.bytes.empty(); taken += piece.bytes.size()) {
        TEREN_CHECK(content->write(piece.bytes));
        done += piece.bytes.size();
        unsettled += piece.bytes.size();
        piece.bytes.resize(kAttachmentChunk);
        TEREN_TRY(const std::size_t got, source.read(piece.bytes));
        piece.bytes.resize(got);
    }
    if (!piece.bytes.empty() && unsettled >= kSettled) {
        unsettled = 0;
        return content->settle();
    }
    if (!piece.bytes.empty())
        return {};
    TEREN_TRY(store::AttachmentRef ref, content->finish());
    intake
        = std::make_unique<Intake>(mediaType, SealedFile{std::move(*content), std::move(ref)}, std::nullopt);
    return {};
}

Status TakingIn::State::sealPicture(picture::Format of)
{
    TEREN_TRY(Intake picture, pictureIn(store, id, source, piece.bytes, of, keepTelling));
    picture.mediaType = mediaType;
    done = source.size();
    intake = std::make_unique<Intake>(std::move(picture));
    return {};
}

TakingIn::TakingIn(std::unique_ptr<State> state) : state_(std::move(state)) {}
TakingIn::TakingIn(TakingIn&&) noexcept = default;
TakingIn::~TakingIn() = default;

Result<TakingIn> TakingIn::begin(
    store::AttachmentStore& store, const RecordId& id, const std::filesystem::path& source, bool keepTelling)
{
    TEREN_TRY(Source file, Source::open(source));
    auto state = std::make_unique<State>(store, id, std::move(file), keepTelling);
    state->piece.bytes.resize(kAttachmentChunk);
    TEREN_TRY(const std::size_t got, state->source.read(state->piece.bytes));
    state->piece.bytes.resize(got);
    const domain::FileKind kind = domain::kindOf(textOf(state->piece.bytes));
    const std::uint64_t size = state->source.size();
    TEREN_CHECK(checkKind(kind, size, keepTelling));
    state->mediaType = domain::mediaTypeOf(kind);
    if (size <= limits::kPhotoMax)
        state->format = formatOf(kind);
    if (!state->format)
        TEREN_CHECK(state->beginContent());
    return TakingIn(std::move(state));
}

Result<bool> TakingIn::advance()
{
    const std::optional<picture::Format> format = state_->format;
    TEREN_CHECK(format ? state_->sealPicture(*format) : state_->sealPiece());
    return state_->intake != nullptr;
}

std::uint64_t TakingIn::done() const
{
    return state_->done;
}

std::uint64_t TakingIn::total() const
{
    return state_->source.size();
}

Intake TakingIn::finish()
{
    TEREN_ASSERT(state_->intake != nullptr);
    return std::move(*state_->intake);
}

}  // namespace teren::service
