# SPDX-License-Identifier: EUPL-1.2
"""The story the project exists for, told with the real programs."""

import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import unittest

from office import PASSPHRASE, Office, Profile, files_holding

PLANTED = ["Wierzbicka-Przykładowa", "szczeniak Burek pod schodami", "Kalinówka", "Zenobiusz"]


class Story(unittest.TestCase):
    def setUp(self):
        self.office = Office(through_wire=True)
        self.addCleanup(self.office.close)

    def converged(self, *people):
        digests = [person.run("digest")["digest"] for person in people]
        self.assertEqual(len(set(digests)), 1, digests)
        return digests[0]

    def test_a_visit_without_network_reaches_the_office_and_the_conflict_is_decided(self):
        anna = self.office.found("Anna Sowa")
        jan = self.office.admit(anna, "Jan Lis")
        ewa = self.office.admit(anna, "Ewa Mak", "animator")

        case = anna.run("case", "new", "--title", "Rodzina Wierzbicka-Przykładowa")["case"]
        card = anna.run("record", "add", case, "expectation_card", "situation=Rodzina oczekuje pomocy w znalezieniu pracy.",
                        "date=2026-11-03")["record"]
        anna.run("record", "add", case, "person", "name=Zenobiusz Wierzbicki-Przykładowy")
        done = anna.run("sync", "--progress")
        self.assertGreater(done["bytesSent"], done["messageBytesSent"])
        self.assertGreater(done["messageBytesSent"], 1000)
        for person in (jan, ewa):
            self.assertGreater(person.run("sync")["received"], 0)
        self.converged(anna, jan, ewa)

        # Both are away from the office.
        self.office.server.stop()
        self.assertIn("othing was lost", anna.run("sync", code=4))
        anna.run("record", "add", case, "visit", "date=2026-11-22", "place=Kalinówka", "notes=szczeniak Burek pod schodami")
        anna.run("record", "set", card, "situation=Rodzina oczekuje pomocy w znalezieniu pracy dla matki.")
        jan.run("record", "set", card, "situation=Rodzina oczekuje dojazdu dzieci do świetlicy.", "referrer=pedagog szkolny")
        jan.run("record", "set", card, "key_worker=Jan Lis")
        anna.run("record", "set", card, "institutions=GOPS, szkoła")
        unsent = anna.run("status")
        self.assertGreater(unsent["unsent"], 0)
        self.assertEqual(unsent["server"], "unreachable")

        # Back at the office.
        self.office.server.start()
        anna.run("sync")
        jan.run("sync")
        anna.run("sync")
        for person in (anna, jan):
            conflicts = person.run("conflicts")
            self.assertEqual([(c["record"], c["field"]) for c in conflicts], [(card, "situation")])
            self.assertEqual(conflicts[0]["base"], "Rodzina oczekuje pomocy w znalezieniu pracy.")
            self.assertEqual({side["author"] for side in conflicts[0]["sides"]}, {"Anna Sowa", "Jan Lis"})
        fields = anna.run("record", "get", card)["fields"]
        for field, value in (("referrer", "pedagog szkolny"), ("key_worker", "Jan Lis"), ("institutions", "GOPS, szkoła")):
            self.assertEqual([v["value"] for v in fields[field]["values"]], [value])
            self.assertFalse(fields[field]["conflict"])
        self.assertTrue(fields["situation"]["conflict"])

        anna.run("decide", card, "situation", "--value", "Praca dla matki i dojazd dzieci do świetlicy.")
        for person in (anna, jan, ewa, anna):
            person.run("sync")
        for person in (anna, jan, ewa):
            self.assertEqual(person.run("conflicts"), [])
            self.assertEqual(person.run("status")["unsent"], 0)
            self.assertEqual(person.run("status")["server"], "ok")
            self.assertEqual(person.run("self-check")["problems"], [])
        self.converged(anna, jan, ewa)
        self.assertTrue(ewa.run("search", "kalinowka"))
        self.assertTrue(jan.run("search", "wierzbicki-przykladowy"))

        again = anna.run("sync")
        self.assertEqual((again["sent"], again["received"], again["roundTrips"]), (0, 0, 1))

        # Nothing of it can be read at the server, on the wire, in its log or in a locked profile.
        self.office.server.stop()
        self.assertEqual(files_holding(self.office.root, PLANTED + [PASSPHRASE]), sorted(
            (str(person.passphrase), PASSPHRASE) for person in self.office.people))
        for word in PLANTED:
            self.assertNotIn(word.encode(), bytes(self.office.wire.seen))

    def test_a_deletion_that_meets_an_edit_is_shown_and_decided(self):
        anna = self.office.found("Anna Sowa")
        jan = self.office.admit(anna, "Jan Lis")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        note = anna.run("record", "add", case, "task", "title=Zadzwonić do szkoły")["record"]
        anna.run("sync")
        jan.run("sync")
        anna.run("record", "delete", note, "--reason", "nieaktualne")
        jan.run("record", "set", note, "title=Zadzwonić do szkoły w środę")
        for person in (anna, jan, anna):
            person.run("sync")
        for person in (anna, jan):
            self.assertEqual([c["field"] for c in person.run("conflicts", case)], ["@deleted"])
            self.assertFalse(person.run("record", "get", note)["deleted"])
        sides = jan.run("conflicts")[0]["sides"]
        keep = 1 + [side.get("deletion", False) for side in sides].index(False)
        jan.run("decide", note, "@deleted", "--keep", str(keep))
        for person in (jan, anna):
            person.run("sync")
        for person in (anna, jan):
            self.assertEqual(person.run("conflicts"), [])
            self.assertEqual(person.run("record", "get", note)["fields"]["title"]["values"][0]["value"],
                             "Zadzwonić do szkoły w środę")
        self.converged(anna, jan)

    def put_server_back(self):
        self.office.server.stop()
        shutil.rmtree(self.office.server.data)
        shutil.copytree(self.office.root / "yesterday", self.office.server.data)
        self.office.server.start()

    def yesterday(self):
        self.office.server.stop()
        shutil.copytree(self.office.server.data, self.office.root / "yesterday")
        self.office.server.start()

    def texts(self, person, case):
        return sorted(n["fields"]["text"]["values"][0]["value"] for n in person.run("record", "list", case, "note"))

    def told(self, person, words):
        return [n for n in person.run("status")["notices"] if words in n]

    def test_a_server_put_back_gets_everything_again_when_each_has_synced_once(self):
        for grows in (False, True):
            with self.subTest("copied raw, and grown past" if grows else "put back"):
                office = Office()
                self.addCleanup(office.close)
                self.office = office
                anna = office.found("Anna Sowa")
                jan = office.admit(anna, "Jan Lis")
                ewa = office.admit(anna, "Ewa Kos")
                case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
                for person in (anna, jan, ewa):
                    person.run("sync")
                self.yesterday()
                anna.run("record", "add", case, "note", "text=Anny")
                anna.run("sync")
                jan.run("record", "add", case, "note", "text=Jana")
                jan.run("sync")
                confirmed = anna.run("status")["confirmed"]
                self.put_server_back()
                if grows:
                    for number in range(4):
                        ewa.run("record", "add", case, "note", f"text=Ewy {number}")
                        ewa.run("sync")
                wanted = ["Anny"] + [f"Ewy {n}" for n in range(4) if grows] + ["Jana"]

                # Jan holds what Anna wrote: she need not even be there.
                done = jan.run("sync")
                self.assertGreaterEqual(done["confirmed"], 2)
                self.assertEqual(jan.run("status")["server"], "ok")
                self.assertEqual(len(self.told(jan, "The server was put back to an older state")), 1)
                ewa.run("sync")
                self.assertEqual(self.texts(ewa, case), wanted)
                self.assertEqual(ewa.run("status")["server"], "ok")
                self.assertEqual(len(self.told(ewa, "says that the server was put back")), 1)

                # Anna could not sync meanwhile. Where Jan has given all back in its old order, what she had verified
                # is true again, and she hears of it from him; else she finds out by herself.
                anna.run("sync")
                self.assertEqual(len(self.told(anna, "The server was put back to an older state")), 1 if grows else 0)
                self.assertEqual(len(self.told(anna, "says that the server was put back")), 1)
                self.assertEqual(anna.run("status")["confirmed"], confirmed)
                for person in (anna, jan, ewa):
                    person.run("sync")
                    self.assertEqual(self.texts(person, case), wanted)
                    self.assertEqual(person.run("status")["unsent"], 0)
                    self.assertEqual(person.run("self-check")["problems"], [])
                self.assertEqual(len({p.run("digest")["digest"] for p in (anna, jan, ewa)}), 1)

    def test_what_a_disk_and_the_server_lost_together_is_entered_again_by_whoever_holds_it(self):
        anna = self.office.found("Anna Sowa")
        jan = self.office.admit(anna, "Jan Lis")
        ewa = self.office.admit(anna, "Ewa Kos")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        for person in (anna, jan, ewa):
            person.run("sync")
        self.yesterday()
        before = self.office.root / "jan-yesterday"
        shutil.copytree(jan.folder, before)
        jan.run("record", "add", case, "note", "text=Jana wczoraj")
        jan.run("sync")
        ewa.run("sync")
        self.put_server_back()
        shutil.rmtree(jan.folder)
        shutil.copytree(before, jan.folder)
        jan.run("record", "add", case, "note", "text=Jana dzisiaj")
        for person in (jan, ewa, anna, jan, ewa):
            person.run("sync")

        # One number, two works of one device: the log can have one of them. The other is where it was: with Ewa, who
        # does not supervise anybody.
        self.assertEqual(self.texts(ewa, case), ["Jana dzisiaj"])
        self.assertEqual(len(self.told(ewa, "The former does not count")), 1)
        self.assertEqual(anna.run("voided"), [])
        apart = ewa.run("voided")
        self.assertEqual([(one["why"], one["author"], one["readable"]) for one in apart], [("replaced", "Jan Lis", True)])
        self.assertIn("Jana wczoraj", [entry["value"] for entry in apart[0]["entries"]])
        for seq in sorted({entry["seq"] for entry in apart[0]["entries"]}):
            ewa.run("adopt", "--case", case, apart[0]["device"], str(apart[0]["life"]), str(seq))
        for person in (ewa, anna, jan):
            person.run("sync")
            self.assertEqual(self.texts(person, case), ["Jana dzisiaj", "Jana wczoraj"])

    def test_a_server_put_back_and_full_confirms_nothing(self):
        anna = self.office.found("Anna Sowa")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        anna.run("sync")
        self.yesterday()
        anna.run("record", "add", case, "note", "text=wpis")
        anna.run("sync")
        self.assertEqual(anna.run("status")["unsent"], 0)
        self.put_server_back()
        self.office.server.stop()
        with sqlite3.connect(pathlib.Path(self.office.server.data) / "teren.db") as store:
            store.execute("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END")
        self.office.server.start()
        anna.run("sync", code=4)
        status = anna.run("status")
        self.assertEqual(status["unsent"], 1)
        self.assertEqual(status["notices"][-1][:31], "The server was put back to an o")
        # It stays to be told until the server has answered rightly, whatever else is wrong with it.
        self.office.server.stop()
        with sqlite3.connect(pathlib.Path(self.office.server.data) / "teren.db") as store:
            store.execute("DROP TRIGGER full")
        self.office.server.start()
        self.assertEqual(anna.run("sync")["confirmed"], 1)
        self.assertEqual(anna.run("status")["unsent"], 0)
        self.assertEqual(anna.run("status")["server"], "ok")

    def test_decisions_on_both_sides_of_a_return_are_told_and_all_hold(self):
        anna = self.office.found("Anna Sowa")
        jan = self.office.admit(anna, "Jan Lis")
        for person in (anna, jan):
            person.run("sync")
        self.yesterday()
        case = anna.run("case", "new", "--title", "Na jednej")["case"]
        anna.run("record", "add", case, "note", "text=wpis")
        anna.run("sync")
        self.put_server_back()
        other = jan.run("case", "new", "--title", "Na drugiej")["case"]
        jan.run("sync")
        anna.run("sync")
        self.assertEqual(anna.run("status")["server"], "ok")
        self.assertIn("decides again what was lost: 1 case(s)", anna.run("status")["notices"][-1])
        jan.run("sync")
        for person in (anna, jan):
            self.assertEqual({c["case"] for c in person.run("case", "list")}, {case, other})
            self.assertEqual(self.texts(person, case), ["wpis"])
            self.assertEqual(person.run("status")["unsent"], 0)
        self.assertEqual(anna.run("digest")["digest"], jan.run("digest")["digest"])

    def test_wrong_words_have_their_exit_codes(self):
        anna = self.office.found("Anna Sowa")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        anna.run("sync")
        anna.run("record", "add", case, "scale_mark", "area=A", "value=11", "rater=family", code=2)
        self.assertIn("scale_mark.value", anna.run(
            "record", "add", case, "scale_mark", "area=A", "value=11", "rater=family", code=2))
        self.assertIn("visit.date", anna.run("record", "add", case, "visit", "date=31.02.2026", code=2))
        anna.run("record", "add", case, "nonsense", code=2)
        anna.run("record", "add", "00" * 16, "note", "text=x", code=2)
        anna.run("no-such-command", code=1)
        anna.run("case", "new", code=1)
        wrong = Profile(self.office.root / "p0", "Anna Sowa")
        wrong.passphrase = self.office.root / "wrong"
        wrong.passphrase.write_text("not the passphrase\n")
        wrong.run("case", "list", code=3)
        self.assertIn("line 2", anna.run("batch", "-", code=2, stdin="case list\nrecord add nowhere note text=x\ncase list\n"))
        self.assertEqual(len(anna.run("case", "list")), 1)

    def test_a_sync_that_a_person_ends_says_so_and_the_next_one_goes_on(self):
        anna = self.office.found("Anna Sowa")
        case = anna.run("case", "new", "--title", "Rodzina Zielna")["case"]
        anna.run("record", "add", case, "person", "name=Zenobiusz Wierzbicki-Przykładowy")
        before = anna.run("status")
        # The server has the question; its answer never comes.
        wire = self.office.wire
        wire.lost_reply, wire.holds_the_line = 1, True
        sync = subprocess.Popen(anna.argv("sync"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env={**os.environ, "TEREN_KDF": "floor"})
        self.assertTrue(wire.reply_is_lost.wait(60))
        sync.send_signal(signal.SIGINT)
        said, told = sync.communicate(timeout=60)
        self.assertEqual((sync.returncode, said), (4, ""), told)
        self.assertIn("sync was stopped", told)
        self.assertEqual(len(told.splitlines()), 1, told)
        wire.lost_reply, wire.holds_the_line = None, False
        after = anna.run("status")
        self.assertEqual(after["unsent"], before["unsent"])
        self.assertEqual(after["server"], before["server"], "whoever did not wait for it does not know")
        self.assertGreater(anna.run("sync")["confirmed"], 0)
        self.assertEqual(anna.run("status")["unsent"], 0)

    def test_a_second_program_on_one_profile_is_told_who_holds_it(self):
        anna = self.office.found("Anna Sowa")
        holder = subprocess.Popen(anna.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.stdin.write("case list\n")
        holder.stdin.flush()
        holder.stdout.readline()
        try:
            self.assertIn("terenctl", anna.run("case", "list", code=6))
        finally:
            holder.stdin.close()
            holder.wait(timeout=30)
            holder.stdout.close()
        anna.run("case", "list")


class Kills(unittest.TestCase):
    """Kills the programs at random moments of the story; what was saved or confirmed must be there afterwards."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def test_nothing_saved_is_lost_and_no_seq_is_used_twice(self):
        chance = random.Random(int(os.environ.get("TEREN_SEED", "1")))
        anna = self.office.found("Anna Sowa")
        jan = self.office.admit(anna, "Jan Lis")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        anna.run("sync")
        jan.run("sync")
        saved = {anna: set(), jan: set()}
        for round_number in range(int(os.environ.get("TEREN_KILLS", "8"))):
            for person in (anna, jan):
                self._write_until_killed(person, case, round_number, saved[person], chance)
            if round_number % 3 == 2:
                self.office.server.stop(signal.SIGKILL)
                self.office.server.start()
        for person in (anna, jan, anna, jan):
            person.run("sync")
        wanted = saved[anna] | saved[jan]
        for person in (anna, jan):
            texts = {n["fields"]["text"]["values"][0]["value"] for n in person.run("record", "list", case, "note")}
            self.assertLessEqual(wanted, texts)
            self.assertEqual(person.run("self-check")["problems"], [])
            self.assertEqual(person.run("status")["unsent"], 0)
        self.assertEqual(anna.run("digest")["digest"], jan.run("digest")["digest"])

    def _write_until_killed(self, person, case, round_number, saved, chance):
        lines = []
        for number in range(30):
            lines.append(f"record add {case} note 'text={person.name} {round_number} {number}'")
            if number % 5 == 4:
                lines.append("sync")
        process = subprocess.Popen(person.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                   stderr=subprocess.DEVNULL)
        try:
            process.stdin.write("\n".join(lines) + "\n")
            process.stdin.close()
        except BrokenPipeError:
            pass
        stop_after = chance.randrange(len(lines))
        acknowledged = 0
        for line in process.stdout:
            if '"record"' in line:
                number = acknowledged
                saved.add(f"{person.name} {round_number} {number}")
                acknowledged += 1
            stop_after -= 1
            if stop_after <= 0:
                break
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    unittest.main()
