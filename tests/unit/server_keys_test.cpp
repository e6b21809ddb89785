// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"
#include "tests/support/vector_file.h"
#include "tests/support/vector_writer.h"

#include <algorithm>

using namespace teren;
using namespace teren::ledger;
using teren::test::MembershipLog;
using teren::test::TestDevice;

namespace {

struct TestServer {
    SigningKey tls;
    SigningKey receipt;

    static TestServer make(RandomSource& random)
    {
        SigningKey tls = SigningKey::generate(random);
        return {std::move(tls), SigningKey::generate(random)};
    }
    ServerKeyPair keys() const { return {tls.publicKey(), receipt.publicKey()}; }
    ServerKeys follow(const TestServer& before, Instant from) const
    {
        return {
            keys(), from, before.receipt.sign(kConsentLabel, consentMessage(before.keys(), keys(), from))};
    }
};

/// A founder, a second administrator, a member without rights, and three generations of a server.
struct KeyOffice {
    MembershipLog log;
    TestServer first = TestServer::make(log.random);
    TestServer second = TestServer::make(log.random);
    TestServer third = TestServer::make(log.random);
    TestDevice other;
    TestDevice plain;
    Instant start = log.clock.now();

    KeyOffice() : other(begin()), plain(log.admit(log.founder, 0)) {}
    TestDevice begin()
    {
        log.genesis.serverTlsKey = first.tls.publicKey();
        log.genesis.serverReceiptKey = first.receipt.publicKey();
        (void)log.found();
        return log.admit(log.founder, kAllRights);
    }
    ServerKeyPair newest() const { return log.state.serverKeys().back().keys; }
    SignedHead head(const TestServer& by, Instant time) const
    {
        return signHead({log.state.workspace(), 1, {3, Hash{7}}, 0, time}, by.receipt);
    }
    bool isTaken(const SignedHead& head, Instant now) const
    {
        return openHead(head, acceptedKeys(log.state.serverKeys(), now)).has_value();
    }
};

constexpr std::chrono::hours kDay{24};

}  // namespace

TEST_CASE("server keys: a change needs an administrator and the key before", "[server_keys]")
{
    KeyOffice office;
    const ServerKeys change = office.second.follow(office.first, office.start);

    SECTION("both: it holds at once, and what is written comes back from its bytes")
    {
        REQUIRE(office.log.add(office.log.founder, {change}));
        CHECK(office.newest() == office.second.keys());
        const auto decoded = decodeStatement(office.log.statements.back());
        CHECK(std::get<ServerKeys>(decoded->acts.front()) == change);
        Membership replayed;
        for (const SignedStatement& statement : office.log.statements)
            REQUIRE(replayed.replay(statement));
        CHECK(replayed.serverKeys() == office.log.state.serverKeys());
    }
    SECTION("the server alone: a member without the right signs what it offers")
    {
        CHECK(office.log.add(office.plain, {change}).error().code == Errc::Refused);
        CHECK(office.newest() == office.first.keys());
    }
    SECTION("an impostor signs in its own name, over other keys, or for another time")
    {
        const ServerKeys own = office.second.follow(office.second, office.start);
        CHECK(office.log.add(office.log.founder, {own}).error().code == Errc::Refused);
        ServerKeys turned = change;
        turned.next = office.third.keys();
        CHECK(office.log.add(office.log.founder, {turned}).error().code == Errc::Refused);
        ServerKeys later = change;
        later.from += kDay;
        CHECK(office.log.add(office.log.founder, {later}).error().code == Errc::Refused);
        CHECK(office.newest() == office.first.keys());
        CHECK(office.log.state.proposedServerKeys().empty());
    }
    SECTION("keys that were left never come back, and nothing begins far in the future")
    {
        REQUIRE(office.log.add(office.log.founder, {change}));
        const ServerKeys back = office.first.follow(office.second, office.start);
        CHECK(office.log.add(office.log.founder, {back}).error().code == Errc::Refused);
        const ServerKeys late = office.third.follow(office.second, office.start + 91 * kDay);
        CHECK(office.log.add(office.log.founder, {late}).error().code == Errc::Refused);
        // The consent of a key that is no longer in force.
        const ServerKeys stale = office.third.follow(office.first, office.start);
        CHECK(office.log.add(office.log.founder, {stale}).error().code == Errc::Refused);
        REQUIRE(office.log.add(office.log.founder, {office.third.follow(office.second, office.start)}));
    }
    SECTION("a statement of which another act is refused changes nothing")
    {
        const Status both = office.log.add(office.log.founder, {change, RemoveDevice{DeviceId{}}});
        CHECK(both.error().code == Errc::Refused);
        CHECK(office.newest() == office.first.keys());
        CHECK(office.log.state.serverKeys().size() == 1);
    }
}

