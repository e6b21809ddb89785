// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachments.h"

#include "app/service/office_parts.h"
#include "crypto/base/limits.h"
#include "tests/support/cut_files.h"
#include "tests/support/sample_pictures.h"
#include "tests/support/seeded.h"
#include "tests/support/served_office.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace teren;
using namespace teren::service;
using teren::test::CutFiles;
using teren::test::readFile;
using teren::test::ServedOffice;
using teren::test::writeFile;

namespace {

constexpr std::string_view kPlanted = "GPS-52.4064-Kowalska";

/// Of the kind that is taken in as it is: an archive, as far as its size lets one tell.
Bytes noise(std::size_t size, std::uint64_t seed = 1)
{
    test::SeededRandom random(seed);
    Bytes bytes(size);
    random.fill(bytes);
    std::ranges::copy(viewOf("PK\3\4").first(std::min<std::size_t>(size, 4)), bytes.begin());
    return bytes;
}

/// Anna's office with one case, on a disk that can fail, and files of hers that she may add.
struct Desk {
    Desk()
    {
        served.founder("Anna").reset();
        const Surroundings around = served.around();
        auto opened = Office::open(
            served.folderOf("Anna"), ServedOffice::kPassphrase,
            {around.clock, around.random, around.schemas, files});
        REQUIRE(opened);
        office = *std::move(opened);
        const auto made = office->newCase("Rodzina próbna", {});
        REQUIRE(made);
        caseId = made->id;
        std::filesystem::create_directory(given);
    }
    std::filesystem::path file(const std::string& name, ByteView content) const
    {
        writeFile(given / name, content);
        return given / name;
    }
    Result<AttachmentView> add(const std::string& name, ByteView content, const std::string& called = {})
    {
        return Attachments(*office).add(caseId, {file(name, content), called});
    }
    AttachmentView mustAdd(const std::string& name, ByteView content, const std::string& called = {})
    {
        const auto added = add(name, content, called);
        INFO((added ? "" : added.error().detail));
        REQUIRE(added);
        return *added;
    }
    Bytes contentOf(const RecordId& which)
    {
        const std::filesystem::path target = given / "got";
        std::filesystem::remove(target);
        REQUIRE(Attachments(*office).saveContent(which, target));
        return readFile(target);
    }
    std::vector<AttachmentView> listed()
    {
        const auto views = Attachments(*office).list(caseId);
        REQUIRE(views);
        return *views;
    }
    std::vector<std::string> names() const
    {
        const auto found = platform::systemFiles().names(served.folderOf("Anna") / "attachments");
        REQUIRE(found);
        return *found;
    }
    /// Nothing is wrong, and there is nothing that lists do not show.
    void checkSound(std::size_t sealedFiles)
    {
        const auto problems = Attachments(*office).selfCheck();
        REQUIRE(problems);
        for (const std::string& problem : *problems)
            FAIL_CHECK(problem);
        CHECK(names().size() == sealedFiles);
    }

    ServedOffice served;
    CutFiles files;
    std::unique_ptr<Office> office;
    CaseId caseId;
    std::filesystem::path given = served.folderOf("given");
};

}  // namespace

TEST_CASE("attachments: a file comes back byte by byte, whatever its size")
{
    Desk desk;
    const std::size_t chunk = kAttachmentChunk;
    std::size_t count = 0;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk + 7}) {
        INFO(size);
        const Bytes content = noise(size, size + 1);
        const AttachmentView view = desk.mustAdd("plik.bin", content);
        CHECK(view.size == size);
        CHECK(view.mediaType == "application/octet-stream");
        CHECK(view.here);
        CHECK(view.unsent);
        CHECK_FALSE(view.thumbnail);
        CHECK((desk.contentOf(view.id) == content));
        CHECK(Attachments(*desk.office).thumbnail(view.id).error().code == Errc::NotFound);
        desk.checkSound(++count);
    }
    CHECK(desk.listed().size() == count);
}

