// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/attachment_ref.h"
#include "crypto/attachment_seal.h"
#include "sync/sql/database.h"

namespace teren::store {

/// Where the sealed files of a space's records stand: which of them the server has said to have, and which
/// are to be fetched. Kept beside the records, written with them in one transaction. What a record once named
/// stays here: another value of the field may come to be in force again.
class AttachmentRefs {
public:
    /// @param database  With the tables of `storeMigrations`. Outlives this object.
    explicit AttachmentRefs(sql::Database& database) : database_(database) {}

    /// A change writes `value` into `field` of `record`: notes it if it names a file.
    Status note(std::int64_t space, const RecordId& record, std::string_view field, ByteView value);

    enum class Standing : std::uint8_t {
        Unsent,   ///< Here, and the server has not said that it has it.
        Sent,     ///< Here, and the server has said so, durably stored.
        Awaited,  ///< Not here.
    };
    Result<Standing> standing(const RecordId& record, const Hash& address);
    /// A person wants the file: it is fetched whatever its size.
    Status ask(const RecordId& record, const Hash& address);

    /// Records that name files, by the worst that is to be said of any of theirs.
    struct Counts {
        std::uint64_t unsent = 0;
        std::uint64_t sent = 0;
        std::uint64_t awaited = 0;
        std::uint64_t unsentBytes = 0;  ///< Of sealed files.
    };
    Result<Counts> counts();

private:
    sql::Database& database_;
};

/// The server may have lost all of it: everything is offered to it again.
Status offerAllAgain(sql::Database& database);

}  // namespace teren::store
