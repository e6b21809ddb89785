// SPDX-License-Identifier: EUPL-1.2
#include "crypto/process/private_process.h"

#include <sys/resource.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace teren {

void keepProcessPrivate()
{
    ::umask(S_IRWXG | S_IRWXO);
    const rlimit none{};
    ::setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    // A limit of nothing does not hold for a dump that the kernel pipes to a program.
    ::prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL);  // NOLINT(cppcoreguidelines-pro-type-vararg)
#endif
}

}  // namespace teren
