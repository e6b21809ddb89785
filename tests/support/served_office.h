// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/system_clock.h"
#include "app/service/enrolment.h"
#include "app/service/sync_service.h"
#include "sync/net/tls.h"
#include "sync/server/listener.h"
#include "sync/server/peer_machine.h"
#include "sync/server/sqlite_store.h"
#include "tests/support/catch.h"
#include "tests/support/temp_folder.h"

#include <asio/post.hpp>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <thread>

namespace teren::test {

/// A real server on 127.0.0.1 with an empty store, and people with profiles who work through it.
class ServedOffice {
public:
    ServedOffice()
    {
        spdlog::set_level(spdlog::level::off);
        setenv("TEREN_KDF", "floor", 1);
        schemas_ = domain::SchemaSet::builtIn();
        REQUIRE(schemas_);
        auto opened = server::SqliteStore::open(folder_.path() / "server.db", random_);
        REQUIRE(opened);
        store_ = *std::move(opened);
        REQUIRE(store_->addToken(server::hashOfToken(viewOf(kToken)), clock_.now()));
        listener_.emplace(io_, *store_, clock_, server::ListenerOptions{});
        const Result<net::Address> started = listener_->start();
        REQUIRE(started);
        address_ = started->text();
        thread_ = std::jthread([this] { io_.run(); });
    }
    ~ServedOffice()
    {
        asio::post(io_, [this] { listener_->stop(); });
    }

    /// A new profile that is open and belongs to nobody yet.
    std::unique_ptr<service::Office> profile(const std::string& name)
    {
        const std::filesystem::path folder = folder_.path() / name;
        const service::Surroundings around{clock_, random_, *schemas_};
        REQUIRE(service::Office::createProfile(folder, name, kPassphrase, around));
        auto office = service::Office::open(folder, kPassphrase, around);
        REQUIRE(office);
        return *std::move(office);
    }
    /// The one who opens the workspace.
    std::unique_ptr<service::Office> founder(const std::string& name)
    {
        auto office = profile(name);
        const server::ServerIdentity& identity = store_->identity();
        const Hash fingerprint
            = net::serverFingerprint(identity.tlsKey.publicKey(), identity.receiptKey.publicKey());
        REQUIRE(service::Enrolment(*office).createWorkspace(
            {"Ośrodek", service::Model::Rural, address_, toHex(fingerprint), std::string(kToken)}));
        return office;
    }
    /// Somebody whom `host` lets in.
    std::unique_ptr<service::Office> colleague(service::Office& host, const std::string& name)
    {
        auto office = profile(name);
        const auto invitation = service::Enrolment(host).invite(name, service::Role::SocialWorker);
        REQUIRE(invitation);
        const auto code = service::Enrolment(*office).join(invitation->text);
        REQUIRE(code);
        REQUIRE(service::Enrolment(host).approve(*code));
        sync(*office);
        return office;
    }
    /// Where the profile of this name is, and what opens it.
    std::filesystem::path folderOf(const std::string& name) const { return folder_.path() / name; }
    service::Surroundings around() { return {clock_, random_, *schemas_}; }
    static constexpr std::string_view kPassphrase = "zielona-lipa-nad-stawem";
    static void sync(service::Office& office) { REQUIRE(service::syncOnce(office)); }

private:
    static constexpr std::string_view kToken = "a token of this test";

    TempFolder folder_;
    SystemRandom random_;
    platform::SystemClock clock_;
    Result<domain::SchemaSet> schemas_ = fail(Errc::NotFound);
    std::unique_ptr<server::SqliteStore> store_;
    asio::io_context io_;
    std::optional<server::Listener> listener_;
    std::string address_;
    std::jthread thread_;
};

}  // namespace teren::test
