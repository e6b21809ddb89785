// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/sim_server.h"

#include "crypto/base/assert.h"
#include "sync/server/sqlite_schema.h"
#include "tests/sim/database_image.h"
#include "tests/sim/describe.h"

#include <sqlite3.h>

#include <algorithm>

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
    keep(std::move(*withTables<server::sqliteMigrations>()));
    start();
}

void SimServer::keep(sql::Database database)
{
    handle_ = database.handle();
    auto store = server::SqliteStore::over(std::move(database), random_);
    TEREN_ASSERT(store.has_value());
    store_ = *std::move(store);
}

void SimServer::keepBlobs(sql::Database database)
{
    blobs_ = database.handle();
    auto blobs = server::SqliteBlobs::over(std::move(database));
    TEREN_ASSERT(blobs.has_value());
    store_->carry(*std::move(blobs));
}

void SimServer::carryBlobs()
{
    keepBlobs(std::move(*emptyDatabase()));
}

SimServer::Image SimServer::image()
{
    return {copyOf(handle_), blobs_ == nullptr ? nullptr : copyOf(blobs_)};
}

void SimServer::putBack(const Image& image)
{
    TEREN_ASSERT(!isRunning());
    keep(std::move(*copyOf(image.store->handle())));
    if (image.blobs)
        keepBlobs(std::move(*copyOf(image.blobs->handle())));
    fill();
}

void SimServer::setFull(bool full)
{
    isFull_ = full;
    fill();
    trace_.note(scheduler_.now(), "server", full ? "has no room left" : "has room again");
}

Result<ledger::ServerOffer> SimServer::beginKeyChange(RandomSource& random, Instant from)
{
    return store_->beginKeyChange(random, from, scheduler_.now());
}

bool SimServer::hasNextKeys() const
{
    const std::optional<server::ServerIdentity::Other>& other = store_->identity().other;
    return other && other->isNext;
}

Status SimServer::switchKeys()
{
    TEREN_ASSERT(!isRunning());
    return store_->switchKeys();
}

/// SQLite lets a database be no smaller than it is.
void SimServer::fill()
{
    const char* sql = isFull_ ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000000";
    for (sqlite3* database : {handle_, blobs_})
        if (database != nullptr)
            sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
}

Bytes SimServer::disk()
{
    Bytes all;
    for (sqlite3* database : {handle_, blobs_}) {
        sqlite3_int64 size = 0;
        unsigned char* bytes = database == nullptr ? nullptr : sqlite3_serialize(database, "main", &size, 0);
        all.insert(all.end(), bytes, bytes + size);
        sqlite3_free(bytes);
    }
    return all;
}

std::optional<carrier::Reply> SimServer::serve(const carrier::Bundle& bundle, std::size_t patience)
{
    if (!isRunning())
        return std::nullopt;
    server::PeerMachine machine(*hub_, Hash{7}, [this] { planAll(); });
    carrier::Reply reply{bundle.ticket, {}};
    wire::Position position
        = wire::decodePosition(carrier::decodeTicket(bundle.ticket).value().position).value();
    bool isOpen = true;
    bool asksMore = false;
    const auto hear = [&](const server::PeerMachine::Output& output) {
        if (output.failure)
            noteFailure(*output.failure);
        for (const wire::ToClient& message : output.messages) {
            if (const auto* receipt = std::get_if<wire::Receipt>(&message))
                checkReceipt(*receipt);
            if (const auto* answer = std::get_if<wire::Answer>(&message)) {
                asksMore = answer->moreStatements;
                position.membershipHeight += answer->statements.size();
                if (!answer->statements.empty())
                    position.membershipHash = answer->statements.back().hash();
            }
            isOpen = isOpen && !std::holds_alternative<wire::Refusal>(message) && patience > 0;
            patience -= isOpen ? 1 : 0;
            reply.messages.push_back(wire::encode(message));
            trace_.note(scheduler_.now(), "server", "to a carrier: " + describe(message));
        }
    };
    const auto say = [&](const wire::ToServer& message) {
        if (!isOpen)
            return;
        hear(machine.received(message, scheduler_.now()));
        while (isOpen && machine.hasPages())
            hear(machine.nextPage(scheduler_.now()));
    };
    say(wire::Present{{}, carrier::encode(bundle.ticket), {}});
    while (isOpen && asksMore)
        say(wire::Refresh{position});
    for (const ledger::Segment& segment : bundle.segments) {
        for (wire::PutSegment& part : carrier::asMessages(segment))
            say(std::move(part));
        if (isOpen)
            hear(machine.flush(scheduler_.now()));
    }
    say(wire::Finish{});
    return isOpen ? std::optional(std::move(reply)) : std::nullopt;
}

void SimServer::noteFailure(const Error& failure)
{
    if (!isFull_ || failure.code != Errc::DiskFull)
        problems_.push_back("the server's store failed: " + failure.detail);
}

void SimServer::start()
{
    if (!hub_)
        hub_ = std::make_unique<server::Hub>(*store_, urgentFrom_);
}

void SimServer::bringUrgent()
{
    urgentFrom_ = 1;
    stop();
    start();
}

/// The last entry of a page may be the beginning of a body that is in its place.
void SimServer::countAhead(const Peer& peer, const wire::ToClient& message)
{
    const auto* page = std::get_if<wire::Page>(&message);
    if (page == nullptr || page->entries.empty())
        return;
    const auto whole = std::ranges::count_if(page->entries, [&](const wire::Entry& entry) {
        return entry.number > page->cursor && !entry.header.empty()
            && ledger::decodeHeader(entry.header)->header.bodySize == entry.data.size();
    });
    if (whole == 0)
        return;
    ++ahead_;
    trace_.note(scheduler_.now(), "server", "brings " + peer.name + " " + std::to_string(whole) + " ahead");
}

void SimServer::countResumed(const Peer& peer, const wire::ToServer& message)
{
    const auto* open = std::get_if<wire::Open>(&message);
    if (open == nullptr)
        return;
    const Result<wire::Position> position = wire::decodePosition(open->position);
    const auto isAhead
        = [&](const wire::Position::SpaceCursor& exception) { return exception.cursor > position->cursor; };
    if (!position || std::ranges::none_of(position->exceptions, isAhead))
        return;
    ++resumed_;
    trace_.note(scheduler_.now(), peer.name, "has kept what came ahead");
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
    countResumed(found->second, *message);
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
        noteFailure(*output.failure);
    for (const wire::ToClient& message : output.messages) {
        if (const auto* receipt = std::get_if<wire::Receipt>(&message))
            checkReceipt(*receipt);
        countAhead(peer, message);
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
