// SPDX-License-Identifier: EUPL-1.2
#include "sync/engine/applied_words.h"

#include "crypto/base/limits.h"

#include <algorithm>
#include <utility>

namespace teren::engine {

void AppliedWords::reset()
{
    open_ = false;
    overdue_ = false;
    saidBeside_ = 0;
    underWay_.clear();
}

Status AppliedWords::take(const wire::Answer& answer)
{
    if ((answer.features & wire::kKeepsApplied) == 0)
        return {};
    open_ = true;
    if (answer.applied.empty() && answer.appliedSerial + 1 == replica_.position().appliedFrom)
        return {};
    const ledger::Membership& membership = replica_.membership();
    std::vector<ledger::AppliedWord> good;
    std::size_t forged = 0;
    for (const ledger::AppliedWord& word : answer.applied) {
        const Status verified = ledger::verifyApplied(word, membership);
        if (verified && word.device != replica_.device() && membership.canRead(replica_.device(), word.space))
            good.push_back(word);
        else if (!verified && verified.error().code == Errc::Forged)
            ++forged;
    }
    return replica_.storeApplied(good, answer.appliedSerial, forged);
}

Result<std::optional<wire::TellApplied>> AppliedWords::next(Instant now)
{
    return say(limits::kAppliedBytesPerMessage, now);
}

Result<std::optional<wire::TellApplied>> AppliedWords::nextBeside(std::uint64_t received, Instant now)
{
    const std::uint64_t allowed = received / kBesidePages;
    if (allowed < saidBeside_ + kLeastBeside)
        return std::nullopt;
    const std::uint64_t most
        = std::min<std::uint64_t>(allowed - saidBeside_, limits::kAppliedBytesPerMessage);
    TEREN_TRY(std::optional<wire::TellApplied> told, say(static_cast<std::size_t>(most), now));
    if (told)
        for (const ledger::AppliedWord& word : told->words)
            saidBeside_ += word.box.size() + word.signature.size();
    return told;
}

Result<std::optional<wire::TellApplied>> AppliedWords::say(std::size_t maxBytes, Instant now)
{
    waitingSince_ = underWay_.empty() ? now : std::min(waitingSince_, now);  // People set clocks back.
    if (now - waitingSince_ >= kPatience)
        giveUp();
    if (!open_ || overdue_)
        return std::nullopt;
    std::set<SpaceId> spaces;
    for (const std::vector<ledger::AppliedWord>& message : underWay_)
        for (const ledger::AppliedWord& word : message)
            spaces.insert(word.space);
    TEREN_TRY(std::vector<ledger::AppliedWord> words, replica_.appliedToTell(now, maxBytes, spaces));
    if (words.empty())
        return std::nullopt;
    underWay_.push_back(words);
    return wire::TellApplied{std::move(words)};
}

Status AppliedWords::take(const wire::AppliedKept& reply, Instant now)
{
    if (overdue_)
        return {};
    if (underWay_.empty() || reply.kept > underWay_.front().size())
        return fail(Errc::Malformed, "an unasked reply");
    const std::vector<ledger::AppliedWord> words = std::move(underWay_.front());
    underWay_.pop_front();
    waitingSince_ = now;
    if (reply.kept == words.size())
        return replica_.appliedTold(words);
    giveUp();
    return {};
}

/// What has no reply is said again in the next session.
void AppliedWords::giveUp()
{
    overdue_ = true;
    underWay_.clear();
}

}  // namespace teren::engine
