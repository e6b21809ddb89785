// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "tests/support/attachment_desk.h"

namespace teren::test {
namespace {

Bytes noise(std::size_t size, std::uint64_t seed = 5)
{
    SeededRandom random(seed);
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

bool anyHolds(const std::vector<std::string>& sentences, std::string_view words)
{
    return std::ranges::any_of(
        sentences, [&](const std::string& one) { return one.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("attachment store: what was added comes back, and only sealed bytes lie there", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    Bytes content = noise(300'000);
    const std::string planted = "kogut-na-wiezy-ratusza";
    std::ranges::copy(planted, content.begin() + 150'000);
    const RecordId id = must(desk.add(content));
    CHECK((must(desk.content(id)) == content));
    CHECK(desk.names().size() == 2);
    CHECK_FALSE(anyFileHolds(desk.folder(), planted));
    CHECK_FALSE(anyFileHolds(desk.folder(), "a small picture"));
    for (const std::string& name : desk.names())
        CHECK((name.size() == 32 && name.find_first_not_of("0123456789abcdef") == std::string::npos));
    CHECK(desk.selfCheck().empty());

    AttachmentDesk again(folder.path());
    must(again.attachments.clean());
    CHECK((must(again.content(id)) == content));
    CHECK(again.selfCheck().empty());
}

TEST_CASE("attachment store: a file is copied byte by byte to where it has the same address", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId id = must(desk.add(noise(70'000)));
    const auto files = must(desk.attachments.files());
    REQUIRE(files.size() == 2);
    for (const store::AttachmentStore::StoredFile& file : files) {
        CHECK(file.binding.attachment == id);
        CHECK(blake2b({readFile(file.path)}) == file.address);
        CHECK(std::filesystem::file_size(file.path) == file.sealedSize);
        CHECK(must(desk.attachments.has(file.address)));
    }
    CHECK_FALSE(must(desk.attachments.has(Hash{})));
}

TEST_CASE("attachment store: an import that is given up leaves nothing", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    {
        auto import = must(desk.attachments.begin({RecordId::random(desk.random), {}}, 10));
        must(import.write(noise(200'000)));
        CHECK(desk.names().size() == 1);
        // Under way in this session: neither a stranger nor an orphan.
        CHECK(desk.selfCheck().empty());
        CHECK(desk.names().size() == 1);
        (void)must(import.finish());
        CHECK(desk.selfCheck().empty());
        CHECK(desk.names().size() == 1);
    }
    CHECK(desk.names().empty());
    CHECK(must(desk.database.number("SELECT count(*) FROM attachment_file")) == 0);
}

TEST_CASE(
    "attachment store: what a commit made whole stays, even if the commit was told as failed", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const Bytes content = noise(70'000);
    const RecordId id = RecordId::random(desk.random);
    {
        auto import = must(desk.attachments.begin({id, AttachmentPart::Content}, content.size()));
        must(import.write(content));
        const store::AttachmentRef ref = must(import.finish());
        const store::SpaceOps ops{
            desk.space, {insertOp(id, "attachment"), assignOp(id, "content", ref.text())}};
        must(desk.store->together([&]() -> Status {
            TEREN_CHECK(desk.store->save({&ops, 1}));
            return import.keep();
        }));
        // Nobody hears of it: `kept` is not called.
    }
    CHECK(desk.names().size() == 1);
    CHECK((must(desk.content(id)) == content));
    CHECK(desk.selfCheck().empty());
}

TEST_CASE("attachment store: only what an earlier session left unfinished is cleaned away", "[store]")
{
    const TempFolder folder;
    RecordId id;
    {
        AttachmentDesk desk(folder.path());
        id = must(desk.add(noise(10)));
        // Deleted or not, what is whole stays: others may not have it yet.
        const store::SpaceOps gone{desk.space, {deleteOp(id)}};
        must(desk.store->save({&gone, 1}));
        auto import = must(desk.attachments.begin({RecordId::random(desk.random), {}}, 10));
        must(import.write(noise(70'000)));
        // The disk no longer lets it be removed, as if the process had ended.
        desk.files.failFrom(desk.files.operations() + 1, Errc::Disk);
    }
    AttachmentDesk desk(folder.path());
    CHECK(desk.names().size() == 3);
    must(desk.attachments.clean());
    CHECK(desk.names().size() == 2);
    CHECK(must(desk.content(id)).size() == 10);
    CHECK(desk.selfCheck().empty());
}

TEST_CASE("attachment store: the room is asked for before anything is written", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const std::uint64_t needed = sealedAttachmentSize(1'000'000) + limits::kDiskReserve;
    desk.files.setRoom(needed - 1);
    const auto refused = desk.attachments.begin({RecordId::random(desk.random), {}}, 1'000'000);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::DiskFull);
    CHECK(desk.names().empty());
    desk.files.setRoom(needed);
    CHECK(desk.attachments.begin({RecordId::random(desk.random), {}}, 1'000'000));
}

TEST_CASE("attachment store: neither a size that is told nor one that comes passes the limit", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const AttachmentBinding binding{RecordId::random(desk.random), {}};
    CHECK(desk.attachments.begin(binding, limits::kAttachmentMax + 1).error().code == Errc::LimitExceeded);
    auto import = must(desk.attachments.begin(binding, 1));
    const Bytes block(std::size_t{16} << 20);
    Status last;
    for (std::uint64_t written = 0; last && written <= limits::kAttachmentMax; written += block.size())
        last = import.write(block);
    REQUIRE_FALSE(last);
    CHECK(last.error().code == Errc::LimitExceeded);
}

TEST_CASE(
    "attachment store: whatever fails first, nothing of the attachment is there and all else is", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId before = must(desk.add(noise(100'000)));
    for (const Errc error : {Errc::DiskFull, Errc::Disk}) {
        int failures = 0;
        for (int number = 1;; ++number) {
            INFO(number);
            const int start = desk.files.operations();
            desk.files.failFrom(start + number, error);
            const auto added = desk.add(noise(200'000));
            const bool ranThrough = desk.files.operations() < start + number;
            desk.files.failFrom(0, error);
            if (ranThrough) {
                REQUIRE(added);
                break;
            }
            ++failures;
            REQUIRE_FALSE(added);
            CHECK(added.error().code == error);
            // The medium is back, in the same session.
            CHECK(desk.selfCheck().empty());
            CHECK(desk.records().size() == (error == Errc::DiskFull ? 1 : 2));
            CHECK(desk.names().size() == 2 * desk.records().size());
        }
        CHECK(failures >= 12);
    }
    CHECK(must(desk.content(before)).size() == 100'000);
}

TEST_CASE("attachment store: a transaction that fails takes its files with it", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    must(desk.database.execute(
        "CREATE TRIGGER no BEFORE UPDATE ON attachment_file BEGIN SELECT RAISE(ABORT, 'no'); END"));
    CHECK_FALSE(desk.add(noise(1'000)));
    CHECK(desk.names().empty());
    CHECK(desk.records().empty());
    must(desk.database.execute("DROP TRIGGER no"));
    CHECK(desk.add(noise(1'000)));
    CHECK(desk.selfCheck().empty());
}

// ---- tampering -----------------------------------------------------------------------------------------

TEST_CASE("attachment store: every attack on every chunk of a file is found by self-check", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId id = must(desk.add(noise(3 * kAttachmentChunk + 5'000)));
    const RecordId other = must(desk.add(noise(3 * kAttachmentChunk + 5'000, 6)));
    std::filesystem::path path;
    std::filesystem::path otherPath;
    for (const store::AttachmentStore::StoredFile& file : must(desk.attachments.files()))
        if (file.binding.part == AttachmentPart::Content)
            (file.binding.attachment == id ? path : otherPath) = file.path;
    const Bytes sound = readFile(path);
    const Bytes otherSound = readFile(otherPath);
    REQUIRE(sound.size() == otherSound.size());
    const std::size_t chunk = kAttachmentChunk + 40;
    const auto isFound = [&](const Bytes& bytes) {
        writeFile(path, bytes);
        const auto problems = desk.selfCheck();
        CHECK(problems.size() == 1);
        CHECK(anyHolds(problems, "damaged or was tampered with"));
        CHECK(anyHolds(problems, id.hex()));
        CHECK(anyHolds(problems, path.filename().string()));
        const auto read = desk.content(id);
        CHECK((read.has_value() || read.error().code == Errc::Damaged || read.error().code == Errc::Forged));
        return !read.has_value();
    };
    for (std::size_t at = 32; at < sound.size(); at += chunk) {
        INFO(at);
        const std::size_t size = std::min(chunk, sound.size() - at);
        Bytes changed = sound;
        changed[at + size / 2] ^= 1;
        CHECK(isFound(changed));
        changed = sound;
        std::copy_n(
            otherSound.begin() + static_cast<std::ptrdiff_t>(at), size,
            changed.begin() + static_cast<std::ptrdiff_t>(at));
        CHECK(isFound(changed));
        changed = sound;
        changed.resize(at);
        CHECK(isFound(changed));
        changed = sound;
        std::copy_n(
            sound.begin() + 32, size,
            changed.begin() + static_cast<std::ptrdiff_t>(at == 32 ? at + chunk : at));
        CHECK(isFound(changed));
    }
    Bytes longer = sound;
    longer.push_back(0);
    CHECK(isFound(longer));
    CHECK(isFound({}));
    CHECK(isFound(otherSound));
    writeFile(path, sound);
    CHECK(desk.selfCheck().empty());

    std::filesystem::rename(path, desk.folder() / "away");
    std::filesystem::rename(otherPath, path);
    std::filesystem::rename(desk.folder() / "away", otherPath);
    CHECK(desk.selfCheck().size() == 2);
    CHECK(desk.content(other).error().code == Errc::Damaged);
}

TEST_CASE("attachment store: missing, foreign and odd files are named", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    (void)must(desk.add(noise(100)));
    const std::string name = desk.names().front();
    const std::filesystem::path path = desk.folder() / name;
    const Bytes sound = readFile(path);

    std::filesystem::remove(path);
    CHECK(anyHolds(desk.selfCheck(), "is missing: attachments/" + name));
    std::filesystem::create_directory(path);
    CHECK(anyHolds(desk.selfCheck(), "attachments/" + name));
    std::filesystem::remove(path);
    std::filesystem::create_symlink("/etc/hostname", path);
    CHECK(anyHolds(desk.selfCheck(), "attachments/" + name));
    std::filesystem::remove(path);
    writeFile(path, sound);

    for (const char* stranger : {"0123456789abcdef0123456789abcdef", "notes.txt", "x.new"}) {
        writeFile(desk.folder() / stranger, sound);
        const auto problems = desk.selfCheck();
        CHECK(problems.size() == 1);
        CHECK(anyHolds(problems, std::string("not part of it: attachments/") + stranger));
        // Reported, and left where it is.
        CHECK(std::filesystem::remove(desk.folder() / stranger));
    }
    writeFile(desk.folder() / (name + ".new"), sound);
    CHECK(anyHolds(desk.selfCheck(), name + ".new"));
}

TEST_CASE("attachment store: a record that names another file or key opens nothing of it", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId id = must(desk.add(noise(1'000)));
    const AttachmentBinding binding{id, AttachmentPart::Content};
    const auto ref = must(desk.refOf(binding));
    const auto copyOf = [&] { return store::AttachmentRef{ref->address, ref->key.clone(), ref->size}; };
    CHECK(desk.attachments.open(copyOf(), binding));
    CHECK(desk.attachments.open(copyOf(), {id, AttachmentPart::Thumbnail}).error().code == Errc::Damaged);
    CHECK(desk.attachments.open(copyOf(), {RecordId::random(desk.random), {}}).error().code == Errc::Damaged);
    auto wrong = copyOf();
    wrong.size = 999;
    CHECK(desk.attachments.open(wrong, binding).error().code == Errc::Damaged);
    wrong = copyOf();
    wrong.key = SecretKey::generate(desk.random);
    CHECK(desk.attachments.open(wrong, binding).error().code == Errc::Damaged);
    wrong = copyOf();
    wrong.address[0] ^= 1;
    CHECK(desk.attachments.open(wrong, binding).error().code == Errc::NotFound);
}

TEST_CASE("attachment store: a changed file that no record names any more is found as well", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    const RecordId one = must(desk.add(noise(1'000)));
    const RecordId other = must(desk.add(noise(2'000)));
    const std::optional<store::AttachmentRef> former = must(desk.refOf({one, AttachmentPart::Content}));
    const std::optional<store::AttachmentRef> named = must(desk.refOf({other, AttachmentPart::Content}));
    const store::SpaceOps ops{desk.space, {assignOp(one, "content", named->text())}};
    must(desk.store->save({&ops, 1}));
    CHECK(desk.selfCheck().empty());
    // Nothing but its address vouches for it: the key went with the record's former value.
    for (const store::AttachmentStore::StoredFile& file : must(desk.attachments.files())) {
        if (file.address != former->address)
            continue;
        Bytes bytes = readFile(file.path);
        bytes[bytes.size() / 2] ^= 1;
        writeFile(file.path, bytes);
    }
    CHECK(desk.selfCheck().size() == 1);
}

TEST_CASE("attachment store: no record is written of a file whose row is gone", "[store]")
{
    const TempFolder folder;
    AttachmentDesk desk(folder.path());
    auto import = must(desk.attachments.begin({RecordId::random(desk.random), {}}, 10));
    must(import.write(noise(10)));
    (void)must(import.finish());
    must(desk.database.execute("DELETE FROM attachment_file"));
    const Status kept = desk.store->together([&] { return import.keep(); });
    REQUIRE_FALSE(kept);
    CHECK(kept.error().code == Errc::Damaged);
}

TEST_CASE("attachment store: what a record says of its file is read in one form only", "[store]")
{
    SeededRandom random(1);
    store::AttachmentRef ref{{}, SecretKey::generate(random), 1'234};
    ref.address.fill(0xab);
    const std::string text = ref.text();
    const auto read = store::AttachmentRef::from(text);
    REQUIRE(read);
    CHECK(read->text() == text);
    CHECK(store::AttachmentRef::from("2" + text.substr(1)).error().code == Errc::TooNew);
    std::string capitals = text;
    capitals[3] = 'B';
    for (const std::string& bad :
         {std::string(), text.substr(0, text.size() - 4), text + " ", text + "0000000000000000000", capitals,
          std::string("1:"), text.substr(0, 132) + "01", text.substr(0, 132) + "-1", std::string(200, '1')})
        CHECK_FALSE(store::AttachmentRef::from(bad));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = '/';
        CHECK_FALSE(store::AttachmentRef::from(changed));
    }
}

}  // namespace teren::test
