// SPDX-License-Identifier: EUPL-1.2
// Times what the sync costs an office, with the real store, seals, network and receipts: prints one JSON
// object. Started by packaging/bench sync, which provides a server. Figures are for comparing runs on one
// machine.
#include "app/platform/system_clock.h"
#include "crypto/sign/system_random.h"
#include "tests/bench/apply_parts.h"
#include "tests/bench/office_parts.h"

#include <fstream>
#include <string>

namespace {

using namespace teren;
using namespace teren::bench;

constexpr int kEdited = 1'000;
constexpr int kIdleRounds = 200;
constexpr int kMerged = 100'000;
/// Three years of a busy case.
constexpr int kLongCase = 5'000;
constexpr int kLongCaseRecords = 400;

struct Traffic {
    std::uint64_t up = 0;
    std::uint64_t down = 0;
    std::uint64_t messagesUp = 0;  ///< Without TLS and its handshake.
    std::uint64_t messagesDown = 0;
    double seconds = 0;
};

Traffic exchanged(service::Office& office)
{
    Traffic traffic;
    traffic.seconds = timed([&] {
        const service::SyncReport report = must(service::syncOnce(office));
        traffic.up = report.bytesSent;
        traffic.down = report.bytesReceived;
        traffic.messagesUp = report.messagesSent;
        traffic.messagesDown = report.messagesReceived;
    });
    return traffic;
}

/// A figure of /proc/self/status, in megabytes.
double ownMemory(const std::string& name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name + ":"))
            return std::stod(line.substr(name.size() + 1)) / 1024;
    return 0;
}

void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

/// Processor time of another process so far, in milliseconds.
double processorOf(const std::string& process)
{
    std::ifstream stat("/proc/" + process + "/schedstat");
    double nanoseconds = 0;
    stat >> nanoseconds;
    return nanoseconds / 1e6;
}

Json initial(const Pair& pair, int records)
{
    const Traffic up = exchanged(*pair.anna);
    forgetPeak();
    const double before = ownMemory("VmRSS");
    const Traffic down = exchanged(*pair.jan);
    const double peak = ownMemory("VmHWM");
    const double changes = static_cast<double>(records) * kFieldsPerRecord;
    return {
        {"records", records},
        {"fieldChanges", changes},
        {"changesPerSecondUp", changes / up.seconds},
        {"changesPerSecondDown", changes / down.seconds},
        {"changesPerSecondEndToEnd", changes / (up.seconds + down.seconds)},
        {"wireBytesPerChangeUp", static_cast<double>(up.up + up.down) / changes},
        {"wireBytesPerChangeDown", static_cast<double>(down.up + down.down) / changes},
        {"messageBytesPerChangeUp", static_cast<double>(up.messagesUp + up.messagesDown) / changes},
        {"messageBytesPerChangeDown", static_cast<double>(down.messagesUp + down.messagesDown) / changes},
        {"clientPeakMegabytesAboveBefore", peak - before}};
}

/// Until neither has anything to say: what devices have applied is told in the session after.
void settle(const Pair& pair)
{
    for (int i = 0; i < 2; ++i) {
        exchanged(*pair.anna);
        exchanged(*pair.jan);
    }
}

/// `count` records with one field changed each, sent in one session.
Json edited(const Pair& pair, std::span<const RecordId> records, int count)
{
    settle(pair);
    int visit = 0;
    for (const RecordId& record : records.first(static_cast<std::size_t>(count)))
        must(pair.anna->setFields(
            record,
            {{"situation",
              "Rozmowa o szkole wśród " + std::to_string(count) + ", wizyta " + std::to_string(++visit)
                  + ": tata obiecał przyjść."}}));
    const Traffic sent = exchanged(*pair.anna);
    const Traffic received = exchanged(*pair.jan);
    const Traffic told = exchanged(*pair.anna);
    return {
        {"records", count},
        {"recordsPerSecond", count / sent.seconds},
        {"wireBytesUp", sent.up},
        {"wireBytesDown", sent.down},
        {"messageBytesUp", sent.messagesUp},
        {"messageBytesDown", sent.messagesDown},
        {"wireBytesOfReader", received.up + received.down},
        {"messageBytesOfReader", received.messagesUp + received.messagesDown},
        {"messageBytesOfTellingAuthor", told.messagesUp + told.messagesDown}};
}

