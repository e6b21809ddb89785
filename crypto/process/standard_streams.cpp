// SPDX-License-Identifier: EUPL-1.2
#include "crypto/process/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

namespace teren {

void keepStandardStreams()
{
    int opened = 0;
    while (opened >= 0 && opened <= STDERR_FILENO)
        opened = ::open("/dev/null", O_RDWR | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
    if (opened > STDERR_FILENO)
        ::close(opened);
}

}  // namespace teren
