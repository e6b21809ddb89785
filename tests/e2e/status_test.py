# SPDX-License-Identifier: EUPL-1.2
"""What `terenctl status` says of a server that refuses, forks or was put back, and of what was removed here."""

import os
import shutil
import subprocess
import unittest

from office import BIN, Office, Server, SmallDisk


class Status(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.server = self.office.server
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.anna.run("sync")
        self.jan.run("sync")

    def copied(self, name):
        self.server.stop()
        shutil.copytree(self.server.data, self.office.root / name)
        self.server.start()
        return self.office.root / name

    def put_back(self, copy):
        self.server.stop()
        shutil.move(self.server.data, self.office.root / "lost")
        shutil.copytree(copy, self.server.data)
        self.server.start()

    def says(self, profile, *words, code):
        ended = subprocess.run(profile.argv(*words), capture_output=True, text=True, timeout=120)
        self.assertEqual(ended.returncode, code, ended.stderr)
        return ended.stderr

    def test_a_device_that_the_restored_server_does_not_know_says_so(self):
        copy = self.copied("yesterday")
        late = self.office.admit(self.anna, "Nowa Przykładowa")
        late.run("record", "add", self.case, "note", "text=confirmed once")
        late.run("sync")
        self.assertIsNone(late.run("status")["serverWhy"])
        self.put_back(copy)

        self.assertIn("does not count this device", self.says(late, "sync", code=2))
        late.run("record", "add", self.case, "note", "text=never sent")
        for _ in range(2):
            status = late.run("status")
            self.assertEqual((status["server"], status["serverWhy"]), ("refused", "not-a-member"))
            self.assertIsNotNone(status["serverWhyAt"])
            self.assertIn("the server refused this device", status["words"]["en"])
            self.assertIn("serwer odrzucił to urządzenie", status["words"]["pl"])
            self.server.stop()
            self.says(late, "sync", code=4)  # That it cannot be reached meanwhile is the lesser news.
        self.server.start()
        for language, words in (("en", "The server refused this device at their last contact: "),
                                ("pl", "Serwer odrzucił to urządzenie przy ostatnim kontakcie: ")):
            file = self.office.root / language
            late.run("delivery", "export", self.case, str(file), "--language", language)
            self.assertIn(words, file.read_text(encoding="utf-8"))
            checked = late.run("delivery", "check", str(file))
            self.assertIsNotNone(checked["told"]["refused"])

        self.anna.run("sync")  # It knows of the admission.
        late.run("sync")
        status = late.run("status")
        self.assertEqual((status["server"], status["serverWhy"], status["serverWhyAt"]), ("ok", None, None))
        self.assertNotIn("refused", status["words"]["en"])
        late.run("delivery", "export", self.case, str(self.office.root / "after"), "--language", "en")
        self.assertNotIn("refused this device", (self.office.root / "after").read_text(encoding="utf-8"))

    def test_what_was_removed_from_here_is_told_as_that(self):
        [record] = self.anna.run("record", "list", self.case, "case")
        self.anna.run("record", "set", record["record"], "stage=cele_osiagniete")
        self.anna.run("sync")
        ended = subprocess.run([BIN / "teren-server", "backup", self.office.root / "copy", "--data", self.server.data,
                                "--elsewhere"], capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.jan.run("sync")
        self.anna.run("sync")
        before = self.anna.run("status")
        gone = self.anna.run("case", "evict", self.case)
        status = self.anna.run("status")
        self.assertEqual((status["total"], status["confirmed"]), (before["total"], before["confirmed"]))
        count = f"{before['confirmed']} of {before['total']}"
        self.assertIn(f"Confirmed by the server: {count}", status["words"]["en"])
        self.assertIn("in cases removed from this device to save room: ", status["words"]["en"])
        self.assertIn("w sprawach usuniętych z tego urządzenia", status["words"]["pl"])
        self.assertEqual((status["lostAway"], self.anna.run("case", "evicted")[0]["lost"]), ([], 0))
        file = str(self.office.root / "statement")
        for name in (self.case, gone["number"]):
            for words in (("status", "--case", name), ("delivery", "export", name, file), ("case", "evict", name)):
                said = self.says(self.anna, *words, code=2)
                self.assertIn("was removed from this device to save room", said)
                self.assertIn(f"case fetch {self.case}", said)
        self.anna.run("case", "fetch", self.case)
        self.assertIn("asked for again", self.says(self.anna, "status", "--case", self.case, code=2))
        self.anna.run("sync")
        back = self.anna.run("status", "--case", self.case)
        self.assertEqual(back["confirmed"], before["confirmed"])
        self.assertNotIn("removed", back["words"]["en"])

        # Jan's device has had it; what it keeps is not known.
        self.assertIn("received and applied by the devices of Jan", back["words"]["en"])

    def test_a_server_whose_disk_is_full_is_named_until_it_has_room(self):
        disk = SmallDisk(self, self.office.root / "small")
        self.office.move_server(self, disk.folder / "server")
        disk.fill()
        # What is full is full for statements too.
        self.anna.run("case", "new", "--title", "Lipowa 2")
        for _ in range(9):
            self.anna.run("record", "add", self.case, "note", f"text={os.urandom(9000).hex()}")
        for _ in range(2):
            self.assertIn("the server's disk is full", self.says(self.anna, "sync", code=2))
            self.assert_told_of_full_disk(self.anna)
        # Reading goes on, and whoever only reads is refused nothing.
        self.jan.run("sync")
        self.assertEqual(self.jan.run("status")["server"], "ok")

        disk.make_room()
        self.anna.run("sync")
        status = self.anna.run("status")
        self.assertEqual((status["server"], status["serverWhy"], status["serverWhyAt"]), ("ok", None, None))
        self.assertEqual((status["unsent"], status["refused"], status["refusedWhy"]), (0, 0, None))
        self.assertNotIn("full", status["words"]["en"])
        self.jan.run("sync")
        self.assertEqual(self.jan.run("digest"), self.anna.run("digest"))

    def test_work_that_a_full_server_did_not_take_is_called_that(self):
        disk = SmallDisk(self, self.office.root / "small")
        self.office.move_server(self, disk.folder / "server")
        disk.fill()
        self.anna.batch([f"record add {self.case} note text={os.urandom(9000).hex()}" for _ in range(60)])
        # All of it is sealed, in more than one segment: the others wait for the first.
        self.assertGreater(self.anna.run("bundle", "export", str(self.office.root / "file"), "--unsent")["segments"], 1)
        self.says(self.anna, "sync", code=2)
        status = self.assert_told_of_full_disk(self.anna)
        self.assertEqual((status["unsent"], status["refused"], status["refusedWhy"]), (60, 60, "no-room"))
        self.assertEqual(status["sent"], 0)  # The server had it, and has not kept it.
        self.server.stop()
        self.says(self.anna, "sync", code=4)  # That it cannot be reached meanwhile is the lesser news.
        self.assert_told_of_full_disk(self.anna)
        self.server.start()
        disk.make_room()
        self.anna.run("sync")
        status = self.anna.run("status")
        self.assertEqual((status["server"], status["serverWhy"]), ("ok", None))
        self.assertEqual((status["unsent"], status["refused"], status["refusedWhy"]), (0, 0, None))

    def assert_told_of_full_disk(self, person):
        status = person.run("status")
        self.assertEqual((status["server"], status["serverWhy"]), ("refused", "no-room"))
        self.assertIsNotNone(status["serverWhyAt"])
        self.assertIn("the server took nothing: its disk is full", status["words"]["en"])
        self.assertIn("serwer niczego nie przyjął: jego dysk jest pełny", status["words"]["pl"])
        return status

    def test_a_fork_that_a_bundle_proves_is_told_before_the_next_sync(self):
        ewa = self.office.admit(self.anna, "Ewa Przykładowa")
        ewa.run("sync")
        fork = self.copied("fork")
        self.anna.run("record", "add", self.case, "note", "text=on one")
        self.anna.run("sync")
        self.jan.run("sync")
        self.server.stop()
        other = Server(fork)
        other.port = self.server.port
        other.start()
        self.addCleanup(other.stop)
        carried = self.office.root / "bundle"
        self.assertEqual(self.jan.run("status")["server"], "ok")
        ewa.run("record", "add", self.case, "note", "text=on the other")
        ewa.run("sync")
        ewa.run("bundle", "export", str(carried))
        other.stop()
        self.jan.run("bundle", "import", str(carried))
        self.assertEqual(self.jan.run("status")["server"], "forked")
        self.server.start()
        said = self.says(self.jan, "sync", code=5)
        self.assertIn("what holds was exchanged all the same", said)
        self.assertNotIn("What was read is not used", said)


if __name__ == "__main__":
    unittest.main()
