// SPDX-License-Identifier: EUPL-1.2
// What packaging/bench sync compares with: the same work done by PouchDB against express-pouchdb over loopback, and by
// Automerge's sync protocol in one process. Prints one JSON object. Neither encrypts, signs, or syncs to a disk; both keep
// everything in memory, which is their best case.
//
//   node sync_peers.mjs RECORDS FIELDS EDITS    in a folder where npm has put the packages of sync_peers
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const [records, fields, edits] = process.argv.slice(2).map(Number);

const seconds = async (work) => {
  const begin = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begin) / 1e9;
};
const rate = (count, time) => Math.round(count / time);
const record = (number) => {
  const content = { _id: String(number).padStart(8, "0") };
  for (let field = 0; field < fields; ++field) content[`field_${field}`] = `wartość ${number} ${field}`;
  return content;
};

async function pouch() {
  const express = require("express");
  const PouchDB = require("pouchdb-core")
    .plugin(require("pouchdb-adapter-memory"))
    .plugin(require("pouchdb-adapter-http"))
    .plugin(require("pouchdb-mapreduce"))
    .plugin(require("pouchdb-replication"));
  const Kept = PouchDB.defaults({ adapter: "memory" });
  const app = express();
  app.use("/", require("express-pouchdb")(Kept, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: "/dev/null" }));
  const server = createServer(app);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  let bytes = 0;
  server.on("connection", (socket) => socket.once("close", () => (bytes += socket.bytesRead + socket.bytesWritten)));
  const remote = new PouchDB(`http://127.0.0.1:${server.address().port}/office`, { adapter: "http", skip_setup: false });
  const origin = new Kept("office");
  for (let first = 0; first < records; first += 1000)
    await origin.bulkDocs(Array.from({ length: Math.min(1000, records - first) }, (_, i) => record(first + i)));
  const client = new Kept("laptop");
  const options = { batch_size: 1000, batches_limit: 10 };
  const pull = await seconds(() => client.replicate.from(remote, options));
  const rows = (await client.allDocs({ include_docs: true, limit: edits })).rows;
  for (const row of rows) await client.put({ ...row.doc, field_0: "zmieniona" });
  const push = await seconds(() => client.replicate.to(remote, options));
  const none = await seconds(() => client.sync(remote, options));
  const arrived = (await client.info()).doc_count;
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  if (arrived !== records) throw new Error(`PouchDB has ${arrived} of ${records} records`);
  return {
    version: PouchDB.version,
    initialFieldChangesPerSecond: rate(records * fields, pull),
    pushedRecordsPerSecond: rate(edits, push),
    nothingNewMilliseconds: Math.round(none * 1000),
    bytesOnTheWirePerFieldChange: Math.round((10 * bytes) / (records * fields)) / 10,
  };
}

async function automerge() {
  const A = require("@automerge/automerge");
  let origin = A.init();
  for (let number = 0; number < records; ++number)
    origin = A.change(origin, (office) => {
      const { _id, ...content } = record(number);
      office[_id] = content;
    });
  let client = A.init();
  let bytes = 0;
  const exchange = () => {
    let [here, there] = [A.initSyncState(), A.initSyncState()];
    for (;;) {
      let up, down;
      [here, up] = A.generateSyncMessage(client, here);
      if (up) {
        bytes += up.length;
        [origin, there] = A.receiveSyncMessage(origin, there, up);
      }
      [there, down] = A.generateSyncMessage(origin, there);
      if (down) {
        bytes += down.length;
        [client, here] = A.receiveSyncMessage(client, here, down);
      }
      if (!up && !down) return;
    }
  };
  const pull = await seconds(exchange);
  const bulk = bytes;
  bytes = 0;
  client = A.change(client, (office) => (office["00000000"].field_0 = "zmieniona"));
  exchange();
  if (Object.keys(client).length !== records) throw new Error("Automerge lacks records");
  return {
    initialFieldChangesPerSecond: rate(records * fields, pull),
    bytesPerFieldChange: Math.round((10 * bulk) / (records * fields)) / 10,
    bytesOfALoneChange: bytes,
  };
}

const report = {};
for (const [name, run] of Object.entries({ pouchdb: pouch, automerge })) {
  try {
    report[name] = await run();
  } catch (error) {
    console.error(`bench: ${name} is left out: ${error.message}`);
  }
}
console.log(JSON.stringify(report));
process.exit(0);
