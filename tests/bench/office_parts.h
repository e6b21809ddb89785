// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/enrolment.h"
#include "app/service/sync_service.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>

/// What the programs that time an office have in common. They stop at the first thing that does not work.
namespace teren::bench {

using Json = nlohmann::ordered_json;
using Seconds = std::chrono::duration<double>;

inline constexpr std::string_view kPassphrase = "zielona-lipa-nad-stawem";

template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::cerr << "bench: " << result.error().detail << "\n";
        std::exit(1);
    }
    return *std::move(result);
}

inline void must(const Status& status)
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

inline double medianOf(std::vector<double> values)
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

inline std::unique_ptr<service::Office> profile(
    const Place& place, const std::string& name, service::Surroundings around)
{
    const std::filesystem::path folder = place.folder / name;
    must(service::Office::createProfile(folder, name, kPassphrase, around));
    return must(service::Office::open(folder, kPassphrase, around));
}

inline constexpr int kFieldsPerRecord = 20;
inline constexpr int kRecordsPerCase = 50;

/// `count` Saves of `kFieldsPerRecord` fields each. @return the records.
inline std::vector<RecordId> writeRecords(service::Office& office, int count)
{
    static const std::vector<std::string> fields{
        "situation", "referrer", "difficulties",       "strengths",     "expectations",
        "needs",     "areas",    "info_from_involved", "referrer_view", "area_a",
        "area_b",    "area_c",   "institutions",       "key_worker"};
    std::vector<RecordId> records;
    service::CaseId caseId;
    for (int i = 0; i < count; ++i) {
        if (i % kRecordsPerCase == 0)
            caseId = must(office.newCase("Rodzina próbna " + std::to_string(i), {})).id;
        service::FieldValues values{{"date", "2026-11-22"},       {"scale_a_family", "3"},
                                    {"scale_a_institution", "4"}, {"scale_b_family", "5"},
                                    {"scale_b_institution", "6"}, {"scale_c_family", "7"}};
        for (const std::string& field : fields)
            values[field]
                = "Zapis " + std::to_string(i) + " w polu " + field + ": kilka słów o tym, co jest ważne.";
        records.push_back(must(office.addRecord(caseId, "expectation_card", values)));
    }
    return records;
}

/// Two people of one office on the server at `place`.
struct Pair {
    Pair(const Place& place, service::Surroundings around)
        : anna(profile(place, "Anna", around)),
          jan(profile(place, "Jan", around))
    {
        must(service::Enrolment(*anna).createWorkspace(
            {"Bench", service::Model::Rural, place.server, place.fingerprint, place.token}));
        const auto invitation = must(service::Enrolment(*anna).invite("Jan", service::Role::SocialWorker));
        const std::string code = must(service::Enrolment(*jan).join(invitation.text));
        must(service::Enrolment(*anna).approve(code));
        must(service::syncOnce(*jan));
    }
    std::unique_ptr<service::Office> anna;
    std::unique_ptr<service::Office> jan;
};

}  // namespace teren::bench
