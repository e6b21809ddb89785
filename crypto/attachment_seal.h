// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/id.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/sign/hash.h"
#include "crypto/sign/secret_key.h"

#include <functional>

// Attachments as sealed files of chunks (crypto/README.md, "Sealed attachments"). One key seals one file,
// once. The file says nothing of what it holds, and is bound to no vault: the same bytes serve every device,
// under the address that is their hash.
namespace teren {

/// Which file of an attachment it is. Values are authenticated, not stored.
enum class AttachmentPart : std::uint8_t { Content = 1, Thumbnail = 2 };

/// What a file is bound to besides its key.
struct AttachmentBinding {
    RecordId attachment;
    AttachmentPart part = AttachmentPart::Content;
};

inline constexpr std::size_t kAttachmentHeaderSize = 32;
/// Content of every chunk but the last.
inline constexpr std::size_t kAttachmentChunk = std::size_t{64} << 10;

/// Bytes of the sealed file of a content of `size` bytes.
std::uint64_t sealedAttachmentSize(std::uint64_t size);

/// Seals a content piece by piece, in the memory of one chunk.
class AttachmentSealer {
public:
    /// Where sealed bytes go, in order.
    using Sink = std::function<Status(ByteView sealed)>;

    /// @param key     Drawn for this file alone.
    /// @param random  Outlives this object.
    AttachmentSealer(SecretKey key, const AttachmentBinding& binding, Sink sink, RandomSource& random);
    AttachmentSealer(const AttachmentSealer&) = delete;
    AttachmentSealer& operator=(const AttachmentSealer&) = delete;
    ~AttachmentSealer();

    /// @return what the sink reports; this object is of no use then.
    Status write(ByteView content);

    struct Sealed {
        Hash address{};          ///< BLAKE2b-256 of all sealed bytes.
        std::uint64_t size = 0;  ///< Of the content.
        std::uint64_t sealedSize = 0;
    };
    /// Pads and ends the file; nothing may be written after it.
    Result<Sealed> finish();

private:
    Status put(ByteView sealed);
    Status sealChunk(bool last);
    Status fill(std::uint64_t zeros);

    Hasher hasher_;
    SecretKey key_;
    AttachmentBinding binding_;
    Sink sink_;
    RandomSource& random_;
    Bytes plain_;   ///< Room for one chunk.
    Bytes sealed_;  ///< The same, sealed.
    std::size_t held_ = 0;
    std::uint64_t size_ = 0;
    std::uint64_t chunks_ = 0;
    std::uint64_t written_ = 0;
};

/// Opens a sealed file chunk by chunk, in any order, in the memory of one chunk. Nothing that did not
/// authenticate is given out.
class AttachmentOpener {
public:
    /// Fills `out` with the sealed bytes from `offset` on.
    using ReadAt = std::function<Status(std::uint64_t offset, std::span<std::uint8_t> out)>;

    /// Reads the header and the last chunk, so a file that was cut or extended is refused here.
    ///
    /// @param sealedSize  Of the file.
    /// @return `Malformed` for what is no such file or does not fit its size, `TooNew`, `Forged` for one of
    ///         another key or attachment or whose end is not its end, what `read` reports.
    static Result<AttachmentOpener> open(
        SecretKey key, const AttachmentBinding& binding, std::uint64_t sealedSize, ReadAt read);
    AttachmentOpener(AttachmentOpener&&) noexcept = default;
    AttachmentOpener& operator=(AttachmentOpener&&) = delete;
    ~AttachmentOpener();

    /// Of the content.
    std::uint64_t size() const { return size_; }
    /// Chunks, counted from 0, that hold content, padding or both.
    std::uint64_t chunks() const { return chunks_; }
    /// The content in a chunk, valid until the next call: `kAttachmentChunk` bytes, fewer at the content's
    /// end, none behind it. @return `Forged`, `Malformed` (padding that is not zero), what `read` reports.
    Result<ByteView> chunk(std::uint64_t index);

private:
    AttachmentOpener(SecretKey key, const AttachmentBinding& binding, std::uint64_t sealedSize, ReadAt read);
    Status readHeader();
    Status readEnd();
    /// Opens a chunk into `plain_`. @return its length.
    Result<std::size_t> load(std::uint64_t index);

    SecretKey key_;
    AttachmentBinding binding_;
    std::uint64_t sealedSize_;
    ReadAt read_;
    Bytes plain_;
    Bytes sealed_;
    std::uint64_t chunks_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace teren
