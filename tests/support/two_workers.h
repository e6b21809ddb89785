// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/support/served_office.h"

namespace teren::test {

/// Anna and Marta of one office, with a case that both have and a card in it.
struct TwoWorkers {
    TwoWorkers() : anna(served.founder("Anna")), marta(served.colleague(*anna, "Marta"))
    {
        const auto made = anna->newCase("Rodzina próbna", {});
        REQUIRE(made);
        caseId = made->id;
        const auto added
            = anna->addRecord(caseId, "expectation_card", {{"date", "2026-11-22"}, {"situation", "base"}});
        REQUIRE(added);
        card = *added;
        exchange();
    }
    void exchange()
    {
        ServedOffice::sync(*anna);
        ServedOffice::sync(*marta);
        ServedOffice::sync(*anna);
    }
    static service::ShownValues screen(service::Office& office, const RecordId& record)
    {
        const Result<service::RecordView> view = office.record(record);
        REQUIRE(view);
        return shownIn(*view);
    }

    ServedOffice served;
    std::unique_ptr<service::Office> anna;
    std::unique_ptr<service::Office> marta;
    service::CaseId caseId;
    RecordId card;
};

}  // namespace teren::test
