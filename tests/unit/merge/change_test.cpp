// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"

#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

#include <functional>

namespace teren::test {
namespace {

const RecordId kVisit = recordOf(1);

Change visitSaved()
{
    return {
        {authorOf(1), 3},
        stampAt(5),
        {},
        {{authorOf(2), 4}, {authorOf(3), 1}},
        {insertRow(kVisit, "visit", "a0"), write(kVisit, "place", "Łąkowa 3"), addTo(kVisit, "risks", "dog"),
         takeFrom(kVisit, "risks", "alcohol"), deleteRecord(recordOf(2), "written twice")}};
}

std::optional<Errc> refusal(const std::function<void(Change&)>& spoil)
{
    Change change = visitSaved();
    spoil(change);
    const Status status = validate(change);
    return status ? std::nullopt : std::optional(status.error().code);
}

std::optional<Errc> refusalOf(Op op)
{
    return refusal([&](Change& change) { change.ops.push_back(std::move(op)); });
}

}  // namespace

TEST_CASE("change: what a form saves is valid", "[merge]")
{
    CHECK(validate(visitSaved()).has_value());
    CHECK_FALSE(refusalOf(write(kVisit, "note", "")));
    CHECK_FALSE(refusalOf(write(recordOf(3), std::string(kOrderField), "a1")));
    CHECK_FALSE(refusal([](Change& change) { change.ops.clear(); }));
}

TEST_CASE("change: numbers start at 1 and end at the limit", "[merge]")
{
    CHECK(refusal([](Change& c) { c.dot.seq = 0; }) == Errc::Invalid);
    CHECK(refusal([](Change& c) { c.dot.seq = limits::kSeqMax + 1; }) == Errc::LimitExceeded);
    CHECK(refusal([](Change& c) { c.context[0].seq = 0; }) == Errc::Invalid);
}

TEST_CASE("change: a context is sorted, has one dot an author, and not the author's own", "[merge]")
{
    CHECK(refusal([](Change& c) { std::swap(c.context[0], c.context[1]); }) == Errc::Invalid);
    CHECK(refusal([](Change& c) { c.context[0] = {authorOf(1), 2}; }) == Errc::Invalid);
    CHECK(refusal([](Change& c) { c.context[1] = {authorOf(2), 5}; }) == Errc::Invalid);
    CHECK_FALSE(refusal([](Change& c) { c.context[0].author = authorOf(1, 2); }));
}

TEST_CASE("change: limits", "[merge]")
{
    CHECK(
        refusal([](Change& c) {
            c.context.clear();
            for (std::uint64_t life = 0; life <= limits::kContextMax; ++life)
                c.context.push_back({authorOf(2, life), 1});
        })
        == Errc::LimitExceeded);
    CHECK(refusal([](Change& c) { c.ops.resize(limits::kOpsPerChangeMax + 1); }) == Errc::LimitExceeded);
    CHECK_FALSE(refusalOf(write(kVisit, "note", std::string(limits::kValueMax, 'x'))));
    CHECK(refusalOf(write(kVisit, "note", std::string(limits::kValueMax + 1, 'x'))) == Errc::LimitExceeded);
    CHECK_FALSE(refusalOf({OpKind::Insert, recordOf(7), "visit", Bytes(limits::kOrderKeyMax, 'a')}));
    CHECK(
        refusalOf({OpKind::Insert, recordOf(7), "visit", Bytes(limits::kOrderKeyMax + 1, 'a')})
        == Errc::LimitExceeded);
    CHECK(
        refusalOf(write(kVisit, "@order", std::string(limits::kOrderKeyMax + 1, 'a')))
        == Errc::LimitExceeded);
    CHECK_FALSE(refusalOf(write(kVisit, std::string(limits::kNameMax, 'x'), "")));
    CHECK(refusalOf(write(kVisit, std::string(limits::kNameMax + 1, 'x'), "")) == Errc::LimitExceeded);
}

TEST_CASE("change: names are printable ASCII, and the reserved ones are reserved", "[merge]")
{
    CHECK(refusalOf(write(kVisit, "", "x")) == Errc::Invalid);
    CHECK(refusalOf(write(kVisit, "miejscowość", "x")) == Errc::Invalid);
    CHECK(refusalOf(write(kVisit, "visit date", "x")) == Errc::Invalid);
    CHECK(refusalOf(write(recordOf(4), std::string(kTypeField), "x")) == Errc::Invalid);
    CHECK(refusalOf(addTo(recordOf(4), std::string(kOrderField), "x")) == Errc::Invalid);
    CHECK(refusalOf(insertRow(recordOf(4), "@row", "a0")) == Errc::Invalid);
    CHECK(refusalOf({OpKind::Delete, recordOf(4), "place", {}}) == Errc::Invalid);
}

TEST_CASE("change: values are UTF-8", "[merge]")
{
    CHECK(refusalOf({OpKind::Assign, kVisit, "note", {0xC5}}) == Errc::Invalid);
    CHECK(refusalOf({OpKind::Delete, recordOf(4), "", {0xFF}}) == Errc::Invalid);
}

TEST_CASE("change: no operation contradicts another of the same change", "[merge]")
{
    CHECK(refusalOf(write(kVisit, "place", "Polna 1")) == Errc::Invalid);
    CHECK(refusalOf(write(kVisit, std::string(kOrderField), "a1")) == Errc::Invalid);
    CHECK(refusalOf(insertRow(kVisit, "contact", "a1")) == Errc::Invalid);
    CHECK(refusalOf(takeFrom(kVisit, "risks", "dog")) == Errc::Invalid);
    CHECK(refusalOf(deleteRecord(recordOf(2))) == Errc::Invalid);
    CHECK(refusalOf(deleteRecord(kVisit)) == Errc::Invalid);
    CHECK(refusalOf(write(recordOf(2), "note", "still here")) == Errc::Invalid);
}

TEST_CASE("change: an operation of a later version passes within the limits", "[merge]")
{
    const auto later = static_cast<OpKind>(200);
    CHECK_FALSE(refusalOf({later, kVisit, "", {0xFF}}));
    CHECK(refusalOf({later, kVisit, "", Bytes(limits::kValueMax + 1)}) == Errc::LimitExceeded);
}

}  // namespace teren::test
