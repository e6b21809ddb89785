// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <cstddef>
#include <vector>

struct sqlite3_file;
struct sqlite3_vfs;

namespace teren::page {

/// A file of the VFS below, closed when this object goes. Functions return SQLite result codes.
class BaseFile {
public:
    explicit BaseFile(sqlite3_vfs* vfs);
    BaseFile(const BaseFile&) = delete;
    BaseFile& operator=(const BaseFile&) = delete;
    ~BaseFile();

    /// @param name as SQLite gave it: it carries hidden parts behind its end.
    int open(const char* name, int flags, int* outFlags);
    int read(std::span<std::uint8_t> out, std::int64_t offset);
    int write(ByteView data, std::int64_t offset);
    int truncate(std::int64_t size);
    int size(std::int64_t& out);
    int sync(int flags);
    /// Whether its path leads elsewhere or nowhere by now, as far as the VFS can tell.
    bool hasMoved();
    /// For what passes through unchanged, the file locks above all.
    sqlite3_file* raw() { return file_; }

private:
    sqlite3_vfs* vfs_;
    std::vector<std::max_align_t> memory_;
    sqlite3_file* file_;
};

}  // namespace teren::page
