// SPDX-License-Identifier: EUPL-1.2
#include "app/store/schema_sql.h"

#include <array>

namespace teren::store {
namespace {

// Identifiers of 16 and more bytes are kept once, in `author`, `space`, `record` and `name`; all else refers
// to them by number. An operation's id is change << 15 | index << 1 | part, so that the operations of a
// change lie together and need no second index; what it writes to a row's order is part 1, all else part 0,
// so that an insertion is two rows. A register is the operations of its record and field with live = 1; all
// operations are its history.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE own (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  server_address TEXT NOT NULL,
  sign_seed BLOB NOT NULL,
  box_secret BLOB NOT NULL,
  life INTEGER NOT NULL,
  life_lost INTEGER NOT NULL DEFAULT 0,
  tree_size INTEGER NOT NULL DEFAULT 0,
  root BLOB NOT NULL,
  safe INTEGER NOT NULL DEFAULT 0,
  cursor INTEGER NOT NULL DEFAULT 0,
  clock_wall INTEGER NOT NULL DEFAULT 0,
  clock_tick INTEGER NOT NULL DEFAULT 0,
  last_contact INTEGER,
  uploading BLOB
) STRICT;

CREATE TABLE statement (
  height INTEGER PRIMARY KEY,
  body BLOB NOT NULL,
  device BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  space BLOB,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX draft_space ON draft (space);

CREATE TABLE author (
  id INTEGER PRIMARY KEY,
  device BLOB NOT NULL,
  life BLOB NOT NULL,
  UNIQUE (device, life)
) STRICT;
CREATE TABLE name (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE) STRICT;

CREATE TABLE space (
  id INTEGER PRIMARY KEY,
  space BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  case_space BLOB NOT NULL
) STRICT;
CREATE TABLE space_key (
  space INTEGER NOT NULL REFERENCES space,
  epoch INTEGER NOT NULL,
  key_id BLOB NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (space, epoch)
) STRICT, WITHOUT ROWID;
CREATE TABLE space_cursor (space INTEGER PRIMARY KEY REFERENCES space, cursor INTEGER NOT NULL) STRICT;
CREATE TABLE applied (
  space INTEGER NOT NULL,
  author INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (space, author)
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
  id INTEGER PRIMARY KEY,
  space INTEGER NOT NULL REFERENCES space,
  author INTEGER NOT NULL REFERENCES author,
  first_seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  number INTEGER UNIQUE,
  own INTEGER NOT NULL,
  state INTEGER NOT NULL,
  verdict INTEGER NOT NULL DEFAULT 0,
  refused INTEGER,
  header BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX segment_chain ON segment (space, author, first_seq);
CREATE INDEX segment_outbox ON segment (id) WHERE own = 1 AND number IS NULL AND state = 1 AND refused IS NULL;
CREATE INDEX segment_odd ON segment (state, space) WHERE state <> 1;

CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  space INTEGER NOT NULL REFERENCES space,
  author INTEGER NOT NULL REFERENCES author,
  seq INTEGER NOT NULL,
  wall INTEGER NOT NULL,
  tick INTEGER NOT NULL,
  group_id BLOB,
  context BLOB NOT NULL,
  seen BLOB,
  state INTEGER NOT NULL,
  own INTEGER NOT NULL,
  unsent INTEGER NOT NULL,
  sealed INTEGER NOT NULL,
  UNIQUE (space, author, seq)
) STRICT;
CREATE INDEX change_unsent ON change (space, wall) WHERE unsent = 1;
CREATE INDEX change_unsealed ON change (space, author, seq) WHERE sealed = 0;
CREATE INDEX change_own ON change (unsent) WHERE own = 1;
CREATE INDEX change_waiting ON change (space) WHERE state = 2;

CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL,
  space INTEGER NOT NULL REFERENCES space,
  type INTEGER,
  order_key BLOB NOT NULL DEFAULT x'',
  presence INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  raw_conflicts INTEGER NOT NULL DEFAULT 0,
  conflicts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (uuid, space)
) STRICT;
CREATE INDEX record_space ON record (space, order_key, uuid);
CREATE INDEX record_type ON record (type, order_key, uuid) WHERE type IS NOT NULL;
CREATE INDEX record_conflict ON record (space, conflicts) WHERE raw_conflicts > 0;

CREATE TABLE op (
  id INTEGER PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record,
  field INTEGER NOT NULL REFERENCES name,
  kind INTEGER NOT NULL,
  live INTEGER NOT NULL,
  value BLOB NOT NULL
) STRICT;
CREATE INDEX op_record ON op (record, live);

CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  space INTEGER NOT NULL REFERENCES space,
  author INTEGER NOT NULL REFERENCES author,
  first_seq INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE partial (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  header BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE notice (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

CREATE VIRTUAL TABLE text_index USING fts5(folded, tokenize = "unicode61 remove_diacritics 0", detail = none);
)sql";

// `head_claim`: what others have seen of the log, not yet compared; `split_view`: what did not compare, `log`
// being 1 for entries and 2 for statements. `asked_again`: when a space's missing entries were asked for
// last.
constexpr std::string_view kViews = R"sql(
CREATE TABLE verified_head (size INTEGER PRIMARY KEY, root BLOB NOT NULL) STRICT;
CREATE TABLE head_claim (device BLOB PRIMARY KEY NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL) STRICT;
CREATE TABLE split_view (
  device BLOB NOT NULL,
  log INTEGER NOT NULL,
  size INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (device, log)
) STRICT;
CREATE TABLE asked_again (space INTEGER PRIMARY KEY REFERENCES space, at INTEGER NOT NULL) STRICT;
)sql";

// What a server refused once stays in the outbox.
constexpr std::string_view kRefused = R"sql(
DROP INDEX segment_outbox;
CREATE INDEX segment_outbox ON segment (id) WHERE own = 1 AND number IS NULL AND state = 1;
)sql";

