// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "tests/support/seeded.h"

#include <limits>
#include <map>
#include <memory>
#include <vector>

struct sqlite3_file;
struct sqlite3_vfs;

namespace teren::test {

/// A disk in memory, as an SQLite VFS, that loses what was not synced when its power is cut: of every write
/// since the last sync, each sector is kept or lost by itself. One thread.
class PowerCutVfs {
public:
    struct File {
        struct Change {
            std::size_t offset;
            Bytes bytes;
            bool isTruncation;  ///< To `offset`.
        };
        Bytes current;
        Bytes durable;
        std::vector<Change> unsynced;
        std::map<const sqlite3_file*, int> locks;
    };

    explicit PowerCutVfs(const char* name);
    PowerCutVfs(const PowerCutVfs&) = delete;
    PowerCutVfs& operator=(const PowerCutVfs&) = delete;
    ~PowerCutVfs();

    /// From the operation of this number on, counted from now, every change of a file fails with `code`.
    void failFrom(std::uint64_t operation, int code);
    void repair() { failFrom(std::numeric_limits<std::uint64_t>::max(), 0); }
    /// How much of what was not synced is lost when the power goes.
    enum class Loss {
        Nothing,
        SomeSectors,  ///< Each sector by itself.
        SomeBytes,    ///< Each sector by itself, and some of them are torn in their midst.
        Everything,
    };
    /// The power goes and comes back; call it with every connection closed.
    void cut(SeededRandom& random, Loss loss = Loss::SomeSectors);
    /// The process is killed: nothing is lost, and what was not synced can still be lost later.
    void kill() { repair(); }
    /// What lies on the disk, for `restore`.
    std::map<std::string, Bytes> image() const;
    void restore(const std::map<std::string, Bytes>& image);
    /// Changes of files since `failFrom`.
    std::uint64_t operations() const { return operations_; }
    const char* name() const;
    bool anyFileHolds(std::string_view word) const;

    /// For the functions that SQLite calls.
    int begin();
    /// The write that met the power cut: part of it may have reached the disk.
    bool isCutNow() const { return operations_ == failFrom_; }
    void remove(const std::string& name);
    /// What was removed is gone for good.
    void syncFolder();
    std::map<std::string, std::shared_ptr<File>>& files() { return files_; }

private:
    static Bytes afterCut(const File& file, SeededRandom& random, Loss loss);

    std::unique_ptr<sqlite3_vfs> vfs_;
    std::map<std::string, std::shared_ptr<File>> files_;
    /// Deleted, and their folder not synced: they may come back. Their handles may still be open.
    std::map<std::string, std::shared_ptr<File>> removed_;
    std::uint64_t operations_ = 0;
    std::uint64_t failFrom_ = std::numeric_limits<std::uint64_t>::max();
    int failCode_ = 0;
};

}  // namespace teren::test
