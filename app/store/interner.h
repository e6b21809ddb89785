// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/rows.h"
#include "sync/merge/version_vector.h"

#include <map>
#include <span>
#include <unordered_map>

namespace teren::store {

/// Small numbers for what is long and repeated: authors (device and life), and names of fields and types.
/// All are kept in memory; there are hundreds of them at most.
class Interner {
public:
    explicit Interner(sql::Database& database) : database_(&database) {}
    Status load();
    /// What is added from now on stays only if nobody calls `forgetAdded` before the next `noteAdded`.
    void noteAdded();
    /// After a transaction that failed.
    void forgetAdded();

    Result<std::int64_t> idOf(const Author& author);
    /// @return `Damaged` for a number that the store does not know.
    Result<Author> author(std::int64_t id) const;
    Result<std::int64_t> idOf(std::string_view name);
    Result<std::string> name(std::int64_t id) const;

    /// Pairs of author and seq as varints, in the given order.
    Result<Bytes> encode(std::span<const Dot> dots);
    Result<Bytes> encode(const VersionVector& vector);
    Result<std::vector<Dot>> decode(ByteView bytes) const;
    Result<VersionVector> decodeVector(ByteView bytes) const;

private:
    sql::Database* database_;
    std::map<Author, std::int64_t> authorIds_;
    std::unordered_map<std::int64_t, Author> authors_;
    std::unordered_map<std::string, std::int64_t> nameIds_;
    std::unordered_map<std::int64_t, std::string> names_;
    std::vector<std::int64_t> addedAuthors_;
    std::vector<std::int64_t> addedNames_;
};

}  // namespace teren::store
