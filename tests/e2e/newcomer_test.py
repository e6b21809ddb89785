# SPDX-License-Identifier: EUPL-1.2
"""What a newcomer types and what an attacker does, with the real programs, by the table of commands."""

import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import unicodedata
import unittest

from office import BIN, Office, Profile, Server

CHANGE_KEYS = {"value", "author", "device", "at"}
SYNC_KEYS = ["sent", "received", "confirmed", "bytesSent", "bytesReceived", "roundTrips", "conflicts",
             "attachmentsSent", "attachmentsReceived", "attachmentsTrouble", "messageBytesSent",
             "messageBytesReceived"]


def texts(person, case):
    return sorted(n["fields"]["text"]["values"][0]["value"] for n in person.run("record", "list", case, "note"))


def raw(person, *words, stdin=None, as_json=True):
    """Runs a command as bytes; nothing is expected of it."""
    argv = person.argv(*words)
    if not as_json:
        argv.remove("--json")
    return subprocess.run(argv, capture_output=True, timeout=60, input=stdin, env={**os.environ, "TEREN_KDF": "floor"})


class EndToEnd(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def refused(self, person, *words, code=2, says=""):
        """The whole contract of an error: its code, one line, nothing on standard output, and what is safe."""
        done = raw(person, *words)
        error = done.stderr.decode()
        self.assertEqual(done.returncode, code, (words, error))
        self.assertEqual((error.count("\n"), done.stdout), (1, b""), words)
        self.assertIn("othing", error)
        self.assertIn(says, error)
        return error

    def without_answer(self, person, *words, code, stdin=""):
        """Runs a command whose answer goes nowhere: its own code, and one line about what happened."""
        with open("/dev/full", "wb") as full:
            done = subprocess.run(person.argv(*words), input=stdin, stdout=full, stderr=subprocess.PIPE, text=True,
                                  timeout=60, env={**os.environ, "TEREN_KDF": "floor"})
        self.assertEqual((done.returncode, done.stderr.count("\n")), (code, 1), done.stderr)
        return done.stderr

    def same(self, *people):
        for person in people:
            checked = person.run("self-check")
            self.assertEqual((checked["ok"], checked["problems"]), (True, []))
            self.assertIn("least cost", checked["remarks"][0])
            self.assertEqual(person.run("status")["unsent"], 0)
        self.assertEqual(len({person.run("digest")["digest"] for person in people}), 1)


class Words(EndToEnd):
    def setUp(self):
        super().setUp()
        self.anna = self.office.found("Anna Sowa")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")

    def test_every_value_has_the_keys_of_the_table(self):
        anna, case = self.anna, self.case["case"]
        self.assertEqual(list(self.case), ["case", "number"])
        self.assertEqual(list(anna.run("case", "list")[0]), ["case", "number", "title", "stage", "unsent", "conflicts"])
        note = anna.run("record", "add", self.case["number"], "note", "text=pierwszy")
        self.assertEqual(list(note), ["record"])
        shown = anna.run("record", "get", note["record"])
        self.assertEqual(list(shown), ["record", "type", "case", "deleted", "fields"])
        self.assertEqual(set(shown["fields"]["text"]), {"conflict", "values"})
        self.assertEqual(set(shown["fields"]["text"]["values"][0]), CHANGE_KEYS)
        self.assertEqual(anna.run("record", "list", case), [shown])
        self.assertEqual(set(anna.run("history", note["record"])[0]),
                         {"author", "device", "at", "field", "old", "new", "confirmed", "kind", "inForce"})
        self.assertEqual(list(anna.run("sync")), SYNC_KEYS)
        self.assertEqual(set(anna.run("status")), {"unsent", "confirmed", "backedUp", "oldestUnsent", "lastContact", "nextAttempt",
                                                   "server", "serverWhy", "serverWhyAt", "waiting", "quarantined", "refused", "refusedWhy", "notices", "attachments",
                                                   "clockWrong", "clockLeadSeconds", "sent", "appliedBy", "words", "confirmedAt",
                                                   "lost", "lostAway", "total", "unsentSince", "overdue"})
        self.assertEqual(anna.run("status", "--dismiss-notices")["notices"], [])
        self.refused(anna, "status", "--accept-split", "jan", says="identifier of 32 hex digits")
        self.refused(anna, "status", "--accept-split", "0" * 32, says="is disputed here")
        self.assertEqual(list(anna.run("digest", case)["spaces"]), [case])
        self.assertEqual(set(anna.run("search", "pierwszy")[0]), {"case", "record", "type", "field", "snippet"})
        self.assertEqual(anna.run("conflicts"), [])
        self.assertEqual(anna.run("requests"), [])

    def test_an_error_is_one_line_and_saves_nothing(self):
        anna, number = self.anna, self.case["number"]
        add = ("record", "add", number, "note")
        before = anna.run("digest")
        self.refused(anna, "nonsense", code=1, says="'nonsense' is not a command")
        self.refused(anna, "search", "-x", code=1, says="'-x' is not an option here")
        self.refused(anna, *add, "text=a", "text=b", says="text: given twice")
        self.refused(anna, *add, "text=a", "nothing=b", says="note.nothing: there is no such field")
        self.refused(anna, *add, "text", says="'text' is not FIELD=VALUE")
        self.refused(anna, *add, b"text=a\xff", says="UTF-8")
        self.refused(anna, *add, "text=  \n ", says="note.text: this field is needed")
        self.refused(anna, "case", "new", "--title", " ", says="case.title: this field is needed")
        self.refused(anna, "record", "add", number, "member", "name=x", says="type")
        self.refused(anna, "record", "get", "00" * 16, says="no record")
        self.refused(anna, "record", "list", "", says="case")
        self.refused(anna, "batch", str(self.office.root), says="cannot be read")
        self.refused(anna, "decide", "00" * 16, "text", "--keep", "0", says="--keep N (from 1)")
        self.assertEqual(anna.run("digest"), before)
        self.assertIn(b"line 1", raw(anna, "batch", "-", stdin=b"record add --help\n").stderr)

    def test_every_text_comes_back_as_it_was_written(self):
        anna, case = self.anna, self.case["case"]
        written = ["-x", "--profile", "=a=b==", "a,b", "[a,b]", "[]", "{}", "%s", "\\n", "'q'", '"', "👩‍👩‍👧‍👦",
                   "akapit\n\nakapit", "ą" * 60_000]
        lines = ["\ufeff# a mark at the beginning, as some editors leave it"]
        for text in written:
            quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            lines.append(f'record add {case} note "text={quoted}"')
        done = raw(anna, "batch", "-", stdin="\n".join(lines).encode())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(texts(anna, case), sorted(written))
        note = anna.run("record", "add", case, "note", "text=" + unicodedata.normalize("NFD", "łódź żółć"))["record"]
        self.assertEqual(anna.run("record", "get", note)["fields"]["text"]["values"][0]["value"], "łódź żółć")
        self.assertEqual([hit["record"] for hit in anna.run("search", "lodz zolc")], [note])
        self.assertIn(b"is 100000 characters long", raw(
            anna, "batch", "-", stdin=f"record add {case} note text={'x' * 100_000}\n".encode()).stderr)

    def test_a_person_reads_tables_and_is_told_that_there_is_nothing(self):
        self.assertEqual(raw(self.anna, "conflicts", as_json=False).stdout, b"(none)\n")
        lines = raw(self.anna, "case", "list", as_json=False).stdout.decode().splitlines()
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[0].index("title"), lines[1].index("Rodzina Próbna"))
        self.anna.run("record", "add", self.case["case"], "note", "text=akapit\n\nakapit")
        shown = raw(self.anna, "record", "list", self.case["case"], as_json=False).stdout.decode()
        self.assertEqual([line for line in shown.splitlines() if line.endswith(" ")], [])

    def test_an_answer_that_cannot_be_written_is_an_error_and_harms_nothing(self):
        words = " ".join(self.anna.argv("case", "list"))
        full = subprocess.run(words + " >/dev/full", shell=True, capture_output=True, text=True, timeout=60)
        self.assertEqual((full.returncode, full.stderr.count("\n")), (2, 1))
        self.assertIn("could not be written to standard output", full.stderr)
        before = {path.name: path.read_bytes() for path in self.anna.folder.iterdir()}
        for closed in (">&-", "<&-", "2>&-", "<&- >&- 2>&-"):
            subprocess.run(f"{words} {closed}", shell=True, capture_output=True, timeout=60)
        self.assertEqual({path.name: path.read_bytes() for path in self.anna.folder.iterdir()}, before)
        self.assertEqual([path.name for path in self.anna.folder.iterdir() if path.stat().st_mode & 0o077], [])
        self.assertIn(b"(what the lines before it saved stays)", raw(
            self.anna, "batch", "-", stdin=b"case list\nnonsense\n").stderr)

    def test_a_lost_answer_hides_no_error(self):
        new = "case new --title Druga\n"
        error = self.without_answer(self.anna, "batch", "-", code=2, stdin="# a comment\n" + new + new)
        self.assertIn("line 2: its answer could not be written to standard output", error)
        self.assertNotIn("was carried out", error)
        self.assertEqual([case["title"] for case in self.anna.run("case", "list")], ["Rodzina Próbna", "Druga"])
        self.office.server.stop()
        self.assertNotIn("was carried out", self.without_answer(self.anna, "batch", "-", code=4, stdin="sync\n"))
        self.assertNotIn("was carried out", self.without_answer(self.anna, "sync", code=4))

    def test_a_number_names_one_case_or_none(self):
        anna = self.anna
        adam = self.office.admit(anna, "Adam Sikora")
        theirs = adam.run("case", "new", "--title", "Rodzina Druga")
        self.assertNotEqual(theirs["number"], self.case["number"], "people with the same initials")
        again = anna.run("case", "new", "--title", "Rodzina Trzecia", "--number", self.case["number"])
        error = self.refused(anna, "record", "add", self.case["number"], "note", "text=x", says=again["case"])
        self.assertIn(self.case["case"], error)
        by_hand = anna.run("case", "new", "--title", "x", "--number", self.case["number"][:-1] + "2")["number"]
        numbers = [anna.run("case", "new", "--title", "x")["number"] for _ in range(2)]
        self.assertEqual(len({by_hand, *numbers}), 3)

    def test_history_tells_a_return_from_a_beginning(self):
        anna = self.anna
        jan = self.office.admit(anna, "Jan Lis")
        anna.run("sync")
        jan.run("sync")
        task = anna.run("record", "add", self.case["case"], "task", "title=Telefon")["record"]
        anna.run("sync")
        jan.run("sync")
        anna.run("record", "delete", task, "--reason", "pomyłka")
        jan.run("record", "set", task, "title=Telefon do szkoły")
        for person in (anna, jan, anna):
            person.run("sync")
        sides = anna.run("conflicts")[0]["sides"]
        anna.run("decide", task, "@deleted", "--keep", str(1 + [s.get("deletion", False) for s in sides].index(False)))
        acts = [item["field"] for item in anna.run("history", task)]
        self.assertEqual(acts, ["@created", "title", "@deleted", "title", "@restored"])


