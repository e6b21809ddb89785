// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/delivery_told.h"

#include "crypto/base/utf8.h"
#include "sync/carrier/delivery.pb.h"
#include "sync/ledger/proto_field.h"

#include <algorithm>

namespace teren::carrier {
namespace {

std::uint64_t field(const std::optional<Instant>& instant)
{
    return instant ? ledger::instantField(*instant) : 0;
}

Status read(std::uint64_t field, std::optional<Instant>& out)
{
    return field == 0 ? Status{} : ledger::readInstant(field, out.emplace());
}

/// A text that stands in one line of the printed page and can break out of none.
Status readLine(const std::string& field, std::string& out)
{
    const auto isControl = [](char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f; };
    if (!isUtf8(viewOf(field)) || std::ranges::any_of(field, isControl))
        return fail(Errc::Malformed, "a text in a statement of delivery that is not one line");
    out = field;
    return {};
}

Result<DeliveryTold::Run> readRun(const pb::DeliveryRun& message)
{
    DeliveryTold::Run run;
    run.number = message.number();
    TEREN_CHECK(ledger::readInstant(message.first_ms(), run.first));
    TEREN_CHECK(ledger::readInstant(message.last_ms(), run.last));
    TEREN_CHECK(readLine(message.what(), run.what));
    return run;
}

Result<DeliveryTold::Holder> readHolder(const pb::DeliveryHolder& message)
{
    DeliveryTold::Holder holder;
    TEREN_CHECK(readLine(message.person(), holder.person));
    TEREN_CHECK(readLine(message.device(), holder.device));
    TEREN_CHECK(ledger::readId(message.id(), holder.id));
    holder.applied = message.applied();
    holder.of = message.of();
    TEREN_CHECK(read(message.stated_ms(), holder.stated));
    TEREN_CHECK(read(message.lacks_since_ms(), holder.lacksSince));
    return holder;
}

}  // namespace

Bytes encodeTold(const DeliveryTold& told)
{
    pb::DeliveryTold message;
    message.set_language(static_cast<std::uint32_t>(told.language));
    message.set_space(ledger::textFrom(told.space.bytes));
    message.set_number(told.number);
    message.set_person(told.person);
    message.set_device(told.device);
    message.set_made_ms(ledger::instantField(told.made));
    for (const DeliveryTold::Run& run : told.runs) {
        pb::DeliveryRun& one = *message.add_runs();
        one.set_number(run.number);
        one.set_first_ms(ledger::instantField(run.first));
        one.set_last_ms(ledger::instantField(run.last));
        one.set_what(run.what);
    }
    message.set_seen(told.seen);
    message.set_unsent(told.unsent);
    message.set_sent(told.sent);
    message.set_lost(told.lost);
    message.set_unsent_since_ms(field(told.unsentSince));
    for (const DeliveryTold::Holder& holder : told.holders) {
        pb::DeliveryHolder& one = *message.add_holders();
        one.set_person(holder.person);
        one.set_device(holder.device);
        one.set_id(ledger::textFrom(holder.id.bytes));
        one.set_applied(holder.applied);
        one.set_of(holder.of);
        one.set_stated_ms(field(holder.stated));
        one.set_lacks_since_ms(field(holder.lacksSince));
    }
    message.set_refused_ms(field(told.refused));
    return ledger::bytesFrom(message.SerializeAsString());
}

Result<DeliveryTold> decodeTold(ByteView bytes)
{
    pb::DeliveryTold message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return fail(Errc::Malformed, "what a statement of delivery says");
    DeliveryTold told;
    if (message.language() != 1 && message.language() != 2)
        return fail(Errc::TooNew, "a statement of delivery in a language that this version does not know");
    told.language = static_cast<DeliveryTold::Language>(message.language());
    TEREN_CHECK(ledger::readId(message.space(), told.space));
    TEREN_CHECK(readLine(message.number(), told.number));
    TEREN_CHECK(readLine(message.person(), told.person));
    TEREN_CHECK(readLine(message.device(), told.device));
    TEREN_CHECK(ledger::readInstant(message.made_ms(), told.made));
    for (const pb::DeliveryRun& run : message.runs()) {
        TEREN_TRY(DeliveryTold::Run one, readRun(run));
        told.runs.push_back(std::move(one));
    }
    told.seen = message.seen();
    told.unsent = message.unsent();
    told.sent = message.sent();
    told.lost = message.lost();
    TEREN_CHECK(read(message.unsent_since_ms(), told.unsentSince));
    for (const pb::DeliveryHolder& holder : message.holders()) {
        TEREN_TRY(DeliveryTold::Holder one, readHolder(holder));
        told.holders.push_back(std::move(one));
    }
    TEREN_CHECK(read(message.refused_ms(), told.refused));
    return told;
}

}  // namespace teren::carrier