// `seen`: a person has acknowledged it. It stays, so that what goes on is not told at every sync.
constexpr std::string_view kNotices = R"sql(
ALTER TABLE notice RENAME TO notice_before;
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT OR IGNORE INTO notice (text, at) SELECT text, 0 FROM notice_before ORDER BY id;
DROP TABLE notice_before;
)sql";

// `ground`: 0 where this device knows a claim to be false, 1 where the server gave no proof of it.
// `accepted`: a person knows, and work goes on.
constexpr std::string_view kAccepted = R"sql(
ALTER TABLE split_view ADD COLUMN ground INTEGER NOT NULL DEFAULT 0;
ALTER TABLE split_view ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
)sql";

// The files in attachments/. `whole`: 0 while it is being written, 1 once a record names it. `part`: 1
// content, 2 thumbnail. What keys they have stands in the records.
constexpr std::string_view kAttachments = R"sql(
CREATE TABLE attachment_file (
  name TEXT PRIMARY KEY NOT NULL,
  whole INTEGER NOT NULL,
  record BLOB NOT NULL,
  part INTEGER NOT NULL,
  address BLOB UNIQUE,
  sealed_size INTEGER
) STRICT;
CREATE INDEX attachment_file_unfinished ON attachment_file (name) WHERE whole = 0;
)sql";

// `lost`: 1 had a number that the server went back behind, 2 came from a colleague's device and has had no
// number yet; either is to be sent, whoever wrote it. `serial`: in
// which order heads were verified; older ones are thinned by it. `newest_head`, `went_back`: heads as the
// server signed them, the one shown last and each pair of which the second does not follow the first.
constexpr std::string_view kWentBack = R"sql(
ALTER TABLE segment ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
DROP INDEX segment_outbox;
CREATE INDEX segment_outbox ON segment (id) WHERE number IS NULL;
ALTER TABLE verified_head ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
UPDATE verified_head SET serial =
  (SELECT count(*) FROM verified_head AS before WHERE before.size <= verified_head.size);
CREATE TABLE newest_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  body BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE went_back (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  common INTEGER NOT NULL,
  lost_size INTEGER NOT NULL,
  lost_root BLOB NOT NULL,
  lost_head BLOB NOT NULL,
  lost_signature BLOB NOT NULL,
  shown_size INTEGER NOT NULL,
  shown_root BLOB NOT NULL,
  shown_head BLOB NOT NULL,
  shown_signature BLOB NOT NULL
) STRICT;
)sql";

