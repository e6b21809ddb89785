// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/ticket.h"
#include "sync/wire/messages.h"

#include <vector>

// Files that people carry. Bytes: PROTOCOL.md, section 12.
//
//     magic "TERENBDL" (8) · version (1) · kind (1) · messages, each as length (4) and bytes · 0 (4) ·
//     BLAKE2b-256("teren.bundle.v1" ‖ all before) (32)
//
// The first message is the ticket. The hash finds what a stick has damaged; against people everything inside
// is signed.
namespace teren::carrier {

enum class FileKind : std::uint8_t {
    Bundle = 1,  ///< From a device, for colleagues and for the server.
    Reply = 2,   ///< The server's answer, for the device that signed the ticket.
};

/// From a device: the messages that it would send, as the membership log and segments that they hold.
struct Bundle {
    SignedTicket ticket;
    std::vector<ledger::SignedStatement> statements;  ///< From the genesis on.
    std::vector<ledger::Segment> segments;            ///< Those that the server may lack first.
};

/// The server's messages as it sent them to the carrier, in order.
struct Reply {
    SignedTicket ticket;
    std::vector<Bytes> messages;  ///< Each a `wire::ToClient`; the last is the seal over the others.
};

/// What `segment` takes in a file, about.
std::size_t sizeInFile(const ledger::Segment& segment);

/// A segment as the messages that bring it.
std::vector<wire::PutSegment> asMessages(const ledger::Segment& segment);

/// @return `LimitExceeded` for more than `limits::kBundleMax`.
Result<Bytes> encode(const Bundle& bundle);
Result<Bytes> encode(const Reply& reply);

/// @return `Malformed` for what is no such file, `Damaged` if it was cut or altered, `TooNew`.
Result<FileKind> checkFile(ByteView file);
/// Whole or not at all; nothing in it is verified but its shape and that bodies are whole.
/// @return as `checkFile`, `LimitExceeded`, `Malformed`.
Result<Bundle> decodeBundle(ByteView file);
Result<Reply> decodeReply(ByteView file);

/// An error of what is in a file that was brought, in words for people: what is safe, what is wrong and what
/// to do; those it came with behind, in brackets. `LimitExceeded` becomes `Malformed`, because no file is
/// made so; what is not an error of the content stays as it is.
std::unexpected<Error> wrongFile(const Error& error);

}  // namespace teren::carrier