TEST_CASE("attachments: two of one name, or of one content, are two")
{
    Desk desk;
    const AttachmentView first = desk.mustAdd("skan.pdf", viewOf("%PDF-1.7 one"));
    const AttachmentView second = desk.mustAdd("skan.pdf", viewOf("%PDF-1.7 two"));
    const AttachmentView third = desk.mustAdd("kopia.pdf", viewOf("%PDF-1.7 one"), "skan.pdf");
    CHECK(first.name == second.name);
    CHECK(first.name == third.name);
    CHECK(first.mediaType == "application/pdf");
    desk.checkSound(3);
    REQUIRE(Attachments(*desk.office).remove(first.id));
    CHECK(desk.listed().size() == 2);
    CHECK((desk.contentOf(second.id) == toBytes(viewOf("%PDF-1.7 two"))));
    CHECK((desk.contentOf(third.id) == toBytes(viewOf("%PDF-1.7 one"))));
    // Its bytes stay: who has not seen the deletion may still edit the record.
    desk.checkSound(3);
    // No two sealed files are alike, even of one content.
    std::set<Bytes> sealed;
    for (const std::string& name : desk.names())
        sealed.insert(readFile(desk.served.folderOf("Anna") / "attachments" / name));
    CHECK(sealed.size() == 3);
}