class People(EndToEnd):
    def setUp(self):
        super().setUp()
        self.anna = self.office.found("Anna Sowa")

    def profile(self, folder, name):
        return Profile(self.office.root / folder, name).create()

    def invite(self, name, role="social-worker", by=None):
        return (by or self.anna).run("invite", "--name", name, "--role", role)["invitation"]

    def test_an_invitation_serves_one_device_and_bears_mistyping(self):
        anna, jan, ola = self.anna, self.profile("jan", "Jan Lis"), self.profile("ola", "Ola Kot")
        text = self.invite("Jan Lis")
        wrong = "A" if text[30] != "A" else "B"
        for mistyped in ("", "x", text[:-1], text + "x", text[:30] + wrong + text[31:], text[::-1]):
            self.refused(jan, "join", mistyped, says="invitation: ")
        code = jan.run("join", f" {text.lower()}\n")["code"]
        self.assertEqual(jan.run("join", text)["code"], code)
        self.refused(jan, "sync", says="has not let this device in yet")
        self.refused(jan, "case", "new", "--title", "x", says="not admitted")
        second = ola.run("join", text)["code"]
        typed = (code[:5] + "-" + code[5:]).lower().replace("0", "o").replace("1", "l")
        anna.run("approve", typed)
        self.assertEqual(jan.run("sync")["received"] > 0, True)
        self.refused(anna, "approve", second, says="nobody waits")
        self.refused(ola, "join", text, says="no open invitation")
        self.refused(jan, "join", self.invite("Jan Lis"), says="has a workspace already")
        self.refused(jan, "invite", "--name", "x", "--role", "member", says="your role does not let you invite")

    def test_five_wrong_codes_end_an_invitation(self):
        jan = self.profile("jan", "Jan Lis")
        text = self.invite("Jan Lis")
        code = jan.run("join", text)["code"]
        for _ in range(5):
            self.refused(self.anna, "approve", "AAAAAAAAAA", says="no device that waits shows this code")
        self.refused(self.anna, "approve", code)
        self.assertEqual(self.anna.run("requests"), [])
        self.refused(jan, "join", text, says="no open invitation")

    def test_who_may_not_see_cases_may_not_open_one_either(self):
        self.anna.run("case", "new", "--title", "Rodzina Próbna")
        self.anna.run("sync")
        head = self.office.admit(self.anna, "Hanna Góra", "head")
        self.assertEqual(len(head.run("case", "list")), 1)
        for name, role in (("Maria Mech", "member"), ("Daria Dąb", "dpo")):
            person = self.office.admit(head, name, role)
            self.assertEqual((person.run("case", "list"), person.run("search", "rodzina")), ([], []))
            self.refused(person, "case", "new", "--title", "x", says="your role does not let you open a case")
            self.refused(person, "invite", "--name", "x", "--role", "member", says="does not let you invite")
            self.refused(person, "approve", "AAAAAAAAAA", says="does not let you let people in")
            self.refused(person, "record", "add", "0" * 64, "note", "text=x", says="no case")
            person.run("sync")
            self.assertEqual(person.run("self-check")["ok"], True)
            self.assertEqual(person.run("status")["unsent"], 0)

    def test_an_invitation_made_without_a_network_waits_for_it(self):
        jan = self.profile("jan", "Jan Lis")
        self.office.server.stop()
        made = self.anna.run("invite", "--name", "Jan Lis", "--role", "social-worker")
        self.assertEqual(made["published"], False)
        self.refused(jan, "join", made["invitation"], code=4)
        self.office.server.start()
        self.refused(jan, "join", made["invitation"], says="ask the inviter to sync")
        self.anna.run("sync")
        self.anna.run("approve", jan.run("join", made["invitation"])["code"])
        jan.run("sync")
        self.same(self.anna, jan)


