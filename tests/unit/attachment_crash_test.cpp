// SPDX-License-Identifier: EUPL-1.2
//
// Goal: wherever the power goes while an attachment is added, it is there whole afterwards or not at all, and
// the vault raises no alarm about itself.
//
// Methodology: a child process adds one; at the n-th operation on a file, for every n, it ends at once, after
// what was not synced was lost. The parent opens what is left, as the next unlock does.
#include "tests/support/attachment_desk.h"

#include <sys/wait.h>
#include <unistd.h>

namespace teren::test {
namespace {

constexpr std::size_t kContentSize = 150'000;

Bytes content()
{
    SeededRandom random(11);
    Bytes bytes(kContentSize);
    random.fill(bytes);
    return bytes;
}

/// @return whether the child came to its end before the power went.
bool addUntil(const std::filesystem::path& folder, int operation, CutFiles::Loss loss, std::uint64_t seed)
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        AttachmentDesk desk(folder, seed);
        desk.files.cutAt(operation, loss);
        const bool added = desk.attachments.clean().has_value() && desk.add(content()).has_value();
        ::_exit(added ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == CutFiles::kPowerGone));
    return WEXITSTATUS(status) == 0;
}

/// All that lists show is whole, and there is nothing else.
std::size_t checkWhole(const std::filesystem::path& folder)
{
    AttachmentDesk desk(folder, 1'000);
    must(desk.attachments.clean());
    const std::vector<store::StoredRecord> records = desk.records();
    for (const store::StoredRecord& record : records)
        CHECK((must(desk.content(record.id)) == content()));
    for (const std::string& problem : desk.selfCheck())
        FAIL_CHECK(problem);
    CHECK(desk.names().size() == 2 * records.size());
    return records.size();
}

}  // namespace

TEST_CASE("attachment crash: cut at every operation on a file, with every loss", "[store]")
{
    for (const CutFiles::Loss loss :
         {CutFiles::Loss::Nothing, CutFiles::Loss::Content, CutFiles::Loss::Names,
          CutFiles::Loss::Everything}) {
        const TempFolder folder;
        std::size_t whole = 0;
        int cuts = 0;
        for (int operation = 1;; ++operation) {
            INFO(operation << " with loss " << static_cast<int>(loss));
            const bool ranThrough
                = addUntil(folder.path(), operation, loss, static_cast<std::uint64_t>(operation));
            whole += ranThrough ? 1 : 0;
            CHECK(checkWhole(folder.path()) == whole);
            if (ranThrough)
                break;
            ++cuts;
        }
        CHECK(cuts >= 12);
        CHECK(whole == 1);
    }
}

TEST_CASE("attachment crash: what was added is there, wherever the power goes afterwards", "[store]")
{
    for (const CutFiles::Loss loss :
         {CutFiles::Loss::Content, CutFiles::Loss::Names, CutFiles::Loss::Everything}) {
        const TempFolder folder;
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            AttachmentDesk desk(folder.path(), 1);
            if (!desk.add(content()))
                ::_exit(1);
            desk.files.cutAt(desk.files.operations() + 1, loss);
            (void)desk.files.makeFolder(desk.folder());
            ::_exit(2);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        REQUIRE(WEXITSTATUS(status) == CutFiles::kPowerGone);
        CHECK(checkWhole(folder.path()) == 1);
    }
}

TEST_CASE("attachment crash: cut while a stopped import is cleaned away", "[store]")
{
    for (const CutFiles::Loss loss :
         {CutFiles::Loss::Nothing, CutFiles::Loss::Names, CutFiles::Loss::Everything}) {
        const TempFolder folder;
        std::uint64_t seed = 0;
        // Cut again and again in what is now mostly the cleaning of the cuts before.
        for (int operation = 3; operation < 20; ++operation) {
            INFO(operation);
            if (!addUntil(folder.path(), 8, loss, ++seed))
                (void)addUntil(folder.path(), operation % 5 + 1, loss, ++seed);
        }
        (void)checkWhole(folder.path());
    }
}

}  // namespace teren::test
