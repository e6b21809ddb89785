// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/client_machine.h"
#include "tests/support/memory_replica.h"

namespace teren::test {

/// What a machine asked for, as a line: "connect", "open", "refresh", "put 0+64, put 0+64", "hang up".
inline std::string told(const engine::ClientMachine::Actions& actions)
{
    using Machine = engine::ClientMachine;
    std::string line;
    for (const Machine::Action& action : actions) {
        line += line.empty() ? "" : ", ";
        if (std::holds_alternative<Machine::Connect>(action))
            line += "connect";
        if (std::holds_alternative<Machine::Hangup>(action))
            line += "hang up";
        const auto* send = std::get_if<Machine::Send>(&action);
        if (send == nullptr)
            continue;
        if (std::holds_alternative<wire::Open>(send->message))
            line += "open";
        if (std::holds_alternative<wire::Refresh>(send->message))
            line += "refresh";
        if (const auto* submit = std::get_if<wire::SubmitStatements>(&send->message))
            line += "submit " + std::to_string(submit->statements.size());
        if (const auto* tell = std::get_if<wire::TellApplied>(&send->message))
            line += "tell " + std::to_string(tell->words.size());
        if (const auto* query = std::get_if<wire::ConsistencyQuery>(&send->message))
            line += "compare " + std::to_string(query->treeSizes.size());
        if (const auto* put = std::get_if<wire::PutSegment>(&send->message))
            line += "put " + std::to_string(put->offset) + "+" + std::to_string(put->data.size());
    }
    return line;
}

/// The founder's laptop with its machine, and an office whose server is played by the test.
struct ClientDesk {
    using Machine = engine::ClientMachine;
    using State = Machine::State;

    OfficeLog office{1};
    MemoryReplica replica{office.founder(), office.membership()};
    SeededRandom jitter{7};
    Machine machine{replica, jitter};
    Instant now{std::chrono::hours(24 * 365 * 50)};
    Hash exporter{};
    Machine::Actions actions;  ///< Of the last event.

    std::string did(Machine::Actions next)
    {
        actions = std::move(next);
        return told(actions);
    }
    std::string wake() { return did(machine.woken(now = std::max(now, machine.wakeAt()))); }
    std::string connect()
    {
        wake();
        return did(machine.connected(exporter, now));
    }
    std::string hear(const wire::ToClient& message) { return did(machine.received(message, now)); }
    /// The `index`th message that was sent, as what it is.
    template <typename T>
    const T& sent(std::size_t index = 0) const
    {
        return std::get<T>(std::get<Machine::Send>(actions.at(index)).message);
    }
    Errc failure() const { return machine.failure().value_or(Error{Errc::Invalid, "none"}).code; }

    /// Opens a session that has nothing to do.
    void settle()
    {
        connect();
        hear(office.answer(replica.position_.head.size));
        replica.forgetCalls();
    }
    /// The replica holds the log as it is now.
    void catchUp()
    {
        replica.position_.head = office.tree();
        replica.position_.cursor = office.size();
    }
    /// The colleague has written, and the server has numbered it.
    void colleagueWrites(unsigned segments, std::size_t bodySize = 200)
    {
        for (unsigned i = 0; i < segments; ++i)
            office.append(office.write(office.colleague(), bodySize));
    }
    /// Something was saved here; it will be sealed at the next chance.
    ledger::Segment save(std::size_t bodySize = 200, std::uint32_t count = 1)
    {
        return replica.unsealed.emplace_back(office.write(office.founder(), bodySize, count));
    }
};

}  // namespace teren::test
