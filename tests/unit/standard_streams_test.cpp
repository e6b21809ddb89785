// SPDX-License-Identifier: EUPL-1.2
#include "crypto/process/standard_streams.h"

#include "tests/support/catch.h"

#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace teren {
namespace {

/// Runs in a child that was started with the streams of `closed` closed.
/// @return whether the next file it opens comes after all three.
bool nextFileComesAfter(const std::vector<int>& closed)
{
    const pid_t child = ::fork();
    if (child == 0) {
        for (const int stream : closed)
            ::close(stream);
        keepStandardStreams();
        const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        bool sound = next > STDERR_FILENO;
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            sound = sound && ::fcntl(stream, F_GETFD) >= 0;
        ::_exit(sound ? 0 : 1);
    }
    int status = -1;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status)
        && WEXITSTATUS(status) == 0;
}

int openFiles()
{
    const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(next);
    return next;
}

}  // namespace

TEST_CASE("process: a file never takes the place of a standard stream", "[process]")
{
    CHECK(nextFileComesAfter({}));
    CHECK(nextFileComesAfter({STDIN_FILENO}));
    CHECK(nextFileComesAfter({STDOUT_FILENO}));
    CHECK(nextFileComesAfter({STDERR_FILENO}));
    CHECK(nextFileComesAfter({STDIN_FILENO, STDERR_FILENO}));
    CHECK(nextFileComesAfter({STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}));
}

TEST_CASE("process: nothing stays open besides the standard streams", "[process]")
{
    const int before = openFiles();
    keepStandardStreams();
    CHECK(openFiles() == before);
}

}  // namespace teren