class Apart(EndToEnd):
    def test_three_devices_decide_apart_and_agree_in_the_end(self):
        anna = self.office.found("Anna Sowa")
        people = (anna, self.office.admit(anna, "Jan Lis"), self.office.admit(anna, "Ewa Mak"))
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        rows = [made["record"] for made in anna.batch([f'record add {case} task "title=zadanie {n}"' for n in range(60)])]
        for person in people:
            person.run("sync")
        for number, person in enumerate(people):
            person.batch(
                [f'record set {row} "title={person.name}"' for row in rows[:20]]
                + [f'record set {row} "title=tak samo"' for row in rows[20:30]]
                + [f'record set {row} "title=sam {number}"' for row in rows[30 + 5 * number:35 + 5 * number]]
                + [f"record {'delete' if number == 0 else 'set'} {row} {'' if number == 0 else 'status=done'}"
                   for row in rows[45:50] if number < 2] + [f"record delete {row}" for row in rows[50:55] if number < 2])
        self.assertEqual([person.run("status")["unsent"] for person in people], [45, 45, 35])
        self.exchange(people)
        found = [sorted((c["field"], len(c["sides"])) for c in person.run("conflicts")) for person in people]
        self.assertEqual(found, [[("@deleted", 2)] * 5 + [("title", 3)] * 20] * 3)
        self.assertEqual(anna.run("case", "list")[0]["conflicts"], 25)

        deletions = [c["record"] for c in anna.run("conflicts") if c["field"] == "@deleted"]
        anna.batch([f"decide {row} title --keep {1 + n % 3}" if n % 2 else f'decide {row} title --value "trzecie wyjście"'
                    for n, row in enumerate(rows[:10])] + [f"decide {row} @deleted --keep 1" for row in deletions])
        people[1].batch([f'decide {row} title --value "inaczej"' for row in rows[:3]])
        self.exchange(people)
        opened_again = [c["record"] for c in people[2].run("conflicts") if c["record"] in rows[:10]]
        self.assertEqual(sorted(opened_again), sorted(rows[:3]))
        people[2].batch([f"decide {c['record']} {c['field']} --keep 1" for c in people[2].run("conflicts")])
        self.exchange(people)
        for person in people:
            self.assertEqual(person.run("conflicts"), [])
        self.same(*people)
        self.assertEqual(len({len(person.run("record", "list", case, "task")) for person in people}), 1)
        self.assertEqual([len(person.run("search", "tak samo")) for person in people], [10, 10, 10])

    def exchange(self, people):
        for person in (*people, *people):
            person.run("sync")


