// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/client_machine.h"
#include "sync/server/peer_machine.h"
#include "sync/server/sqlite_store.h"
#include "sync/server/tree_reader.h"
#include "tests/support/store_office.h"
#include "tests/support/temp_folder.h"

#include <deque>
#include <functional>

namespace teren::test {

/// A real server on a disk of its own, and what it may be told to do wrong.
class OfficeServer {
public:
    explicit OfficeServer(std::filesystem::path file) : file_(std::move(file)) { start(); }

    void start(const server::SqliteStoreOptions& options = {})
    {
        store = must(server::SqliteStore::open(file_, random_, options));
        hub.emplace(*store);
    }
    void stop()
    {
        hub.reset();
        store.reset();
    }
    WorkspaceId workspace() const { return must(store->workspaces()).front(); }
    std::uint64_t size() const { return must(store->state(workspace())).tree.size; }
    /// Numbers what it has not judged.
    void append(const ledger::Segment& segment)
    {
        must(must(hub->find(workspace()))->appendSegments(std::span(&segment, 1), nullptr));
    }
    /// What it sends, without the entries that it leaves out; the proof fits all the same.
    wire::ToClient doctored(wire::ToClient message) const
    {
        if (auto* consistency = std::get_if<wire::Consistency>(&message); consistency && provesNothing)
            for (wire::Consistency::PastHead& head : consistency->heads)
                head.proof.clear();
        if (auto* answer = std::get_if<wire::Answer>(&message); answer && doctor)
            doctor(*answer);
        // Whoever refuses everything makes nothing whole.
        if (auto* answer = std::get_if<wire::Answer>(&message); answer && refusing)
            answer->version = 2;
        auto* page = std::get_if<wire::Page>(&message);
        if (page == nullptr || omitted.empty())
            return message;
        std::erase_if(
            page->entries, [&](const wire::Entry& entry) { return omitted.contains(entry.number); });
        std::vector<std::uint64_t> indexes;
        for (const wire::Entry& entry : page->entries)
            indexes.push_back(entry.number - 1);
        page->proof.clear();
        if (!indexes.empty())
            page->proof
                = must(ledger::inclusionProof(indexes, size(), server::subtreesOf(*store, workspace())));
        return message;
    }
    std::optional<wire::SegmentRefusal> refusing;     ///< Every segment, with this code.
    bool provesNothing = false;                       ///< Of the heads that others have seen.
    std::function<void(wire::Answer&)> doctor;        ///< What it does to each answer.
    bool swallows = false;                            ///< What devices say that they have applied.
    std::size_t answered = 0;                         ///< Bytes that it sent.
    std::function<void(wire::PutSegment&)> onTheWay;  ///< What happens to each part of a body.
    std::size_t shortHeaders = 0;                     ///< That it was sent.
    std::size_t wholeHeaders = 0;

    std::unique_ptr<server::SqliteStore> store;
    std::optional<server::Hub> hub;
    std::set<std::uint64_t> omitted;

private:
    std::filesystem::path file_;
    SeededRandom random_{99};
};

/// An office whose devices have real stores and real machines and talk to real servers, without a network and
/// one session at a time.
class SessionOffice {
public:
    SessionOffice()
    {
        server = std::make_unique<OfficeServer>(folder.path() / "server.db");
        const server::ServerIdentity& identity = server->store->identity();
        auto founding = must(store::WorkspaceStore::found(
            identity.tlsKey.publicKey(), identity.receiptKey.publicKey(), anna.parts()));
        genesis = founding.statements.front();
        const Bytes token{1, 2, 3};
        must(server->store->addToken(server::hashOfToken(token), anna.clock.now()));
        must(server->store->createWorkspace(
            server::hashOfToken(token), WorkspaceId{genesis.hash()}, founding.statements, anna.clock.now()));
        workspaceSpace = founding.workspaceSpace;
        anna.store
            = must(store::WorkspaceStore::createFounded(std::move(founding), "office:1", anna.parts()));
        sync(anna);
    }

