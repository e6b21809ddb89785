// SPDX-License-Identifier: EUPL-1.2
#include "crypto/process/private_process.h"

#include "tests/support/catch.h"
#include "tests/support/temp_folder.h"

#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace teren {
namespace {

/// Runs `act` in a child process. @return how it ended, as waitpid(2) says it.
template <typename Act>
int inChild(Act act)
{
    const pid_t child = ::fork();
    if (child == 0) {
        keepProcessPrivate();
        act();
        ::_exit(0);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return status;
}

}  // namespace

TEST_CASE("process: a crash writes no core dump", "[process]")
{
    const test::TempFolder folder;
    const int status = inChild([&folder] {
        std::signal(SIGABRT, SIG_DFL);
        if (::chdir(folder.path().c_str()) != 0)
            ::_exit(2);
        ::raise(SIGABRT);
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK_FALSE(WCOREDUMP(status));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("process: it is not dumpable, and has no room for a core", "[process]")
{
    const int status = inChild([] {
        rlimit limit{.rlim_cur = 1, .rlim_max = 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        const bool closed = ::prctl(PR_GET_DUMPABLE) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
        ::_exit(closed ? 0 : 1);
    });
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

TEST_CASE("process: nobody else may read a file that it makes", "[process]")
{
    const test::TempFolder folder;
    const std::filesystem::path path = folder.path() / "note";
    REQUIRE(inChild([&path] { ::close(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)); }) == 0);
    const auto mode = std::filesystem::status(path).permissions();
    CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

}  // namespace teren