TEST_CASE("server keys: lost keys are followed by the word of two administrators", "[server_keys]")
{
    KeyOffice office;
    const ServerKeys proposal{office.second.keys(), office.start, {}};
    const ServerKeys word = proposal;

    CHECK(office.log.add(office.plain, {proposal}).error().code == Errc::Refused);
    REQUIRE(office.log.add(office.log.founder, {proposal}));
    CHECK(office.newest() == office.first.keys());
    CHECK_FALSE(office.isTaken(office.head(office.second, office.start), office.start));

    SECTION("not by the same person, by a second device either")
    {
        CHECK(office.log.add(office.log.founder, {word}).error().code == Errc::Refused);
        TestDevice laptop = TestDevice::make(office.log.random);
        Invite invite = office.log.invite(kAllRights);
        invite.member = office.log.genesis.member;
        REQUIRE(office.log.add(office.log.founder, {invite}));
        REQUIRE(office.log.add(office.log.founder, {Admit{invite.invitation, laptop.signedStatement()}}));
        CHECK(office.log.add(laptop, {word}).error().code == Errc::Refused);
    }
    SECTION("not for other keys")
    {
        REQUIRE(office.log.add(office.other, {ServerKeys{office.third.keys(), office.start, {}}}));
        REQUIRE(office.log.add(office.other, {ServerKeys{office.second.keys(), office.start + kDay, {}}}));
        CHECK(office.newest() == office.first.keys());
        CHECK(office.log.state.proposedServerKeys().size() == 3);
    }
    SECTION("by the other, once")
    {
        REQUIRE(office.log.add(office.other, {word}));
        CHECK(office.newest() == office.second.keys());
        CHECK(office.log.state.proposedServerKeys().empty());
        CHECK(office.log.add(office.other, {word}).error().code == Errc::Refused);
    }
    SECTION("the word of somebody who was removed since does not count")
    {
        REQUIRE(office.log.add(office.other, {RemoveDevice{office.log.founder.id()}}));
        REQUIRE(office.log.add(office.other, {word}));
        CHECK(office.newest() == office.first.keys());
    }
    SECTION("a change that the old keys consent to ends the proposal")
    {
        REQUIRE(office.log.add(office.log.founder, {office.third.follow(office.first, office.start)}));
        CHECK(office.log.state.proposedServerKeys().empty());
        REQUIRE(office.log.add(office.other, {word}));
        CHECK(office.newest() == office.third.keys());
    }
}

TEST_CASE("server keys: keys that were left count for 90 days", "[server_keys]")
{
    KeyOffice office;
    REQUIRE(office.log.add(office.log.founder, {office.second.follow(office.first, office.start)}));
    const Instant end = office.start + kServerKeysKept;
    const SignedHead old = office.head(office.first, office.start + kDay);

    CHECK(office.isTaken(old, end - std::chrono::milliseconds(1)));
    CHECK(office.isTaken(office.head(office.second, office.start), office.start));
    // Whoever has stolen the old key writes any time into a head: the reader's clock ends it.
    CHECK_FALSE(office.isTaken(old, end));
    CHECK(office.isTaken(office.head(office.second, end), end));
    CHECK_FALSE(office.isTaken(office.head(office.third, end), end));

    // What was kept is judged by its own time.
    const auto& periods = office.log.state.serverKeys();
    CHECK(openKeptHead(old, periods).has_value());
    CHECK(openKeptHead(office.head(office.first, end), periods).error().code == Errc::Forged);
    CHECK(openKeptHead(office.head(office.second, end), periods).has_value());
    CHECK(openKeptHead(office.head(office.third, end), periods).error().code == Errc::Forged);

    SECTION("stolen keys end with the change")
    {
        const Instant now = office.start + kDay;
        const ServerKeys swift = office.third.follow(office.second, now - kServerKeysKept);
        REQUIRE(office.log.add(office.log.founder, {swift}));
        CHECK_FALSE(office.isTaken(old, now));
        CHECK_FALSE(office.isTaken(office.head(office.second, now), now));
        CHECK(office.isTaken(office.head(office.third, now), now));
    }
}

