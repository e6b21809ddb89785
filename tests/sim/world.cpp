// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/world.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/merge/fractional_order.h"

#include <sodium.h>

#include <algorithm>

namespace teren::sim {

using namespace std::chrono_literals;

namespace {

/// libsodium seals boxes with bytes of its own, so a seed decides those as well.
test::SeededRandom* sodiumRandom = nullptr;

const char* sodiumName()
{
    return "seeded";
}
std::uint32_t sodiumNumber()
{
    std::uint32_t number = 0;
    for (int i = 0; i < 4; ++i)
        number = number << 8 | static_cast<std::uint32_t>(sodiumRandom->below(256));
    return number;
}
void sodiumFill(void* const out, const std::size_t size)
{
    sodiumRandom->fill({static_cast<std::uint8_t*>(out), size});
}
randombytes_implementation seededSodium{sodiumName, sodiumNumber, nullptr, nullptr, sodiumFill, nullptr};

void seedSodium(std::uint64_t seed)
{
    // It takes bytes for itself when it is first used; those are no part of any story.
    (void)sodium_init();
    static test::SeededRandom random(0);
    random = test::SeededRandom(seed);
    sodiumRandom = &random;
    randombytes_set_implementation(&seededSodium);
}

constexpr std::array<std::string_view, 3> kFields{"title", "text", "status"};

Op assignment(const RecordId& record, std::string_view field, Bytes value)
{
    return {OpKind::Assign, record, std::string(field), std::move(value)};
}

}  // namespace

World::World(std::uint64_t seed, Kind kind)
    : random_((seedSodium(seed), seed)),
      returns_(~seed),
      more_(seed ^ 0x9e3779b97f4a7c15),
      upkeepRandom_(seed ^ 0xd1b54a32d192ed03),
      urgentRandom_(seed ^ 0x2545f4914f6cdd1d),
      plan_(Plan::draw(random_)),
      weather_(plan_.weather),
      server_(scheduler_, random_, plan_.serverLagMax, trace_),
      couriers_(stage()),
      photos_(stage()),
      upkeep_(stageWith(upkeepRandom_))
{
    if (kind != Kind::Plain)
        plan_.drawMore(more_);
    if (kind == Kind::Full || kind == Kind::Earlier)
        plan_.drawUpkeep(upkeepRandom_);
    if (kind == Kind::Full)
        plan_.drawUrgent(urgentRandom_);
    if (plan_.bringsUrgent)
        server_.bringUrgent();
    if (plan_.photos > 0)
        server_.carryBlobs();
    plan_.serverGoesBack = returns_.chance(40) && (plan_.mixesReturns || !plan_.startsLives());
    // What a removed member wrote on a lost part is not taken again (PROTOCOL.md, 13).
    plan_.losesAMember = plan_.losesAMember && !plan_.serverGoesBack;
    // An act that a server forgot and that the log went on without does not come back by itself.
    plan_.changesKeys = plan_.changesKeys && !plan_.serverGoesBack;
    if (plan_.serverGoesBack)
        plan_.duration += 20min;
    found();
    for (std::size_t i = 1; i < kDevices; ++i) {
        SimDevice& device = addDevice("device " + std::to_string(i + 1));
        if (i + 1 < kDevices || !plan_.joinsLate)
            join(device);
        else
            scheduler_.in(someTime(), [this, &device] { join(device); });
    }
}

std::chrono::milliseconds World::someTime()
{
    return std::chrono::milliseconds(random_.below(static_cast<std::uint64_t>(plan_.duration.count())));
}

// ---- the office ----------------------------------------------------------------------------------------

SimDevice& World::addDevice(std::string name)
{
    const auto span = static_cast<std::uint64_t>(plan_.clockOffsetMax.count());
    const auto offset = std::chrono::milliseconds(random_.below(2 * span + 1)) - plan_.clockOffsetMax;
    const std::uint64_t seed = random_.below(~std::uint64_t{0});
    devices_.push_back(std::make_unique<SimDevice>(
        std::move(name), seed, offset,
        SimDevice::Surroundings{
            scheduler_, random_, weather_, server_, trace_, plan_.serverGoesBack, plan_.photos > 0,
            plan_.fillsDisks(), plan_.losesAMember || plan_.serverGoesBack,
            plan_.serverGoesBack && plan_.errands + plan_.meetings > 0}));
    return *devices_.back();
}

void World::found()
{
    SimDevice& founder = addDevice("device 1");
    const server::ServerIdentity& identity = server_.store().identity();
    auto founding = store::WorkspaceStore::found(
        identity.tlsKey.publicKey(), identity.receiptKey.publicKey(), founder.storeParts());
    if (!founding)
        return founder.check(std::unexpected(founding.error()), "founding");
    workspace_ = WorkspaceId{founding->statements.front().hash()};
    const Bytes token{1, 2, 3};
    founder.check(server_.store().addToken(server::hashOfToken(token), scheduler_.now()), "token");
    founder.check(
        server_.store().createWorkspace(
            server::hashOfToken(token), workspace_, founding->statements, scheduler_.now()),
        "creating the workspace");
    founder.begin(
        store::WorkspaceStore::createFounded(*std::move(founding), "office:1", founder.storeParts()));
}

void World::join(SimDevice& newcomer)
{
    SimDevice& inviter = *devices_.front();
    if (!inviter.isOn() || inviter.isFull()) {
        scheduler_.in(1s, [this, &newcomer] { join(newcomer); });
        return;
    }
    const auto genesis = server_.store().statements(workspace_, 0, 1);
    store::DeviceKeys keys{
        SigningKey::generate(random_), BoxKey::generate(random_), 1 + random_.below(1'000'000'000)};
    const ledger::DeviceStatement statement{
        keys.signing.publicKey(), keys.box.publicKey(), keys.life, newcomer.now()};
    newcomers_.push_back(ledger::signDevice(statement, keys.signing));
    admit(newcomers_.back());
    newcomer.begin(store::WorkspaceStore::createJoined(
        std::move(keys), genesis->front(), "office:1", newcomer.storeParts()));
    const ledger::ServerKeyPair inForce = inviter.store().membership().serverKeys().back().keys;
    if (newcomer.isOn() && newcomer.store().membership().serverKeys().back().keys != inForce)
        newcomer.check(newcomer.store().tellServer(inForce), "being told the server's keys");
}

void World::admit(const Bytes& signedDevice)
{
    SimDevice& inviter = *devices_.front();
    const auto invitation = InvitationId::random(random_);
    const Instant expires = std::max(scheduler_.now(), inviter.now()) + std::chrono::days(30);
    inviter.check(
        inviter.store().queueAct(
            ledger::Invite{invitation, MemberId::random(random_), ledger::kAllRights, expires}),
        "inviting");
    inviter.check(inviter.store().queueAct(ledger::Admit{invitation, signedDevice}), "admitting");
    inviter.touched();
}

void World::admitAgain()
{
    for (const Bytes& newcomer : newcomers_)
        if (devices_.front()->store().membership().find(ledger::openDevice(newcomer)->id()) == nullptr)
            admit(newcomer);
}

// ---- what people do ------------------------------------------------------------------------------------

void World::saveSomewhere()
{
    const auto index = static_cast<std::size_t>(random_.below(devices_.size()));
    if (devices_[index]->isOn() && devices_[index]->store().isMember())
        save(index);
}

void World::save(std::size_t index)
{
    SimDevice& device = *devices_[index];
    const std::vector<SpaceId> cases = casesHere(device.store());
    if (cases.empty() || random_.chance(8))
        return openCase(device);
    if (plan_.decides && random_.chance(25) && decide(index))
        return;
    const SpaceId& space = cases[static_cast<std::size_t>(random_.below(cases.size()))];
    const auto records = device.store().records(space);
    if (!records)
        return device.check(std::unexpected(records.error()), "reading records");
    if (records->empty() || random_.chance(20))
        return addRecord(index, space);
    const RecordId record = (*records)[static_cast<std::size_t>(random_.below(records->size()))].id;
    if (random_.chance(10))
        return changeTags(device, space, record);
    if (random_.chance(6))
        return deleteRecord(device, space, record);
    assign(index, space, record, std::string(kFields[static_cast<std::size_t>(random_.below(3))]));
}

void World::openCase(SimDevice& device)
{
    const auto record = RecordId::random(random_);
    const std::string order = orderBetween({}, {}, random_);
    const std::vector<Op> ops{{OpKind::Insert, record, "case", toBytes(viewOf(order))}};
    const auto opened = device.store().openSpace(ledger::SpaceKind::CaseInternal, ops);
    if (!opened && !(device.isFull() && opened.error().code == Errc::DiskFull))
        device.check(std::unexpected(opened.error()), "opening a case");
    device.touched();
}

void World::addRecord(std::size_t index, const SpaceId& space)
{
    SimDevice& device = *devices_[index];
    const auto record = RecordId::random(random_);
    const std::string order = orderBetween({}, {}, random_);
    const Oracle::Place place{record, "title"};
    const Bytes value = someValue();
    if (!write(
            device, space,
            {{OpKind::Insert, record, "note", toBytes(viewOf(order))}, assignment(record, "title", value)}))
        return;
    oracle_.saved(index, scheduler_.now(), place, value, {}, oracle_.inForce(device.store(), place));
}

void World::assign(std::size_t index, const SpaceId& space, const RecordId& record, const std::string& field)
{
    SimDevice& device = *devices_[index];
    const Oracle::Place place{record, field};
    const std::set<Dot> before = oracle_.inForce(device.store(), place);
    const Bytes value = someValue();
    if (write(device, space, {assignment(record, field, value)}))
        oracle_.saved(index, scheduler_.now(), place, value, before, oracle_.inForce(device.store(), place));
}

void World::changeTags(SimDevice& device, const SpaceId& space, const RecordId& record)
{
    const std::string tag = "tag " + std::to_string(random_.below(3));
    const OpKind kind = random_.chance(60) ? OpKind::SetAdd : OpKind::SetRemove;
    (void)write(device, space, {{kind, record, "tags", toBytes(viewOf(tag))}});
}

void World::deleteRecord(SimDevice& device, const SpaceId& space, const RecordId& record)
{
    (void)write(device, space, {{OpKind::Delete, record, "", {}}});
}

/// Takes one side of a conflict that this device shows. @return whether it shows one.
bool World::decide(std::size_t index)
{
    SimDevice& device = *devices_[index];
    const auto conflicts = device.store().conflicts();
    if (!conflicts || conflicts->empty())
        return false;
    const auto& conflict = (*conflicts)[static_cast<std::size_t>(random_.below(conflicts->size()))];
    if (conflict.field.empty())
        return false;
    assign(index, conflict.space, conflict.record, conflict.field);
    return true;
}

Bytes World::someValue()
{
    if (random_.chance(10))
        return toBytes(viewOf("the same words"));
    std::string value = std::string(kMarker) + " " + std::to_string(++values_);
    if (plan_.bigValues && random_.chance(35)) {
        // Hex halves when compressed: two chunks of a body.
        Bytes noise(100'000);
        random_.fill(noise);
        value += toHex(noise);
    }
    return toBytes(viewOf(value));
}

bool World::write(SimDevice& device, const SpaceId& space, std::vector<Op> ops)
{
    const store::SpaceOps save{space, std::move(ops)};
    const Status saved = device.store().save({&save, 1});
    const bool isFull = !saved && device.isFull() && saved.error().code == Errc::DiskFull;
    // The device may have heard by now that it is a member no more.
    const bool isOut = !saved && saved.error().code == Errc::Refused && device.id() == lost_;
    if (!isFull && !isOut)
        device.check(saved, "saving");
    trace_.note(
        scheduler_.now(), device.name(), (saved ? "saves " : "cannot save ") + space.hex().substr(0, 8));
    device.touched();
    return saved.has_value();
}

// ---- what goes wrong -----------------------------------------------------------------------------------

void World::planFaults()
{
    for (unsigned i = 0; i < plan_.saves; ++i)
        scheduler_.in(someTime(), [this] { saveSomewhere(); });
    for (unsigned i = 0; i < plan_.deviceCrashes; ++i)
        scheduler_.in(someTime(), [this] { planCrash(); });
    for (unsigned i = 0; i < plan_.serverRestarts; ++i)
        scheduler_.in(someTime(), [this] { planRestart(); });
    if (plan_.copiesADisk)
        scheduler_.in(someTime(), [this] { planCopy(); });
    if (plan_.putsADiskBack)
        scheduler_.in(someTime() / 2, [this] { planRollback(); });
    if (plan_.serverGoesBack)
        planReturn();
    planMore();
}

void World::planCrash()
{
    SimDevice& device = *devices_[static_cast<std::size_t>(random_.below(devices_.size()))];
    if (!device.isOn())
        return;
    trace_.note(scheduler_.now(), device.name(), "crashes");
    device.crash();
    scheduler_.in(std::chrono::milliseconds(random_.below(120'000)), [&device] { device.switchOn(); });
}

void World::planRestart()
{
    trace_.note(scheduler_.now(), "server", "stops");
    server_.stop();
    scheduler_.in(std::chrono::milliseconds(random_.below(60'000)), [this] {
        if (serverHeld_)
            return;
        trace_.note(scheduler_.now(), "server", "starts");
        server_.start();
    });
}

/// Somebody copies a profile to a second laptop, and both are used from then on.
void World::planCopy()
{
    const auto index = static_cast<std::size_t>(random_.below(2));
    SimDevice& device = *devices_[index];
    if (!device.isOn())
        return;
    trace_.note(scheduler_.now(), device.name(), "is copied");
    device.crash();
    const SimDevice::Disk image = device.image();
    SimDevice& copy = addDevice("copy of " + device.name());
    copy.restore(image);
    device.switchOn();
    copy.switchOn();
    // Both at once, so that neither learns of the other before it sends.
    const std::size_t copied = devices_.size() - 1;
    for (const auto pause : {1s, 60s, 61s})
        scheduler_.in(pause, [this, index, copied] {
            for (const std::size_t one : {index, copied})
                if (devices_[one]->isOn() && devices_[one]->store().isMember())
                    save(one);
        });
}

/// An old image of a disk is put back.
void World::planRollback()
{
    const auto index = static_cast<std::size_t>(random_.below(2));
    SimDevice& device = *devices_[index];
    if (!device.isOn())
        return;
    device.crash();
    const auto image = std::make_shared<const SimDevice::Disk>(device.image());
    device.switchOn();
    trace_.note(scheduler_.now(), device.name(), "is imaged");
    scheduler_.in(someTime() / 2, [this, index, image, taken = scheduler_.now()] {
        SimDevice& later = *devices_[index];
        // See putServerBack: nobody else holds the statements yet.
        if (givesBack_ == &later && !isGivingBack(""))
            return;
        trace_.note(scheduler_.now(), later.name(), "is put back");
        later.crash();
        later.restore(*image);
        oracle_.rolledBack(index, taken);
        photos_.rolledBack(index, taken);
        later.switchOn();
    });
}

/// An image of the server's store is taken, and put back later, once or twice. What it forgets then, devices
/// hold.
void World::planReturn()
{
    const std::chrono::milliseconds span = plan_.duration - 15min;
    const auto within = [&](std::chrono::milliseconds length) {
        return std::chrono::milliseconds(returns_.below(static_cast<std::uint64_t>(length.count())));
    };
    const std::chrono::milliseconds taken = within(span * 2 / 3);
    const std::chrono::milliseconds stopped = taken + within(span - taken);
    scheduler_.in(taken, [this] { imageServer(); });
    scheduler_.in(stopped, [this] { stopServer(); });
    if (returns_.chance(30))
        scheduler_.in(stopped + 7min, [this] { stopServer(); });
}

void World::imageServer()
{
    trace_.note(scheduler_.now(), "server", "is imaged");
    serverImage_ = server_.image();
    // Whatever is told to be in a backup must not be behind the one that is put back.
    if (plan_.evictions > 0)
        upkeep_.backUp();
}

/// Nothing of what it said before is on its way any more when it comes back.
void World::stopServer()
{
    if (!serverImage_ || serverHeld_)
        return;
    trace_.note(scheduler_.now(), "server", "stops to be put back");
    server_.stop();
    serverHeld_ = true;
    scheduler_.in(3min, [this] { putServerBack(); });
}

/// Somebody has to hold all the statements that it forgets: where nobody does, nothing is put back. Who comes
/// first may not know them, and sign others.
void World::putServerBack()
{
    const auto before = server_.store().statements(workspace_, 0, std::size_t{1} << 30);
    const std::uint64_t held = server_.store().state(workspace_)->height;
    const SimServer::Image now = server_.image();
    server_.putBack(*serverImage_);
    const std::uint64_t known = server_.store().state(workspace_)->height;
    ledger::Membership membership;
    for (std::uint64_t height = 0; height < known; ++height)
        (void)membership.replay((*before)[height]);
    wanted_ = 0;
    for (const auto& device : devices_)
        wanted_ = std::max(wanted_, device->height());
    givesBack_ = nullptr;
    for (const auto& device : devices_)
        if (device->height() == wanted_ && device->height() > known && givesBack_ == nullptr
            && device->isMemberOf(membership))
            givesBack_ = device.get();
    serverHeld_ = false;
    if (wanted_ > known && givesBack_ == nullptr) {
        server_.putBack(now);
    } else {
        ++returned_;
        trace_.note(
            scheduler_.now(), "server",
            "is put back from height " + std::to_string(held) + " to " + std::to_string(known)
                + (givesBack_ == nullptr ? "" : ", " + givesBack_->name() + " holds all of it"));
    }
    server_.start();
    // The log grows on while somebody is away.
    SimDevice& away = *devices_[static_cast<std::size_t>(returns_.below(devices_.size()))];
    if (returns_.chance(60) && &away != givesBack_ && away.isOn()) {
        away.crash();
        scheduler_.in(std::chrono::milliseconds(1 + returns_.below(600'000)), [&away] { away.switchOn(); });
    }
}

bool World::isGivingBack(const std::string& device)
{
    if (givesBack_ != nullptr && server_.store().state(workspace_)->height >= wanted_)
        givesBack_ = nullptr;
    return givesBack_ == nullptr || givesBack_->name() == device;
}

Stage World::stageWith(test::SeededRandom& random)
{
    return {scheduler_, random, trace_, server_, devices_, plan_, problems_};
}

void World::planMore()
{
    const auto often = [this](unsigned times, auto happens) {
        for (unsigned i = 0; i < times; ++i)
            scheduler_.in(stage().within(plan_.duration), happens);
    };
    often(plan_.errands, [this] { couriers_.begin(); });
    often(plan_.meetings, [this] { couriers_.meet(); });
    often(plan_.photos, [this] { photos_.add(); });
    often(plan_.fullDevices, [this] { fillDisk(); });
    often(plan_.fullServers, [this] { fillServer(); });
    often(plan_.clockJumps, [this] { setSomeClock(); });
    if (plan_.losesAMember)
        scheduler_.in(stage().within(plan_.duration / 2), [this] { loseMember(); });
    planUpkeep();
    planAbsences();
}

void World::planAbsences()
{
    const Stage stage = stageWith(urgentRandom_);
    for (unsigned i = 0; i < plan_.absences; ++i)
        scheduler_.in(stage.within(plan_.duration), [this, stage] {
            SimDevice& away = *devices_[stage.someone()];
            if (!away.isOn() || &away == givesBack_)
                return;
            trace_.note(scheduler_.now(), away.name(), "is away");
            away.crash();
            scheduler_.in(1min + stage.within(15min), [&away] { away.switchOn(); });
        });
}

void World::planUpkeep()
{
    const Stage stage = stageWith(upkeepRandom_);
    for (unsigned i = 0; i < plan_.evictions; ++i)
        scheduler_.in(stage.within(plan_.duration), [this, stage] {
            if (!plan_.serverGoesBack)
                upkeep_.backUp();
            scheduler_.in(1s + stage.within(3min), [this] { upkeep_.evict(); });
        });
    if (plan_.changesKeys)
        scheduler_.in(stage.within(plan_.duration), [this] { upkeep_.changeKeys(); });
}

void World::fillDisk()
{
    SimDevice& device = *devices_[stage().someone()];
    if (!device.isOn())
        return;
    device.setFull(true);
    scheduler_.in(stage().within(4min), [&device] { device.setFull(false); });
}

void World::fillServer()
{
    server_.setFull(true);
    scheduler_.in(stage().within(4min), [this] { server_.setFull(false); });
}

/// By a little, by the hour that summer takes, by days, or by as much as a flat battery or a slip of a
/// finger.
void World::setSomeClock()
{
    static constexpr std::array<std::chrono::minutes, 5> kSpans{
        10min, 60min, std::chrono::days(3), std::chrono::days(400), std::chrono::days(14'610)};
    const auto span = std::chrono::milliseconds(kSpans[static_cast<std::size_t>(more_.below(5))]);
    SimDevice& device = *devices_[stage().someone()];
    device.setClock(more_.chance(25) ? 0ms : more_.chance(50) ? span : -span);
}

/// One that is out of reach works on and is removed; then it comes back.
void World::loseMember()
{
    SimDevice& device = *devices_[1];
    if (!device.isOn() || !device.store().isMember())
        return;
    lost_ = device.id();
    device.setOutOfReach(true);
    scheduler_.in(1s + stage().within(5min), [this] {
        SimDevice& founder = *devices_.front();
        if (founder.isOn() && !founder.isFull()) {
            trace_.note(scheduler_.now(), founder.name(), "removes a member");
            founder.check(founder.store().queueAct(ledger::RemoveDevice{*lost_}), "removing");
            founder.touched();
        }
        scheduler_.in(stage().within(5min), [this] { devices_[1]->setOutOfReach(false); });
    });
}

// ---- the run -------------------------------------------------------------------------------------------

void World::run()
{
    const Instant start = scheduler_.now();
    planFaults();
    scheduler_.runUntil(start + plan_.duration);

    healed_ = scheduler_.now();
    heal();
    // What was planned before may still fall into this hour; the last of it is over soon.
    scheduler_.runUntil(healed_ + (plan_.fillsDisks() || plan_.losesAMember ? 11min : 3min));
    if (plan_.errands > 0)
        scheduler_.runUntil(healed_ + 31min);
    heal();
    admitAgain();
    upkeep_.fetchAll();
    for (Instant end = scheduler_.now(); end <= healed_ + 1h && !settled_; end += 30s)
        settle(end);
    if (settled_ && voidAwaited()) {
        settled_ = false;
        for (Instant end = scheduler_.now() + 30s; end <= healed_ + 2h && !settled_; end += 30s)
            settle(end);
    }
    if (settled_ || returned_ == 0 || plan_.photos == 0)
        return;
    // The log may be as it was, and only attachments lost: that is asked for after a week, in which nobody
    // leaves a device on all the time.
    for (const auto& device : devices_) {
        device->setClock(limits::kBlobAskedAgain + 1h);
        device->crash();
        device->switchOn();
    }
    for (Instant end = scheduler_.now(); end <= healed_ + 2h && !settled_; end += 30s)
        settle(end);
}

/// What others built on and nobody can bring any more, those who supervise declare void: a removed member's,
/// and what was written under a life that has ended. @return whether there is any.
bool World::voidAwaited()
{
    bool any = false;
    for (SimDevice* device : members())
        for (const store::AwaitedWork& work : device->store().awaited().value()) {
            const ledger::Membership::Device* author = device->store().membership().find(work.author.device);
            if (author->isMember() && author->lives.back() == work.author.life)
                continue;
            any = true;
            trace_.note(scheduler_.now(), device->name(), "declares work void");
            device->check(
                device->store().queueAct(ledger::Void{
                    work.space, work.author.device, work.author.life, work.from, work.to,
                    ledger::VoidReason::Lost}),
                "declaring work void");
            device->touched();
        }
    return any;
}

void World::settle(Instant until)
{
    scheduler_.runUntil(until);
    settled_ = unrest().empty();
}

void World::heal()
{
    weather_ = test::Weather{};
    plan_.serverLagMax = 5ms;
    server_.start();
    for (const auto& device : devices_)
        device->switchOn();
}

bool World::isMemberLost() const
{
    const ledger::Membership& membership = devices_.front()->store().membership();
    return lost_ && !membership.find(*lost_)->isMember();
}

std::vector<SimDevice*> World::members() const
{
    const ledger::Membership& membership = devices_.front()->store().membership();
    std::vector<SimDevice*> members;
    for (const auto& device : devices_)
        if (device->isOn() && device->isMemberOf(membership))
            members.push_back(device.get());
    return members;
}

std::vector<std::string> World::unrest()
{
    const auto state = server_.store().state(workspace_);
    if (!state)
        return {"the server's store fails: " + state.error().detail};
    std::vector<std::string> found;
    for (const auto& device : devices_)
        if (!device->isOn())
            found.push_back(device->name() + " is off");
    if (!found.empty())
        return found;
    // What a removed member, or one whose disk was put back, had not brought does not come any more.
    const bool mayLack = isMemberLost() || plan_.putsADiskBack;
    const auto files
        = mayLack && scheduler_.now() > healed_ + 30min ? SimDevice::Files::Leave : SimDevice::Files::Move;
    for (SimDevice* device : members())
        if (const std::string what = device->unrest(*state, files); !what.empty())
            found.push_back(device->name() + " is " + what);
    if (const std::string what = upkeep_.unrest(); !what.empty())
        found.push_back(what);
    return found;
}

std::vector<std::string> World::check()
{
    std::vector<std::string> problems = server_.problems();
    problems.insert(problems.end(), problems_.begin(), problems_.end());
    for (const auto& device : devices_)
        problems.insert(problems.end(), device->problems().begin(), device->problems().end());
    if (!settled_) {
        problems.emplace_back("an hour after healing the devices are not done");
        std::ranges::move(unrest(), std::back_inserter(problems));
    }
    if (problems.empty())
        checkPromises(problems);
    return problems;
}

void World::checkPromises(std::vector<std::string>& problems)
{
    checkDigests(problems);
    checkLog(problems);
    checkLives(problems);
    checkNumbers(problems);
    checkConfirmedIsThere(problems);
    checkDisk(problems);
    const bool isLost = isMemberLost();
    for (std::size_t i = 0; isLost && i < devices_.size(); ++i)
        if (devices_[i]->id() == *lost_) {
            oracle_.rolledBack(i, Instant{});
            photos_.removed(i);
        }
    const bool isRenamed = plan_.startsLives() || isLost;
    const auto dots = isRenamed ? Oracle::Dots::Renamed : Oracle::Dots::Exact;
    for (SimDevice* device : members()) {
        for (const std::string& problem : oracle_.check(device->store(), dots))
            problems.push_back(device->name() + ": " + problem);
        const auto checked = device->store().selfCheck();
        for (const std::string& problem : checked.value_or(std::vector<std::string>{"no self-check"}))
            problems.push_back(device->name() + ": self-check: " + problem);
    }
    std::ranges::move(photos_.check(members()), std::back_inserter(problems));
    std::ranges::move(upkeep_.check(members()), std::back_inserter(problems));
    if (problems.empty() && plan_.clockJumps > 0)
        checkClocks(problems);
}

/// What a device has told its person is confirmed, all others show.
void World::checkConfirmedIsThere(std::vector<std::string>& problems)
{
    for (std::size_t i = 0; i < devices_.size(); ++i)
        for (SimDevice* other : members())
            // A server that went back may have lost what only a removed device held.
            if (returned_ == 0 || !lost_)
                std::ranges::move(
                    oracle_.missingOfConfirmed(i, devices_[i]->store(), other->store()),
                    std::back_inserter(problems));
}

void World::checkDisk(std::vector<std::string>& problems)
{
    const Bytes disk = server_.disk();
    if (textOf(disk).find(kMarker) != std::string_view::npos)
        problems.push_back("the server's disk holds a name that anyone can read");
}

/// Once its clock is right again, a device dates what is saved there as its clock says.
void World::checkClocks(std::vector<std::string>& problems)
{
    for (SimDevice* device : members()) {
        device->setClock(0ms);
        const std::vector<SpaceId> cases = device->store().spaces(ledger::SpaceKind::CaseInternal);
        if (cases.empty())
            continue;
        const auto record = RecordId::random(more_);
        (void)write(*device, cases.front(), {assignment(record, "title", toBytes(viewOf("later")))});
        const auto saved = device->store().record(record);
        if (!saved || saved->lastStamp.wall > scheduler_.now() + 1h
            || saved->lastStamp.wall < scheduler_.now() - 1h)
            problems.push_back(device->name() + " dates by a clock that was wrong once");
    }
}

/// How much of which kind, and what for.
std::string World::leftOver(store::WorkspaceStore& store, const store::OutboxCounts& counts)
{
    std::string said = ": " + std::to_string(counts.unsent) + " unsent, " + std::to_string(counts.waiting)
        + " waiting, " + std::to_string(counts.quarantined) + " apart";
    for (const store::AwaitedWork& work : store.awaited().value())
        said += ", for " + work.space.hex().substr(0, 8) + " " + std::to_string(work.author.life) + " "
            + std::to_string(work.from) + "-" + std::to_string(work.to);
    return said;
}

void World::checkDigests(std::vector<std::string>& problems)
{
    store::WorkspaceStore& first = devices_.front()->store();
    for (SimDevice* device : members()) {
        store::WorkspaceStore& other = device->store();
        for (const ledger::SpaceKind kind : {ledger::SpaceKind::Workspace, ledger::SpaceKind::CaseInternal}) {
            std::vector<SpaceId> expected = first.spaces(kind);
            std::vector<SpaceId> held = other.spaces(kind);
            std::ranges::sort(expected);
            std::ranges::sort(held);
            if (expected != held)
                problems.push_back(device->name() + " holds other spaces than device 1");
            for (const SpaceId& space : expected)
                if (other.digest(space).value_or(Hash{}) != first.digest(space).value_or(Hash{1}))
                    problems.push_back(device->name() + " differs in space " + space.hex().substr(0, 8));
        }
        const auto counts = other.outboxCounts();
        if (!counts || counts->unsent > 0 || counts->waiting > 0
            || (counts->quarantined > 0 && !standsApartOfLost(other)))
            problems.push_back(
                device->name() + " has work left over" + (counts ? leftOver(other, *counts) : ""));
    }
}

/// Whether what stands apart is all of the member who was removed.
bool World::standsApartOfLost(store::WorkspaceStore& store) const
{
    for (const SpaceId& space : store.spaces(ledger::SpaceKind::CaseInternal))
        for (const store::ApartWork& work : store.apart(space).value())
            if (work.why == store::ApartWork::Why::Quarantined && work.author.device != lost_)
                return false;
    return isMemberLost();
}

/// Each chain in the server's log is one run without a gap, so no seq was taken twice.
void World::checkLog(std::vector<std::string>& problems)
{
    const auto state = server_.store().state(workspace_);
    const auto entries = server_.store().entries(workspace_, 0, state->tree.size, 1'000'000);
    std::map<server::Chain, std::uint64_t> ends;
    for (const server::LogEntry& entry : *entries) {
        const ledger::SegmentHeader header = ledger::decodeHeader(entry.header)->header;
        std::uint64_t& end = ends[{header.space, header.device, header.life}];
        if (header.firstSeq != end + 1)
            problems.push_back("entry " + std::to_string(entry.number) + " does not follow its chain");
        end = header.lastSeq();
    }
}

void World::checkLives(std::vector<std::string>& problems)
{
    for (const auto& [id, device] : devices_.front()->store().membership().devices())
        // What one had built on may have gone with the member who was removed.
        if (device.lives.size() > 1 && !plan_.startsLives() && !isMemberLost())
            problems.push_back("a device started a new life without a reason");
}

/// What a device takes to be in the log stands there, all of it.
void World::checkNumbers(std::vector<std::string>& problems)
{
    const auto state = server_.store().state(workspace_);
    const auto entries = server_.store().entries(workspace_, 0, state->tree.size, 1'000'000);
    for (SimDevice* device : members()) {
        const std::map<std::uint64_t, Hash> numbered = device->numbered();
        if (numbered.size() != entries->size())
            problems.push_back(device->name() + " does not hold every entry");
        for (const server::LogEntry& entry : *entries)
            if (const auto found = numbered.find(entry.number);
                found == numbered.end() || found->second != ledger::decodeHeader(entry.header)->hash)
                problems.push_back(device->name() + " holds another entry " + std::to_string(entry.number));
    }
}

std::size_t World::parted() const
{
    return devices_.front()->store().membership().lostStatements().size();
}

std::string World::summary() const
{
    return std::to_string(oracle_.size()) + " saves, " + std::to_string(devices_.size()) + " devices"
        + (returned_ > 0 ? ", the server went back " + std::to_string(returned_) + " times" : "")
        + (parted() > 0 ? ", " + std::to_string(parted()) + " members' logs parted" : "")
        + (couriers_.errands() > 0 ? ", " + std::to_string(couriers_.errands()) + " errands" : "")
        + (upkeep_.evictions() > 0 ? ", " + std::to_string(upkeep_.evictions()) + " evictions" : "")
        + (upkeep_.switches() > 0 ? ", other keys" : "")
        + (server_.ahead() > 0 ? ", " + std::to_string(server_.ahead()) + " pages ahead" : "")
        + (server_.resumed() > 0 ? ", " + std::to_string(server_.resumed()) + " sessions behind such" : "");
}

}  // namespace teren::sim
