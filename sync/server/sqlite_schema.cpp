// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/sqlite_schema.h"

#include <array>

namespace teren::server {
namespace {

// Every key begins with the workspace, so the same schema can be spread over several machines. Bodies lie
// apart from the entries, so that scanning the log does not read them.
constexpr std::array kMigrations{
    sql::Migration{1, "the first schema", R"sql(
CREATE TABLE server (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  tls_seed BLOB NOT NULL,
  receipt_seed BLOB NOT NULL,
  incarnation INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  made_ms INTEGER NOT NULL,
  workspace BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE workspace (
  workspace BLOB PRIMARY KEY,
  tree_size INTEGER NOT NULL,
  tree_root BLOB NOT NULL,
  height INTEGER NOT NULL,
  membership_hash BLOB NOT NULL,
  opened_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  workspace BLOB NOT NULL,
  height INTEGER NOT NULL,
  hash BLOB NOT NULL,
  body BLOB NOT NULL,
  device BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (workspace, height)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  workspace BLOB NOT NULL,
  number INTEGER NOT NULL,
  space BLOB NOT NULL,
  device BLOB NOT NULL,
  life INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  segment BLOB NOT NULL,
  body_size INTEGER NOT NULL,
  header BLOB NOT NULL,
  PRIMARY KEY (workspace, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entry_chain ON entry (workspace, space, device, life, first_seq);

CREATE TABLE body (
  workspace BLOB NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (workspace, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE node (
  workspace BLOB NOT NULL,
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (workspace, level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE partial (
  workspace BLOB NOT NULL,
  device BLOB NOT NULL,
  segment BLOB NOT NULL,
  expires_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (workspace, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE forked (
  workspace BLOB NOT NULL,
  segment BLOB NOT NULL,
  seen_ms INTEGER NOT NULL,
  header BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (workspace, segment)
) STRICT, WITHOUT ROWID;

CREATE TABLE join_request (
  workspace BLOB NOT NULL,
  invitation BLOB NOT NULL,
  hash BLOB NOT NULL,
  received_ms INTEGER NOT NULL,
  request BLOB NOT NULL,
  PRIMARY KEY (workspace, invitation, hash)
) STRICT, WITHOUT ROWID;
)sql"},
    sql::Migration{2, "what a backup elsewhere holds", R"sql(
ALTER TABLE workspace ADD COLUMN safe INTEGER NOT NULL DEFAULT 0;
)sql"},
    // The second pair while keys change; `is_next`: to come, else left.
    sql::Migration{3, "keys that change", R"sql(
CREATE TABLE server_other (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  tls_seed BLOB NOT NULL,
  receipt_seed BLOB NOT NULL,
  is_next INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  consent BLOB
) STRICT;
)sql"},
    sql::Migration{4, "what devices say that they have applied", R"sql(
ALTER TABLE workspace ADD COLUMN applied_serial INTEGER NOT NULL DEFAULT 0;
CREATE TABLE applied (
  workspace BLOB NOT NULL,
  space BLOB NOT NULL,
  device BLOB NOT NULL,
  serial INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  box BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (workspace, space, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX applied_order ON applied (workspace, serial);
)sql"}};

}  // namespace

std::span<const sql::Migration> sqliteMigrations()
{
    return kMigrations;
}

}  // namespace teren::server
