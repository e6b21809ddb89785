// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/store/attachment_refs.h"

namespace teren::service {

/// A file of a case, as lists show it.
struct AttachmentView {
    RecordId id;
    CaseId caseId;
    std::string name;
    std::string mediaType;   ///< "image/jpeg", "image/png", "application/pdf" or "application/octet-stream".
    std::uint64_t size = 0;  ///< Of the content as it is kept, in bytes.
    bool thumbnail = false;  ///< There is a small picture of it.
    bool here = false;       ///< Its content is on this device.
    bool thumbnailHere = false;
    bool unsent = false;  ///< Something of it, its record or a file, is on this device alone.
    store::AttachmentRefs::Standing standing = store::AttachmentRefs::Standing::Awaited;  ///< Of its files.
    Authorship by;  ///< Who changed it last.
};

/// A picture to be shown: rows of RGB pixels without gaps.
struct ShownPicture {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    Bytes rgb;
};

/// Files that belong to a case: photos, scans, others. Each is a record of type `attachment`, merged, deleted
/// and restored like any other, which names sealed files beside the vault's database. No unsealed byte is
/// written anywhere but by `saveContent` and `saveThumbnail`, where the caller says.
class Attachments {
public:
    /// @param office  Outlives this object.
    explicit Attachments(Office& office) : office_(office) {}

    struct NewFile {
        std::filesystem::path source;
        std::string name;          ///< What it is to be called; the source's own name if empty.
        bool keepTelling = false;  ///< Leave a photo what it says of place, time, camera and person.
    };
    /// Seals a file into the vault and adds its record; durable and whole on return, or nothing is there.
    /// What a JPEG or PNG says beside its picture is taken out, but for which side is up, and a small picture
    /// is made.
    /// @return `Invalid` for a name or source that is none, `Refused` for a picture that cannot be freed of
    ///         what it says, `LimitExceeded`, `DiskFull` (asked before anything is written), `Disk`.
    Result<AttachmentView> add(const CaseId& caseId, const NewFile& file);

    /// A file that is being added in pieces, between which the office may be used. It goes before the office
    /// does. Gone before it is finished, it leaves nothing.
    class Adding {
    public:
        Adding(Adding&&) noexcept;
        Adding& operator=(Adding&&) = delete;
        ~Adding();

        /// Some milliseconds' work; a photo takes all of its time at once. @return whether that was all.
        Result<bool> advance();
        /// Of the source, in bytes.
        std::uint64_t done() const;
        std::uint64_t total() const;
        /// Adds the record, after `advance` said so.
        Result<AttachmentView> finish();

    private:
        friend class Attachments;
        struct State;
        explicit Adding(std::unique_ptr<State> state);
        std::unique_ptr<State> state_;
    };
    /// The first piece of `add`; errors of all of them are its own.
    Result<Adding> beginAdding(const CaseId& caseId, const NewFile& file);
    /// Those that are not deleted, oldest first.
    Result<std::vector<AttachmentView>> list(const CaseId& caseId);
    Result<AttachmentView> find(const RecordRef& which);

    /// Sees to it that the content is on this device: asks the server for it if it is not, in a session of
    /// its own; blocks meanwhile. @return `NotFound` if the server does not have it yet either; why the
    /// session failed; `DiskFull`.
    Status bring(const RecordRef& which);
    /// Writes the content, unsealed, to a new file. What goes wrong on the way leaves no file.
    /// @return `Refused` if there is something of that name; `NotFound` if the content is not on this device;
    ///         `Damaged`; `DiskFull`, `Disk`.
    Status saveContent(const RecordRef& which, const std::filesystem::path& target);
    /// The same of the small picture, a JPEG. @return `NotFound` also if there is none.
    Status saveThumbnail(const RecordRef& which, const std::filesystem::path& target);
    /// The small picture in memory, to be shown.
    Result<Bytes> thumbnail(const RecordRef& which);

    /// The content, where it is a JPEG or PNG, decoded in memory: upright, and no side longer than `side`
    /// pixels. @return `Refused` for what is no picture, `LimitExceeded`, `NotFound`, `Damaged`, `Disk`.
    Result<ShownPicture> picture(const RecordRef& which, std::uint32_t side);
    /// The small picture, decoded. @return `NotFound` also if there is none.
    Result<ShownPicture> smallPicture(const RecordRef& which);

    /// Deletes the record. The sealed bytes stay: whoever did not see the deletion may still edit the record,
    /// which brings it back, and others may not have them yet.
    Status remove(const RecordRef& which);

    /// Every byte of every file. @return a sentence for each problem.
    Result<std::vector<std::string>> selfCheck();

private:
    Office& office_;
};

}  // namespace teren::service
