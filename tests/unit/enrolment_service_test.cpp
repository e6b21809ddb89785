// SPDX-License-Identifier: EUPL-1.2
#include "app/service/office_parts.h"
#include "tests/support/served_office.h"

#include <sqlite3.h>

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;

namespace {

/// Stops the vault's database after so many steps, once, as a full disk or a kill does.
class Fuse {
public:
    Fuse(Office& office, std::int64_t steps)
        : handle_(office.parts().vault->database().handle()),
          left_(steps)
    {
        sqlite3_progress_handler(handle_, 1, burn, &left_);
    }
    Fuse(const Fuse&) = delete;
    Fuse& operator=(const Fuse&) = delete;
    ~Fuse() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }

private:
    static int burn(void* left) { return (*static_cast<std::int64_t*>(left))-- == 0 ? 1 : 0; }

    sqlite3* handle_;
    std::int64_t left_;
};

std::int64_t countOf(Office& office, const std::string& sql)
{
    const Result<std::int64_t> count = office.parts().vault->database().number(sql);
    REQUIRE(count);
    return *count;
}

std::size_t recordsOf(Office& office, const std::string& type)
{
    const auto records = office.parts().store->recordsOfType(type);
    REQUIRE(records);
    return records->size();
}

}  // namespace

TEST_CASE("service: an approval stopped at any step is whole or not begun, and can be repeated", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    std::size_t people = 1;
    for (std::int64_t steps = 1;; steps += 1 + steps / 3) {
        const std::string name = "Jan " + std::to_string(steps);
        const auto jan = served.profile(name);
        const auto invitation = Enrolment(*anna).invite(name, Role::SocialWorker);
        REQUIRE(invitation);
        const auto code = Enrolment(*jan).join(invitation->text);
        REQUIRE(code);
        Status approved;
        {
            const Fuse fuse(*anna, steps);
            approved = Enrolment(*anna).approve(*code);
        }
        INFO("stopped after " << steps << " steps");
        ++people;
        if (!approved) {
            // The admission waits exactly if it is written who came.
            const bool begun = recordsOf(*anna, "member") == people;
            const std::size_t members = anna->parts().store->membership().devices().size();
            const std::int64_t drafts = countOf(*anna, "SELECT count(*) FROM draft");
            REQUIRE(members + static_cast<std::size_t>(drafts) == (begun ? people : people - 1));
            const Status again = Enrolment(*anna).approve(*code);
            REQUIRE((again || again.error().code == Errc::NotFound));
        }
        REQUIRE(recordsOf(*anna, "member") == people);
        REQUIRE(anna->parts().store->membership().devices().size() == people);
        REQUIRE(anna->syncStatus()->notices.empty());
        REQUIRE(syncOnce(*jan));
        if (approved && steps > 2'000)
            break;
    }
    CHECK(anna->selfCheck()->ok);
}

TEST_CASE("service: a record of one id in two cases is read and written only by case and id", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const CaseId first = anna->newCase("Pierwsza", {})->id;
    const CaseId second = anna->newCase("Druga", {})->id;
    const RecordId note = *anna->addRecord(first, "note", {{"text", "prawdziwa"}});
    const store::SpaceOps planted{
        second,
        {{OpKind::Insert, note, "note", toBytes(viewOf("a"))},
         {OpKind::Assign, note, "text", toBytes(viewOf("podłożona"))}}};
    REQUIRE(anna->parts().store->save({&planted, 1}));

    CHECK(anna->record(note).error().code == Errc::Refused);
    CHECK(anna->history(note).error().code == Errc::Refused);
    CHECK(anna->setFields(note, {{"text", "x"}}).error().code == Errc::Refused);
    CHECK(anna->deleteRecord(note).error().code == Errc::Refused);

    REQUIRE(anna->setFields({first, note}, {{"text", "poprawiona"}}));
    CHECK(anna->record({first, note})->fields.at("text").text() == "poprawiona");
    CHECK(anna->record({second, note})->fields.at("text").text() == "podłożona");
    CHECK(anna->history({first, note})->size() == 3);
    REQUIRE(anna->deleteRecord({second, note}));
    CHECK(anna->records(first)->size() == 1);
    CHECK(anna->records(second)->empty());
}

TEST_CASE("service: names and roles are changed only by who manages the members", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const auto jan = served.colleague(*anna, "Jan");
    const RecordId office = anna->parts().store->recordsOfType("workspace")->front().id;
    ServedOffice::sync(*jan);
    const std::uint64_t unsent = jan->syncStatus()->unsent;
    CHECK(jan->setFields(office, {{"name", "Cudzy"}}).error().code == Errc::Refused);
    CHECK(jan->syncStatus()->unsent == unsent);
    REQUIRE(anna->setFields(office, {{"name", "Nowy"}}));
}

TEST_CASE("service: a member's name is what who manages the members wrote", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna Sowa");
    const auto jan = served.colleague(*anna, "Jan Lis");
    const CaseId space = anna->newCase("Zielona", {})->id;
    const RecordId note = *anna->addRecord(space, "note", {{"text", "x"}});
    const Authorship honest = anna->record(note)->lastChange;
    REQUIRE(honest.author == "Anna Sowa");

    // A changed client of Jan's writes what his own program would refuse.
    store::WorkspaceStore& store = *jan->parts().store;
    const DeviceId device = anna->parts().store->device();
    const RecordId member{anna->parts().store->membership().find(device)->member.bytes};
    store::SpaceOps forged{
        store.workspaceSpace(),
        {{OpKind::Assign, member, "name", toBytes(viewOf("Jan Lis"))},
         {OpKind::Assign, RecordId{device.bytes}, "label", toBytes(viewOf("JL-9"))}}};
    SECTION("over it") {}
    SECTION("and deletes it")
    {
        forged.ops = {{OpKind::Delete, member, {}, {}}, {OpKind::Delete, RecordId{device.bytes}, {}, {}}};
    }
    REQUIRE(store.save({&forged, 1}));
    ServedOffice::sync(*jan);
    ServedOffice::sync(*anna);
    for (Office* office : {anna.get(), jan.get()}) {
        REQUIRE(syncOnce(*office));
        const Authorship by = office->record(note)->lastChange;
        CHECK(by.author == honest.author);
        CHECK(by.device == honest.device);
    }
    // What a manager writes over that counts again.
    const store::SpaceOps mended{
        anna->parts().store->workspaceSpace(),
        {{OpKind::Assign, member, "name", toBytes(viewOf("Anna Mak"))}}};
    REQUIRE(anna->parts().store->save({&mended, 1}));
    ServedOffice::sync(*anna);
    CHECK(anna->record(note)->lastChange.author == "Anna Mak");
}

TEST_CASE("service: an admission that was dropped can be approved again", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const auto jan = served.profile("Jan");
    const auto invitation = Enrolment(*anna).invite("Jan", Role::SocialWorker);
    REQUIRE(invitation);
    const auto code = Enrolment(*jan).join(invitation->text);
    REQUIRE(code);
    // As if the log had not taken it: begun, and then neither in the log nor on its way.
    REQUIRE(anna->parts().vault->database().execute(
        "CREATE TRIGGER lose AFTER INSERT ON draft BEGIN DELETE FROM draft; END"));
    CHECK(Enrolment(*anna).approve(*code).error().code == Errc::Refused);
    CHECK(recordsOf(*anna, "device") == 2);
    REQUIRE(anna->parts().vault->database().execute("DROP TRIGGER lose"));
    CHECK(Enrolment(*anna).requests()->size() == 1);
    REQUIRE(Enrolment(*anna).approve(*code));
    CHECK(recordsOf(*anna, "device") == 2);
    ServedOffice::sync(*jan);
    CHECK(jan->deviceName() == "J-1");
}

TEST_CASE("service: who is left out is told that the invitation was used", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const auto jan = served.profile("Jan");
    const auto stranger = served.profile("Stranger");
    const auto invitation = Enrolment(*anna).invite("Jan", Role::SocialWorker);
    REQUIRE(invitation);
    const auto code = Enrolment(*jan).join(invitation->text);
    REQUIRE(code);
    REQUIRE(Enrolment(*stranger).join(invitation->text));
    const auto sentence = [&] { return service::syncOnce(*stranger).error().detail; };
    CHECK(sentence().find("read your code") != std::string::npos);
    REQUIRE(Enrolment(*anna).approve(*code));
    CHECK(sentence().find("another device was let in") != std::string::npos);
    // A new invitation helps.
    const auto second = Enrolment(*anna).invite("Ewa", Role::SocialWorker);
    REQUIRE(second);
    const auto secondCode = Enrolment(*stranger).join(second->text);
    REQUIRE(secondCode);
    CHECK(sentence().find("read your code") != std::string::npos);
    REQUIRE(Enrolment(*anna).approve(*secondCode));
    ServedOffice::sync(*stranger);
}

TEST_CASE("service: a disputed colleague keeps nobody from inviting and approving", "[service]")
{
    ServedOffice served;
    const auto anna = served.founder("Anna");
    const auto jan = served.colleague(*anna, "Jan");
    const DeviceId device = jan->parts().store->device();
    REQUIRE(anna->parts().store->settleClaim({device, {1, Hash{}}}, false));
    CHECK(syncOnce(*anna).error().code == Errc::Damaged);

    const auto invitation = Enrolment(*anna).invite("Ewa", Role::SocialWorker);
    REQUIRE(invitation);
    CHECK(invitation->published);
    const auto ewa = served.profile("Ewa");
    const auto code = Enrolment(*ewa).join(invitation->text);
    REQUIRE(code);
    REQUIRE(Enrolment(*anna).approve(*code));
    ServedOffice::sync(*ewa);

    CHECK(syncOnce(*anna).error().detail.find(device.hex()) != std::string::npos);
    CHECK(acceptSplit(*anna, "nobody").error().code == Errc::Invalid);
    CHECK(acceptSplit(*anna, anna->parts().store->device().hex()).error().code == Errc::NotFound);
    REQUIRE(acceptSplit(*anna, device.hex()));
    CHECK(syncOnce(*anna));
    CHECK(anna->syncStatus()->server == ServerState::Ok);
    CHECK(anna->syncStatus()->notices.size() == 1);
}