TEST_CASE("server keys: the text that an operator hands over", "[server_keys]")
{
    KeyOffice office;
    const ServerKeys change = office.second.follow(office.first, office.start);
    for (const ServerOffer& offer :
         {ServerOffer{change.next, change.from, change.consent}, ServerOffer{change.next, change.from, {}}}) {
        std::string text = toText(offer);
        CHECK(parseServerOffer(text) == offer);
        CHECK(parseServerOffer("  " + text + "\n") == offer);
        CHECK(parseServerOffer(text.substr(0, text.size() - 7)).error().code == Errc::Malformed);
        text[20] = text[20] == 'A' ? 'B' : 'A';
        CHECK(parseServerOffer(text).error().code == Errc::Malformed);
    }
    CHECK(parseServerOffer("TEREN1-AAAAA").error().code == Errc::Malformed);
    CHECK(parseServerOffer("").error().code == Errc::Malformed);
}

namespace {

class KeyVectors {
public:
    void write(const std::string& name, const TestDevice& signer, std::vector<Act> acts)
    {
        const SignedStatement statement = office.log.sign(signer, std::move(acts));
        const std::string expect = test::outcomeOf(office.log.state.apply(statement));
        writeAs(name, signer, statement, expect);
    }
    void writeAs(
        const std::string& name, const TestDevice& signer, const SignedStatement& statement,
        const std::string& expect)
    {
        const std::string number = std::to_string(++count_);
        test::addVector(
            "server_keys",
            {std::string(number.size() < 2 ? "0" : "") + number + "-" + name,
             {{"expect", expect},
              {"device", signer.id().hex()},
              {"signature", toHex(statement.signature)},
              {"tls-key", toHex(office.newest().tls)},
              {"receipt-key", toHex(office.newest().receipt)}},
             statement.body});
    }

    KeyOffice office;

private:
    int count_ = 0;
};

}  // namespace

TEST_CASE("vectors: write the server's keys", "[.generate]")
{
    KeyVectors out;
    KeyOffice& office = out.office;
    const MembershipLog& log = office.log;
    Membership replayed;
    for (const SignedStatement& statement : log.statements)
        out.writeAs(
            "log", statement.device == log.founder.id() ? log.founder : office.other, statement, "ok");
    out.write("refused-without-right", office.plain, {office.second.follow(office.first, office.start)});
    out.write("refused-own-consent", log.founder, {office.second.follow(office.second, office.start)});
    out.write("server-keys", log.founder, {office.second.follow(office.first, office.start)});
    out.write("refused-left-keys", log.founder, {office.first.follow(office.second, office.start)});
    out.write("server-keys-proposed", log.founder, {ServerKeys{office.third.keys(), office.start, {}}});
    out.write("refused-proposed-twice", log.founder, {ServerKeys{office.third.keys(), office.start, {}}});
    out.write(
        "server-keys-proposed-by-another", office.other, {ServerKeys{office.third.keys(), office.start, {}}});
    const ServerKeys change = office.second.follow(office.first, office.start);
    const ServerOffer offer{change.next, change.from, change.consent};
    test::addVector("server_offer", {"consented", {{"expect", "ok"}, {"text", toText(offer)}}, {}});
    const ServerOffer lost{change.next, change.from, {}};
    test::addVector("server_offer", {"without-consent", {{"expect", "ok"}, {"text", toText(lost)}}, {}});
}

TEST_CASE("vectors: changes of the server's keys", "[server_keys]")
{
    const auto files = test::vectorsIn("server_keys");
    REQUIRE(files.size() >= 12);
    Membership membership;
    for (const test::VectorFile& file : files) {
        INFO(file.name);
        Signature signature{};
        const Bytes bytes = fromHex(file.at("signature")).value();
        std::ranges::copy(bytes, signature.begin());
        const SignedStatement statement{file.bytes, DeviceId::fromHex(file.at("device")).value(), signature};
        CHECK(test::outcomeOf(membership.apply(statement)) == file.at("expect"));
        if (membership.height() < 5)
            continue;
        CHECK(toHex(membership.serverKeys().back().keys.tls) == file.at("tls-key"));
        CHECK(toHex(membership.serverKeys().back().keys.receipt) == file.at("receipt-key"));
    }
    CHECK(membership.serverKeys().size() == 3);
    KeyOffice office;
    for (const test::VectorFile& file : test::vectorsIn("server_offer")) {
        INFO(file.name);
        const auto offer = parseServerOffer(file.at("text"));
        REQUIRE(offer);
        CHECK(offer->next == office.second.keys());
        CHECK(offer->consent.has_value() == (file.name == "consented"));
        CHECK(toText(*offer) == file.at("text"));
    }
}