    std::unique_ptr<StoreDevice> join()
    {
        auto device = std::make_unique<StoreDevice>(++seed_ * 977);
        store::DeviceKeys keys{
            SigningKey::generate(device->random), BoxKey::generate(device->random),
            device->random.below(1'000'000)};
        const ledger::DeviceStatement statement{
            keys.signing.publicKey(), keys.box.publicKey(), keys.life, device->clock.now()};
        const auto invitation = InvitationId::random(device->random);
        must(anna->queueAct(ledger::Invite{
            invitation, MemberId::random(device->random), ledger::kAllRights,
            anna.clock.now() + std::chrono::hours(24)}));
        must(anna->queueAct(ledger::Admit{invitation, ledger::signDevice(statement, keys.signing)}));
        sync(anna);
        device->store = must(
            store::WorkspaceStore::createJoined(std::move(keys), genesis, "office:1", device->parts()));
        sync(*device);
        return device;
    }

    struct Ended {
        std::optional<Error> failure;
        engine::ServerHealth health = engine::ServerHealth::Unknown;
        engine::SessionCounts counts;
        bool isGood() const { return !failure; }
    };
    /// Must end well.
    Ended sync(StoreDevice& device) { return sync(device, *server); }
    Ended sync(StoreDevice& device, OfficeServer& with)
    {
        const Ended ended = trySync(device, with);
        if (ended.failure)
            FAIL(ended.failure->detail);
        return ended;
    }
    Ended trySync(StoreDevice& device) { return trySync(device, *server); }
    Ended trySync(StoreDevice& device, OfficeServer& with)
    {
        engine::ClientMachine machine(*device, device.random);
        Hash exporter;
        device.random.fill(exporter);
        server::PeerMachine peer(*with.hub, exporter);
        (void)machine.syncNow(device.clock.now());
        std::deque<engine::ClientMachine::Action> actions;
        const auto take = [&](engine::ClientMachine::Actions more) {
            actions.insert(actions.end(), more.begin(), more.end());
        };
        const auto hear = [&](const server::PeerMachine::Output& output) {
            for (const wire::ToClient& message : output.messages) {
                with.answered += wire::encode(message).size();
                take(machine.received(with.doctored(message), device.clock.now()));
            }
            return !output.messages.empty();
        };
        take(machine.connected(exporter, device.clock.now()));
        for (bool moving = true; moving && machine.state() != engine::ClientMachine::State::Offline;) {
            moving = !actions.empty();
            while (!actions.empty()) {
                const auto action = std::move(actions.front());
                actions.pop_front();
                const auto* send = std::get_if<engine::ClientMachine::Send>(&action);
                if (send == nullptr
                    || (with.swallows && std::holds_alternative<wire::TellApplied>(send->message)))
                    continue;
                const auto* put = std::get_if<wire::PutSegment>(&send->message);
                if (put != nullptr)
                    ++(put->shortHeader ? with.shortHeaders : with.wholeHeaders);
                if (put != nullptr && with.onTheWay) {
                    wire::PutSegment other = *put;
                    with.onTheWay(other);
                    hear(peer.received(other, device.clock.now()));
                } else if (put != nullptr && with.refusing)
                    hear({.messages = {refusal(*put, *with.refusing)}, .close = false, .failure = {}});
                else
                    hear(peer.received(send->message, device.clock.now()));
            }
            moving = hear(peer.flush(device.clock.now())) || moving;
            if (peer.hasPages())
                moving = hear(peer.nextPage(device.clock.now())) || moving;
        }
        return {machine.failure(), machine.health(), machine.counts()};
    }
    /// Another server with the same keys and all that this one holds.
    std::unique_ptr<OfficeServer> twin()
    {
        server->stop();
        std::filesystem::copy_file(folder.path() / "server.db", folder.path() / "twin.db");
        server->start();
        return std::make_unique<OfficeServer>(folder.path() / "twin.db");
    }

    SpaceId openCase(StoreDevice& device)
    {
        const RecordId record = RecordId::random(device.random);
        const std::vector<Op> ops{insertOp(record, "case"), assignOp(record, "title", "Zielona")};
        const SpaceId space = must(device->openSpace(ledger::SpaceKind::CaseInternal, ops));
        sync(device);
        return space;
    }

    TempFolder folder;
    std::unique_ptr<OfficeServer> server;
    StoreDevice anna{1};
    ledger::SignedStatement genesis;
    SpaceId workspaceSpace;

private:
    static wire::SegmentRefused refusal(const wire::PutSegment& put, wire::SegmentRefusal code)
    {
        return {must(ledger::decodeHeader(put.header)).hash, code};
    }

    std::uint64_t seed_ = 1;
};

}  // namespace teren::test
