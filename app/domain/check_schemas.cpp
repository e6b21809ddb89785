// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include <iostream>

// Run by the build: says what is wrong with the schemas it has compiled in, and where.
int main()
{
    const auto schemas = teren::domain::SchemaSet::builtIn();
    if (schemas)
        return 0;
    std::cerr << "app/domain: " << schemas.error().detail << '\n';
    return 1;
}