/// What the socket carries for a session, TLS and its handshake included, that has nothing to exchange.
Json nothingNew(const Pair& pair, const std::string& server)
{
    settle(pair);
    const Traffic once = exchanged(*pair.anna);
    const double before = processorOf(server);
    std::vector<double> times;
    for (int i = 0; i < kIdleRounds; ++i)
        times.push_back(exchanged(*pair.anna).seconds * 1000);
    return {
        {"wireBytesUp", once.up},
        {"wireBytesDown", once.down},
        {"messageBytesUp", once.messagesUp},
        {"messageBytesDown", once.messagesDown},
        {"milliseconds", medianOf(times)},
        {"serverProcessorMilliseconds", (processorOf(server) - before) / kIdleRounds}};
}

/// A new device of an office with one case of three years: from being let in to having all of it, without
/// snapshots.
Json newDevice(const Pair& pair, const Place& place, service::Surroundings around)
{
    const service::CaseId caseId = must(pair.anna->newCase("Rodzina trzech lat", {})).id;
    std::vector<RecordId> notes;
    for (int i = 0; i < kLongCase; ++i) {
        const std::string text = "Wizyta " + std::to_string(i) + ": kilka słów o tym, co się zmieniło.";
        if (i < kLongCaseRecords)
            notes.push_back(must(pair.anna->addRecord(caseId, "note", {{"text", text}})));
        else
            must(pair.anna->setFields(notes[static_cast<std::size_t>(i) % notes.size()], {{"text", text}}));
    }
    exchanged(*pair.anna);
    const auto invitation = must(service::Enrolment(*pair.anna).invite("Ewa", service::Role::SocialWorker));
    const auto ewa = profile(place, "Ewa", around);
    const std::string code = must(service::Enrolment(*ewa).join(invitation.text));
    must(service::Enrolment(*pair.anna).approve(code));
    exchanged(*pair.anna);
    const Traffic traffic = exchanged(*ewa);
    return {
        {"changesOfTheCase", kLongCase},
        {"seconds", traffic.seconds},
        {"wireBytes", traffic.up + traffic.down},
        {"complete", must(ewa->digests(caseId)).digest == must(pair.anna->digests(caseId)).digest}};
}

}  // namespace

int main(int argc, char* argv[])
{
    if (argc != 7) {
        std::cerr << "usage: bench_sync FOLDER HOST:PORT FINGERPRINT TOKEN SERVER-PROCESS RECORDS\n";
        return 1;
    }
    const platform::SystemClock clock;
    SystemRandom random;
    const domain::SchemaSet schemas = must(domain::SchemaSet::builtIn());
    const service::Surroundings around{clock, random, schemas};
    const Place place{argv[1], argv[2], argv[3], argv[4]};
    const Pair pair(place, around);
    const int records = std::stoi(argv[6]);

    const std::vector<RecordId> written = writeRecords(*pair.anna, records);
    Json report;
    report["initial"] = initial(pair, records);
    const double secondsDown
        = records * kFieldsPerRecord / report["initial"]["changesPerSecondDown"].get<double>();
    report["applying"] = partsOfApplying(records, secondsDown);
    report["mergeCore"] = {{"changes", kMerged}, {"changesPerSecond", mergedPerSecond(kMerged)}};
    report["edited"] = edited(pair, written, std::min(kEdited, records));
    report["ten"] = edited(pair, written, 10);
    report["one"] = edited(pair, written, 1);
    report["nothingNew"] = nothingNew(pair, argv[5]);
    report["newDevice"] = newDevice(pair, place, around);
    must(service::syncOnce(*pair.jan));
    report["converged"] = must(pair.anna->digests()).digest == must(pair.jan->digests()).digest;
    std::cout << report.dump(2) << "\n";
    return 0;
}
