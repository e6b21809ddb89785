// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/batch.h"

#include "app/cli/commands.h"
#include "app/cli/shell_words.h"
#include "crypto/sign/wipe.h"

namespace teren::cli {

Result<bool> runLine(Session& session, const std::string& line, std::ostream& out)
{
    TEREN_TRY(const std::vector<std::string> words, shellWords(line));
    if (words.empty())
        return false;
    TEREN_TRY(const Command command, parseCommand(words));
    TEREN_TRY(const Json result, command(session));
    out << oneLine(result) + "\n" << std::flush;
    wipeStack();
    if (out)
        TEREN_CHECK(session.written());
    if (result.is_object() && !result.value("ok", true))
        return fail(Errc::Damaged, "found problems; they are in the answer");
    return true;
}

Status runBatch(Session& session, std::istream& lines, std::ostream& out)
{
    std::string line;
    std::size_t done = 0;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        // Editors on Windows begin a file with this mark.
        if (number == 1 && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);
        const Result<bool> ran = runLine(session, line, out);
        if (!ran)
            return fail(
                ran.error().code,
                "line " + std::to_string(number) + ": "
                    + (ran.error().detail.empty() ? std::string(toString(ran.error().code))
                                                  : ran.error().detail)
                    + (done > 0 ? " (what the lines before it saved stays)" : ""));
        if (!out)
            return fail(
                Errc::DiskFull,
                "line " + std::to_string(number)
                    + ": its answer could not be written to standard output; what it and the lines before it "
                      "saved stays, and the lines after it were not run");
        done += *ran ? 1 : 0;
    }
    return {};
}

}  // namespace teren::cli