class Files(EndToEnd):
    def setUp(self):
        super().setUp()
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Lis")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.anna.batch([f"record add {self.case} note text={n}" for n in range(20)])
        for person in (self.anna, self.jan):
            person.run("sync")

    def write(self, person, text):
        person.run("record", "add", self.case, "note", f"text={text}")

    def test_a_folder_put_back_from_a_backup_goes_on_and_loses_nothing(self):
        shutil.copytree(self.anna.folder, self.office.root / "backup")
        self.write(self.anna, "po kopii")
        self.anna.run("sync")
        shutil.rmtree(self.anna.folder)
        shutil.copytree(self.office.root / "backup", self.anna.folder)
        self.write(self.anna, "po powrocie")
        for person in (self.anna, self.jan, self.anna):
            person.run("sync")
        self.same(self.anna, self.jan)
        self.assertLessEqual({"po kopii", "po powrocie"}, set(texts(self.jan, self.case)))

    def test_two_copies_of_one_folder_both_go_on(self):
        twin = Profile(self.office.root / "twin", "Anna Sowa")
        shutil.copytree(self.anna.folder, twin.folder)
        for turn in range(2):
            self.write(self.anna, f"pierwszy {turn}")
            self.write(twin, f"drugi {turn}")
            for person in (self.anna, twin, self.jan) * 2:
                person.run("sync")
        self.same(self.anna, twin, self.jan)
        written = [text for text in texts(self.jan, self.case) if not text.isdigit()]
        self.assertEqual(written, ["drugi 0", "drugi 1", "pierwszy 0", "pierwszy 1"])

    def test_damaged_files_are_named_and_never_used(self):
        def flip(name, part):
            def act(folder):
                content = bytearray((folder / name).read_bytes())
                content[int(len(content) * part)] ^= 1
                (folder / name).write_bytes(content)
            return act

        harms = {
            "first page": flip("vault.db", 0.001), "a page": flip("vault.db", 0.03), "header": flip("vault.header", 0.5),
            "cut": lambda f: os.truncate(f / "vault.db", 40_960), "empty": lambda f: os.truncate(f / "vault.db", 0),
            "no header": lambda f: (f / "vault.header").unlink(), "no database": lambda f: (f / "vault.db").unlink(),
            "another's header": lambda f: shutil.copy(self.anna.folder / "vault.header", f),
            "another's database": lambda f: shutil.copy(self.anna.folder / "vault.db", f),
        }
        for name, harm in harms.items():
            with self.subTest(name):
                victim = Profile(self.office.root / "victim", "Jan Lis")
                shutil.copytree(self.jan.folder, victim.folder)
                harm(victim.folder)
                files = {path.name: path.read_bytes() for path in victim.folder.iterdir()}
                for words in (("case", "list"), ("sync",)):
                    self.assertNotIn("terenctl: sqlite", self.refused(victim, *words, code=5))
                self.assertEqual({path.name: path.read_bytes() for path in victim.folder.iterdir()}, files)
                shutil.rmtree(victim.folder)
        page = Profile(self.office.root / "page", "Jan Lis")
        found = []
        for part in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            shutil.copytree(self.jan.folder, page.folder)
            flip("vault.db", part)(page.folder)
            done = raw(page, "self-check")
            # A page that opening needs stops it there; any other one is a problem in the report.
            self.assertEqual(done.returncode, 5, done.stderr)
            self.without_answer(page, "self-check", code=5)
            found.append(json.loads(done.stdout)["ok"] if done.stdout else None)
            shutil.rmtree(page.folder)
        self.assertIn(False, found)
        self.assertNotIn(True, found)

    def test_a_full_disk_can_be_read_and_loses_nothing(self):
        small = self.office.root / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small], capture_output=True).returncode != 0:
            self.skipTest("a small disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", small])
        self.write(self.jan, "jeszcze nie wysłane")
        jan = Profile(self.office.root / "jan-small", "Jan Lis")
        jan.folder = small / "profile"
        shutil.copytree(self.jan.folder, jan.folder)
        try:
            (small / "letters").write_bytes(b"x" * 4_000_000)
        except OSError:
            pass
        self.assertEqual(len(jan.run("record", "list", self.case)), 21)
        self.refused(jan, "record", "add", self.case, "note", "text=x", says="the disk is full")
        self.refused(jan, "sync", says="the disk is full")
        (small / "letters").unlink()
        self.write(jan, "znowu jest miejsce")
        jan.run("sync")
        self.anna.run("sync")
        self.same(jan, self.anna)
        self.assertEqual(len(texts(self.anna, self.case)), 22)

    def test_what_is_no_profile_is_left_alone(self):
        stranger = Profile(self.office.root / "stranger", "x")
        stranger.folder.write_text("list zakupów")
        self.refused(stranger, "case", "list")
        self.refused(stranger, "profile", "create", "--name", "x")
        self.assertEqual(stranger.folder.read_text(), "list zakupów")
        other = Profile(self.office.root / "letters", "x")
        other.folder.mkdir()
        (other.folder / "list.txt").write_text("x")
        self.refused(other, "profile", "create", "--name", "x", says="other files already")
        self.refused(self.anna, "profile", "create", "--name", "x", says="holds a profile")


