// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace teren::page {

/// The "shared memory" by which connections to one database agree on what its WAL holds, kept in this
/// process's heap: nothing of it, checksums of plaintext included, reaches a file. It makes the connections
/// of one process agree, never two processes: who opens a vault makes sure that it is alone.
///
/// Functions return SQLite result codes and behave as `xShmMap` and the others are documented. Any thread.
class WalIndexMemory {
public:
    static constexpr std::size_t kLockCount = 8;

    /// One connection's part in it.
    struct Holder {
        bool isAttached = false;
        std::uint32_t shared = 0;     ///< Bit i: holds lock i shared.
        std::uint32_t exclusive = 0;  ///< Bit i: holds lock i alone.
    };

    int map(Holder& holder, std::size_t region, std::size_t size, bool extend, void volatile** out);
    int lock(Holder& holder, std::size_t first, std::size_t count, int flags);
    void barrier();
    /// The last holder to leave takes the contents with it; the next reads the WAL anew.
    void detach(Holder& holder);

    /// Whether a connection is reading a WAL of which it does not know the end.
    bool isRecovering();

private:
    void release(Holder& holder, std::uint32_t mask);

    std::mutex mutex_;
    std::vector<std::unique_ptr<std::byte[]>> regions_;
    /// -1: held alone; else the number of holders that share it.
    std::array<int, kLockCount> locks_{};
    std::size_t holders_ = 0;
};

}  // namespace teren::page
