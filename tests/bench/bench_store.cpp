// SPDX-License-Identifier: EUPL-1.2
// Times sealed pages beside plain SQLite and, where their libraries are given, other encrypted SQLites: one
// run, engines one after the other within each row of each round, so that all meet the same machine. Prints
// one JSON object. Started by packaging/bench.
#include "crypto/page/page_vfs.h"
#include "crypto/sign/system_random.h"
#include "tests/bench/store_engine.h"

#include <nlohmann/json.hpp>
#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <vector>

namespace {

using namespace teren;
using bench::Engine;
using bench::Query;
using bench::SqliteLibrary;
using bench::Store;
using Json = nlohmann::ordered_json;

constexpr int kRows = 200'000;
/// 305 bytes on a page with identifier, key, text and SQLite's own numbers: thirteen to a page in every
/// engine.
constexpr std::size_t kBodyBytes = 279;
constexpr int kSmallTransactions = 1'000;
constexpr int kReads = 200'000;
constexpr int kDocuments = 20'000;
constexpr int kSearches = 200;
constexpr int kOpenings = 20;
constexpr int kCacheKibibytes = 8 * 1024;
constexpr int kSmallCacheKibibytes = 2 * 1024;
constexpr int kLargeCacheKibibytes = 64 * 1024;

struct Cost {
    double wall = 0;  ///< Seconds.
    double cpu = 0;   ///< Seconds, of all threads, in user mode and in the kernel.
};

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename Work>
Cost timed(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    const double cpu = cpuSeconds();
    work();
    return {
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), cpuSeconds() - cpu};
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

std::string wordsOf(std::mt19937_64& random, std::size_t size)
{
    static constexpr std::array<std::string_view, 16> kWords{
        "rodzina ",   "pomoc ", "wizyta ",  "szkoła ", "zdrowie ", "praca ",  "mieszkanie ", "zgoda ",
        "spotkanie ", "plan ",  "dziecko ", "babcia ", "sąsiad ",  "obiady ", "zasiłek ",    "rozmowa "};
    std::string text;
    while (text.size() < size)
        text += kWords[random() % kWords.size()];
    text.resize(size);
    // A letter of two bytes may have been cut.
    if ((static_cast<unsigned char>(text.back()) & 0xc0) == 0xc0)
        text.back() = '.';
    return text;
}

struct Place {
    std::filesystem::path file;
    std::uint64_t seed;
};

Cost bulkInsert(const Engine& engine, const Place& place)
{
    std::mt19937_64 random(place.seed);
    const std::string body = wordsOf(random, kBodyBytes);
    std::array<std::uint8_t, 16> key{};
    return timed([&] {
        Store store(engine, place.file, kCacheKibibytes);
        store.execute("CREATE TABLE r (id INTEGER PRIMARY KEY, uuid BLOB UNIQUE, body TEXT)");
        const auto insert = store.query("INSERT INTO r VALUES (?, ?, ?)");
        store.execute("BEGIN");
        for (int i = 1; i <= kRows; ++i) {
            for (std::uint8_t& byte : key)
                byte = static_cast<std::uint8_t>(random());
            insert->with(1, std::int64_t{i}).with(2, std::span<const std::uint8_t>(key)).with(3, body).run();
        }
        store.execute("COMMIT");
    });
}

Cost smallTransactions(const Engine& engine, const Place& place)
{
    Store store(engine, place.file, kCacheKibibytes);
    std::mt19937_64 random(place.seed + 1'000);
    std::string body = wordsOf(random, kBodyBytes);
    const auto update = store.query("UPDATE r SET body = ? WHERE id = ?");
    return timed([&] {
        for (int i = 0; i < kSmallTransactions; ++i) {
            // SQLite writes no page in which nothing changes.
            std::ranges::copy(std::to_string(1'000 + i), body.begin());
            update->with(1, body).with(2, static_cast<std::int64_t>(random() % kRows + 1)).run();
        }
    });
}

void readRows(Query& query, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    for (int i = 0; i < kReads; ++i) {
        query.with(1, static_cast<std::int64_t>(random() % kRows + 1));
        if (!query.step() || query.size() < static_cast<std::int64_t>(kBodyBytes) - 1) {
            std::cerr << "store bench: a row is missing\n";
            std::exit(1);
        }
        query.reset();
    }
}

Cost pointReads(const Engine& engine, const Place& place, int cacheKibibytes)
{
    Store store(engine, place.file, cacheKibibytes);
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto read = store.query("SELECT body FROM r WHERE id = ?");
    if (cacheKibibytes >= kLargeCacheKibibytes)
        store.number("SELECT sum(length(body)) FROM r");
    return timed([&] { readRows(*read, place.seed); });
}

Cost fullScan(const Engine& engine, const Place& place)
{
    Store store(engine, place.file, kCacheKibibytes);
    return timed([&] {
        for (int i = 0; i < 3; ++i)
            store.number("SELECT sum(length(body)) FROM r");
    });
}

Cost search(const Engine& engine, const Place& place)
{
    Store store(engine, place.file, kCacheKibibytes);
    std::mt19937_64 random(place.seed);
    store.execute("CREATE VIRTUAL TABLE d USING fts5(text); BEGIN");
    const auto insert = store.query("INSERT INTO d VALUES (?)");
    for (int i = 0; i < kDocuments; ++i)
        insert->with(1, wordsOf(random, 400) + " nr" + std::to_string(i % 997)).run();
    store.execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    const auto find = store.query("SELECT text FROM d WHERE d MATCH ? ORDER BY rank LIMIT 20");
    return timed([&] {
        for (int i = 0; i < kSearches; ++i)
            find->with(1, "nr" + std::to_string(random() % 997) + " rozm*").run();
    });
}

Cost opening(const Engine& engine, const Place& place)
{
    Cost sum;
    for (int i = 0; i < kOpenings; ++i) {
        const Cost one = timed([&] {
            Store store(engine, place.file, kCacheKibibytes);
            store.number("SELECT length(body) FROM r WHERE id = 1");
        });
        sum.wall += one.wall;
        sum.cpu += one.cpu;
    }
    return sum;
}

struct Row {
    std::string name;
    std::function<Cost(const Engine&, const Place&)> work;
    /// What the sealed one may cost, as a multiple of plain; 0 if nothing was promised.
    double bar;
};

/// The rows whose names begin with `only`; each needs what the first one has made.
std::vector<Row> rowsNamed(std::string_view only)
{
    const auto reads = [](int cache) {
        return [cache](const Engine& engine, const Place& place) { return pointReads(engine, place, cache); };
    };
    std::vector<Row> rows{
        {"bulkInsert200kRowsOf300Bytes", bulkInsert, 1.35},
        {"thousandOneRowDurableTransactions", smallTransactions, 1.5},
        {"pointReads200kCache2MB", reads(kSmallCacheKibibytes), 2.0},
        {"pointReads200kCache64MB", reads(kLargeCacheKibibytes), 1.08},
        {"threeFullScans", fullScan, 0},
        {"twoHundredFts5Searches", search, 0},
        {"twentyOpenings", opening, 0}};
    const std::string first = rows.front().name;
    std::erase_if(
        rows, [&first, only](const Row& row) { return row.name != first && !row.name.starts_with(only); });
    return rows;
}

/// Figures of one engine in one row, one for each round.
struct Series {
    std::vector<double> wall;
    std::vector<double> cpu;
};

double ratioOf(const std::vector<double>& mine, const std::vector<double>& base)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < mine.size(); ++i)
        ratios.push_back(mine[i] / std::max(base[i], 1e-9));
    return medianOf(ratios);
}

double rounded(double value, double step)
{
    return std::round(value / step) * step;
}

Json figuresOf(const Row& row, const std::vector<Engine>& engines, const std::map<std::string, Series>& all)
{
    Json out;
    for (const Engine& engine : engines) {
        const Series& mine = all.at(engine.name);
        Json figures{
            {"milliseconds", rounded(medianOf(mine.wall) * 1e3, 0.01)},
            {"cpuMilliseconds", rounded(medianOf(mine.cpu) * 1e3, 0.01)}};
        if (!engine.base.empty()) {
            const double ratio = ratioOf(mine.wall, all.at(engine.base).wall);
            figures["ratioTo"] = engine.base;
            figures["ratio"] = rounded(ratio, 0.001);
            figures["cpuRatio"] = rounded(ratioOf(mine.cpu, all.at(engine.base).cpu), 0.001);
            if (engine.name == "sealed" && row.bar > 0) {
                figures["bar"] = row.bar;
                figures["isMet"] = ratio <= row.bar;
            }
        }
        out[engine.name] = std::move(figures);
    }
    return out;
}

std::string randomKey(RandomSource& random)
{
    std::array<std::uint8_t, 32> key{};
    random.fill(key);
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
    return hex.data();
}

/// Both with a raw key, as the vault has one: nobody's derivation of a key from a passphrase is timed.
void addPeers(
    std::vector<Engine>& engines, Json& skipped, const std::map<std::string, std::string>& libraries,
    RandomSource& random)
{
    const std::map<std::string, std::pair<std::string, std::string>> known{
        {"sqlcipher", {"unix-excl", "PRAGMA key = \"x'" + randomKey(random) + "'\""}},
        {"sqlite3mc",
         {"multipleciphers-unix-excl",
          "PRAGMA cipher = 'chacha20'; PRAGMA key = 'raw:" + randomKey(random) + "'"}}};
    for (const auto& [name, how] : known) {
        std::string why = "no library of it was given";
        SqliteLibrary library;
        if (const auto given = libraries.find(name); given != libraries.end())
            library = SqliteLibrary::load(given->second, why);
        if (library.open == nullptr) {
            skipped[name] = why;
            continue;
        }
        engines.push_back({name + "-plain", "", library, "unix-excl", "", 0});
        engines.push_back({name, name + "-plain", library, how.first, how.second, 0});
    }
}

Json versionsOf(const std::vector<Engine>& engines, const std::filesystem::path& folder)
{
    Json out;
    for (const Engine& engine : engines) {
        Json about{{"sqlite", engine.library.libversion()}};
        const std::filesystem::path file = folder / (engine.name + "-version.db");
        Store store(engine, file, kCacheKibibytes);
        store.execute("CREATE TABLE t (a)");
        about["pageSize"] = store.number("PRAGMA page_size");
        about["journalMode"] = store.text("PRAGMA journal_mode");
        about["synchronous"] = store.number("PRAGMA synchronous");
        if (const std::string version = store.text("PRAGMA cipher_version"); !version.empty())
            about["cipherVersion"] = version;
        out[engine.name] = std::move(about);
    }
    return out;
}

/// With one more file of each engine in every round, so that the rows of a round see the same data.
Json measure(
    const std::vector<Engine>& engines, const std::vector<Row>& rows, const std::filesystem::path& folder,
    int rounds)
{
    std::map<std::string, std::map<std::string, Series>> figures;
    for (int round = 0; round < rounds; ++round) {
        const std::filesystem::path place = folder / ("round" + std::to_string(round));
        std::filesystem::create_directories(place);
        for (const Row& row : rows) {
            for (std::size_t i = 0; i < engines.size(); ++i) {
                // Each engine begins now and then, so that none always follows the same one.
                const Engine& engine = engines[(i + static_cast<std::size_t>(round)) % engines.size()];
                const Cost cost = row.work(
                    engine, {place / (engine.name + ".db"), static_cast<std::uint64_t>(round) + 1});
                figures[row.name][engine.name].wall.push_back(cost.wall);
                figures[row.name][engine.name].cpu.push_back(cost.cpu);
            }
        }
        std::filesystem::remove_all(place);
        std::cerr << "store bench: round " << round + 1 << " of " << rounds << "\n";
    }
    Json out;
    for (const Row& row : rows)
        out[row.name] = figuresOf(row, engines, figures[row.name]);
    return out;
}

int usage()
{
    std::cerr
        << "usage: teren-store-bench FOLDER ROUNDS [sqlcipher=LIBRARY] [sqlite3mc=LIBRARY] [only=ROW]\n";
    return 1;
}

}  // namespace

int main(int argc, char* argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2)
        return usage();
    const int rounds = std::atoi(arguments[1].c_str());
    std::map<std::string, std::string> libraries;
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        const std::size_t equals = arguments[i].find('=');
        if (equals == std::string::npos)
            return usage();
        libraries[arguments[i].substr(0, equals)] = arguments[i].substr(equals + 1);
    }
    if (rounds < 1)
        return usage();

    SystemRandom random;
    auto vfs = page::PageVfs::create("sealed", SecretKey::generate(random), VaultId::random(random), random);
    if (!vfs) {
        std::cerr << "store bench: " << vfs.error().detail << "\n";
        return 1;
    }
    std::vector<Engine> engines{
        {"plain", "", SqliteLibrary::linked(), "unix-excl", "", 0},
        {"sealed", "plain", SqliteLibrary::linked(), "sealed", "", page::kReservedBytes}};
    Json skipped = Json::object();
    addPeers(engines, skipped, libraries, random);
    Json report;
    report["settings"]
        = {{"rounds", rounds},
           {"journalMode", "WAL"},
           {"synchronous", "FULL"},
           {"pageSize", 4096},
           {"baseVfs", "unix-excl"},
           {"cacheKibibytes", kCacheKibibytes},
           {"note",
            "medians of wall time; a ratio is the median over rounds of one engine's time to that of the "
            "same SQLite "
            "without encryption; plain pages have no reserved bytes, sealed ones 40; keys are raw"}};
    report["engines"] = versionsOf(engines, arguments[0]);
    report["skipped"] = skipped;
    report["rows"] = measure(engines, rowsNamed(libraries["only"]), arguments[0], rounds);
    std::cout << report.dump(2) << "\n";
    return 0;
}
