// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/wire/messages.h"

#include <string>

namespace teren::sim {

inline std::string shortName(const Hash& hash)
{
    return toHex(ByteView(hash).first(4));
}

inline std::string describe(const ledger::SegmentHeader& header)
{
    return "space " + header.space.hex().substr(0, 8) + " life " + std::to_string(header.life % 10'000)
        + " seq " + std::to_string(header.firstSeq) + "-" + std::to_string(header.lastSeq());
}

/// A message in a few words, for a person who reads a trace.
inline std::string describe(const wire::ToServer& message)
{
    if (const auto* open = std::get_if<wire::Open>(&message)) {
        const auto position = wire::decodePosition(open->position);
        return "Open at " + std::to_string(position->head.size) + ", cursor "
            + std::to_string(position->cursor);
    }
    if (const auto* refresh = std::get_if<wire::Refresh>(&message))
        return "Refresh at " + std::to_string(refresh->position.head.size) + ", cursor "
            + std::to_string(refresh->position.cursor);
    if (const auto* submit = std::get_if<wire::SubmitStatements>(&message))
        return "Submit " + std::to_string(submit->statements.size()) + " from height "
            + std::to_string(ledger::decodeStatement(submit->statements.front())->height);
    if (const auto* put = std::get_if<wire::PutSegment>(&message); put && put->shortHeader)
        return "Put " + shortName(put->shortHeader->name()) + " short, from seq "
            + std::to_string(put->shortHeader->firstSeq);
    if (const auto* put = std::get_if<wire::PutSegment>(&message)) {
        const auto head = ledger::decodeHeader(put->header);
        return "Put " + shortName(head->hash) + " " + describe(head->header) + " from "
            + std::to_string(put->offset);
    }
    return "message " + std::to_string(message.index());
}

inline std::string describe(const wire::ToClient& message)
{
    if (const auto* answer = std::get_if<wire::Answer>(&message))
        return "Answer, " + std::string(answer->head ? "new head, " : "")
            + std::to_string(answer->statements.size()) + " statements, " + std::to_string(answer->toReceive)
            + " to receive";
    if (const auto* page = std::get_if<wire::Page>(&message)) {
        std::string text = "Page to " + std::to_string(page->cursor) + (page->last ? ", last:" : ":");
        for (const wire::Entry& entry : page->entries)
            text += " #" + std::to_string(entry.number);
        return text;
    }
    if (const auto* receipt = std::get_if<wire::Receipt>(&message)) {
        std::string text = "Receipt:";
        for (const wire::Numbered& entry : receipt->entries)
            text += " #" + std::to_string(entry.number) + " " + shortName(entry.segment);
        return text;
    }
    if (const auto* refused = std::get_if<wire::SegmentRefused>(&message))
        return "Refused " + shortName(refused->segment) + " code "
            + std::to_string(static_cast<int>(refused->code));
    if (const auto* needed = std::get_if<wire::NeedWhole>(&message))
        return "Needs whole " + shortName(needed->name);
    if (const auto* result = std::get_if<wire::StatementsResult>(&message))
        return "Statements code " + std::to_string(static_cast<int>(result->code)) + " height "
            + std::to_string(result->height);
    if (const auto* refusal = std::get_if<wire::Refusal>(&message))
        return "Refusal " + std::to_string(static_cast<int>(refusal->code));
    return "message " + std::to_string(message.index());
}

}  // namespace teren::sim
