// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/sim_device.h"

#include "crypto/base/assert.h"
#include "tests/sim/describe.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::sim {

using test::Side;

namespace {

std::unique_ptr<sql::Database> emptyDatabase()
{
    Result<sql::Database> database = sql::Database::openInMemory();
    TEREN_ASSERT(database.has_value());
    return std::make_unique<sql::Database>(*std::move(database));
}

void copy(sql::Database& from, sql::Database& to)
{
    sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    TEREN_ASSERT(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    TEREN_ASSERT(code == SQLITE_OK);
}

}  // namespace

SimDevice::SimDevice(
    std::string name, std::uint64_t seed, std::chrono::milliseconds clockOffset, Surroundings parts)
    : name_(std::move(name)),
      parts_(parts),
      clock_(parts.scheduler, clockOffset),
      random_(seed),
      database_(emptyDatabase())
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
    if (!opened || !*opened) {
        problems_.push_back(name_ + " does not open: " + (opened ? "empty" : opened.error().detail));
        return;
    }
    store_ = *std::move(opened);
    const auto checked = store_->selfCheck();
    for (const std::string& problem : checked.value_or(std::vector<std::string>{"no self-check"}))
        problems_.push_back(name_ + " after switching on: " + problem);
    machine_ = std::make_unique<engine::ClientMachine>(*store_, random_);
    parts_.trace.note(parts_.scheduler.now(), name_, "on");
    wakePlanned_.reset();
    perform(machine_->woken(now()));
}

void SimDevice::crash()
{
    ++boot_;
    if (line_)
        line_->vanish(Side::Client);
    line_.reset();
    machine_.reset();
    store_.reset();
}

std::unique_ptr<sql::Database> SimDevice::image()
{
    TEREN_ASSERT(!isOn());
    auto database = emptyDatabase();
    copy(*database_, *database);
    return database;
}

void SimDevice::restore(sql::Database& image)
{
    TEREN_ASSERT(!isOn());
    database_ = emptyDatabase();
    copy(image, *database_);
    hasBegun_ = true;
}

void SimDevice::touched()
{
    if (isOn())
        perform(machine_->localChange(now()));
}

bool SimDevice::isQuiet(const server::WorkspaceState& server)
{
    if (!isOn() || machine_->state() != engine::ClientMachine::State::Settled)
        return false;
    const wire::Position position = store_->position();
    const auto counts = store_->outboxCounts();
    return position.head == server.tree && position.cursor == server.tree.size
        && position.membershipHeight == server.height && position.exceptions.empty() && counts
        && counts->unsent == 0;
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
        if (refused || !parts_.server.isRunning())
            perform(machine_->lost(now()));
        else
            made();
    });
}

void SimDevice::made()
{
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
        || (failure->code == Errc::Refused && !store_->isMember());
    if (!isExpected)
        problems_.push_back(
            name_ + " hung up: " + std::string(toString(failure->code)) + " " + failure->detail);
}

void SimDevice::planWake()
{
    const Instant due = machine_->wakeAt() - clock_.offset();
    if (wakePlanned_ && *wakePlanned_ <= due && *wakePlanned_ > parts_.scheduler.now())
        return;
    wakePlanned_ = std::max(due, parts_.scheduler.now());
    parts_.scheduler.at(*wakePlanned_, [this, boot = boot_, planned = *wakePlanned_] {
        if (boot != boot_ || wakePlanned_ != planned)
            return;
        wakePlanned_.reset();
        perform(machine_->woken(now()));
    });
}

}  // namespace teren::sim
