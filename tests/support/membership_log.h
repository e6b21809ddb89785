// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/hash.h"
#include "sync/ledger/membership.h"
#include "tests/support/seeded.h"

#include <chrono>

namespace teren::test {

/// A device as only itself knows it.
struct TestDevice {
    SigningKey key;
    ledger::DeviceStatement statement;

    static TestDevice make(SeededRandom& random)
    {
        SigningKey key = SigningKey::generate(random);
        ledger::DeviceStatement statement;
        statement.signKey = key.publicKey();
        random.fill(statement.boxKey);
        statement.life = random.below(1'000'000);
        statement.time = ManualClock().now();
        return {std::move(key), statement};
    }
    DeviceId id() const { return statement.id(); }
    Bytes signedStatement() const { return signDevice(statement, key); }
};

/// Writes a membership log: a founder, and whatever statements a test makes.
class MembershipLog {
public:
    explicit MembershipLog(std::uint64_t seed = 1) : random(seed), founder(TestDevice::make(random))
    {
        genesis.founder = founder.signedStatement();
        genesis.member = MemberId::random(random);
        random.fill(genesis.salt);
        random.fill(genesis.recoveryKey);
        random.fill(genesis.serverTlsKey);
        random.fill(genesis.serverReceiptKey);
    }

    /// The next link, signed but not applied.
    ledger::SignedStatement sign(const TestDevice& signer, std::vector<ledger::Act> acts) const
    {
        ledger::Statement statement;
        statement.workspace = state.workspace();
        statement.height = state.height() + 1;
        statement.previous = state.hash();
        statement.time = clock.now();
        statement.seen = seen;
        statement.acts = std::move(acts);
        return signStatement(statement, signer.id(), signer.key);
    }
    /// Signs, applies, and keeps it if it was accepted.
    Status add(const TestDevice& signer, std::vector<ledger::Act> acts)
    {
        ledger::SignedStatement statement = sign(signer, std::move(acts));
        Status applied = state.apply(statement);
        if (applied)
            statements.push_back(std::move(statement));
        return applied;
    }
    Status found(std::vector<ledger::Act> more = {})
    {
        more.insert(more.begin(), genesis);
        return add(founder, std::move(more));
    }

    ledger::Invite invite(ledger::Rights rights)
    {
        return {
            InvitationId::random(random), MemberId::random(random), rights,
            clock.now() + std::chrono::hours(72)};
    }
    /// Invited and admitted by `by`. A refusal shows in what the caller does with the device.
    TestDevice admit(const TestDevice& by, ledger::Rights rights)
    {
        TestDevice device = TestDevice::make(random);
        const ledger::Invite invitation = invite(rights);
        (void)add(by, {invitation});
        (void)add(by, {ledger::Admit{invitation.invitation, device.signedStatement()}});
        return device;
    }

    /// Key ids stand for keys: nothing here opens anything.
    static Hash keyId(const SpaceId& space, std::uint32_t epoch)
    {
        return blake2b({space.bytes, viewOf(std::to_string(epoch))});
    }
    static ledger::Epoch epoch(const SpaceId& space, std::uint32_t number)
    {
        return {space, number, keyId(space, number), number == 1 ? 1U : 3U};
    }
    static ledger::Grant grant(const SpaceId& space, std::uint32_t number, const TestDevice& to)
    {
        return {space, number, keyId(space, number), to.id(), blake2b({to.statement.boxKey}), Bytes(80, 9)};
    }
    ledger::Grant recoveryGrant(const SpaceId& space, std::uint32_t number) const
    {
        return {space, number, keyId(space, number), {}, blake2b({genesis.recoveryKey}), Bytes(80, 9)};
    }
    static ledger::OpenSpace openCase(const SpaceId& space)
    {
        return {space, ledger::SpaceKind::CaseInternal, space};
    }
    SpaceId newSpace() { return SpaceId::random(random); }

    SeededRandom random;
    ManualClock clock;
    TestDevice founder;
    ledger::Genesis genesis;
    ledger::TreeHead seen;
    ledger::Membership state;
    std::vector<ledger::SignedStatement> statements;
};

}  // namespace teren::test
