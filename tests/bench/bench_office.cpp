// SPDX-License-Identifier: EUPL-1.2
// Times what people wait for, with the real store, seals, network and receipts: prints one JSON object.
// Started by packaging/bench, which provides a server. Figures are for comparing runs on one machine.
#include "app/platform/system_clock.h"
#include "app/service/enrolment.h"
#include "app/service/sync_service.h"
#include "crypto/sign/system_random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace {

using namespace teren;
using Json = nlohmann::ordered_json;
using Seconds = std::chrono::duration<double>;

constexpr std::string_view kPassphrase = "zielona-lipa-nad-stawem";

template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::cerr << "bench: " << result.error().detail << "\n";
        std::exit(1);
    }
    return *std::move(result);
}

void must(const Status& status)
{
    if (!status) {
        std::cerr << "bench: " << status.error().detail << "\n";
        std::exit(1);
    }
}

template <typename Work>
double timed(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

template <typename Work>
double medianMilliseconds(int rounds, Work work)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i)
        times.push_back(timed(work) * 1000);
    return medianOf(times);
}

struct Place {
    std::filesystem::path folder;
    std::string server;
    std::string fingerprint;
    std::string token;
};

std::unique_ptr<service::Office> profile(
    const Place& place, const std::string& name, service::Surroundings around)
{
    const std::filesystem::path folder = place.folder / name;
    must(service::Office::createProfile(folder, name, kPassphrase, around));
    return must(service::Office::open(folder, kPassphrase, around));
}

constexpr int kRecords = 1'000;
constexpr int kFieldsPerRecord = 20;
constexpr int kRecordsPerCase = 50;

/// 20 000 field changes in 1 000 Saves.
void writeRecords(service::Office& office)
{
    static const std::vector<std::string> fields{
        "situation", "referrer", "difficulties",       "strengths",     "expectations",
        "needs",     "areas",    "info_from_involved", "referrer_view", "area_a",
        "area_b",    "area_c",   "institutions",       "key_worker"};
    service::CaseId caseId;
    for (int i = 0; i < kRecords; ++i) {
        if (i % kRecordsPerCase == 0)
            caseId = must(office.newCase("Rodzina próbna " + std::to_string(i), {})).id;
        service::FieldValues values{{"date", "2026-11-22"},       {"scale_a_family", "3"},
                                    {"scale_a_institution", "4"}, {"scale_b_family", "5"},
                                    {"scale_b_institution", "6"}, {"scale_c_family", "7"}};
        for (const std::string& field : fields)
            values[field]
                = "Zapis " + std::to_string(i) + " w polu " + field + ": kilka słów o tym, co jest ważne.";
        must(office.addRecord(caseId, "expectation_card", values));
    }
}

Json initialSync(const Place& place, service::Surroundings around)
{
    auto anna = profile(place, "Anna", around);
    must(service::Enrolment(*anna).createWorkspace(
        {"Bench", service::Model::Rural, place.server, place.fingerprint, place.token}));
    auto jan = profile(place, "Jan", around);
    const auto invitation = must(service::Enrolment(*anna).invite("Jan", service::Role::SocialWorker));
    const std::string code = must(service::Enrolment(*jan).join(invitation.text));
    must(service::Enrolment(*anna).approve(code));
    must(service::syncOnce(*jan));

    const double write = timed([&] { writeRecords(*anna); });
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
