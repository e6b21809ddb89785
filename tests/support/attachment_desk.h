// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/attachment_store.h"
#include "tests/support/cut_files.h"
#include "tests/support/store_office.h"
#include "tests/support/temp_folder.h"

namespace teren::test {

/// A workspace in a database file, its attachments beside it, and what the service does with both.
class AttachmentDesk {
public:
    explicit AttachmentDesk(const std::filesystem::path& folder, std::uint64_t seed = 1)
        : random(seed),
          database(must(sql::Database::open(folder / "plain.db", {}))),
          folder_(folder / "attachments"),
          attachments({database, files, folder_, random})
    {
        must(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"));
        store = must(store::WorkspaceStore::open(parts()));
        if (store == nullptr) {
            auto founding = must(store::WorkspaceStore::found({}, {}, parts()));
            store = must(store::WorkspaceStore::createFounded(std::move(founding), "127.0.0.1:1", parts()));
            const RecordId record = RecordId::random(random);
            const std::vector<Op> ops{insertOp(record, "case"), assignOp(record, "title", "Zielona")};
            (void)must(store->openSpace(ledger::SpaceKind::CaseInternal, ops));
        }
        space = store->spaces(ledger::SpaceKind::CaseInternal).front();
    }

    store::WorkspaceStore::Parts parts() { return {database, clock, random}; }

    /// Content and small picture, then both with their record at once.
    Result<RecordId> add(ByteView content, std::size_t piece = 100'000)
    {
        const RecordId id = RecordId::random(random);
        TEREN_TRY(
            store::AttachmentStore::Import whole,
            attachments.begin({id, AttachmentPart::Content}, content.size()));
        while (!content.empty()) {
            const std::size_t taken = std::min(content.size(), piece);
            TEREN_CHECK(whole.write(content.first(taken)));
            content = content.subspan(taken);
        }
        TEREN_TRY(const store::AttachmentRef ref, whole.finish());
        TEREN_TRY(
            store::AttachmentStore::Import small, attachments.begin({id, AttachmentPart::Thumbnail}, 100));
        TEREN_CHECK(small.write(viewOf("a small picture")));
        TEREN_TRY(const store::AttachmentRef smallRef, small.finish());
        const store::SpaceOps ops{
            space,
            {insertOp(id, "attachment"), assignOp(id, "content", ref.text()),
             assignOp(id, "thumbnail", smallRef.text())}};
        TEREN_CHECK(store->together([&]() -> Status {
            TEREN_CHECK(store->save({&ops, 1}));
            TEREN_CHECK(whole.keep());
            return small.keep();
        }));
        whole.kept();
        small.kept();
        return id;
    }
    Result<std::optional<store::AttachmentRef>> refOf(const AttachmentBinding& binding)
    {
        const auto record = store->record(binding.attachment);
        if (!record)
            return std::nullopt;
        const auto field
            = record->fields.find(binding.part == AttachmentPart::Content ? "content" : "thumbnail");
        if (field == record->fields.end())
            return std::nullopt;
        TEREN_TRY(
            store::AttachmentRef ref,
            store::AttachmentRef::from(textOf(field->second.distinctValues().front().value)));
        return std::optional(std::move(ref));
    }
    Result<Bytes> content(const RecordId& id)
    {
        const AttachmentBinding binding{id, AttachmentPart::Content};
        TEREN_TRY(const std::optional<store::AttachmentRef> ref, refOf(binding));
        TEREN_TRY(AttachmentOpener opener, attachments.open(*ref, binding));
        Bytes content;
        for (std::uint64_t index = 0; index < opener.chunks(); ++index) {
            TEREN_TRY(const ByteView chunk, opener.chunk(index));
            content.insert(content.end(), chunk.begin(), chunk.end());
        }
        return content;
    }
    std::vector<std::string> selfCheck()
    {
        return must(
            attachments.selfCheck([this](const AttachmentBinding& binding) { return refOf(binding); }));
    }
    std::vector<store::StoredRecord> records() { return must(store->records(space, "attachment")); }
    std::vector<std::string> names() const { return must(platform::systemFiles().names(folder_)); }
    const std::filesystem::path& folder() const { return folder_; }

    ManualClock clock;
    SeededRandom random;
    sql::Database database;
    CutFiles files;

private:
    std::filesystem::path folder_;

public:
    store::AttachmentStore attachments;
    std::unique_ptr<store::WorkspaceStore> store;
    SpaceId space;
};

}  // namespace teren::test
