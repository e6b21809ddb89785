// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/enrolment.h"

#include "crypto/base/base32.h"
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"

#include <set>

namespace teren::segment {
namespace {

struct Fixture {
    test::SeededRandom random{31};
    test::TestDevice device = test::TestDevice::make(random);
    Invitation invitation = sampleInvitation();
    JoinNames names{"Żaneta Ćwiklińska", "laptop nr 3"};

    Invitation sampleInvitation()
    {
        Invitation made;
        made.workspace = WorkspaceId::random(random);
        random.fill(made.secret);
        made.address = "teren.gops.example:7443";
        return made;
    }
    JoinRequest request()
    {
        auto made = makeJoinRequest(invitation, device.signedStatement(), names, random);
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    Result<OpenedJoinRequest> open(const Bytes& bytes) const
    {
        return openJoinRequest(invitation.workspace, invitation.secret, bytes);
    }
};

std::string lower(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

}  // namespace

TEST_CASE("invitation: read as it was written, and as people copy it")
{
    const Invitation invitation = Fixture().invitation;
    const std::string text = toText(invitation);
    CHECK(text.starts_with("TEREN1-"));
    CHECK(parseInvitation(text) == invitation);
    CHECK(parseInvitation(lower(text)) == invitation);
    std::string squeezed;
    std::string spaced = "  ";
    std::string confused;
    for (const char c : text) {
        if (c != '-')
            squeezed += c;
        spaced += c == '-' ? std::string("\n ") : std::string(1, c);
        confused += c == '1' ? 'l' : c == '0' ? 'o' : c;
    }
    CHECK(parseInvitation(squeezed) == invitation);
    CHECK(parseInvitation(spaced) == invitation);
    CHECK(parseInvitation(confused) == invitation);
}

TEST_CASE("invitation: every mistyped character is noticed")
{
    const std::string text = toText(Fixture().invitation);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '-')
            continue;
        std::string typed = text;
        typed[i] = text[i] == '7' ? '8' : '7';
        const auto parsed = parseInvitation(typed);
        REQUIRE_FALSE(parsed.has_value());
        REQUIRE(parsed.error().code == Errc::Malformed);
    }
    for (std::size_t size = 0; size < text.size(); ++size)
        REQUIRE_FALSE(parseInvitation(text.substr(0, size)).has_value());
}

TEST_CASE("invitation: what is wrong is said")
{
    const Invitation invitation = Fixture().invitation;
    CHECK(parseInvitation("").error().detail == "an invitation begins with TEREN1");
    CHECK(parseInvitation("hello").error().detail == "an invitation begins with TEREN1");
    CHECK(parseInvitation("TEREN1-U0000").error().detail == "a character that is never used here: 'U'");
    CHECK(
        parseInvitation("TEREN1-ą0000").error().detail
        == "a character that is never used here: not a letter or digit");
    CHECK(
        parseInvitation("TEREN1-00000-000").error().detail
        == "the invitation is incomplete or too long: was all of it copied?");
    std::string typed = toText(invitation);
    std::swap(typed[9], typed[10]);
    CHECK(parseInvitation(typed).error().detail == "the invitation has a typing error");

    Bytes later{3};
    later.resize(60, 'a');
    const Hash hash = blake2b({later});
    later.insert(later.end(), hash.begin(), hash.begin() + 4);
    CHECK(parseInvitation("TEREN1" + toBase32(later)).error().code == Errc::TooNew);
    Invitation large = invitation;
    large.address = std::string(limits::kAddressMax + 1, 'a');
    CHECK(parseInvitation(toText(large)).error().code == Errc::Malformed);
    large.address = "\xff\xff";
    CHECK(parseInvitation(toText(large)).error().code == Errc::Malformed);
}

TEST_CASE("invitation: it names the server's keys where they are others than the first")
{
    Invitation invitation = Fixture().invitation;
    const std::string plain = toText(invitation);
    CHECK(parseInvitation(plain) == invitation);
    invitation.server.emplace().fill(5);
    const std::string text = toText(invitation);
    CHECK(text.size() > plain.size());
    CHECK(parseInvitation(text) == invitation);
    CHECK(parseInvitation(text.substr(0, 100)).error().code == Errc::Malformed);
}

TEST_CASE("join request: the inviter reads who asks, and both screens show one code")
{
    Fixture fixture;
    const JoinRequest request = fixture.request();
    CHECK(request.bytes.size() <= limits::kJoinRequestMax);
    const auto opened = fixture.open(request.bytes);
    REQUIRE(opened.has_value());
    CHECK(opened->device == fixture.device.statement);
    CHECK(opened->signedDevice == fixture.device.signedStatement());
    CHECK(opened->names == fixture.names);
    CHECK(opened->code == request.code);
    CHECK(request.code.size() == 10);
    CHECK(normalizeBase32(request.code) == request.code);
}

TEST_CASE("join request: a changed byte, another secret and another workspace are forged")
{
    Fixture fixture;
    const Bytes good = fixture.request().bytes;
    for (std::size_t i = 1; i < good.size(); ++i) {
        Bytes bytes = good;
        bytes[i] ^= 1;
        REQUIRE(fixture.open(bytes).error().code == Errc::Forged);
    }
    const Invitation other = fixture.sampleInvitation();
    CHECK(openJoinRequest(fixture.invitation.workspace, other.secret, good).error().code == Errc::Forged);
    CHECK(openJoinRequest(other.workspace, fixture.invitation.secret, good).error().code == Errc::Forged);
    CHECK(fixture.open({}).error().code == Errc::Malformed);
    CHECK(fixture.open(Bytes(32, 1)).error().code == Errc::Malformed);
    CHECK(fixture.open(Bytes(limits::kJoinRequestMax + 1, 1)).error().code == Errc::Malformed);
    Bytes later = good;
    later[0] = 2;
    CHECK(fixture.open(later).error().code == Errc::TooNew);
}

TEST_CASE("join request: neither a name nor the secret is in it, nor the length of a name")
{
    Fixture fixture;
    const Bytes bytes = fixture.request().bytes;
    const auto holds = [&](ByteView part) { return !std::ranges::search(bytes, part).empty(); };
    CHECK_FALSE(holds(viewOf(fixture.names.person)));
    CHECK_FALSE(holds(viewOf(fixture.names.device)));
    CHECK_FALSE(holds(ByteView(fixture.invitation.secret).first(4)));
    fixture.names.person = "Jo";
    CHECK(fixture.request().bytes.size() == bytes.size());
    fixture.names.person = std::string(limits::kPersonNameMax, 'a');
    CHECK(fixture.open(fixture.request().bytes)->names.person.size() == limits::kPersonNameMax);
    fixture.names.person += 'a';
    CHECK(
        makeJoinRequest(fixture.invitation, fixture.device.signedStatement(), fixture.names, fixture.random)
            .error()
            .code
        == Errc::LimitExceeded);
}

TEST_CASE("join request: a device statement that is not the device's own is refused")
{
    Fixture fixture;
    const test::TestDevice other = test::TestDevice::make(fixture.random);
    const Bytes stolen = signDevice(other.statement, fixture.device.key);
    CHECK(
        makeJoinRequest(fixture.invitation, stolen, fixture.names, fixture.random).error().code
        == Errc::Forged);
}

TEST_CASE("join request: the code changes with everything that it stands for")
{
    Fixture fixture;
    const std::string code = fixture.request().code;
    CHECK(fixture.request().code != code);  // Another nonce, so another MAC.
    std::set<std::string> codes;
    for (int i = 0; i < 50; ++i)
        codes.insert(fixture.request().code);
    CHECK(codes.size() == 50);
}

TEST_CASE("base32: every length is read back, and only what was written")
{
    test::SeededRandom random(5);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const std::string text = toBase32(bytes);
        REQUIRE(text.size() == (size * 8 + 4) / 5);
        REQUIRE(fromBase32(text) == bytes);
    }
    CHECK(toBase32(Bytes{0xff}) == "ZW");
    CHECK(fromBase32("ZZ").error().code == Errc::Malformed);
    CHECK(fromBase32("Z").error().code == Errc::Malformed);
    CHECK(fromBase32("ZW0").error().code == Errc::Malformed);
    CHECK(fromBase32("u0").error().code == Errc::Malformed);
    CHECK(normalizeBase32(" il-oO\n") == "1100");
}

}  // namespace teren::segment
