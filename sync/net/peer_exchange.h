// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/net/asio_fwd.h"
#include "sync/net/connection.h"
#include "sync/net/peer_door.h"
#include "sync/net/peer_line.h"

namespace teren::net {

/// What two devices of one office say to each other on one connection, from the proof of who they are to the
/// last piece of the bundles: PROTOCOL.md, section 12, "In one room".
class PeerExchange {
public:
    enum class Role : std::uint8_t { Caller = 1, Listener = 2 };

    /// @param connection  After its handshake. It, `party` and `door` must outlive this.
    /// @param door  Of a listener: what counts the wrong codes, over all who call.
    PeerExchange(Connection& connection, const PeerParty& party, Role role, PeerDoor* door = nullptr);

    /// Who is at the other end, and that both know the code.
    /// @return `Refused` for a stranger or a wrong code, `TooNew` for another version, or what ended the
    /// line.
    asio::awaitable<Status> meet();
    /// After `meet`. The caller tells first what it has and sends first: never both at once.
    /// @return success once the other side's file has come whole: what becomes of the line after that is said
    /// by `PeerBundle::delivered`.
    asio::awaitable<Status> exchange();

    /// After `exchange`.
    PeerBundle take() { return {peer_, std::move(file_), std::move(delivered_)}; }

private:
    enum class Kind : std::uint8_t { Hello = 1, Code = 2, Have = 3, Piece = 4, End = 5, Refused = 6 };
    enum class Why : std::uint8_t { Stranger = 1, WrongCode = 2, Version = 3 };
    struct Message {
        Kind kind{};
        Bytes content;
    };

    static Error errorOf(std::uint8_t why);
    Bytes hello() const;
    asio::awaitable<Status> hearHello();
    asio::awaitable<Status> hearCode();
    asio::awaitable<Status> tellHave();
    asio::awaitable<Status> hearHave();
    asio::awaitable<Status> sendBundle();
    asio::awaitable<Status> hearBundle();
    /// The listener's turn, to the caller's word that all has come.
    asio::awaitable<Status> deliver();
    /// Tells the other side why, and ends with the same.
    asio::awaitable<Status> refuse(Why why);
    asio::awaitable<Status> send(Kind kind, Bytes content);
    asio::awaitable<Result<Message>> hear(std::optional<Kind> expected = {});

    Connection& connection_;
    const PeerParty& party_;
    Role role_;
    DeviceId peer_;
    std::set<Hash> has_;
    Bytes file_;
    Status delivered_;
    PeerDoor* door_;
};

}  // namespace teren::net
