// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/bundles.h"

#include <functional>
#include <memory>

// Two laptops in one room, without the server: each gets what the other has and it has not.
namespace teren::service {

struct PeerReport {
    ImportReport taken;      ///< `from` is the colleague's device. Nothing is ever confirmed by a colleague.
    std::uint64_t sent = 0;  ///< Segments that the colleague did not have, and has now by its own word.
    /// Else it is not known whether the colleague has what was sent, and `sent` is 0; what came is kept, and
    /// the next exchange brings the rest. `Unreachable` if the line broke.
    Status delivered;
};

/// Waits for one colleague; blocks until the exchange is done.
/// @param address  "host:port" to listen on; port 0 for any.
/// @param told     Called with what to tell the colleague: the address, and a code that is good for this
/// once. Where this device listens on all its networks, it is each of its addresses on them, joined by " or
/// ".
/// @param stop     Asked several times a second, if there is one; true ends the waiting.
/// @return `Refused` after three wrong codes; `Unreachable` if stopped, or nobody came within
/// a quarter of an hour; errors of taking in are those of `importBundle`.
Result<PeerReport> listenForColleague(
    Office& office, const std::string& address,
    const std::function<void(const std::string& address, const std::string& code)>& told,
    const std::function<bool()>& stop = {});

/// Calls the colleague who waits. @return `Refused` for a wrong code, or a device of another office;
/// `Unreachable`.
Result<PeerReport> syncWithColleague(Office& office, const std::string& address, const std::string& code);

/// The same for whoever has other things to do meanwhile: waiting and calling block a thread of their own,
/// and what touches the profile runs where the profile is.
class PeerMeeting {
public:
    /// Runs a job where the profile is, and comes back when it has run. False: it did not, for the profile is
    /// closed or nobody waits any more.
    using AtProfile = std::function<bool(const std::function<void()>& job)>;

    /// Where the profile is. @param code  As the colleague's device shows it; empty to wait for a call.
    /// @return `Invalid` for what is no code; `Refused` for a device that is no member.
    static Result<std::unique_ptr<PeerMeeting>> begin(Office& office, const std::string& code = {});
    ~PeerMeeting();

    /// On any thread; blocks. Parameters as above.
    void listen(
        const std::string& address,
        const std::function<void(const std::string& address, const std::string& code)>& told,
        const std::function<bool()>& stop, const AtProfile& at);
    void call(const std::string& address, const AtProfile& at);
    /// Where the profile is, after either. Errors as above.
    Result<PeerReport> conclude();

private:
    struct Parts;
    explicit PeerMeeting(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace teren::service
