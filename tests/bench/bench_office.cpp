// SPDX-License-Identifier: EUPL-1.2
// Times what people wait for, with the real store, seals, network and receipts: prints one JSON object.
// Started by packaging/bench, which provides a server. Figures are for comparing runs on one machine.
#include "app/platform/system_clock.h"
#include "crypto/sign/system_random.h"
#include "tests/bench/office_parts.h"

namespace {

using namespace teren;
using namespace teren::bench;

constexpr int kRecords = 1'000;

Json initialSync(const Place& place, service::Surroundings around)
{
    const Pair pair(place, around);
    const auto& [anna, jan] = pair;

    const double write = timed([&] { writeRecords(*anna, kRecords); });
    service::SyncReport up;
    const double upload = timed([&] { up = must(service::syncOnce(*anna)); });
    service::SyncReport down;
    const double download = timed([&] { down = must(service::syncOnce(*jan)); });
    const bool equal = must(anna->digests()).digest == must(jan->digests()).digest;

    const double changes = kRecords * kFieldsPerRecord;
    const service::SyncReport idle = must(service::syncOnce(*anna));
    return {
        {"fieldChanges", changes},
        {"records", kRecords},
        {"converged", equal},
        {"writeSeconds", write},
        {"uploadSeconds", upload},
        {"downloadSeconds", download},
        {"changesPerSecondUpload", changes / upload},
        {"changesPerSecondDownload", changes / download},
        {"changesPerSecondEndToEnd", changes / (upload + download)},
        {"wireBytesPerChangeUp", static_cast<double>(up.bytesSent + up.bytesReceived) / changes},
        {"wireBytesPerChangeDown", static_cast<double>(down.bytesSent + down.bytesReceived) / changes},
        {"idleBytesSent", idle.bytesSent},
        {"idleBytesReceived", idle.bytesReceived},
        {"idleRoundTrips", idle.roundTrips}};
}

Json manyCases(const Place& place, service::Surroundings around, int count)
{
    auto office = profile(place, "Wiele", around);
    must(service::Enrolment(*office).createWorkspace(
        {"Bench", service::Model::Rural, place.server, place.fingerprint, place.token}));
    const double write = timed([&] {
        for (int i = 0; i < count; ++i)
            must(office->newCase("Rodzina " + std::to_string(i * 7919 % count) + " z Łężyc", {}));
    });
    const double list = medianMilliseconds(5, [&] { must(office->cases()); });
    const double search = medianMilliseconds(9, [&] { must(office->search("lezyc 77")); });
    office.reset();
    const double open = medianMilliseconds(
        3, [&] { must(service::Office::open(place.folder / "Wiele", kPassphrase, around)); });
    return {
        {"cases", count},
        {"createSeconds", write},
        {"listMilliseconds", list},
        {"searchMilliseconds", search},
        {"unlockMilliseconds", open}};
}

}  // namespace

int main(int argc, char* argv[])
{
    if (argc != 6) {
        std::cerr << "usage: bench_office FOLDER HOST:PORT FINGERPRINT TOKEN TOKEN\n";
        return 1;
    }
    const platform::SystemClock clock;
    SystemRandom random;
    const domain::SchemaSet schemas = must(domain::SchemaSet::builtIn());
    const service::Surroundings around{clock, random, schemas};
    Place place{argv[1], argv[2], argv[3], argv[4]};
    Json report;
    report["initialSync"] = initialSync(place, around);
    std::cerr << report.dump(2) << "\n";
    place.token = argv[5];
    report["tenThousandCases"] = manyCases(place, around, 10'000);
    std::cout << report.dump(2) << "\n";
    return 0;
}
