// SPDX-License-Identifier: EUPL-1.2
// terenctl: the use cases of the app from a terminal.
#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "app/platform/system_clock.h"
#include "app/service/sync_service.h"
#include "crypto/process/private_process.h"
#include "crypto/process/standard_streams.h"
#include "crypto/sign/system_random.h"
#include "crypto/sign/wipe.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

namespace {

using namespace teren;
using namespace teren::cli;

// Set by a signal; asked by `sync --watch`. The one thing a signal handler may touch.
volatile std::sig_atomic_t stopAsked = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

struct Options {
    std::string profile;
    std::optional<std::filesystem::path> passphraseFile;
    std::optional<std::filesystem::path> recoveryCodeFile;
    bool json = false;
    bool watch = false;
    bool commands = false;
    std::string batchFile;
};

int report(const Error& error)
{
    std::cerr << "terenctl: " << sentenceFor(error) << "\n";
    return static_cast<int>(exitCodeFor(error.code));
}

void print(const Json& value, bool asJson)
{
    if (asJson)
        std::cout << oneLine(value) + "\n" << std::flush;
    else
        std::cout << toText(value) << std::flush;
    wipeStack();
}

/// Lines of standard input, read beside other work.
class Lines {
public:
    /// The reader waits for input until the program ends, so it owns what it shares.
    Lines() : shared_(std::make_shared<Shared>())
    {
        std::thread([shared = shared_] {
            for (std::string line; std::getline(std::cin, line);) {
                const std::scoped_lock lock(shared->mutex);
                shared->lines.push_back(std::move(line));
            }
        }).detach();
    }
    std::optional<std::string> next()
    {
        const std::scoped_lock lock(shared_->mutex);
        if (shared_->lines.empty())
            return std::nullopt;
        std::string line = std::move(shared_->lines.front());
        shared_->lines.pop_front();
        return line;
    }

private:
    struct Shared {
        std::mutex mutex;
        std::deque<std::string> lines;
    };
    std::shared_ptr<Shared> shared_;
};

int watch(Session& session, bool asJson, bool takesCommands)
{
    const Result<service::Office*> office = session.office();
    if (!office)
        return report(office.error());
    std::optional<Lines> lines;
    if (takesCommands)
        lines.emplace();
    std::signal(SIGINT, [](int) { stopAsked = 1; });
    std::signal(SIGTERM, [](int) { stopAsked = 1; });
    const Status ended = service::SyncSession::watch(
        **office,
        [asJson](const Result<service::SyncReport>& finished) {
            if (finished)
                print(toJson(*finished), asJson);
            else
                report(finished.error());
        },
        [] { return stopAsked != 0; },
        [&] {
            while (const std::optional<std::string> line = lines ? lines->next() : std::nullopt)
                if (const Result<bool> ran = runLine(session, *line, std::cout); !ran)
                    report(ran.error());
        });
    return ended ? 0 : report(ended.error());
}

int batch(Session& session, const std::string& file)
{
    if (file == "-") {
        const Status ran = runBatch(session, std::cin, std::cout);
        return ran ? 0 : report(ran.error());
    }
    std::ifstream in(file);
    // A folder opens like a file, and then reads like an empty one.
    if (!in || std::filesystem::is_directory(file))
        return report({Errc::Invalid, "the batch file '" + file + "' cannot be read"});
    const Status ran = runBatch(session, in, std::cout);
    return ran ? 0 : report(ran.error());
}

int run(const CLI::App& app, const Options& options, const Command& chosen)
{
    const platform::SystemClock clock;
    SystemRandom random;
    const Result<domain::SchemaSet> schemas = domain::SchemaSet::builtIn();
    if (!schemas)
        return report(schemas.error());
    Session session(
        options.profile, options.passphraseFile, {clock, random, *schemas}, options.recoveryCodeFile);
    if (app.got_subcommand("batch"))
        return batch(session, options.batchFile);
    if (options.watch)
        return watch(session, options.json, options.commands);
    const Result<Json> result = chosen(session);
    if (!result)
        return report(result.error());
    if (options.json || result->is_array() || !result->empty())
        print(*result, options.json);
    if (std::cout.flush())
        if (const Status then = session.written(); !then)
            return report(then.error());
    const bool sound = !result->is_object() || result->value("ok", true);
    if (!sound && !std::cout)
        return report({Errc::Damaged, "the problems found could not be written to standard output"});
    if (!sound)
        std::cerr
            << "terenctl: problems were found and are named in the answer; what they do not name is safe. "
               "Nothing was removed; keep the files as they are, save nothing more in them, and call the "
               "administrator.\n";
    return static_cast<int>(sound ? ExitCode::Done : ExitCode::Damaged);
}

/// Whether the command that was given works on one profile, as all do but these.
bool isAboutAProfile(const CLI::App& app)
{
    const auto given = [&app](const char* group, const char* command) {
        return app.got_subcommand(group) && app.get_subcommand(group)->got_subcommand(command);
    };
    return !given("backup", "check") && !given("profile", "list") && !given("bundle", "deliver")
        && !given("evidence", "check") && !given("delivery", "check");
}

int runProgram(int argc, char* argv[])
{
    CLI::App app("Teren from a terminal: the case file that works without a network.", "terenctl");
    Options options;
    Command chosen;
    app.add_option("--profile", options.profile, "Directory of the profile");
    app.add_option("--passphrase-file", options.passphraseFile, "File whose first line is the passphrase");
    app.add_option(
        "--recovery-code-file", options.recoveryCodeFile, "File whose first line is the recovery code");
    app.add_flag("--json", options.json, "Print one JSON value");
    addCommands(app, chosen);
    CLI::Option* watching
        = app.get_subcommand("sync")->add_flag("--watch", options.watch, "Stay in contact until stopped");
    app.get_subcommand("sync")
        ->add_flag("--commands", options.commands, "Meanwhile run commands from standard input, one a line")
        ->needs(watching);
    app.add_subcommand("batch", "Run a file of commands, one a line")
        ->add_option("file", options.batchFile, "The file, or - for standard input")
        ->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        std::cerr << "terenctl: " << usageSentence(app, error)
                  << ". Nothing was changed. See terenctl --help.\n";
        return static_cast<int>(ExitCode::Usage);
    }
    if (options.profile.empty() && isAboutAProfile(app)) {
        std::cerr << "terenctl: --profile is required. Nothing was changed. See terenctl --help.\n";
        return static_cast<int>(ExitCode::Usage);
    }
    const int code = run(app, options, chosen);
    std::cout.flush();
    // What already went wrong has been told, and matters more than the answer that nobody got.
    if (std::cout || code != 0)
        return code;
    std::cerr
        << "terenctl: the answer could not be written to standard output. The command was carried out and "
           "nothing was lost; make room there and ask again.\n";
    return static_cast<int>(ExitCode::Refused);
}

}  // namespace

int main(int argc, char* argv[])
{
    teren::keepStandardStreams();
    teren::keepProcessPrivate();
    // No buffer that keeps what was printed: a recovery code, or what a case holds. Each answer is one write.
    (void)std::setvbuf(stdout, nullptr, _IONBF, 0);
    try {
        return runProgram(argc, argv);
    } catch (...) {
        // None of ours is thrown; memory may have run out. What was saved is safe however a program ends.
        std::fputs("terenctl: the program had to stop. Nothing that was saved is lost; try again.\n", stderr);
        return static_cast<int>(ExitCode::Refused);
    }
}
