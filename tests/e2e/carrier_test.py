# SPDX-License-Identifier: EUPL-1.2
"""Work that people carry where no network reaches, with the real programs."""

import json
import os
import pathlib
import random
import socket
import subprocess
import unittest

from office import BIN, Office, SmallDisk, Wire, files_holding


class Carried(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.anna.run("sync")
        self.jan.run("sync")
        self.stick = self.office.root / "stick"
        self.stick.mkdir()
        self.files = 0

    def note(self, person, text):
        return person.run("record", "add", self.case, "note", f"text={text}")["record"]

    def bundle(self, person, *words):
        self.files += 1
        path = self.stick / f"{self.files}.bundle"
        return path, person.run("bundle", "export", str(path), *words)

    def text(self, person, record):
        return person.run("record", "get", record)["fields"]["text"]["values"][0]["value"]

    def digest(self, person):
        return person.run("digest")["digest"]

    def status(self, person):
        return person.run("status")

    def settle(self, *people):
        for _ in range(2):
            for person in people:
                person.run("sync")
        for person in people:
            self.assertEqual(self.digest(person), self.digest(people[0]))
            self.assertEqual(self.status(person)["unsent"], 0)
            self.assertTrue(person.run("self-check")["ok"])


class Errands(Carried):
    """The driver brings files of an office that is not hers to its server, and the answer back."""

    def deliver(self, path, reply, code=0):
        done = subprocess.run([BIN / "terenctl", "--json", "bundle", "deliver", str(path), str(reply)],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def test_a_bundle_and_its_reply_confirm_what_was_written_far_from_any_network(self):
        mine = self.note(self.anna, "daleko od sieci")
        theirs = self.note(self.jan, "w biurze")
        self.jan.run("sync")
        path, made = self.bundle(self.anna, "--unsent")
        self.assertEqual(made["changes"], 1)
        reply = self.stick / "1.reply"
        delivered = self.deliver(path, reply)
        self.assertEqual((delivered["numbered"], delivered["refused"]), (1, 0))
        for sealed in (path, reply):
            self.assertEqual(files_holding(sealed.parent, ["daleko od sieci", "w biurze", "Zielona 4"]), [])
        self.assertEqual(self.status(self.anna)["unsent"], 1)
        self.assertIn("another device", self.jan.run("bundle", "import", str(reply), code=2))
        taken = self.anna.run("bundle", "import", str(reply))
        self.assertEqual((taken["confirmed"], taken["changes"]), (1, 1))
        self.assertEqual(self.status(self.anna)["unsent"], 0)
        self.assertEqual(self.text(self.anna, theirs), "w biurze")
        self.assertEqual(self.anna.run("bundle", "import", str(reply))["confirmed"], 0)
        # Once more by the same stick, and the whole of it: the log takes nothing twice.
        self.deliver(path, self.stick / "2.reply")
        whole, _ = self.bundle(self.anna)
        self.deliver(whole, self.stick / "3.reply")
        self.anna.run("bundle", "import", str(self.stick / "3.reply"))
        session = self.anna.run("sync")
        self.assertEqual((session["sent"], session["received"]), (0, 0))
        self.jan.run("sync")
        self.assertEqual(self.text(self.jan, mine), "daleko od sieci")
        self.settle(self.anna, self.jan)

    def test_an_errand_that_fails_writes_no_reply(self):
        self.note(self.anna, "raz")
        path, _ = self.bundle(self.anna)
        self.office.server.stop()
        reply = self.stick / "1.reply"
        self.deliver(path, reply, code=4)
        self.assertFalse(reply.exists())
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        self.deliver(path, reply, code=5)
        path.write_bytes(whole)
        reply.write_text("mine")
        self.deliver(path, reply, code=2)
        self.assertEqual(reply.read_text(), "mine")
        self.office.server.start()
        reply.unlink()
        self.deliver(path, reply)
        altered = bytearray(reply.read_bytes())
        altered[len(altered) // 2] ^= 1
        reply.write_bytes(altered)
        self.anna.run("bundle", "import", str(reply), code=5)
        self.assertEqual(self.status(self.anna)["unsent"], 1)
        self.settle(self.anna, self.jan)


    def test_a_wrong_name_is_told_as_one_and_not_as_damage(self):
        for name, word in ((self.stick, "folder"), ("/dev/null", "device")):
            said = self.anna.run("bundle", "import", str(name), code=2)
            self.assertIn(word, said)
            self.assertNotIn("administrator", said)
            self.assertIn(word, self.deliver(name, self.stick / "1.reply", code=2))
        self.assertIn("no folder", self.anna.run("bundle", "export", str(self.stick / "none" / "1.bundle"), code=2))
        path, _ = self.bundle(self.anna)
        self.office.server.stop()  # Known before anything is brought.
        self.assertIn("no folder", self.deliver(path, self.stick / "none" / "1.reply", code=2))
        self.office.server.start()

    def test_a_server_whose_disk_is_full_is_named_to_the_one_who_carries_and_to_the_author(self):
        disk = SmallDisk(self, self.office.root / "small")
        self.office.move_server(self, disk.folder / "server")
        disk.fill()
        for _ in range(10):
            self.note(self.anna, os.urandom(9000).hex())
        path, made = self.bundle(self.anna, "--unsent")
        reply = self.stick / "1.reply"
        done = subprocess.run([BIN / "terenctl", "--json", "bundle", "deliver", str(path), str(reply)],
                              capture_output=True, text=True, timeout=120)
        delivered = json.loads(done.stdout)
        self.assertEqual((done.returncode, delivered["refusedReasons"]), (2, {"no-room": made["segments"]}), done.stderr)
        self.assertEqual((delivered["numbered"], delivered["refused"]), (0, made["segments"]))
        self.assertIn("disk is full", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

        taken = subprocess.run(self.anna.argv("bundle", "import", str(reply)), capture_output=True, text=True, timeout=60,
                               env={**os.environ, "TEREN_KDF": "floor"})
        self.assertEqual(taken.returncode, 0, taken.stderr)
        self.assertIn("disk is full", taken.stderr)
        said = json.loads(taken.stdout)
        self.assertEqual((said["apart"], said["confirmed"], said["refused"]), (0, 0, made["segments"]))
        self.assertEqual(said["refusedReasons"], delivered["refusedReasons"])
        status = self.status(self.anna)
        self.assertEqual((status["unsent"], status["refused"], status["refusedWhy"], status["sent"]), (10, 10, "no-room", 0))

        disk.make_room()
        again = self.stick / "2.reply"
        self.assertEqual(self.deliver(path, again)["refusedReasons"], {})
        self.assertEqual(self.anna.run("bundle", "import", str(again))["confirmed"], 10)
        self.assertIsNone(self.status(self.anna)["refusedWhy"])
        self.settle(self.anna, self.jan)


class Room(Carried):
    """Two laptops in one room, the server out of reach."""

    def listen(self, person):
        process = subprocess.Popen(person.argv("peer", "listen", "--listen", "127.0.0.1:0"), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, "TEREN_KDF": "floor"})
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        words = process.stderr.readline().split()
        self.assertEqual(words[:2], ["waiting", "on"], process.stderr)
        return process, words[2], words[-1]

    def ended(self, process, code=0):
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, err)
        return json.loads(out) if code == 0 else err

    def test_both_have_what_either_had(self):
        self.office.server.stop()
        mine = self.note(self.anna, "u jednej")
        yours = self.note(self.jan, "u drugiego")
        waiting, address, code = self.listen(self.anna)
        called = self.jan.run("peer", "sync", address, code.lower())
        listened = self.ended(waiting)
        self.assertEqual((called["changes"], called["sent"]), (1, 1))
        self.assertEqual((listened["changes"], listened["sent"]), (1, 1))
        for person in (self.anna, self.jan):
            self.assertEqual(self.text(person, mine), "u jednej")
            self.assertEqual(self.text(person, yours), "u drugiego")
            self.assertEqual(self.status(person)["unsent"], 1)
        self.assertEqual(self.digest(self.anna), self.digest(self.jan))
        waiting, address, code = self.listen(self.jan)
        again = self.anna.run("peer", "sync", address, code)
        self.assertEqual((again["changes"], again["sent"]), (0, 0))
        self.ended(waiting)
        self.office.server.start()
        # One of the two hands in the work of both.
        self.assertEqual(self.jan.run("sync")["sent"], 2)
        self.assertEqual(self.anna.run("sync")["sent"], 0)
        self.settle(self.anna, self.jan)

    def test_three_wrong_codes_end_the_waiting(self):
        waiting, address, _ = self.listen(self.anna)
        for _ in range(3):
            self.assertIn("code", self.jan.run("peer", "sync", address, "0000-0000", code=2))
        self.assertIn("3 times", self.ended(waiting, code=2))
        self.jan.run("peer", "sync", address, "0000-0000", code=4)
        self.jan.run("peer", "sync", address, "00", code=2)

    def test_a_stranger_is_turned_away_and_the_right_one_still_comes(self):
        other = Office()
        self.addCleanup(other.close)
        stranger = other.found("Ewa Inna")
        waiting, address, code = self.listen(self.anna)
        self.assertIn("another office", stranger.run("peer", "sync", address, code, code=2))
        with socket.create_connection(address.rsplit(":", 1)) as noise:
            noise.sendall(b"GET / HTTP/1.0\r\n\r\n")
        self.jan.run("peer", "sync", address, code)
        self.ended(waiting)

    def test_a_line_cut_in_the_middle_changes_nothing_and_the_next_exchange_does(self):
        self.anna.batch([f"record add {self.case} note text=wpis{n}" for n in range(300)])
        before = self.digest(self.jan)
        for cut in (500, 2_000, 9_000):
            waiting, address, code = self.listen(self.anna)
            wire = Wire(Port(int(address.rsplit(":", 1)[1])))
            wire.cut_after = cut
            said = self.jan.run("peer", "sync", f"127.0.0.1:{wire.port}", code, code=4)
            self.assertIn("peer listen", said)
            self.assertNotIn("server", said)
            wire.close()
            self.assertEqual(self.digest(self.jan), before)
            waiting.kill()
        waiting, address, code = self.listen(self.anna)
        self.assertEqual(self.jan.run("peer", "sync", address, code)["changes"], 300)
        self.ended(waiting)
        self.settle(self.anna, self.jan)

    def test_who_waits_does_not_call_sent_what_has_not_come(self):
        self.anna.batch([f"record add {self.case} note text=wpis{n}" for n in range(300)])
        mine = self.note(self.jan, "u drugiego")
        waiting, address, code = self.listen(self.anna)
        wire = Wire(Port(int(address.rsplit(":", 1)[1])))
        self.addCleanup(wire.close)
        wire.cut_after = 9_000
        self.jan.run("peer", "sync", f"127.0.0.1:{wire.port}", code, code=4)
        said = self.ended(waiting, code=4)
        self.assertIn("not known whether", said)
        self.assertEqual(self.text(self.anna, mine), "u drugiego")

    def test_lines_that_say_nothing_keep_nobody_out(self):
        waiting, address, code = self.listen(self.anna)
        for _ in range(40):
            held = socket.create_connection(address.rsplit(":", 1))
            self.addCleanup(held.close)
        self.jan.run("peer", "sync", address, code)
        self.ended(waiting)


class Port:
    """Where a wire leads to, if it is not to a server."""

    def __init__(self, port):
        self.port = port

    def state(self):
        return "it waits"


class Sticks(Carried):
    def test_two_laptops_exchange_by_stick_and_meet_the_server_later(self):
        self.office.server.stop()
        mine = self.note(self.anna, "w terenie")
        yours = self.note(self.jan, "gdzie indziej")
        path, made = self.bundle(self.anna)
        self.assertEqual(made["unsent"], 1)
        self.assertGreater(made["changes"], 1)
        taken = self.jan.run("bundle", "import", str(path))
        self.assertEqual((taken["changes"], taken["confirmed"]), (1, 0))
        self.assertEqual(self.jan.run("bundle", "import", str(path))["changes"], 0)
        back, _ = self.bundle(self.jan, "--unsent")
        self.assertEqual(self.anna.run("bundle", "import", str(back))["changes"], 1)
        self.assertEqual(self.digest(self.anna), self.digest(self.jan))
        self.assertEqual(self.status(self.anna)["unsent"], 1)
        for person in (self.anna, self.jan):
            self.assertEqual(self.text(person, mine), "w terenie")
            self.assertEqual(self.text(person, yours), "gdzie indziej")
        self.office.server.start()
        self.settle(self.anna, self.jan)

    def test_a_file_is_never_overwritten_nor_a_link_followed(self):
        path, _ = self.bundle(self.anna)
        before = path.read_bytes()
        self.assertIn("exists already", self.anna.run("bundle", "export", str(path), code=2))
        self.assertEqual(path.read_bytes(), before)
        target = self.office.root / "target"
        link = self.stick / "link.bundle"
        link.symlink_to(target)
        self.anna.run("bundle", "export", str(link), code=2)
        trap = self.stick / "trap.bundle"
        pathlib.Path(str(trap) + ".part").symlink_to(target)
        self.anna.run("bundle", "export", str(trap))
        self.assertFalse(target.exists())
        link.unlink()
        link.symlink_to(path)
        self.jan.run("bundle", "import", str(link), code=5)
        self.anna.run("bundle", "export", str(self.stick / "no" / "folder"), code=2)
        self.jan.run("bundle", "import", str(self.stick / "none"), code=2)
        self.jan.run("bundle", "import", str(self.stick), code=2)
        self.assertEqual(sorted(one.name for one in self.stick.iterdir()), ["1.bundle", "link.bundle", "trap.bundle"])

    def test_a_damaged_file_changes_nothing(self):
        self.note(self.anna, "raz")
        path, _ = self.bundle(self.anna)
        whole = path.read_bytes()
        before = self.digest(self.jan)
        dice = random.Random(7)
        for _ in range(6):
            at = dice.randrange(len(whole))
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1:])
            self.assertEqual(self.jan.run("bundle", "import", str(path), code=5).count("\n"), 1)
            path.write_bytes(whole[:at])
            self.jan.run("bundle", "import", str(path), code=5)
        self.assertEqual(self.digest(self.jan), before)
        path.write_bytes(whole)
        self.assertEqual(self.jan.run("bundle", "import", str(path))["changes"], 1)

    def test_another_office_is_refused(self):
        other = Office()
        self.addCleanup(other.close)
        stranger = other.found("Ewa Inna")
        path, made = self.bundle(stranger)
        self.assertIn("another office", self.jan.run("bundle", "import", str(path), code=2))
        self.anna.run("bundle", "export", str(self.stick / "for"), "--for", made["workspace"], code=2)

    def test_programs_killed_in_the_middle_lose_and_double_nothing(self):
        for line in range(40):
            self.anna.batch([f"record add {self.case} note text=wpis{line}x{n}" for n in range(25)])
        for attempt in range(6):
            path = self.stick / f"killed{attempt}.bundle"
            self.kill(0.02 + 0.02 * attempt, self.anna, "bundle", "export", str(path))
            if path.exists():
                self.jan.run("bundle", "import", str(path))
        path, made = self.bundle(self.anna)
        self.assertEqual(made["unsent"], 1000)
        for attempt in range(8):
            self.kill(0.02 + 0.015 * attempt, self.jan, "bundle", "import", str(path))
        self.jan.run("bundle", "import", str(path))
        self.assertEqual(self.digest(self.anna), self.digest(self.jan))
        self.settle(self.anna, self.jan)

    def kill(self, after, person, *words):
        process = subprocess.Popen(person.argv(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "TEREN_KDF": "floor"})
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    unittest.main(verbosity=2)