// Every file that a record ever named. `part` as in `attachment_file`, where `whole` = 2 says that a file is
// on its way here; `address` in hex, as the records have it; `sent`: when the server last said that it has
// it; `asked`: a person waits for it.
constexpr std::string_view kAttachmentRefs = R"sql(
CREATE TABLE attachment_ref (
  id INTEGER PRIMARY KEY,
  space INTEGER NOT NULL REFERENCES space,
  record BLOB NOT NULL,
  part INTEGER NOT NULL,
  address TEXT NOT NULL,
  size INTEGER NOT NULL,
  sent INTEGER,
  asked INTEGER NOT NULL DEFAULT 0,
  UNIQUE (space, record, part, address)
) STRICT;
CREATE INDEX attachment_ref_address ON attachment_ref (address);
CREATE INDEX attachment_ref_unsent ON attachment_ref (id) WHERE sent IS NULL;
CREATE INDEX attachment_file_address ON attachment_file (lower(hex(address)));
INSERT OR IGNORE INTO attachment_ref (space, record, part, address, size)
  SELECT record.space, record.uuid, CASE name.name WHEN CAST('thumbnail' AS BLOB) THEN 2 ELSE 1 END,
    CAST(substr(op.value, 3, 64) AS TEXT), CAST(CAST(substr(op.value, 133) AS TEXT) AS INTEGER)
  FROM name JOIN op ON op.field = name.id JOIN record ON record.id = op.record
  WHERE name.name IN (CAST('content' AS BLOB), CAST('thumbnail' AS BLOB)) AND length(op.value) BETWEEN 133 AND 152
    AND substr(op.value, 1, 2) = CAST('1:' AS BLOB);
)sql";

// How far a person here has looked at each author's work in a case; see news.h. What was there before this
// was kept counts as looked at.
constexpr std::string_view kLooked = R"sql(
CREATE TABLE looked (
  space INTEGER NOT NULL,
  author INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (space, author)
) STRICT, WITHOUT ROWID;
INSERT INTO looked (space, author, seq) SELECT space, author, seq FROM applied;
)sql";

// `applied_by`: what other devices said last that they have applied, `box` and `signature` as it came;
// `applied_told`: what this one said, `kept` once the server has it. `receipt`: the server's receipts of own
// work, with the leaves (number, hash) that the proof is of; `lost`: the server has gone back behind it.
constexpr std::string_view kDelivery = R"sql(
ALTER TABLE own ADD COLUMN applied_serial INTEGER NOT NULL DEFAULT 0;
CREATE TABLE applied_by (
  space INTEGER NOT NULL REFERENCES space,
  device BLOB NOT NULL,
  life_order INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  stated INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  vector BLOB NOT NULL,
  box BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (space, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE applied_told (
  space INTEGER PRIMARY KEY REFERENCES space,
  epoch INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  vector BLOB NOT NULL,
  kept INTEGER NOT NULL
) STRICT;
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  tree_size INTEGER NOT NULL,
  time INTEGER NOT NULL,
  lost INTEGER NOT NULL DEFAULT 0,
  head BLOB NOT NULL,
  signature BLOB NOT NULL,
  leaves BLOB NOT NULL,
  proof BLOB NOT NULL
) STRICT;
ALTER TABLE segment ADD COLUMN receipt INTEGER;
CREATE INDEX segment_delivered ON segment (space, number, receipt) WHERE own = 1 AND number IS NOT NULL;
)sql";

// `parted_statement`: what the members' log here had that the server had lost when others went on without it.
constexpr std::string_view kParted = R"sql(
CREATE TABLE parted_statement (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  common INTEGER NOT NULL,
  height INTEGER NOT NULL,
  body BLOB NOT NULL,
  device BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
)sql";

constexpr std::array kMigrations{
    sql::Migration{1, "one workspace", kFirst},
    sql::Migration{2, "what others have seen", kViews},
    sql::Migration{3, "refused work is sent again", kRefused},
    sql::Migration{4, "notices that stay", kNotices},
    sql::Migration{5, "other logs, accepted", kAccepted},
    sql::Migration{6, "files beside the database", kAttachments},
    sql::Migration{7, "a server that went back", kWentBack},
    sql::Migration{8, "attachments that travel", kAttachmentRefs},
    sql::Migration{9, "what was looked at", kLooked},
    sql::Migration{10, "who has applied what, and receipts", kDelivery},
    sql::Migration{11, "members' logs that parted", kParted}};

}  // namespace

std::span<const sql::Migration> storeMigrations()
{
    return kMigrations;
}

}  // namespace teren::store
