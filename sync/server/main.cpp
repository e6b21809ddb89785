// SPDX-License-Identifier: EUPL-1.2
#include "crypto/process/private_process.h"
#include "crypto/process/standard_streams.h"
#include "crypto/sign/system_random.h"
#include "sync/server/admin.h"
#include "sync/server/data_folder.h"
#include "sync/server/listener.h"
#include "sync/server/system_clock.h"

#include <CLI/CLI.hpp>
#include <asio/signal_set.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>

// teren-server: carries a workspace's sealed segments. See packaging/docs/operator.md.
namespace teren::server {
namespace {

struct Settings {
    std::filesystem::path data;
    std::string listen = "127.0.0.1:0";
    std::string logLevel = "info";
    std::size_t sessionsMax = 1'000;
    std::uint64_t idleSeconds = 300;
    std::uint64_t storeMegabytesMax = 0;
};

/// As for terenctl: 1 usage, 2 refused, 3 everything of the disk, 5 damaged, 6 in use.
int exitCodeOf(Errc code)
{
    switch (code) {
    case Errc::Busy:
        return 6;
    case Errc::Damaged:
    case Errc::Forged:
    case Errc::TooNew:
        return 5;
    case Errc::Disk:
    case Errc::DiskFull:
        return 3;
    case Errc::Malformed:
    case Errc::LimitExceeded:
    case Errc::Invalid:
    case Errc::Refused:
    case Errc::ChangedMeanwhile:
    case Errc::NotFound:
    case Errc::WrongPassphrase:
    case Errc::Locked:
    case Errc::Unreachable:
        break;
    }
    return 2;
}

std::string explain(const Error& error)
{
    switch (error.code) {
    case Errc::DiskFull:
        return "the disk is full; nothing was changed; make room and start again";
    case Errc::TooNew:
        return "the store was written by a later teren-server; nothing was changed; install that version";
    case Errc::Damaged:
    case Errc::Malformed:
    case Errc::Forged:
    case Errc::LimitExceeded:
    case Errc::Invalid:
    case Errc::Refused:
    case Errc::ChangedMeanwhile:
    case Errc::NotFound:
    case Errc::WrongPassphrase:
    case Errc::Locked:
    case Errc::Busy:
    case Errc::Disk:
    case Errc::Unreachable:
        break;
    }
    return error.detail;
}

Status serve(const Settings& settings, RandomSource& random)
{
    TEREN_TRY(const net::Address wanted, net::Address::parse(settings.listen));
    TEREN_TRY(
        DataFolder data,
        DataFolder::open(settings.data, DataFolder::Use::Serve, random, {settings.storeMegabytesMax << 20}));
    ListenerOptions options{wanted, settings.sessionsMax, {}};
    options.deadlines.silence = std::chrono::seconds(settings.idleSeconds);

    const SystemClock clock;
    asio::io_context io;
    Listener listener(io, data.store(), clock, options);
    TEREN_TRY(const net::Address address, listener.start());
    if (data.isNew())
        spdlog::info("there was no server in this folder; a new one was made, with keys of its own");
    asio::signal_set signals(io, SIGTERM, SIGINT);
    signals.async_wait([&](const asio::error_code& error, int) {
        if (error)
            return;
        spdlog::info("stopping");
        listener.stop();
    });
    std::printf("listening on %s\n", address.text().c_str());
    std::fflush(stdout);
    io.run();
    spdlog::info("stopped");
    return {};
}

void addOptions(CLI::App& app, Settings& settings)
{
    app.add_option("--data", settings.data, "Folder that holds everything the server keeps");
    app.add_option("--listen", settings.listen, "HOST:PORT or [IPV6]:PORT; port 0 lets the system choose")
        ->capture_default_str();
    app.add_option("--max-sessions", settings.sessionsMax, "Clients connected at once")
        ->capture_default_str();
    app.add_option("--idle-seconds", settings.idleSeconds, "A silent client is hung up on after this")
        ->capture_default_str();
    app.add_option("--max-store-mb", settings.storeMegabytesMax, "Size the store may grow to; 0 for no limit")
        ->capture_default_str();
    app.add_option("--log-level", settings.logLevel, "debug, info, warn or error")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
        ->capture_default_str();
}

int run(int argc, char** argv)
{
    Settings settings;
    CLI::App app("Carries what it cannot read: the sync server of Teren.", "teren-server");
    addOptions(app, settings);
    AdminCommand command;
    addAdminCommands(app, settings.data, command);
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 1;
    }
    if (settings.data.empty() && !app.got_subcommand("check-backup")) {
        std::fprintf(
            stderr, "teren-server: --data is required: the folder that holds everything the server keeps\n");
        return 1;
    }
    spdlog::set_default_logger(spdlog::stderr_logger_mt("teren-server"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    spdlog::set_level(spdlog::level::from_str(settings.logLevel));

    SystemRandom random;
    const Status done = command ? command(random) : serve(settings, random);
    if (done)
        return 0;
    std::fprintf(stderr, "teren-server: %s\n", explain(done.error()).c_str());
    return exitCodeOf(done.error().code);
}

}  // namespace
}  // namespace teren::server

int main(int argc, char** argv)
{
    teren::keepStandardStreams();
    // The store holds the server's keys: neither a folder that others may enter nor a core dump may show
    // them.
    teren::keepProcessPrivate();
    return teren::server::run(argc, argv);
}
