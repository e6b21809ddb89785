// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/doors.h"
#include "app/viewmodel/sample_desk.h"

namespace teren {

/// One door, behind it the invented cases. Every passphrase opens it; nothing is kept.
class SampleDoors : public Doors {
public:
    Result<std::vector<Listed>> profiles() override
    {
        return std::vector<Listed>{{"Anna Sowa", "Anna Sowa"}};
    }
    Result<std::string> create(const Fresh& profile) override { return profile.name; }
    Result<std::unique_ptr<Desk>> open(const std::string&, const std::string&) override
    {
        return std::make_unique<SampleDesk>();
    }
    Status reset(const std::string&, const std::string&, const std::string&) override { return {}; }
    std::chrono::seconds wait(const std::string&) override { return std::chrono::seconds(0); }
};

}  // namespace teren
