// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/sim_device.h"

#include "app/store/attachment_refs.h"
#include "app/store/schema_sql.h"
#include "crypto/base/assert.h"
#include "tests/sim/database_image.h"
#include "tests/sim/describe.h"

#include <algorithm>

namespace teren::sim {

using test::Side;
using namespace std::chrono_literals;

namespace {

/// One segment a step, so that much can happen between two of them.
constexpr std::size_t kSealBytes = 1;
constexpr std::chrono::milliseconds kStepTakes = 20ms;

}  // namespace

SimDevice::SimDevice(
    std::string name, std::uint64_t seed, std::chrono::milliseconds clockOffset, Surroundings parts)
    : name_(std::move(name)),
      parts_(parts),
      clock_(parts.scheduler, clockOffset),
      random_(seed),
      database_(withTables<store::storeMigrations>())
{
}

/// Some fields are searched and some are not, so that an index made without asking is seen to be wrong.
store::WorkspaceStore::Parts SimDevice::storeParts()
{
    const auto reading = [](const std::string&, const std::string& field) {
        return store::WorkspaceStore::FieldReading{true, field.size() % 2 == 0};
    };
    return {*database_, clock_, random_, {reading, "of the simulation"}};
}

void SimDevice::begin(Result<std::unique_ptr<store::WorkspaceStore>> store)
{
    if (!store) {
        problems_.push_back(name_ + " cannot begin: " + store.error().detail);
        return;
    }
    store->reset();
    hasBegun_ = true;
    switchOn();
}

void SimDevice::switchOn()
{
    if (isOn() || !hasBegun_)
        return;
    auto opened = store::WorkspaceStore::open(storeParts());
    if (!opened && isFull() && opened.error().code == Errc::DiskFull) {
        parts_.scheduler.in(10s, [this] { switchOn(); });
        return;
    }
    if (!opened || !*opened) {
        problems_.push_back(name_ + " does not open: " + (opened ? "empty" : opened.error().detail));
        return;
    }
    store_ = *std::move(opened);
    id_ = store_->device();
    const auto checked = isFull() ? std::vector<std::string>() : store_->selfCheck();
    for (const std::string& problem : checked.value_or(std::vector<std::string>{"no self-check"}))
        problems_.push_back(name_ + " after switching on: " + problem);
    if (parts_.carriesFiles) {
        attachments_ = std::make_unique<store::AttachmentStore>(fileParts());
        traffic_ = std::make_unique<store::AttachmentTraffic>(fileParts());
        if (!isFull())
            check(attachments_->clean(), "cleaning");
    }
    machine_ = std::make_unique<engine::ClientMachine>(*store_, random_, traffic_.get(), kSealBytes);
    parts_.trace.note(parts_.scheduler.now(), name_, "on");
    wakePlanned_.reset();
    perform(machine_->woken(now()));
}

void SimDevice::crash()
{
    ++boot_;
    if (store_)
        height_ = store_->membership().height();
    if (line_)
        line_->vanish(Side::Client);
    line_.reset();
    machine_.reset();
    traffic_.reset();
    attachments_.reset();
    store_.reset();
    files_.crash();
}

SimDevice::Disk SimDevice::image()
{
    TEREN_ASSERT(!isOn());
    return {copyOf(database_->handle()), files_.content()};
}

void SimDevice::restore(const Disk& image)
{
    TEREN_ASSERT(!isOn());
    database_ = copyOf(image.database->handle());
    files_.putBack(image.files);
    fill();
    hasBegun_ = true;
}

store::AttachmentStore::Parts SimDevice::fileParts()
{
    return {*database_, files_, "/attachments", random_};
}

void SimDevice::setClock(std::chrono::milliseconds ahead)
{
    clock_.set(ahead);
    parts_.trace.note(parts_.scheduler.now(), name_, "has its clock set");
}

void SimDevice::setFull(bool full)
{
    files_.isFull = full;
    fill();
    parts_.trace.note(parts_.scheduler.now(), name_, full ? "has no room left" : "has room again");
}

/// SQLite lets a database be no smaller than it is.
void SimDevice::fill()
{
    (void)database_->number(isFull() ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000000");
}

void SimDevice::setOutOfReach(bool out)
{
    isOutOfReach_ = out;
    parts_.trace.note(parts_.scheduler.now(), name_, out ? "is out of reach" : "is in reach again");
    if (!out || !line_)
        return;
    line_->vanish(Side::Client);
    line_.reset();
    ++attempt_;
    if (isOn())
        perform(machine_->lost(now()));
}

void SimDevice::touched()
{
    if (isOn())
        perform(machine_->localChange(now()));
}

std::string SimDevice::unrest(const server::WorkspaceState& server, Files files)
{
    if (!isOn())
        return "off";
    const std::optional<Error>& failure = machine_->failure();
    if (machine_->state() != engine::ClientMachine::State::Settled)
        return "in state " + std::to_string(static_cast<int>(machine_->state()))
            + (failure ? " after " + std::string(toString(failure->code)) + " " + failure->detail : "");
    const wire::Position position = store_->position();
    const auto counts = store_->outboxCounts();
    const auto outbox = store_->outbox(0, std::size_t{1} << 20);
    if (position.head != server.tree || position.cursor != server.tree.size || !position.exceptions.empty())
        return "behind the server's log";
    if (position.membershipHeight != server.height)
        return "behind the members' log";
    if (!counts || counts->unsent != 0 || !outbox || !outbox->empty())
        return "with work that is not sent";
    if (!store_->evicted().empty())
        return "without a case that it wants back";
    return files == Files::Leave || hasMovedFiles() ? "" : "with files to move";
}

bool SimDevice::hasMovedFiles()
{
    if (!parts_.carriesFiles)
        return true;
    const auto counts = store::AttachmentRefs(*database_).counts();
    return counts && counts->unsent == 0 && counts->awaited == 0;
}

std::uint64_t SimDevice::height() const
{
    return store_ ? store_->membership().height() : height_;
}

bool SimDevice::isMemberOf(const ledger::Membership& membership) const
{
    const ledger::Membership::Device* self = membership.find(id_);
    return self != nullptr && self->isMember();
}

bool SimDevice::trusts(const ledger::ServerKeyPair& server) const
{
    return std::ranges::any_of(engine::serverKeysOf(*store_, now()), [&](const ledger::ServerKeyPair& known) {
        return known.tls == server.tls;
    });
}

std::map<std::uint64_t, Hash> SimDevice::numbered()
{
    std::map<std::uint64_t, Hash> numbers;
    sql::Statement& rows = database_->statement("SELECT number, hash FROM segment WHERE number IS NOT NULL");
    while (rows.step().value_or(false)) {
        Hash hash{};
        std::ranges::copy(rows.columnBlob(1), hash.begin());
        numbers.emplace(rows.columnUint(0), hash);
    }
    return numbers;
}

/// At any moment: what counts as confirmed has a number, and no number is above the head.
void SimDevice::checkConfirmed()
{
    const auto count = [this](std::string_view sql) {
        sql::Statement& row = database_->statement(sql);
        const std::int64_t number = row.step().value_or(false) ? row.columnInt(0) : -1;
        row.reset();
        return number;
    };
    if (count("SELECT count(*) FROM segment, own WHERE number > tree_size") != 0)
        problems_.push_back(name_ + " has a number above its head");
    if (count("SELECT count(*) FROM change c JOIN segment s ON s.space = c.space AND s.author = c.author "
              "AND c.seq BETWEEN s.first_seq AND s.first_seq + s.count - 1 "
              "WHERE c.own = 1 AND c.unsent = 0 AND s.own = 1 AND s.number IS NULL AND s.state = 1")
        != 0)
        problems_.push_back(name_ + " calls confirmed what has no number");
}

void SimDevice::check(const Status& status, std::string_view what)
{
    if (!status)
        problems_.push_back(
            name_ + ": " + std::string(what) + ": " + std::string(toString(status.error().code)) + " "
            + status.error().detail);
}

void SimDevice::perform(const engine::ClientMachine::Actions& actions)
{
    using Machine = engine::ClientMachine;
    for (const Machine::Action& action : actions) {
        if (std::holds_alternative<Machine::Connect>(action))
            connect();
        if (const auto* send = std::get_if<Machine::Send>(&action))
            this->send(send->message);
        if (std::holds_alternative<Machine::Hangup>(action)) {
            noteFailure();
            ++attempt_;
            if (line_)
                line_->close(Side::Client);
            line_.reset();
        }
    }
    planWake();
}

void SimDevice::connect()
{
    const auto delay = std::chrono::milliseconds(
        1 + parts_.random.below(static_cast<std::uint64_t>(parts_.weather.delayMax.count()) * 3));
    const bool refused = parts_.random.below(1'000) < parts_.weather.refused;
    parts_.scheduler.in(delay, [this, refused, boot = boot_, attempt = ++attempt_] {
        if (boot != boot_ || attempt != attempt_ || !isOn())
            return;
        const bool admitted = !parts_.server.admits || parts_.server.admits(name_);
        if (isOutOfReach_ || refused || !parts_.server.isRunning() || !admitted)
            perform(machine_->lost(now()));
        else
            made();
    });
}

void SimDevice::made()
{
    // TLS ends here. Nobody waits with new keys for one that is a member no more.
    if (!trusts(parts_.server.store().identity().keys())) {
        if (!parts_.losesMembers)
            problems_.push_back(name_ + " finds a server of other keys");
        return perform(machine_->lost(now()));
    }
    line_ = std::make_shared<test::Line>(parts_.scheduler, parts_.random, parts_.weather);
    Hash exporter;
    parts_.random.fill(exporter);
    const auto ours = [this, boot = boot_, line = std::weak_ptr(line_)] {
        return boot == boot_ && !line.expired() && line.lock() == line_;
    };
    line_->attach(
        Side::Client,
        {[this, ours](const Bytes& frame) {
             if (ours())
                 heard(frame);
         },
         [this, ours] {
             if (!ours())
                 return;
             line_.reset();
             perform(machine_->lost(now()));
         }});
    parts_.server.take(name_, line_, exporter);
    perform(machine_->connected(exporter, now()));
}

void SimDevice::heard(const Bytes& frame)
{
    const Result<wire::ToClient> message = wire::decodeToClient(frame);
    if (!message) {
        problems_.push_back(name_ + " heard what cannot be read: " + message.error().detail);
        return;
    }
    perform(machine_->received(*message, now()));
    if (parts_.checksConfirmed)
        checkConfirmed();
}

void SimDevice::send(const wire::ToServer& message)
{
    const Bytes frame = wire::encode(message);
    if (textOf(frame).find(kMarker) != std::string_view::npos)
        problems_.push_back(name_ + " sent a name that anyone can read");
    parts_.trace.note(parts_.scheduler.now(), name_, describe(message), frame);
    if (line_)
        line_->send(Side::Client, frame);
}

void SimDevice::noteFailure()
{
    const std::optional<Error>& failure = machine_->failure();
    if (!failure)
        return;
    parts_.trace.note(parts_.scheduler.now(), name_, "hangs up: " + failure->detail);
    // What a bad network and an honest server can do. Anything else is a bug on one side.
    const bool isExpected = failure->code == Errc::Unreachable || failure->code == Errc::Busy
        || (failure->code == Errc::DiskFull && parts_.fillsDisks)
        || (failure->code == Errc::Refused && (parts_.losesMembers || !store_->isMember()))
        || (machine_->health() == engine::ServerHealth::Forked && parts_.hearsOfLostHeads);
    if (!isExpected)
        problems_.push_back(
            name_ + " hung up: " + std::string(toString(failure->code)) + " " + failure->detail);
}

void SimDevice::planWake()
{
    const Instant due = std::max(machine_->wakeAt() - clock_.offset(), parts_.scheduler.now() + kStepTakes);
    if (wakePlanned_ && *wakePlanned_ <= due && *wakePlanned_ > parts_.scheduler.now())
        return;
    wakePlanned_ = due;
    parts_.scheduler.at(*wakePlanned_, [this, boot = boot_, planned = *wakePlanned_] {
        if (boot != boot_ || wakePlanned_ != planned)
            return;
        wakePlanned_.reset();
        perform(machine_->woken(now()));
    });
}

}  // namespace teren::sim
