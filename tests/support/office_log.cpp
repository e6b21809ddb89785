// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/office_log.h"

#include "crypto/base/assert.h"
#include "crypto/sign/hash.h"

#include <numeric>

namespace teren::test {

namespace {

constexpr Instant kMorning{std::chrono::hours(24 * 365 * 50)};

ledger::Leaf leafAt(std::uint64_t number, const ledger::SignedSegmentHeader& head)
{
    const ledger::SegmentHeader& header = head.header;
    return {number, header.space, header.device, header.life, header.firstSeq, header.count, head.hash};
}

}  // namespace

Laptop Laptop::make(SeededRandom& random)
{
    SigningKey key = SigningKey::generate(random);
    ledger::DeviceStatement statement;
    statement.signKey = key.publicKey();
    random.fill(statement.boxKey);
    statement.life = random.below(1'000'000) + 1;
    statement.time = kMorning;
    const DeviceId id = statement.id();
    return {std::move(key), statement, id};
}

OfficeLog::OfficeLog(std::uint64_t seed)
    : random_(seed),
      receiptKey_(SigningKey::generate(random_)),
      roots_{ledger::emptyRoot()}
{
    laptops_.push_back(Laptop::make(random_));
    laptops_.push_back(Laptop::make(random_));
    space_ = SpaceId::random(random_);
    random_.fill(keyId_);
    const auto grantTo = [&](const Laptop& laptop) {
        return ledger::Grant{space_, 1, keyId_, laptop.id, blake2b({laptop.statement.boxKey}), Bytes(80, 7)};
    };
    ledger::Genesis genesis;
    genesis.founder = ledger::signDevice(founder().statement, founder().key);
    genesis.serverReceiptKey = receiptKey_.publicKey();
    random_.fill(genesis.recoveryKey);
    take(sign(
        founder(),
        {genesis, ledger::OpenSpace{space_, ledger::SpaceKind::Workspace, {}},
         ledger::Epoch{space_, 1, keyId_, 1}, grantTo(founder())}));
    const auto invitation = InvitationId::random(random_);
    take(sign(
        founder(),
        {ledger::Invite{
             invitation, MemberId::random(random_), ledger::kAllRights, kMorning + std::chrono::days(7)},
         ledger::Admit{invitation, ledger::signDevice(colleague().statement, colleague().key)},
         grantTo(colleague())}));
}

ledger::SignedStatement OfficeLog::sign(const Laptop& author, std::vector<ledger::Act> acts)
{
    ledger::Statement statement;
    statement.workspace = membership_.workspace();
    statement.height = membership_.height() + 1;
    statement.previous = membership_.hash();
    statement.time = kMorning;
    statement.seen = tree();
    statement.acts = std::move(acts);
    return ledger::signStatement(statement, author.id, author.key);
}

void OfficeLog::take(const ledger::SignedStatement& statement)
{
    const Status applied = membership_.apply(statement);
    TEREN_ASSERT(applied.has_value());
    statements_.push_back(statement);
}

ledger::Segment OfficeLog::write(const Laptop& author, std::size_t bodySize, std::uint32_t count)
{
    ledger::SegmentHeader header;
    header.kind = ledger::SpaceKind::Workspace;
    header.workspace = membership_.workspace();
    header.space = space_;
    header.device = author.id;
    header.life = author.statement.life;
    header.firstSeq = 1;
    header.count = count;
    header.epoch = 1;
    header.keyId = keyId_;
    header.membershipHeight = membership_.height();
    header.plainSizeBound = 4'096;
    if (const auto tip = tips_.find(author.id); tip != tips_.end()) {
        header.firstSeq = tip->second.header.lastSeq() + 1;
        header.previous = tip->second.hash;
    }
    ledger::Segment segment = sealed(header, author.key, bodySize);
    tips_[author.id] = segment.head;
    return segment;
}

ledger::Segment OfficeLog::sealed(ledger::SegmentHeader header, const SigningKey& key, std::size_t bodySize)
{
    Bytes body(bodySize);
    random_.fill(body);
    header.bodySize = static_cast<std::uint32_t>(body.size());
    header.bodyHash = blake2b({body});
    return {ledger::signHeader(header, key), std::move(body)};
}

std::uint64_t OfficeLog::append(const ledger::Segment& segment)
{
    entries_.push_back(segment);
    const Hash leaf = ledger::leafHash(ledger::encode(leafAt(size(), segment.head)));
    compact_.append(leaf, [this](unsigned level, std::uint64_t index, const Hash& hash) {
        subtrees_[{level, index}] = hash;
    });
    roots_.push_back(compact_.root());
    return size();
}

ledger::TreeHead OfficeLog::tree(std::uint64_t size) const
{
    return {size, roots_.at(static_cast<std::size_t>(size))};
}

ledger::SignedHead OfficeLog::head(std::uint64_t size) const
{
    return ledger::signHead({membership_.workspace(), 1, tree(size), 0, kMorning}, receiptKey_);
}

std::vector<Hash> OfficeLog::consistency(std::uint64_t from, std::uint64_t to) const
{
    return *ledger::consistencyProof(from, to, subtrees());
}

std::vector<Hash> OfficeLog::inclusion(std::vector<std::uint64_t> numbers) const
{
    for (std::uint64_t& number : numbers)
        --number;
    return *ledger::inclusionProof(numbers, size(), subtrees());
}

wire::Answer OfficeLog::answer(std::uint64_t from) const
{
    if (from == size())
        return {};
    wire::Answer answer = pagesFollow();
    answer.head = head(size());
    answer.consistency = consistency(from, size());
    return answer;
}

wire::Answer OfficeLog::pagesFollow()
{
    wire::Answer answer;
    answer.toReceive = 1;
    return answer;
}

wire::Page OfficeLog::page(std::uint64_t from, std::uint64_t to) const
{
    wire::Page page;
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t number = from + 1; number <= to; ++number) {
        const ledger::Segment& segment = entries_.at(static_cast<std::size_t>(number - 1));
        page.entries.push_back({number, segment.head.bytes, 0, segment.body});
        numbers.push_back(number);
    }
    if (!numbers.empty())
        page.proof = inclusion(std::move(numbers));
    page.cursor = to;
    page.last = to == size();
    return page;
}

wire::Receipt OfficeLog::receipt(std::uint64_t from) const
{
    std::vector<std::uint64_t> numbers(static_cast<std::size_t>(size() - from));
    std::iota(numbers.begin(), numbers.end(), from + 1);
    wire::Receipt receipt{head(size()), consistency(from, size()), {}, inclusion(numbers)};
    for (const std::uint64_t number : numbers)
        receipt.entries.push_back({number, entries_.at(static_cast<std::size_t>(number - 1)).head.hash});
    return receipt;
}

ledger::SubtreeSource OfficeLog::subtrees() const
{
    return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
        const auto found = subtrees_.find({level, index});
        if (found == subtrees_.end())
            return fail(Errc::NotFound, "no such subtree");
        return found->second;
    };
}

}  // namespace teren::test
