// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

struct RecordType;

/// Answers by field. An absent field was not asked; an empty one was not answered.
using FieldAnswers = std::map<std::string, std::string, std::less<>>;

/// How the answers of an earlier version of a type are read. Only ever applied to what is read: what was
/// stored or signed stays as it is. See SCHEMAS.md, "Versions".
struct Migration {
    enum class Kind : std::uint8_t {
        Rename,     ///< `from[0]` is now `into[0]`.
        MapChoice,  ///< Of the field `from[0]`: the choices in `map` have other names.
        SplitText,  ///< `from[0]` is now parted at the first `separator`s into `into`.
        MergeText,  ///< All of `from` are now one text `into[0]`, with `separator` between.
    };

    std::int64_t to = 2;  ///< The version that it leads to.
    Kind kind = Kind::Rename;
    std::vector<std::string> from;
    std::vector<std::string> into;
    std::string separator;
    std::map<std::string, std::string, std::less<>> map;
};

/// Old answers as the newest version of `type` has them. Whoever has answered the new field is right: an old
/// answer never takes its place. Doing it twice is doing it once.
FieldAnswers migrated(const RecordType& type, FieldAnswers answers);

/// What holds of the migrations of a type: versions in order and no higher than its own, fields given up
/// never used again, new ones there, choices among those of the field.
/// @return `Invalid` with "migrations: 2: " and the reason.
Status checkMigrations(const RecordType& type);

}  // namespace teren::domain
