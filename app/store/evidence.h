// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// Heads as the server signed them, kept so that two of one size with two roots can be shown to others.
class SignedHeads {
public:
    /// Of which the newest are kept.
    static constexpr std::size_t kKept = 256;
    static constexpr std::size_t kPairsKept = 64;

    explicit SignedHeads(Core& core) : core_(core) {}

    /// One that this device was shown and has verified. Inside the caller's transaction.
    Status note(const engine::ShownHead& shown);
    /// One that was shown to a colleague's device, which hands it on. What the server has not signed is
    /// passed over. @return whether the server has shown this device another log; it is told once.
    Result<bool> hear(const ledger::SignedHead& head, const DeviceId& from);
    /// The one of the log that this device stands at; none where it was never shown signed.
    Result<std::optional<ledger::SignedHead>> newest();
    /// Pairs of heads that do not go together, the server's own word for each.
    Result<std::vector<HeadPair>> pairs();

private:
    Result<bool> keepPair(const ledger::SignedHead& known, const ledger::SignedHead& other);
    Result<std::optional<ledger::SignedHead>> at(std::uint64_t size);

    Core& core_;
};

/// Segments of one device that stand in each other's place, both signed.
Result<std::vector<HeaderPair>> twinSegments(Core& core);

}  // namespace teren::store
