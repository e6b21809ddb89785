// SPDX-License-Identifier: EUPL-1.2
#include "app/service/left_out.h"

#include "app/service/office_parts.h"

#include <algorithm>

namespace teren::service {
namespace {

// Each takes four lines: 'm' or 'd' for missing or damaged, 'c' or 's' for all or the small picture only,
// then name and case.
constexpr const char* kLeftOutKey = "left-out";
constexpr std::size_t kNamedMax = 500;
constexpr std::size_t kLinesEach = 4;

/// A colleague's build may have written anything there.
std::string oneLine(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    return text;
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        lines.emplace_back(line);
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return lines;
}

}  // namespace

Status noteLeftOut(Office& office, const std::vector<LostAttachment>& lost)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(lost.size(), kNamedMax); ++i)
        text += std::string(lost[i].isMissing ? "m" : "d") + (lost[i].isContentHere ? "\ns\n" : "\nc\n")
            + oneLine(lost[i].name) + "\n" + oneLine(lost[i].caseName) + "\n";
    return office.parts().settings.put(kLeftOutKey, viewOf(text));
}

Result<std::vector<LostAttachment>> leftOut(Office& office)
{
    TEREN_TRY(const std::optional<Bytes> noted, office.parts().settings.get(kLeftOutKey));
    std::vector<LostAttachment> lost;
    const std::vector<std::string> lines = linesOf(noted ? textOf(*noted) : std::string_view());
    for (std::size_t at = 0; at + kLinesEach <= lines.size(); at += kLinesEach)
        lost.push_back(
            {.name = lines[at + 2],
             .caseName = lines[at + 3],
             .isMissing = lines[at] == "m",
             .isContentHere = lines[at + 1] == "s"});
    return lost;
}

Status forgetLeftOut(Office& office)
{
    return office.parts().settings.drop(kLeftOutKey);
}

}  // namespace teren::service
