// SPDX-License-Identifier: EUPL-1.2
// Sealed files on their way: what is offered, what arrives, and what is left wherever the power goes.
#include "app/store/attachment_traffic.h"

#include "app/store/attachment_refs.h"
#include "crypto/base/limits.h"
#include "tests/support/attachment_desk.h"

#include <sys/wait.h>
#include <unistd.h>

namespace teren::test {
namespace {

using engine::AwaitedBlob;
using engine::OfferedBlob;
using store::AttachmentRefs;
using store::AttachmentTraffic;
using Standing = AttachmentRefs::Standing;

constexpr std::size_t kPart = 40'000;

Bytes contentOf(std::size_t size = 150'000)
{
    SeededRandom random(11);
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

AttachmentTraffic trafficOf(AttachmentDesk& desk)
{
    return AttachmentTraffic({desk.database, desk.files, desk.folder(), desk.random});
}

/// What one device sealed, as another's records name it.
struct Sealed {
    RecordId record;
    std::string contentRef;
    std::string smallRef;
    std::map<Hash, Bytes> files;

    explicit Sealed(const Bytes& content = contentOf())
    {
        const TempFolder folder;
        AttachmentDesk desk(folder.path(), 5);
        record = must(desk.add(content));
        contentRef = must(desk.refOf({record, AttachmentPart::Content}))->text();
        smallRef = must(desk.refOf({record, AttachmentPart::Thumbnail}))->text();
        for (const auto& file : must(desk.attachments.files()))
            files[file.address] = readFile(file.path);
    }
    void tell(AttachmentDesk& desk) const
    {
        const store::SpaceOps ops{
            desk.space,
            {insertOp(record, "attachment"), assignOp(record, "content", contentRef),
             assignOp(record, "thumbnail", smallRef)}};
        must(desk.store->save({&ops, 1}));
    }
};

/// Brings what is missing of one blob. @return whether it arrived.
Result<bool> bring(AttachmentTraffic& traffic, const AwaitedBlob& blob, const Bytes& file)
{
    for (std::uint64_t offset = blob.have; offset < file.size();) {
        const std::size_t size = std::min<std::size_t>(kPart, file.size() - offset);
        TEREN_TRY(
            const bool whole,
            traffic.arrived(blob, offset, ByteView(file).subspan(static_cast<std::size_t>(offset), size)));
        offset += size;
        if (whole)
            return offset == file.size();
    }
    return false;
}

/// One session's worth. @return the first failure.
Status bringAll(AttachmentDesk& desk, const Sealed& sealed)
{
    AttachmentTraffic traffic = trafficOf(desk);
    TEREN_TRY(const std::vector<AwaitedBlob> awaited, traffic.awaited(100));
    for (const AwaitedBlob& blob : awaited) {
        const Result<bool> came = bring(traffic, blob, sealed.files.at(blob.name.address));
        if (!came)
            return std::unexpected(came.error());
    }
    return {};
}

}  // namespace

TEST_CASE(
    "attachment traffic: what is here is offered until it is delivered, and again after a week", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId record = must(desk.add(contentOf()));
    AttachmentTraffic traffic = trafficOf(desk);
    AttachmentRefs refs(desk.database);
    const Instant now = desk.clock.now();
    std::vector<OfferedBlob> offers = must(traffic.toOffer(now, 100));
    REQUIRE(offers.size() == 2);
    CHECK(offers[0].isSmall);
    CHECK_FALSE(offers[1].isSmall);
    CHECK(offers[1].name.space == desk.space);
    CHECK(must(traffic.toOffer(now, 1)).size() == 1);
    CHECK(must(refs.counts()).unsent == 1);
    CHECK(must(refs.counts()).unsentBytes == offers[0].size + offers[1].size);
    for (const OfferedBlob& offer : offers) {
        const auto size = static_cast<std::size_t>(offer.size);
        CHECK(blake2b({must(traffic.read(offer.name, 0, size))}) == offer.name.address);
        CHECK_FALSE(traffic.read(offer.name, 1, size).has_value());
    }
    must(traffic.delivered(offers[0].name, now));
    CHECK(must(refs.counts()).unsent == 1);
    must(traffic.delivered(offers[1].name, now));
    CHECK(must(refs.counts()).sent == 1);
    CHECK(must(refs.standing(record, offers[1].name.address)) == Standing::Sent);
    CHECK(must(traffic.toOffer(now + limits::kBlobAskedAgain - std::chrono::hours(1), 100)).empty());
    CHECK(must(traffic.toOffer(now + limits::kBlobAskedAgain + std::chrono::hours(1), 100)).size() == 2);
    CHECK(must(refs.counts()).sent == 1);
    must(traffic.undelivered(offers[1].name));
    CHECK(must(refs.standing(record, offers[1].name.address)) == Standing::Unsent);
    must(traffic.delivered(offers[1].name, now));
    must(store::offerAllAgain(desk.database));
    CHECK(must(traffic.toOffer(now, 100)).size() == 2);
    // A deleted one is still somebody's work.
    const store::SpaceOps gone{desk.space, {{OpKind::Delete, record, {}, {}}}};
    must(desk.store->save({&gone, 1}));
    CHECK(must(traffic.toOffer(now, 100)).size() == 2);
}

TEST_CASE(
    "attachment traffic: what is named and not here is fetched, small first, large if asked for", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const Sealed small;
    const Sealed large(contentOf(limits::kBlobFetchedMax + 1));
    small.tell(desk);
    AttachmentTraffic traffic = trafficOf(desk);
    std::vector<AwaitedBlob> awaited = must(traffic.awaited(100));
    REQUIRE(awaited.size() == 2);
    CHECK(awaited[0].isSmall);
    CHECK(awaited[1].size == small.files.at(awaited[1].name.address).size());
    CHECK(must(AttachmentRefs(desk.database).counts()).awaited == 1);

    const store::SpaceOps ops{
        desk.space,
        {insertOp(RecordId{{9}}, "attachment"), assignOp(RecordId{{9}}, "content", large.contentRef)}};
    must(desk.store->save({&ops, 1}));
    CHECK(must(traffic.awaited(100)).size() == 2);
    const auto ref = must(store::AttachmentRef::from(large.contentRef));
    must(AttachmentRefs(desk.database).ask(RecordId{{9}}, ref.address));
    awaited = must(traffic.awaited(100));
    REQUIRE(awaited.size() == 3);
    CHECK(awaited[1].isAsked);

    const store::SpaceOps gone{desk.space, {{OpKind::Delete, small.record, {}, {}}}};
    must(desk.store->save({&gone, 1}));
    CHECK(must(traffic.awaited(100)).size() == 1);
}

TEST_CASE("attachment traffic: what arrived opens, and stays over a new start", "[store]")
{
    const TempFolder folder;
    const Sealed sealed;
    {
        AttachmentDesk desk(folder.path());
        sealed.tell(desk);
        must(bringAll(desk, sealed));
        CHECK((must(desk.content(sealed.record)) == contentOf()));
    }
    AttachmentDesk desk(folder.path(), 2);
    must(desk.attachments.clean());
    CHECK(desk.selfCheck().empty());
    CHECK((must(desk.content(sealed.record)) == contentOf()));
    CHECK(must(AttachmentRefs(desk.database).counts()).sent == 1);
    CHECK(must(trafficOf(desk).awaited(100)).empty());
}

TEST_CASE("attachment traffic: a part of it is nobody's file, is kept, and is gone on with", "[store]")
{
    const TempFolder folder;
    const Sealed sealed;
    AttachmentDesk desk(folder.path());
    sealed.tell(desk);
    AwaitedBlob blob = must(trafficOf(desk).awaited(100)).back();
    const Bytes& file = sealed.files.at(blob.name.address);
    {
        AttachmentTraffic traffic = trafficOf(desk);
        CHECK_FALSE(must(traffic.arrived(blob, 0, ByteView(file).first(kPart))));
        // Not what follows.
        CHECK_FALSE(traffic.arrived(blob, kPart + 1, ByteView(file).subspan(kPart + 1, 10)).has_value());
    }
    CHECK_FALSE(must(desk.attachments.has(blob.name.address)));
    CHECK(desk.content(sealed.record).error().code == Errc::NotFound);
    must(desk.attachments.clean());
    CHECK(desk.selfCheck().empty());
    AttachmentTraffic traffic = trafficOf(desk);
    blob = must(traffic.awaited(100)).back();
    CHECK(blob.have == kPart);
    CHECK(must(bring(traffic, blob, file)));
    CHECK((must(desk.content(sealed.record)) == contentOf()));
}

TEST_CASE("attachment traffic: what does not hash to its address is discarded, all of it", "[store]")
{
    const TempFolder folder;
    Sealed sealed;
    AttachmentDesk desk(folder.path());
    sealed.tell(desk);
    AttachmentTraffic traffic = trafficOf(desk);
    const AwaitedBlob blob = must(traffic.awaited(100)).back();
    Bytes& file = sealed.files.at(blob.name.address);
    for (const std::size_t place : {std::size_t{0}, kPart, file.size() - 1}) {
        Bytes other = file;
        other[place] ^= 1;
        CHECK(bring(traffic, blob, other).error().code == Errc::Forged);
        CHECK_FALSE(must(desk.attachments.has(blob.name.address)));
        CHECK(desk.names().empty());
        CHECK(must(traffic.awaited(100)).back().have == 0);
    }
    CHECK(must(bring(traffic, blob, file)));
    CHECK((must(desk.content(sealed.record)) == contentOf()));
}

TEST_CASE("attachment traffic: where there is no room nothing is begun", "[store]")
{
    const TempFolder folder;
    const Sealed sealed;
    AttachmentDesk desk(folder.path());
    sealed.tell(desk);
    desk.files.setRoom(limits::kDiskReserve);
    CHECK(bringAll(desk, sealed).error().code == Errc::DiskFull);
    CHECK(desk.names().empty());
    CHECK(desk.selfCheck().empty());
}

TEST_CASE("attachment traffic: a colleague's reference in another case does not hide the file", "[store]")
{
    const TempFolder folder;
    const Sealed sealed;
    AttachmentDesk desk(folder.path());
    sealed.tell(desk);
    const SpaceId other = must(desk.store->openSpace(ledger::SpaceKind::CaseInternal, {}));
    const store::SpaceOps decoy{
        other,
        {insertOp(RecordId{{7}}, "attachment"), assignOp(RecordId{{7}}, "content", sealed.contentRef)}};
    must(desk.store->save({&decoy, 1}));
    std::set<SpaceId> asked;
    for (const AwaitedBlob& blob : must(trafficOf(desk).awaited(100)))
        if (!blob.isSmall)
            asked.insert(blob.name.space);
    CHECK(asked == std::set{desk.space, other});
}

TEST_CASE("attachment traffic: files of a profile from before are offered too", "[store]")
{
    const TempFolder folder;
    RecordId record;
    std::vector<OfferedBlob> before;
    {
        AttachmentDesk desk(folder.path());
        record = must(desk.add(contentOf()));
        before = must(trafficOf(desk).toOffer(desk.clock.now(), 100));
        must(desk.database.execute(
            "DROP TABLE looked; DROP TABLE attachment_ref; DROP INDEX attachment_file_address; "
            "DROP TABLE applied_by; DROP TABLE parted_statement; "
            "DROP TABLE applied_told; DROP TABLE receipt; DROP INDEX segment_delivered; "
            "ALTER TABLE segment DROP COLUMN receipt; ALTER TABLE own DROP COLUMN applied_serial; "
            "PRAGMA user_version = 7"));
    }
    AttachmentDesk desk(folder.path(), 2);
    const std::vector<OfferedBlob> after = must(trafficOf(desk).toOffer(desk.clock.now(), 100));
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        CHECK(after[i].name == before[i].name);
        CHECK(after[i].size == before[i].size);
        CHECK(after[i].isSmall == before[i].isSmall);
    }
    CHECK(must(AttachmentRefs(desk.database).counts()).unsent == 1);
}

// ---- the power goes ------------------------------------------------------------------------------------

namespace {

/// @return whether all had come before the power went.
bool receiveUntil(
    const std::filesystem::path& folder, const Sealed& sealed, int operation, CutFiles::Loss loss)
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        AttachmentDesk desk(folder, static_cast<std::uint64_t>(operation) + 10);
        desk.files.cutAt(operation, loss);
        ::_exit(bringAll(desk, sealed) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE(
    "attachment traffic: cut at every operation on a file, it is whole afterwards or not there", "[store]")
{
    const Sealed sealed;
    for (const CutFiles::Loss loss :
         {CutFiles::Loss::Nothing, CutFiles::Loss::Content, CutFiles::Loss::Names,
          CutFiles::Loss::Everything}) {
        int operation = 1;
        for (bool whole = false; !whole; ++operation) {
            INFO(operation << " with loss " << static_cast<int>(loss));
            const TempFolder folder;
            {
                AttachmentDesk desk(folder.path());
                sealed.tell(desk);
            }
            whole = receiveUntil(folder.path(), sealed, operation, loss);
            AttachmentDesk desk(folder.path(), 1'000);
            must(desk.attachments.clean());
            CHECK(desk.selfCheck().empty());
            const auto half = desk.content(sealed.record);
            CHECK((half ? *half == contentOf() : half.error().code == Errc::NotFound));
            // What the power spoiled is noticed and fetched once more.
            Status came = bringAll(desk, sealed);
            for (int again = 0; again < 2 && !came; ++again) {
                CHECK(came.error().code == Errc::Forged);
                came = bringAll(desk, sealed);
            }
            CHECK(came);
            CHECK((must(desk.content(sealed.record)) == contentOf()));
            CHECK(desk.selfCheck().empty());
            CHECK(desk.names().size() == 2);
        }
        CHECK(operation > 8);
    }
}

}  // namespace teren::test
