// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/sim/stage.h"

namespace teren::sim {

/// Attachments that people add, and what must have become of them in the end.
class Photos {
public:
    explicit Photos(Stage stage) : stage_(stage) {}

    void add();
    /// The disk of `device` was put back to how it was at `when`.
    void rolledBack(std::size_t device, Instant when);
    /// What `device` added and could not bring before it was removed is its own matter.
    void removed(std::size_t device) { rolledBack(device, Instant{}); }

    /// Every file that a living author added is whole on each of `members`, and so is what any of them has.
    std::vector<std::string> check(const std::vector<SimDevice*>& members) const;

private:
    struct Photo {
        std::size_t author = 0;
        Instant when{};
        RecordId record;
        std::array<Bytes, 2> content;  ///< Whole and small.
        bool certain = true;
    };
    Status add(SimDevice& device, const SpaceId& space, const Photo& photo);
    /// @return the content on this device, if it is here; and whether the record still names it.
    static Result<std::optional<Bytes>> open(SimDevice& device, const Photo& photo, AttachmentPart part);
    static bool isNamed(SimDevice& device, const Photo& photo);

    Stage stage_;
    std::vector<Photo> photos_;
};

}  // namespace teren::sim