TEST_CASE("attachments: hostile names are stored safe, whoever chose them")
{
    Desk desk;
    const auto nameOf = [&](const std::string& called) {
        const auto added = desk.add("zwykly.txt", viewOf("tekst"), called);
        return added ? added->name : "refused: " + added.error().detail;
    };
    CHECK(nameOf("") == "zwykly.txt");
    CHECK(nameOf("../../.ssh/id_rsa") == "id_rsa");
    CHECK(nameOf("zdjecie\xE2\x80\xAEgpj.exe") == "zdjeciegpj.exe");
    CHECK(nameOf("NUL.txt") == "_NUL.txt");
    CHECK(nameOf(std::string(10'000, 'a') + ".pdf").size() == 200);
    const std::size_t stored = desk.listed().size();
    for (const char* none : {"..", " ", "a/", "\xff", "\xE2\x80\xAE"}) {
        CHECK(nameOf(none).starts_with("refused: name: "));
        CHECK(desk.add("zwykly.txt", viewOf("tekst"), none).error().code == Errc::Invalid);
    }
    CHECK(desk.listed().size() == stored);

    // The source's own name is no better.
    CHECK(desk.mustAdd("kot\xE2\x80\xAE\ntxt. ", viewOf("tekst")).name == "kot txt");
    // Nor is what a colleague's build wrote into the record.
    const RecordId id = desk.listed().front().id;
    const store::SpaceOps ops{
        desk.caseId, {{OpKind::Assign, id, "name", toBytes(viewOf("..\\..\\con\xE2\x80\xAE"))}}};
    REQUIRE(desk.office->parts().store->save({&ops, 1}));
    CHECK(Attachments(*desk.office).find(id)->name == "_con");
}

TEST_CASE("attachments: what a colleague's record says of a file leads to no other one")
{
    Desk desk;
    const AttachmentView mine = desk.mustAdd("a.txt", viewOf("mine"));
    const AttachmentView other = desk.mustAdd("b.txt", viewOf("other"));
    const auto contentField = [&](const RecordId& id) {
        const auto stored = desk.office->parts().stored(id);
        REQUIRE(stored);
        return std::string(textOf(stored->fields.at("content").distinctValues().front().value));
    };
    const std::string ref = contentField(other.id);
    const std::string key = ref.substr(2 + 65, 64);
    for (const std::string& said :
         {ref, std::string("1:"), std::string(), std::string("../../vault.db"), contentField(mine.id) + "0",
          contentField(mine.id).substr(0, 2 + 65) + key + contentField(mine.id).substr(2 + 65 + 64)}) {
        INFO(said);
        const store::SpaceOps ops{desk.caseId, {{OpKind::Assign, mine.id, "content", toBytes(viewOf(said))}}};
        REQUIRE(desk.office->parts().store->save({&ops, 1}));
        CHECK(Attachments(*desk.office).find(mine.id));
        CHECK(Attachments(*desk.office).list(desk.caseId));
        CHECK_FALSE(Attachments(*desk.office).saveContent(mine.id, desk.given / "out"));
        CHECK_FALSE(std::filesystem::exists(desk.given / "out"));
    }
    CHECK((desk.contentOf(other.id) == toBytes(viewOf("other"))));
}

TEST_CASE("attachments: a photo says nothing, here or anywhere on the disk")
{
    Desk desk;
    const Bytes photo = test::phoneJpeg(test::samplePixels(600, 400), 6, kPlanted);
    const AttachmentView view = desk.mustAdd("IMG.JPG", photo);
    CHECK(view.mediaType == "image/jpeg");
    CHECK(view.thumbnail);
    CHECK(textOf(desk.contentOf(view.id)).find(kPlanted) == std::string_view::npos);
    const auto small = Attachments(*desk.office).thumbnail(view.id);
    REQUIRE(small);
    CHECK(textOf(*small).find(kPlanted) == std::string_view::npos);
    REQUIRE(Attachments(*desk.office).saveThumbnail(view.id, desk.given / "small"));
    CHECK((readFile(desk.given / "small") == *small));
    desk.checkSound(2);

    const auto asItIs
        = Attachments(*desk.office).add(desk.caseId, {desk.file("b.jpg", photo), "b.jpg", true});
    REQUIRE(asItIs);
    CHECK((desk.contentOf(asItIs->id) == photo));
    CHECK_FALSE(test::anyFileHolds(desk.served.folderOf("Anna"), kPlanted));
}

TEST_CASE("attachments: what is refused leaves nothing")
{
    Desk desk;
    Attachments attachments(*desk.office);
    const auto codeOf = [&](const std::filesystem::path& source) {
        const auto added = attachments.add(desk.caseId, {source, "x"});
        return added ? std::optional<Errc>() : added.error().code;
    };
    CHECK(codeOf(desk.given / "none") == Errc::NotFound);
    CHECK(codeOf(desk.given) == Errc::NotFound);
    CHECK(
        codeOf(desk.file("a.heic", Bytes{0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c'}))
        == Errc::Refused);
    CHECK(codeOf(desk.file("b.jpg", Bytes{0xff, 0xd8, 0xff, 0xe0})) == Errc::Refused);
    const std::filesystem::path large = desk.file("large", noise(4));
    std::filesystem::resize_file(large, limits::kAttachmentMax + 1);
    CHECK(codeOf(large) == Errc::LimitExceeded);
    CHECK(attachments.add(SpaceId{}, {desk.file("c", viewOf("c")), "c"}).error().code == Errc::NotFound);
    CHECK(attachments.list(SpaceId{}).error().code == Errc::NotFound);
    desk.files.setRoom(limits::kDiskReserve);
    CHECK(codeOf(desk.file("c", viewOf("c"))) == Errc::DiskFull);
    CHECK(desk.listed().empty());
    desk.checkSound(0);
}

TEST_CASE("attachments: a large file is added in pieces, between which the office is used, or stopped and "
          "nothing is there")
{
    Desk desk;
    Attachments attachments(*desk.office);
    const Bytes content = noise(std::size_t{20} << 20);
    const auto source = desk.file("film.zip", content);
    {
        auto stopped = attachments.beginAdding(desk.caseId, {source, {}});
        REQUIRE(stopped);
        CHECK(stopped->total() == content.size());
        for (int piece = 0; piece < 20; ++piece)
            CHECK(*stopped->advance() == false);
        CHECK(stopped->done() == std::size_t{10} << 20);
        CHECK(desk.listed().empty());
    }
    desk.checkSound(0);
    auto adding = attachments.beginAdding(desk.caseId, {source, {}});
    REQUIRE(adding);
    std::uint64_t before = 0;
    int pieces = 0;
    for (bool isAll = false; !isAll; ++pieces) {
        const auto next = adding->advance();
        REQUIRE(next);
        isAll = *next;
        CHECK(adding->done() > before);
        before = adding->done();
        if (pieces == 3) {
            desk.mustAdd("list.txt", viewOf("w trakcie"));
            REQUIRE(desk.office->newCase("Rodzina w trakcie", {}));
        }
    }
    CHECK(pieces == 40);
    const auto added = adding->finish();
    REQUIRE(added);
    CHECK(added->name == "film.zip");
    CHECK((desk.contentOf(added->id) == content));
    CHECK(desk.listed().size() == 2);
    desk.checkSound(2);
}

TEST_CASE("attachments: whatever fails first while one is added, nothing of it is there and all else is")
{
    Desk desk;
    const Bytes photo = test::phoneJpeg(test::samplePixels(400, 300), 1, kPlanted);
    const AttachmentView before = desk.mustAdd("przed.txt", viewOf("przed"));
    for (const Errc error : {Errc::DiskFull, Errc::Disk}) {
        const std::size_t whole = desk.names().size();
        int failures = 0;
        for (int number = 1;; ++number) {
            INFO(number);
            const int start = desk.files.operations();
            desk.files.failFrom(start + number, error);
            const auto added = desk.add("IMG.JPG", photo);
            const bool ranThrough = desk.files.operations() < start + number;
            desk.files.failFrom(0, error);
            if (ranThrough) {
                REQUIRE(added);
                break;
            }
            ++failures;
            REQUIRE_FALSE(added);
            CHECK(added.error().code == error);
            desk.checkSound(whole);
        }
        CHECK(failures >= 10);
        desk.checkSound(whole + 2);
    }
    CHECK((desk.contentOf(before.id) == toBytes(viewOf("przed"))));
    CHECK(desk.listed().size() == 3);
}

TEST_CASE("attachments: whatever fails first while one is saved, no half file passes for the whole one")
{
    Desk desk;
    const Bytes content = noise(200'000);
    const RecordId id = desk.mustAdd("film", content).id;
    const std::filesystem::path target = desk.given / "out";
    // Not as if the disk were gone for good: what was begun can be removed from one that is full.
    for (int number = 1;; ++number) {
        INFO(number);
        const int start = desk.files.operations();
        desk.files.failOnce(start + number, Errc::DiskFull);
        const Status saved = Attachments(*desk.office).saveContent(id, target);
        if (desk.files.operations() < start + number) {
            REQUIRE(saved);
            break;
        }
        REQUIRE_FALSE(saved);
        CHECK(saved.error().code == Errc::DiskFull);
        CHECK_FALSE(std::filesystem::exists(target));
    }
    desk.files.failFrom(0, Errc::DiskFull);
    CHECK((readFile(target) == content));
    CHECK(Attachments(*desk.office).saveContent(id, target).error().code == Errc::Refused);
    CHECK((readFile(target) == content));
}

TEST_CASE("attachments: killed at any operation on a file, the next start shows it whole or not at all")
{
    Desk desk;
    const Bytes photo = test::phoneJpeg(test::samplePixels(400, 300), 8, kPlanted);
    const std::filesystem::path source = desk.file("IMG.JPG", photo);
    const std::filesystem::path folder = desk.served.folderOf("Anna");
    desk.office.reset();
    const Surroundings around = desk.served.around();
    std::size_t whole = 0;
    for (int operation = 1; whole == 0; ++operation) {
        INFO(operation);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            CutFiles files;
            const auto office = Office::open(
                folder, ServedOffice::kPassphrase, {around.clock, around.random, around.schemas, files});
            files.cutAt(files.operations() + operation, CutFiles::Loss::Everything);
            const bool added = office && Attachments(**office).add(desk.caseId, {source, {}});
            ::_exit(added ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == CutFiles::kPowerGone));
        whole += WEXITSTATUS(status) == 0 ? 1 : 0;
        auto opened = Office::open(folder, ServedOffice::kPassphrase, around);
        REQUIRE(opened);
        desk.office = *std::move(opened);
        CHECK(desk.listed().size() == whole);
        for (const AttachmentView& view : desk.listed()) {
            CHECK(view.here);
            CHECK(view.thumbnail);
        }
        desk.checkSound(2 * whole);
        desk.office.reset();
    }
}
