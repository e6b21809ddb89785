// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/wording.h"

#include <iostream>

// Run by the build: says what is wrong with the schemas and wordings it has compiled in, and where.
int main()
{
    const auto schemas = teren::domain::SchemaSet::builtIn();
    if (!schemas) {
        std::cerr << "app/domain: " << schemas.error().detail << '\n';
        return 1;
    }
    const auto wordings = teren::domain::builtInWordings(*schemas);
    if (wordings)
        return 0;
    std::cerr << "app/domain: " << wordings.error().detail << '\n';
    return 1;
}
