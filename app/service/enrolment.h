// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// How people and devices come into a workspace (sync/PROTOCOL.md, enrolment). All of it talks to the server
/// and blocks until that is done or given up; run it where waiting is right. Errors besides each call's own:
/// `Unreachable`; `Forged` where a server is not the one it should be.
class Enrolment {
public:
    /// @param office  Outlives this object.
    explicit Enrolment(Office& office) : office_(office) {}

    struct NewWorkspace {
        std::string name;
        Model model = Model::Rural;
        std::string serverAddress;  ///< host:port
        std::string fingerprint;    ///< Hex, as `teren-server fingerprint` prints it.
        std::string token;          ///< As `teren-server workspace-token` prints it.
    };
    /// Opens a workspace with this profile's person as its first member, with all rights. If the connection
    /// or the program ends before the answer, the same call again ends with the same workspace; a call with
    /// another server or token begins afresh.
    /// @return `Refused` if the profile has one already, for a token that the server does not take, or for
    /// the token of an unfinished attempt with another name, model or address.
    Result<WorkspaceId> createWorkspace(const NewWorkspace& wanted);

    struct Invitation {
        std::string text;       ///< For the invited person; holds a secret, so hand it over in person.
        bool published = true;  ///< False: the server was not reached; it becomes valid with the next sync.
    };
    /// @return `Refused` without the right to manage members.
    Result<Invitation> invite(const std::string& name, Role role);

    /// Takes up an invitation: makes this device's keys, asks to be let in. Until somebody has let it in, it
    /// may take up another one, of the same office or of another, where it then waits instead.
    /// @return the code of ten characters to read to the inviter. Repeating it with the same invitation gives
    /// the same code. `Invalid` for a mistyped invitation, `Refused` for one that is void or used, or once it
    /// was let in.
    Result<std::string> join(const std::string& text);

    /// The code that `join` gave, while this device waits to be let in; empty before and after. Asks no
    /// server.
    Result<std::string> waitingCode();

    /// Asks the server anew on every invitation that this device waits on.
    /// @return false if none of them is open any more: another device was let in, or they were withdrawn.
    Result<bool> stillInvited();

    /// Who waits to be let in on an invitation from this device.
    Result<std::vector<JoinRequestView>> requests();

    /// Lets in the device that shows this code, with the role of its invitation and every key that goes with
    /// it. Once begun it may be repeated, and the next sync ends it too.
    /// @return `NotFound` for a code that fits no request; after five wrong ones the open invitations are
    /// void. `Refused` without the right to manage members.
    Status approve(const std::string& code);

private:
    Office& office_;
};

}  // namespace teren::service