class Liar:
    """A port that answers in its own way."""

    def __init__(self, answer):
        self.answer = answer
        self.held = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.held.append(client)
            try:
                self.answer(client)
            except OSError:
                pass

    def close(self):
        for one in (*self.held, self.listener):
            one.close()


class Network(EndToEnd):
    def setUp(self):
        self.office = Office(through_wire=True)
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Lis")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        for person in (self.anna, self.jan):
            person.run("sync")

    def test_wherever_the_line_breaks_nothing_is_lost_or_doubled(self):
        written = []
        for number, cut in enumerate(range(100, 4_000, 390)):
            person = (self.anna, self.jan)[number % 2]
            written.append(f"wpis {number}")
            person.run("record", "add", self.case, "note", f"text={written[-1]}")
            self.office.wire.cut_after = cut
            self.assertIn(raw(person, "sync").returncode, (0, 4))
        self.office.wire.cut_after = None
        for person in (self.anna, self.jan, self.anna):
            person.run("sync")
        self.same(self.anna, self.jan)
        self.assertEqual(texts(self.anna, self.case), sorted(written))

    def test_whoever_else_answers_is_not_believed(self):
        server = self.office.wire.server
        self.addCleanup(setattr, self.office.wire, "server", server)
        stranger = Server(self.office.root / "stranger").start()
        self.addCleanup(stranger.stop)
        self.office.wire.server = stranger
        self.refused(self.anna, "sync", code=5, says="another key")
        for answer in (lambda line: line.sendall(os.urandom(20_000)), lambda line: line.close()):
            liar = Liar(answer)
            self.addCleanup(liar.close)
            self.office.wire.server = liar
            self.refused(self.anna, "sync", code=4)
        for _ in range(10):
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(os.urandom(1_000))
        self.office.wire.server = server
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["server"], "ok")

    def test_a_silent_port_is_given_up_and_leaves_a_watch_stoppable(self):
        liar = Liar(lambda line: None)
        self.addCleanup(liar.close)
        self.office.wire.server, server = liar, self.office.wire.server
        self.addCleanup(setattr, self.office.wire, "server", server)
        waiting = subprocess.Popen(self.jan.argv("sync"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        watch = subprocess.Popen(self.anna.argv("sync", "--watch"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while len(liar.held) < 2:
            time.sleep(0.05)
        watch.send_signal(signal.SIGTERM)
        watch.communicate(timeout=30)
        self.assertEqual(watch.returncode, 0)
        _, error = waiting.communicate(timeout=60)
        self.assertEqual(waiting.returncode, 4)
        self.assertIn("the server did not answer within", error)

    def test_a_watch_brings_each_exchange_and_ends_when_told(self):
        watch = subprocess.Popen(self.anna.argv("sync", "--watch"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            first = json.loads(watch.stdout.readline())
            self.assertEqual(list(first), SYNC_KEYS)
            self.assertIn("terenctl", self.refused(self.anna, "case", "list", code=6))
            for text in ("pierwszy", "drugi"):
                self.jan.run("record", "add", self.case, "note", f"text={text}")
                self.jan.run("sync")
                self.assertEqual(json.loads(watch.stdout.readline())["received"], 1)
        finally:
            watch.send_signal(signal.SIGTERM)
            _, error = watch.communicate(timeout=30)
        self.assertEqual((watch.returncode, error), (0, ""))
        self.assertEqual(texts(self.anna, self.case), ["drugi", "pierwszy"])

    def test_a_sync_that_is_killed_is_taken_up_again(self):
        written = 0
        for turn in range(5):
            self.anna.batch([f"record add {self.case} note text={turn}-{n}" for n in range(20)])
            written += 20
            process = subprocess.Popen(self.anna.argv("sync"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.06 + 0.02 * turn)
            process.kill()
            process.wait()
        for person in (self.anna, self.jan):
            person.run("sync")
        self.same(self.anna, self.jan)
        self.assertEqual(len(set(texts(self.jan, self.case))), written)


class Serving(EndToEnd):
    def ended(self, *words):
        return subprocess.run([BIN / "teren-server", *words], capture_output=True, text=True, timeout=30)

    def test_a_server_says_what_keeps_it_from_starting(self):
        server, root = self.office.server, self.office.root
        taken = self.ended("--data", root / "other", "--listen", f"127.0.0.1:{server.port}")
        self.assertEqual((taken.returncode, taken.stderr.count("\n")), (6, 1))
        self.assertIn(str(server.port), taken.stderr)
        twice = self.ended("--data", server.data, "--listen", "127.0.0.1:0")
        self.assertEqual(twice.returncode, 6)
        self.assertIn("another server", twice.stderr)
        self.assertEqual(len(server.ask("fingerprint")), 64)
        self.assertNotEqual(server.ask("workspace-token"), server.ask("workspace-token"))
        with socket.create_connection(("127.0.0.1", server.port)):
            self.assertEqual(server.stop(), 0)
        store = pathlib.Path(server.data) / "teren.db"
        kept = store.read_bytes()
        store.write_bytes(kept[: len(kept) // 2])
        harmed = self.ended("--data", server.data, "--listen", "127.0.0.1:0")
        self.assertEqual(harmed.returncode, 5)
        self.assertIn("damaged", harmed.stderr)
        store.write_bytes(kept)
        server.start()

    def test_a_server_that_was_not_there_before_says_so(self):
        for question in ("fingerprint", "workspace-token"):
            folder = self.office.root / question
            first = self.ended(question, "--data", folder)
            self.assertEqual((first.returncode, first.stderr.count("\n")), (0, 1))
            self.assertIn(f"there was no server in {folder}; a new one was made", first.stderr)
            self.assertIn(len(first.stdout.strip()), (40, 64))
            self.assertEqual(self.ended("fingerprint", "--data", folder).stderr, "")
            later = Server(folder).start()
            self.addCleanup(later.stop)
            if question == "fingerprint":
                self.assertEqual(later.ask("fingerprint"), first.stdout.strip())

    def test_a_lost_store_is_not_replaced_by_a_new_one(self):
        folder = self.office.root / "lost"
        server = Server(folder).start()
        self.addCleanup(server.stop)
        server.stop(signal.SIGKILL)
        for harm in (lambda path: path.write_bytes(b""), lambda path: path.unlink()):
            harm(folder / "teren.db")
            for words in ((), ("fingerprint",), ("workspace-token",)):
                ended = self.ended(*words, "--data", folder)
                self.assertEqual((ended.returncode, ended.stdout, ended.stderr.count("\n")), (5, "", 1), ended.stderr)
                self.assertIn("although there was a server in this folder", ended.stderr)
        profile = self.ended("fingerprint", "--data", self.office.found("Anna Wrona").folder)
        self.assertEqual((profile.returncode, profile.stdout), (2, ""))
        self.assertIn("a profile of Teren", profile.stderr)

    def test_a_token_that_nobody_saw_is_none(self):
        folder = self.office.root / "unseen"
        self.ended("fingerprint", "--data", folder)
        for question in ("fingerprint", "workspace-token"):
            with open("/dev/full", "wb") as full:
                unseen = subprocess.run([BIN / "teren-server", question, "--data", folder], stdout=full,
                                        stderr=subprocess.PIPE, text=True, timeout=30)
            self.assertEqual(unseen.returncode, 3)
            self.assertIn("nothing was issued", unseen.stderr)
        with sqlite3.connect(folder / "teren.db") as store:
            self.assertEqual(store.execute("SELECT count(*) FROM token").fetchone(), (0,))

    def test_a_damaged_store_is_neither_full_nor_well(self):
        server, anna = self.office.server, self.office.found("Anna Wrona")
        case = anna.run("case", "new", "--title", "Dom")["case"]
        anna.run("sync")
        with sqlite3.connect(pathlib.Path(server.data) / "teren.db") as store:
            store.execute("DROP TABLE node")
        anna.run("record", "add", case, "note", "text=x")
        self.refused(anna, "sync", code=4, says="its store is damaged or cannot be used")
        self.assertEqual(anna.run("status")["server"], "unreachable")

    def test_others_on_the_machine_cannot_read_the_store(self):
        folder = self.office.root / "open"
        folder.mkdir(mode=0o755)
        server = Server(folder).start()
        self.addCleanup(server.stop)
        self.assertEqual([path.name for path in folder.iterdir() if path.stat().st_mode & 0o077], [])


if __name__ == "__main__":
    unittest.main()
