// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/couriers.h"

#include "app/service/carrying.h"
#include "crypto/base/limits.h"

namespace teren::sim {

using namespace std::chrono_literals;

namespace {

/// A way on foot, or a stick that lay in a bag.
constexpr std::chrono::milliseconds kLongestWay = 15min;

bool isReadable(const Bytes& file)
{
    return textOf(file).find(kMarker) != std::string_view::npos;
}

}  // namespace

void Couriers::begin()
{
    const std::size_t from = stage_.someone();
    SimDevice& device = *stage_.devices[from];
    if (!device.isOn() || !device.store().isMember())
        return;
    const bool all = stage_.random.chance(50);
    const Result<Bytes> file = bundle(from, all);
    if (!file)
        return judge(from, std::unexpected(file.error()), true, "makes a bundle");
    ++errands_;
    stage_.trace.note(stage_.scheduler.now(), device.name(), "makes a bundle", *file);
    if (isReadable(*file))
        stage_.problems.push_back("a bundle holds a name that anyone can read");
    if (stage_.random.chance(60))
        return carry(*file, [this, from](const Bytes& arrived, bool) { bring(arrived, from); });
    const std::size_t to = stage_.someone();
    carry(*file, [this, to](const Bytes& arrived, bool isWhole) { hand(to, arrived, isWhole); });
}

Result<Bytes> Couriers::bundle(std::size_t from, bool all)
{
    SimDevice& device = *stage_.devices[from];
    TEREN_TRY(
        const carrier::Bundle made,
        service::bundleOf(device.store(), device.now(), limits::kTicketLife, all));
    // What was sealed for it goes out by the line as well.
    device.touched();
    return carrier::encode(made);
}

void Couriers::carry(Bytes file, const std::function<void(const Bytes& file, bool isWhole)>& arrived)
{
    if (stage_.random.chance(10))
        return;  // The stick is lost.
    bool isWhole = true;
    if (stage_.random.chance(10)) {
        file.resize(static_cast<std::size_t>(stage_.random.below(file.size())));
        isWhole = false;
    } else if (stage_.random.chance(10)) {
        file[static_cast<std::size_t>(stage_.random.below(file.size()))]
            ^= static_cast<std::uint8_t>(1U << stage_.random.below(8));
        isWhole = false;
    }
    const unsigned times = stage_.random.chance(25) ? 2 : 1;
    for (unsigned i = 0; i < times; ++i)
        stage_.scheduler.in(stage_.within(kLongestWay), [arrived, file, isWhole] { arrived(file, isWhole); });
}

void Couriers::bring(const Bytes& file, std::size_t from)
{
    const Result<carrier::Bundle> bundle = carrier::decodeBundle(file);
    if (!bundle)
        return;
    const std::size_t patience = stage_.random.chance(30) ? static_cast<std::size_t>(stage_.random.below(8))
                                                          : std::size_t{1'000'000};
    const std::optional<carrier::Reply> reply = stage_.server.serve(*bundle, patience);
    if (!reply)
        return;
    const Result<Bytes> back = carrier::encode(*reply);
    if (!back) {
        stage_.problems.push_back("a reply cannot be written: " + back.error().detail);
        return;
    }
    if (isReadable(*back))
        stage_.problems.push_back("a reply holds a name that anyone can read");
    carry(*back, [this, from](const Bytes& arrived, bool isWhole) { handReply(from, arrived, isWhole); });
}

void Couriers::hand(std::size_t to, const Bytes& file, bool isWhole)
{
    SimDevice& device = *stage_.devices[to];
    if (!device.isOn())
        return;
    const auto taken = [&]() -> Status {
        TEREN_TRY(carrier::Bundle bundle, carrier::decodeBundle(file));
        TEREN_TRY(
            carrier::Verified verified,
            carrier::verifyBundle(std::move(bundle), device.store().membership(), device.now()));
        service::ImportReport report;
        TEREN_CHECK(service::applyVerified(device.store(), std::move(verified), report));
        return {};
    }();
    judge(to, taken, isWhole, "is handed a bundle");
}

void Couriers::handReply(std::size_t to, const Bytes& file, bool isWhole)
{
    SimDevice& device = *stage_.devices[to];
    if (!device.isOn())
        return;
    const auto taken = [&]() -> Status {
        TEREN_TRY(const carrier::Reply reply, carrier::decodeReply(file));
        service::ImportReport report;
        return service::applyReply(device.store(), reply, device.now(), report);
    }();
    judge(to, taken, isWhole, "is handed a reply");
}

void Couriers::meet()
{
    const std::size_t one = stage_.someone();
    const std::size_t other = stage_.someone();
    for (const std::size_t index : {one, other})
        if (!stage_.devices[index]->isOn() || !stage_.devices[index]->store().isMember())
            return;
    if (one == other || stage_.devices[one]->id() == stage_.devices[other]->id())
        return;
    give(one, other);
    give(other, one);
}

/// The half of a meeting. A file that breaks off does not arrive.
void Couriers::give(std::size_t from, std::size_t to)
{
    SimDevice& giver = *stage_.devices[from];
    SimDevice& taker = *stage_.devices[to];
    const auto made = [&]() -> Result<Bytes> {
        TEREN_TRY(const carrier::Bundle all, service::bundleOf(giver.store(), giver.now(), 24h, true));
        TEREN_TRY(const carrier::Bundle theirs, service::bundleOf(taker.store(), taker.now(), 24h, true));
        taker.touched();
        const std::vector<Hash> has = service::offerTo(giver.id(), theirs, taker.store().membership());
        TEREN_TRY(
            const carrier::Bundle part,
            service::bundleFor(
                taker.id(), std::set<Hash>(has.begin(), has.end()), all, giver.store(), giver.random()));
        return carrier::encode(part);
    }();
    giver.touched();
    if (!made)
        return judge(giver.isFull() ? from : to, std::unexpected(made.error()), true, "meets a colleague");
    stage_.trace.note(stage_.scheduler.now(), giver.name(), "meets " + taker.name(), *made);
    const bool breaks = stage_.random.chance(30);
    if (breaks)
        return;
    stage_.scheduler.in(stage_.within(30s), [this, to, file = *made] { hand(to, file, true); });
}

void Couriers::judge(std::size_t index, const Status& ended, bool isWhole, const std::string& what)
{
    SimDevice& device = *stage_.devices[index];
    const std::string how
        = ended ? "taken" : std::string(toString(ended.error().code)) + " " + ended.error().detail;
    stage_.trace.note(stage_.scheduler.now(), device.name(), what + ": " + how);
    device.touched();
    if (ended && isWhole)
        return;
    if (ended) {
        stage_.problems.push_back(device.name() + " took a file that was cut or altered");
        return;
    }
    const Errc code = ended.error().code;
    // A ticket does not count, its signer is no member, or the office has moved on.
    // Members' logs that parted are brought together by the server, and by nobody else.
    const bool hasParted = code == Errc::Forged && stage_.plan.serverGoesBack
        && ended.error().detail.find("another members' log") != std::string::npos;
    const bool isExpected = hasParted || code == Errc::Refused || (code == Errc::DiskFull && device.isFull())
        || (!isWhole && (code == Errc::Damaged || code == Errc::Malformed || code == Errc::TooNew));
    if (!isExpected)
        stage_.problems.push_back(device.name() + " " + what + ": " + how);
}

}  // namespace teren::sim
