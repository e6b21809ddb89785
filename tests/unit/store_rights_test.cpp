// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

namespace teren::test {
namespace {

Status write(StoreDevice& device, const SpaceId& space)
{
    const RecordId note = RecordId::random(device.random);
    const store::SpaceOps save{space, {insertOp(note, "note"), assignOp(note, "text", "x")}};
    return device->save({&save, 1});
}

}  // namespace

TEST_CASE("store rights: a removed device takes no more once it knows, and keeps what it had", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const std::unique_ptr<StoreDevice> jan = office.join();
    const SpaceId space = must(anna->openSpace(ledger::SpaceKind::CaseInternal, {}));
    anna.add(space, "note", "text", "wspólna");
    office.sync(anna);
    office.sync(*jan);
    must(anna->queueAct(ledger::RemoveDevice{(*jan)->device()}));
    office.sync(anna);
    must(write(*jan, space));
    office.fetchStatements(*jan);

    const std::uint64_t unsent = must((*jan)->outboxCounts()).unsent;
    CHECK(write(*jan, space).error().code == Errc::Refused);
    CHECK(write(*jan, office.workspaceSpace).error().code == Errc::Refused);
    CHECK((*jan)->openSpace(ledger::SpaceKind::CaseInternal, {}).error().code == Errc::Refused);
    CHECK(must((*jan)->outboxCounts()).unsent == unsent);
    CHECK(must((*jan)->records(space, "note")).size() == 2);
    checkSound(*jan);
}

TEST_CASE("store rights: who may not open a space begins none", "[store]")
{
    StoreOffice office;
    const std::unique_ptr<StoreDevice> maria = office.join(0);
    CHECK((*maria)->openSpace(ledger::SpaceKind::CaseInternal, {}).error().code == Errc::Refused);
    CHECK((*maria)->spaces(ledger::SpaceKind::CaseInternal).empty());
    must(write(*maria, office.workspaceSpace));
    CHECK(must(maria->database.number("SELECT count(*) FROM draft")) == 0);
}

}  // namespace teren::test
