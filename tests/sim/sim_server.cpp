// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/sim_server.h"

#include "crypto/base/assert.h"
#include "sync/server/sqlite_schema.h"
#include "tests/sim/database_image.h"
#include "tests/sim/describe.h"

namespace teren::sim {

using namespace std::chrono_literals;
using test::Side;

SimServer::SimServer(
    test::Scheduler& scheduler, test::SeededRandom& random, const std::chrono::milliseconds& lagMax,
    Trace& trace)
    : scheduler_(scheduler),
      random_(random),
      lagMax_(lagMax),
      trace_(trace)
{
    serve(std::move(*withTables<server::sqliteMigrations>()));
    start();
}

void SimServer::serve(sql::Database database)
{
    handle_ = database.handle();
    auto store = server::SqliteStore::over(std::move(database), random_);
    TEREN_ASSERT(store.has_value());
    store_ = *std::move(store);
}

std::unique_ptr<sql::Database> SimServer::image()
{
    return copyOf(handle_);
}

void SimServer::putBack(sql::Database& image)
{
    TEREN_ASSERT(!isRunning());
    serve(std::move(*copyOf(image.handle())));
}

void SimServer::start()
{
    if (!hub_)
        hub_ = std::make_unique<server::Hub>(*store_);
}

void SimServer::stop()
{
    for (auto& [id, peer] : peers_)
        peer.line->vanish(Side::Server);
    peers_.clear();
    hub_.reset();
}

void SimServer::take(std::string name, const std::shared_ptr<test::Line>& line, const Hash& exporter)
{
    const std::uint64_t id = nextId_++;
    // The hub tells its listeners in an order of its own; the looks run in the order of the lines.
    auto machine = std::make_unique<server::PeerMachine>(*hub_, exporter, [this] { planAll(); });
    line->attach(
        Side::Server, {[this, id](const Bytes& frame) { heard(id, frame); }, [this, id] { lost(id); }});
    peers_.emplace(id, Peer{std::move(name), line, std::move(machine)});
}

void SimServer::heard(std::uint64_t id, const Bytes& frame)
{
    const auto found = peers_.find(id);
    if (found == peers_.end())
        return;
    const Result<wire::ToServer> message = wire::decodeToServer(frame);
    if (!message) {
        problems_.push_back("a device sent what cannot be read: " + message.error().detail);
        return;
    }
    perform(id, found->second.machine->received(*message, scheduler_.now()));
    plan(id);
}

void SimServer::lost(std::uint64_t id)
{
    const auto found = peers_.find(id);
    if (found == peers_.end())
        return;
    found->second.machine->lost(scheduler_.now());
    peers_.erase(found);
}

void SimServer::pump(std::uint64_t id)
{
    const auto found = peers_.find(id);
    if (found == peers_.end())
        return;
    Peer& peer = found->second;
    peer.isPlanned = false;
    perform(id, peer.machine->flush(scheduler_.now()));
    if (!peers_.contains(id))
        return;
    if (peer.machine->hasPages()) {
        perform(id, peer.machine->nextPage(scheduler_.now()));
        plan(id);
        return;
    }
    perform(id, peer.machine->look(scheduler_.now()));
    if (peers_.contains(id) && peer.machine->hasPages())
        plan(id);
}

void SimServer::plan(std::uint64_t id)
{
    const auto found = peers_.find(id);
    if (found == peers_.end() || std::exchange(found->second.isPlanned, true))
        return;
    scheduler_.in(
        std::chrono::milliseconds(random_.below(static_cast<std::uint64_t>(lagMax_.count()))),
        [this, id] { pump(id); });
}

void SimServer::planAll()
{
    if (std::exchange(lookPlanned_, true))
        return;
    scheduler_.in(1ms, [this] {
        lookPlanned_ = false;
        for (const auto& [id, peer] : peers_)
            plan(id);
    });
}

void SimServer::perform(std::uint64_t id, const server::PeerMachine::Output& output)
{
    Peer& peer = peers_.at(id);
    if (output.failure)
        problems_.push_back("the server's store failed: " + output.failure->detail);
    for (const wire::ToClient& message : output.messages) {
        if (const auto* receipt = std::get_if<wire::Receipt>(&message))
            checkReceipt(*receipt);
        const Bytes frame = wire::encode(message);
        trace_.note(scheduler_.now(), "server", "to " + peer.name + ": " + describe(message), frame);
        peer.line->send(Side::Server, frame);
    }
    if (!output.close)
        return;
    peer.line->close(Side::Server);
    lost(id);
}

/// What a receipt names must stand in the store under that number at that moment.
void SimServer::checkReceipt(const wire::Receipt& receipt)
{
    const auto workspace = store_->workspaces().value().front();
    for (const wire::Numbered& entry : receipt.entries) {
        const auto stored = store_->entries(workspace, entry.number - 1, entry.number, 1);
        const bool holds = stored && stored->size() == 1
            && ledger::decodeHeader(stored->front().header)->hash == entry.segment;
        if (!holds)
            problems_.push_back("a receipt without the entry " + std::to_string(entry.number));
    }
}

}  // namespace teren::sim
