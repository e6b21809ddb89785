# SPDX-License-Identifier: EUPL-1.2
"""A server that is backed up while it works, lost, and restored, through real programs."""

import os
import shutil
import signal
import stat
import subprocess
import time
import unittest

from office import BIN, Office


class ServerBackups(unittest.TestCase):
    """An office of three with one case, and what its operator types."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.server = self.office.server
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Lis")
        self.ewa = self.office.admit(self.anna, "Ewa Kos")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.write(self.anna, "pierwszy")
        self.paper = self.office.root / "pismo.txt"
        self.paper.write_bytes(b"pismo z urzedu " * 9_000)
        self.anna.run("attachment", "add", self.case, str(self.paper))
        for person in (self.anna, self.jan, self.ewa):
            person.run("sync")

    def operator(self, *words, code=0, data=True):
        argv = [BIN / "teren-server", *words] + (["--data", self.server.data] if data else [])
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout if code == 0 else done.stderr

    def write(self, person, text):
        person.run("record", "add", self.case, "note", f"text={text}")

    def texts(self, person):
        return sorted(n["fields"]["text"]["values"][0]["value"] for n in person.run("record", "list", self.case, "note"))

    def lose_server_and_restore(self, backup):
        self.server.stop(signal.SIGKILL)
        self.operator("restore", str(backup), code=2)  # Never over what is there.
        shutil.move(self.server.data, self.office.root / f"broken{time.monotonic_ns()}")
        self.operator("restore", str(backup))
        self.server.start()

    def test_a_closed_case_leaves_a_device_when_a_backup_holds_it_and_comes_back(self):
        self.anna.run("case", "evict", self.case, code=2)  # Not closed.
        record = self.anna.run("record", "list", self.case, "case")[0]["record"]
        self.anna.run("record", "set", record, "stage=cele_osiagniete")
        self.anna.run("case", "evict", self.case, code=2)  # In no backup.
        self.anna.run("sync")
        self.operator("backup", str(self.office.root / "backup"), "--elsewhere")
        self.anna.run("sync")
        before, digest = self.anna.run("status"), self.anna.run("digest", self.case)["digest"]
        gone = self.anna.run("case", "evict", self.case)
        self.assertEqual((gone["case"], gone["title"]), (self.case, "Rodzina Próbna"))
        self.assertEqual(self.anna.run("case", "list"), [])
        self.assertEqual([c["number"] for c in self.anna.run("case", "evicted")], [gone["number"]])
        self.assertEqual(self.anna.run("status")["confirmed"], before["confirmed"])
        self.assertEqual(self.anna.run("self-check")["problems"], [])
        self.anna.run("record", "add", self.case, "note", "text=nie tutaj", code=2)
        self.anna.run("sync")
        self.assertEqual(self.anna.run("case", "list"), [])

        self.anna.run("case", "fetch", gone["number"])
        self.anna.run("sync")
        self.assertEqual(self.texts(self.anna), ["pierwszy"])
        self.assertEqual(self.anna.run("digest", self.case)["digest"], digest)
        self.assertEqual(self.anna.run("case", "evicted"), [])
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def close_and_evict(self, *people):
        """Once two backups have been made; only the newer one holds the end of the case. Returns both."""
        older, newer = self.office.root / "older", self.office.root / "newer"
        self.operator("backup", str(older), "--elsewhere")
        self.write(self.anna, "po kopii")
        record = self.anna.run("record", "list", self.case, "case")[0]["record"]
        self.anna.run("record", "set", record, "stage=cele_osiagniete")
        self.anna.run("sync")
        self.operator("backup", str(newer), "--elsewhere")
        for person in (self.anna, self.jan, self.ewa):
            person.run("sync")
        for person in people:
            person.run("case", "evict", self.case)
        return older, newer

    def check_lost_away(self, person, lost, others):
        """What every command says of the case while neither the server nor this device holds all of it."""
        status = person.run("status")
        self.assertEqual(status["server"], "ok")
        self.assertEqual((status["unsent"], status["lost"]), (0, 0))
        self.assertEqual([(c["case"], c["lost"]) for c in status["lostAway"]], [(self.case, lost)])
        [away] = person.run("case", "evicted")
        self.assertEqual([away], status["lostAway"])
        self.assertEqual([reader["person"] for reader in away["mayHave"]], others)
        count = f"{away['number']} ({lost} of {away['changes']} changes missing there"
        self.assertIn(f"no longer holds all of cases removed from this device: {count}", status["words"]["en"])
        self.assertIn(f"nie ma on już w całości spraw usuniętych z tego urządzenia: {away['number']} ({lost} z ",
                      status["words"]["pl"])
        for words in (("case", "fetch", self.case), ("status", "--case", self.case)):
            said = person.run(*words, code=2)
            self.assertIn(f"no longer holds {lost} of its {away['changes']} changes", said)
            self.assertIn(others[0], said)
        person.run("sync")  # Nothing is waited for, and nothing is claimed.
        self.assertEqual(person.run("case", "list"), [])
        self.assertFalse(person.run("case", "evicted")[0]["returning"])
        return status

    def test_a_case_removed_here_and_lost_by_the_server_comes_back_from_a_colleague(self):
        older, _ = self.close_and_evict(self.anna)
        before = self.anna.run("status")
        self.assertEqual(before["lostAway"], [])
        self.lose_server_and_restore(older)
        self.anna.run("sync")
        status = self.check_lost_away(self.anna, 2, ["Ewa Kos", "Jan Lis"])
        [notice] = status["notices"]
        self.assertIn("The server was put back to an older state", notice)
        self.assertIn("2 of case AS-1/2026/001 (Rodzina Próbna), removed from this device. Do not call them lost", notice)
        self.assertIn("count as unsent until the server has confirmed them again: 0;", notice)
        self.assertIn("All of these are kept on this device.", notice)
        self.anna.run("status", "--dismiss-notices")
        self.assertEqual(self.check_lost_away(self.anna, 2, ["Ewa Kos", "Jan Lis"])["notices"], [])

        self.jan.run("sync")
        self.anna.run("sync")
        status = self.anna.run("status")
        [notice] = status["notices"]
        self.assertIn("holds all of case AS-1/2026/001 (Rodzina Próbna), removed from this device again", notice)
        self.assertEqual((status["lostAway"], status["confirmed"]), ([], before["confirmed"]))
        self.assertNotIn("missing there", status["words"]["en"])
        self.anna.run("case", "fetch", self.case)
        self.anna.run("sync")
        self.assertEqual(self.texts(self.anna), ["pierwszy", "po kopii"])
        self.assertEqual(self.anna.run("digest", self.case), self.jan.run("digest", self.case))
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def test_a_case_that_no_device_has_and_the_server_lost_comes_back_with_the_newer_backup(self):
        people = (self.anna, self.jan, self.ewa)
        older, newer = self.close_and_evict(*people)
        self.lose_server_and_restore(older)
        for person in (*people, *people):
            person.run("sync")
        self.anna.run("status", "--dismiss-notices")
        self.check_lost_away(self.anna, 2, ["Ewa Kos", "Jan Lis"])
        said = self.check_lost_away(self.jan, 2, ["Anna Sowa", "Ewa Kos"])["words"]["en"]
        self.assertIn("Nothing that was written on this device is here or at the server", said)

        self.lose_server_and_restore(newer)
        for person in people:
            person.run("sync")
            self.assertEqual(person.run("status")["lostAway"], [])
            person.run("case", "fetch", self.case)
            person.run("sync")
            self.assertEqual(self.texts(person), ["pierwszy", "po kopii"])
            self.assertEqual(person.run("self-check")["problems"], [])
        self.assertEqual(len({p.run("digest")["digest"] for p in people}), 1)

    def test_what_was_asked_for_before_the_server_lost_it_comes_when_it_can(self):
        older, _ = self.close_and_evict(self.anna)
        self.anna.run("case", "fetch", self.case)
        self.lose_server_and_restore(older)
        self.anna.run("sync")
        [away] = self.anna.run("status")["lostAway"]
        self.assertEqual((away["lost"], away["returning"]), (2, True))
        self.anna.run("case", "fetch", self.case, code=2)
        self.assertEqual(self.anna.run("case", "list"), [])
        self.jan.run("sync")
        self.anna.run("sync")
        self.assertEqual(self.texts(self.anna), ["pierwszy", "po kopii"])
        self.assertEqual(self.anna.run("status")["lostAway"], [])
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def test_the_number_of_a_case_that_was_removed_is_not_given_again(self):
        self.close_and_evict(self.anna)
        [gone] = self.anna.run("case", "evicted")
        self.assertEqual(gone["number"], "AS-1/2026/001")
        after = self.anna.run("case", "new", "--title", "Rodzina Druga")["number"]
        self.assertEqual(after, "AS-1/2026/002")
        self.anna.run("case", "fetch", self.case)
        self.anna.run("sync")
        self.assertEqual({c["number"] for c in self.anna.run("case", "list")}, {gone["number"], after})

        # In one program too, which knows the numbers from before.
        *_, gone, third = self.anna.batch([
            "case new --title Pierwsza", f"case evict {self.case}", "case new --title Trzecia"])
        self.assertEqual((gone["number"], third["number"]), ("AS-1/2026/001", "AS-1/2026/004"))

    def test_a_lost_server_is_whole_again_when_each_device_has_synced_once(self):
        backup = self.office.root / "backup"
        self.assertIn("1 workspace(s)", self.operator("backup", str(backup), "--elsewhere"))
        self.assertEqual(stat.S_IMODE(os.stat(backup).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.stat(backup / "teren.db").st_mode), 0o600)
        self.anna.run("sync")
        status = self.anna.run("status")
        self.assertEqual(status["backedUp"], status["confirmed"])

        self.write(self.anna, "po kopii")
        self.anna.run("sync")
        after = self.anna.run("status")
        self.assertEqual((after["confirmed"], after["backedUp"]), (status["confirmed"] + 1, status["backedUp"]))
        self.write(self.jan, "bez sieci")
        self.lose_server_and_restore(backup)
        # Whoever learns it, what the server lost does not count as confirmed until it has been given back.
        self.write(self.ewa, "Ewy")
        for person in (self.anna, self.jan, self.ewa):
            person.run("sync")
            self.assertEqual(person.run("status")["unsent"], 0)
            self.assertEqual(person.run("status")["server"], "ok")
        self.anna.run("sync")
        self.jan.run("sync")
        for person in (self.anna, self.jan, self.ewa):
            self.assertEqual(self.texts(person), ["Ewy", "bez sieci", "pierwszy", "po kopii"])
            self.assertEqual(person.run("self-check")["problems"], [])
        self.assertEqual(len({p.run("digest")["digest"] for p in (self.anna, self.jan, self.ewa)}), 1)
        self.assertEqual(self.anna.run("status")["backedUp"], status["backedUp"])

        # What was attached before the backup is at the restored server too: Ewa's device has never asked for it.
        [file] = self.ewa.run("attachment", "list", self.case)
        out = self.office.root / "from-the-backup.txt"
        self.ewa.run("attachment", "get", file["attachment"], str(out))
        self.assertEqual(out.read_bytes(), self.paper.read_bytes())

        # A new backup of the restored server goes further again.
        self.operator("backup", str(self.office.root / "backup2"), "--elsewhere")
        self.anna.run("sync")
        last = self.anna.run("status")
        self.assertEqual(last["backedUp"], last["confirmed"])

    def test_a_case_that_only_the_lost_server_knew_is_opened_again_although_others_opened_one_meanwhile(self):
        backup = self.office.root / "backup"
        self.operator("backup", str(backup), "--elsewhere")
        forgotten = self.anna.run("case", "new", "--title", "Rodzina Zapomniana")["case"]
        self.anna.run("record", "add", forgotten, "note", "text=po kopii")
        self.anna.run("sync")
        self.ewa.run("sync")
        self.lose_server_and_restore(backup)
        # Jan has heard of nothing, and is the first who comes.
        other = self.jan.run("case", "new", "--title", "Rodzina Nowa")["case"]
        self.jan.run("sync")
        for person in (self.ewa, self.anna, self.jan, self.ewa):
            person.run("sync")
            self.assertEqual(person.run("status")["server"], "ok")
            self.assertEqual(person.run("status")["unsent"], 0)
        for person in (self.anna, self.jan, self.ewa):
            self.assertEqual({c["case"] for c in person.run("case", "list")}, {self.case, forgotten, other})
            [note] = person.run("record", "list", forgotten, "note")
            self.assertEqual(note["fields"]["text"]["values"][0]["value"], "po kopii")
            self.assertEqual(person.run("self-check")["problems"], [])
        self.assertEqual(len({p.run("digest")["digest"] for p in (self.anna, self.jan, self.ewa)}), 1)
        self.assertIn("1 case(s) opened", " ".join(self.ewa.run("status")["notices"]))

    def test_a_backup_counts_only_where_somebody_says_that_it_is_elsewhere(self):
        self.write(self.jan, "Jana")  # In the backup too, and no work of Anna's.
        self.jan.run("sync")
        backup = self.office.root / "backup"
        self.operator("backup", str(backup))
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["backedUp"], 0)
        carried = self.office.root / "carried"
        shutil.copytree(backup, carried)
        self.operator("check-backup", str(carried), data=False)
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["backedUp"], 0)
        self.operator("check-backup", str(carried), "--elsewhere", data=False, code=2)
        self.operator("check-backup", str(carried), "--elsewhere")
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["backedUp"], self.anna.run("status")["confirmed"])
        before = self.anna.run("status")
        self.write(self.anna, "po kopii")
        self.anna.run("sync")
        after = self.anna.run("status")
        self.assertEqual((after["confirmed"], after["backedUp"]), (before["confirmed"] + 1, before["backedUp"]))

    def test_a_backup_of_another_server_says_nothing_about_this_one(self):
        other = Office()
        self.addCleanup(other.close)
        other.found("Zofia Inna")
        backup = self.office.root / "other"
        done = subprocess.run([BIN / "teren-server", "backup", backup, "--data", other.server.data],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("not an earlier state of this server",
                      self.operator("check-backup", str(backup), "--elsewhere", code=2))

    def test_a_backup_that_is_killed_counts_as_nothing_and_the_next_one_is_whole(self):
        for number in range(40):
            self.write(self.anna, f"wpis {number} " + "x" * 2_000)
        self.anna.run("sync")
        whole = 0
        for attempt in range(8):
            folder = self.office.root / f"k{attempt}"
            running = subprocess.Popen([BIN / "teren-server", "backup", folder, "--data", self.server.data],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.004 * attempt)
            running.kill()
            running.wait(timeout=30)
            done = subprocess.run([BIN / "teren-server", "check-backup", folder], capture_output=True, text=True, timeout=60)
            self.assertIn(done.returncode, (0, 2, 5), done.stderr)
            if done.returncode == 0:
                whole += 1
                continue
            self.operator("backup", str(folder))
            self.operator("check-backup", str(folder), data=False)
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["unsent"], 0)

    def test_a_damaged_backup_is_not_restored(self):
        backup = self.office.root / "backup"
        self.operator("backup", str(backup))
        content = bytearray((backup / "teren.db").read_bytes())
        at = content.index(b"TS\x01")  # The header of a segment.
        content[at + 40] ^= 1
        (backup / "teren.db").write_bytes(content)
        self.assertIn("is not whole", self.operator("check-backup", str(backup), data=False, code=5))
        self.server.stop()
        shutil.move(self.server.data, self.office.root / "away")
        self.operator("restore", str(backup), code=5)
        self.assertFalse(self.server.data.exists())
        shutil.move(self.office.root / "away", self.server.data)
        self.server.start()
        self.anna.run("sync")


if __name__ == "__main__":
    unittest.main()
