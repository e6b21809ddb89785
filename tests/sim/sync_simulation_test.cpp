// SPDX-License-Identifier: EUPL-1.2
// An office on simulated time: see world.h. A failure prints its seed; replay it alone with packaging/sim
// SEED.
#include "tests/sim/world.h"
#include "tests/support/catch.h"
#include "tests/support/seed_list.h"

#include <algorithm>
#include <ctime>
#include <fstream>

using namespace teren;

namespace {

std::string joined(const std::vector<std::string>& problems)
{
    constexpr std::size_t kShown = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(problems.size(), kShown); ++i)
        text += "\n    " + problems[i];
    if (problems.size() > kShown)
        text += "\n    and " + std::to_string(problems.size() - kShown) + " more";
    return text;
}

sim::World::Kind kindOf(std::string_view line)
{
    using enum sim::World::Kind;
    return line.ends_with(" plain")  ? Plain
        : line.ends_with(" former")  ? Former
        : line.ends_with(" earlier") ? Earlier
                                     : Full;
}

void checkSeed(std::uint64_t seed, sim::World::Kind kind = sim::World::Kind::Full)
{
    sim::World world(seed, kind);
    world.run();
    const std::vector<std::string> problems = world.check();
    if (!problems.empty())
        FAIL_CHECK("packaging/sim " << seed << " (" << world.summary() << "):" << joined(problems));
}

}  // namespace

TEST_CASE("office: devices converge and lose nothing, whatever fails meanwhile", "[sim]")
{
    for (const std::uint64_t seed : test::seedsToRun(300))
        checkSeed(seed);
    SUCCEED();
}

TEST_CASE("office: what failed once does not fail again", "[sim]")
{
    std::ifstream file(TEREN_SOURCE_DIR "/tests/sim/regressions.txt");
    REQUIRE(file);
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line.front() != '#')
            checkSeed(std::stoull(line), kindOf(line));
    SUCCEED();
}

TEST_CASE("office: one seed is one story", "[sim]")
{
    for (const std::uint64_t seed : test::seedsToRun(10)) {
        sim::World first(seed);
        first.run();
        sim::World second(seed);
        second.run();
        INFO("TEREN_SEED=" << seed);
        CHECK(first.traceHash() == second.traceHash());
    }
}

// Not a test of anything: `test_sim "[sim-timing]"` prints what a seed costs here.
TEST_CASE("office: what a seed costs", "[.][sim-timing]")
{
    std::vector<std::clock_t> costs;
    for (const std::uint64_t seed : test::seedsToRun(300)) {
        const std::clock_t begin = std::clock();
        sim::World world(seed);
        world.run();
        CHECK(world.check().empty());
        costs.push_back((std::clock() - begin) * 1'000'000 / CLOCKS_PER_SEC);
    }
    std::ranges::sort(costs);
    WARN("median " << costs[costs.size() / 2] << " us of processor time, slowest " << costs.back() << " us");
}
