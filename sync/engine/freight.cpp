// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/freight.h"

#include <algorithm>
#include <utility>

namespace teren::engine {

using wire::BlobCode;

namespace {

Error errorOf(BlobCode code)
{
    switch (code) {
    case BlobCode::NotYours:
        return {Errc::Refused, "the server does not count this device among the readers of a case"};
    case BlobCode::NoRoom:
        return {
            Errc::DiskFull, "the server has no room for an attachment; its administrator has to make room"};
    case BlobCode::Limit:
        return {Errc::LimitExceeded, "an attachment is more than the server takes"};
    case BlobCode::Absent:
        return {Errc::NotFound, "an attachment has not come to the server yet"};
    case BlobCode::Damaged:
        return {Errc::Damaged, "an attachment did not come to the server as it is here"};
    case BlobCode::Stored:
    case BlobCode::Malformed:
        break;
    }
    return {Errc::Malformed, "the server did not understand this device"};
}

}  // namespace

int Freight::Load::rank() const
{
    if (blob.isSmall)
        return isUp ? 0 : 1;
    if (blob.isAsked)
        return 2;
    if (next > 0)
        return 3;
    return isUp ? 4 : 5;
}

void Freight::reset()
{
    isOpen_ = isPlanned_ = isAsking_ = false;
    offered_.clear();
    loads_.clear();
    underWay_.clear();
    setAside_.clear();
    openAgain_.reset();
    partSize_ = limits::kBlobPartMin;
    counts_ = {};
    trouble_.reset();
}

bool Freight::isDone() const
{
    return !isOpen_ || (isPlanned_ && loads_.empty() && !isUnderWay());
}

std::size_t Freight::bytesUnderWay() const
{
    std::size_t bytes = 0;
    for (const Part& part : underWay_)
        bytes += part.size;
    return bytes;
}

Leg Freight::leg(bool isUp) const
{
    const std::uint64_t done = isUp ? counts_.bytesSent : counts_.bytesReceived;
    Leg leg{done, done};
    for (const Load& load : loads_)
        if (load.isUp == isUp)
            leg.total += load.blob.size - load.next;
    for (const Part& part : underWay_)
        if (part.isUp == isUp)
            leg.total += part.size;
    return leg;
}

void Freight::fails(Error error, Instant now)
{
    trouble_ = std::move(error);
    isOpen_ = false;
    openAgain_ = now + limits::kBlobTriedAgain;
    loads_.clear();
}

/// A clock that was set back has nobody wait longer than from now on.
void Freight::tryAgain(Instant now)
{
    const auto isOver
        = [now](Instant until) { return until <= now || until > now + limits::kBlobTriedAgain; };
    if (openAgain_ && isOver(*openAgain_)) {
        openAgain_.reset();
        isOpen_ = true;
        isPlanned_ = false;
    }
    const std::size_t given
        = std::erase_if(setAside_, [&](const auto& one) { return one.second && isOver(*one.second); });
    if (given > 0)
        isPlanned_ = false;
}

// ---- what to do ----------------------------------------------------------------------------------------

std::vector<wire::ToServer> Freight::next(Instant now)
{
    std::vector<wire::ToServer> messages;
    tryAgain(now);
    if (!isOpen_ || isAsking_)
        return messages;
    // What is new may be more urgent: first what is under way comes to its end.
    if (!isPlanned_ && !underWay_.empty())
        return messages;
    if (!isPlanned_)
        plan(now, messages);
    while (isOpen_ && !isAsking_ && underWay_.size() < limits::kBlobPartsUnderWay) {
        Load* load = pick();
        if (load == nullptr)
            break;
        if (std::optional<wire::ToServer> part = sendPart(*load, now))
            messages.push_back(*std::move(part));
    }
    return messages;
}

void Freight::plan(Instant now, std::vector<wire::ToServer>& messages)
{
    loads_.clear();
    const Result<bool> asks = planUp(now, messages);
    isAsking_ = asks.value_or(false);
    const Status planned = asks ? planDown() : std::unexpected(asks.error());
    if (!planned) {
        fails(planned.error(), now);
        return;
    }
    isPlanned_ = true;
}

/// Asks for what is offered: a server may have it already, or a part of it. @return whether it was asked.
Result<bool> Freight::planUp(Instant now, std::vector<wire::ToServer>& messages)
{
    TEREN_TRY(offered_, shelf_.toOffer(now, kAtOnce + setAside_.size()));
    std::erase_if(offered_, [this](const OfferedBlob& blob) { return setAside_.contains(blob.name); });
    offered_.resize(std::min(offered_.size(), kAtOnce));
    if (offered_.empty())
        return false;
    wire::BlobQuery query;
    for (const OfferedBlob& blob : offered_)
        query.blobs.push_back(blob.name);
    messages.emplace_back(std::move(query));
    return true;
}

Status Freight::planDown()
{
    TEREN_TRY(const std::vector<AwaitedBlob> awaited, shelf_.awaited(kAtOnce + setAside_.size()));
    for (const AwaitedBlob& blob : awaited)
        if (!setAside_.contains(blob.name))
            loads_.push_back({false, blob, blob.have, 0});
    return {};
}

/// The load whose turn it is, if any has a part left to send.
Freight::Load* Freight::pick()
{
    Load* best = nullptr;
    for (Load& load : loads_) {
        if (load.next >= load.blob.size)
            continue;  // All of it is under way.
        const auto order = [](const Load& of) { return std::pair(of.rank(), of.blob.size); };
        if (best == nullptr || order(load) < order(*best))
            best = &load;
    }
    return best;
}

Freight::Load* Freight::find(const wire::BlobName& name)
{
    const auto found = std::ranges::find(loads_, name, [](const Load& load) { return load.blob.name; });
    return found == loads_.end() ? nullptr : &*found;
}

std::optional<wire::ToServer> Freight::sendPart(Load& load, Instant now)
{
    const std::uint64_t left = load.blob.size - load.next;
    const std::size_t size = std::min<std::size_t>(partSize_, static_cast<std::size_t>(left));
    Part part{load.blob.name, load.isUp, load.next, size, size, now};
    part.ahead += bytesUnderWay();
    wire::ToServer message = wire::GetBlob{load.blob.name, load.next, static_cast<std::uint32_t>(size)};
    if (load.isUp) {
        Result<Bytes> data = shelf_.read(load.blob.name, load.next, size);
        if (!data) {
            setAside(load.blob.name, data.error(), now);
            return std::nullopt;
        }
        message = wire::PutBlob{load.blob.name, load.blob.size, load.next, *std::move(data)};
    }
    load.next += size;
    underWay_.push_back(part);
    return message;
}

// ---- what the server says ------------------------------------------------------------------------------

Status Freight::take(const wire::BlobStates& reply, Instant now)
{
    if (isAsking_)
        return takeOffers(reply, now);
    if (underWay_.empty() || reply.states.size() != 1
        || reply.states.front().address != underWay_.front().name.address)
        return fail(Errc::Malformed, "an unasked reply");
    const Part part = underWay_.front();
    underWay_.pop_front();
    measure(part, now);
    return takeState(reply.states.front(), part, now);
}

Status Freight::takeOffers(const wire::BlobStates& reply, Instant now)
{
    isAsking_ = false;
    const std::vector<OfferedBlob> offered = std::exchange(offered_, {});
    if (reply.states.size() != offered.size())
        return fail(Errc::Malformed, "an unasked reply");
    for (std::size_t i = 0; i < offered.size(); ++i) {
        const OfferedBlob& blob = offered[i];
        const wire::BlobState& state = reply.states[i];
        if (state.address != blob.name.address)
            return fail(Errc::Malformed, "an unasked reply");
        if (state.code == BlobCode::Stored) {
            if (const Status kept = shelf_.delivered(blob.name, now); !kept)
                fails(kept.error(), now);
        } else if (state.code == BlobCode::Absent && state.have < blob.size) {
            if (const Status kept = shelf_.undelivered(blob.name); !kept)
                fails(kept.error(), now);
            loads_.push_back({true, {blob.name, blob.size, state.have, blob.isSmall, false}, state.have, 0});
        } else {
            setAside(blob.name, errorOf(state.code), now);
        }
    }
    // There may be more than fits one question.
    if (offered.size() == kAtOnce)
        isPlanned_ = false;
    return {};
}

Status Freight::takeState(const wire::BlobState& state, const Part& part, Instant now)
{
    Load* load = find(part.name);
    if (load == nullptr)
        return {};  // It was given up meanwhile.
    if (!part.isUp || state.code > BlobCode::Stored) {
        if (part.isUp && state.code == BlobCode::Damaged)
            startOver(*load, 0, "an attachment did not come to the server as it is here", now);
        else
            setAside(part.name, errorOf(state.code), now);
        return {};
    }
    if (state.code == BlobCode::Stored) {
        counts_.bytesSent += part.size;
        ++counts_.sent;
        finished(part.name);
        if (const Status kept = shelf_.delivered(part.name, now); !kept)
            fails(kept.error(), now);
        return {};
    }
    if (state.have >= part.offset + part.size && state.have < load->blob.size) {
        counts_.bytesSent += part.size;
        // What an earlier session had sent may be heard after this one asked.
        load->next = std::max(load->next, state.have);
    } else if (state.have < part.offset + part.size)
        startOver(*load, state.have, "the server forgets what it was sent of an attachment", now);
    else
        setAside(part.name, errorOf(BlobCode::Malformed), now);
    return {};
}

Status Freight::take(const wire::BlobData& reply, Instant now)
{
    if (isAsking_ || underWay_.empty() || underWay_.front().isUp
        || reply.address != underWay_.front().name.address)
        return fail(Errc::Malformed, "an unasked reply");
    const Part part = underWay_.front();
    underWay_.pop_front();
    measure(part, now);
    Load* load = find(part.name);
    if (load == nullptr)
        return {};
    if (reply.size != load->blob.size || reply.offset != part.offset || reply.data.size() != part.size) {
        setAside(part.name, {Errc::Forged, "the server hands out another file than a record names"}, now);
        return {};
    }
    counts_.bytesReceived += part.size;
    const Result<bool> whole = shelf_.arrived(load->blob, reply.offset, reply.data);
    if (!whole && (whole.error().code == Errc::Forged || whole.error().code == Errc::DiskFull)) {
        setAside(part.name, whole.error(), now);
    } else if (!whole) {
        fails(whole.error(), now);
    } else if (*whole) {
        ++counts_.received;
        finished(part.name);
    }
    return {};
}

// ---- parts of it ---------------------------------------------------------------------------------------

void Freight::setAside(const wire::BlobName& name, Error why, Instant now)
{
    const wire::BlobName given = name;
    const bool mayPass
        = why.code == Errc::NotFound || why.code == Errc::DiskFull || why.code == Errc::Refused;
    setAside_[given] = mayPass ? std::optional(now + limits::kBlobTriedAgain) : std::nullopt;
    std::erase_if(loads_, [&](const Load& load) { return load.blob.name == given; });
    // That something is not there yet is how things are.
    if (why.code != Errc::NotFound)
        trouble_ = std::move(why);
}

void Freight::finished(const wire::BlobName& name)
{
    // What has come is here, whichever space it was asked for in.
    const wire::BlobName done = name;
    std::erase_if(loads_, [&](const Load& load) {
        return load.blob.name == done || (!load.isUp && load.blob.name.address == done.address);
    });
}

/// Parts under way behind the one that was answered will be told the same; they are no further reason.
void Freight::startOver(Load& load, std::uint64_t from, const char* why, Instant now)
{
    if (load.next <= from)
        return;
    const bool isTold = std::ranges::any_of(
        underWay_, [&](const Part& part) { return part.name == load.blob.name && part.offset <= from; });
    if (isTold)
        return;
    load.next = from;
    if (++load.restarts > kRestartsMax)
        setAside(load.blob.name, {Errc::Damaged, why}, now);
}

/// What passed while a part was under way, at least: the way there and back is in it, so the rate is never
/// taken for more than the line has.
void Freight::measure(const Part& part, Instant now)
{
    const auto passed = std::max(now - part.sentAt, std::chrono::milliseconds(1));
    const std::uint64_t aSecond
        = part.ahead * std::uint64_t{1'000} / static_cast<std::uint64_t>(passed.count());
    partSize_
        = std::clamp<std::size_t>(static_cast<std::size_t>(aSecond), limits::kBlobPartMin, limits::kChunkMax);
}

}  // namespace teren::engine
