// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/workspace_store.h"

#include <map>
#include <set>

namespace teren::sim {

/// What was saved, by whom, and what stood on the screen when it was: enough to say what every device must
/// show in the end, without asking the code that merges.
class Oracle {
public:
    struct Place {
        RecordId record;
        std::string field;
        friend auto operator<=>(const Place&, const Place&) = default;
    };

    /// Call before and after an assignment was saved on `store`; the difference is what it replaced.
    std::set<Dot> inForce(store::WorkspaceStore& store, const Place& place) const;
    void saved(
        std::size_t device, Instant when, const Place& place, Bytes value, const std::set<Dot>& before,
        const std::set<Dot>& after);
    /// The disk of `device` was put back to how it was at `when`: what it saved since may be gone.
    void rolledBack(std::size_t device, Instant when);

    /// Dots live on under other names when a device starts a new life; then only what was written is
    /// compared.
    enum class Dots : std::uint8_t { Exact, Renamed };
    /// @return sentences, none if `store` shows what it must.
    std::vector<std::string> check(store::WorkspaceStore& store, Dots dots) const;
    /// What `device` saved, its own store calls confirmed, and `other` does not show.
    std::vector<std::string> missingOfConfirmed(
        std::size_t device, store::WorkspaceStore& own, store::WorkspaceStore& other) const;
    std::size_t size() const { return saves_.size(); }

private:
    struct Save {
        std::size_t device = 0;
        Instant when{};
        Bytes value;
        std::optional<Dot> dot;
        std::set<Dot> replaced;
        bool certain = true;
    };
    std::vector<std::string> checkPlace(
        store::WorkspaceStore& store, const Place& place, const std::vector<std::size_t>& saves,
        Dots dots) const;

    std::vector<Save> saves_;
    std::map<Place, std::vector<std::size_t>> places_;
};

}  // namespace teren::sim
