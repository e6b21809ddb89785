# SPDX-License-Identifier: EUPL-1.2
"""What someone who can write to a profile's files may try, each time with the real program afterwards.

Goal: whatever was changed, taken away, put back, or added is noticed, with exit code 5 and words that name it, by
`terenctl self-check` or already by unlocking; and nothing is changed by the refusal. The unit tests do every page,
frame and block (page_freshness_test.cpp); here are some of each.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from office import BIN, Office, Profile

PAGE = 4096
FRAME = 4160
WAL_HEADER = 128
SLOTS = range(8)
SLOT_AT, SLOT_SIZE = 64, 160
CHECKSUM_AT = 4032


def flipped(content, at, bit=0):
    bent = bytearray(content)
    bent[at] ^= 1 << bit
    return bytes(bent)


def with_block(content, at, block):
    return content[:at] + block + content[at + len(block):]


class Tamper(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        cls.random = random.Random(20261122)
        cls.anna = cls.office.found("Anna Sowa")
        cls.jan = cls.office.admit(cls.anna, "Jan Lis")
        case = cls.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        long = "Ustalenia z rozmowy z rodziną, zapisane w całości. " * 12
        cls.anna.batch([f"record add {case} note text='{n} {long}'" for n in range(60)])
        cls.anna.run("sync")
        cls.jan.run("sync")
        cls.older = cls.files(cls.anna)
        note = cls.anna.run("record", "list", case)[0]
        cls.anna.batch([f"record add {case} note text='później {n} {long}'" for n in range(30)])
        cls.newer = cls.files(cls.anna)
        cls.foreign = cls.files(cls.jan)
        cls.case = case
        assert note
        cls.pages = len(cls.newer["vault.db"]) // PAGE - 1
        cls.checked = 0

    @staticmethod
    def files(profile):
        return {path.name: path.read_bytes() for path in profile.folder.iterdir() if path.is_file()}

    def victim(self, files):
        folder = self.office.root / "victim"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return Profile(folder, "Anna Sowa")

    def check(self, files, *words):
        """Runs the self-check on such a profile. @return what it says is wrong."""
        profile = self.victim(files)
        done = subprocess.run(profile.argv("self-check"), capture_output=True, text=True, timeout=120)
        type(self).checked += 1
        self.assertIn(done.returncode, (0, 5), done.stderr)
        said = " ".join(json.loads(done.stdout)["problems"]) if done.stdout.strip() else done.stderr.strip()
        if done.returncode == 5:
            self.assertTrue(said)
            self.assertNotIn("terenctl: sqlite", said)
            for word in words:
                self.assertIn(word, said)
        return done.returncode, said

    def noticed(self, what, files, *words):
        with self.subTest(what):
            code, said = self.check(files, *words)
            self.assertEqual(code, 5, f"{what} was not noticed: {said}")

    def sample(self, count):
        """Pages of the database: the first two, the last, and some between."""
        between = self.random.sample(range(3, self.pages), count - 3)
        return [1, 2, *sorted(between), self.pages]

    def test_an_untouched_profile_is_sound(self):
        self.assertEqual(self.check(self.newer), (0, ""))
        # The stated limit: everything put back together is for others to notice, at the next contact.
        self.assertEqual(self.check(self.older), (0, ""))

    def test_pages(self):
        good = self.newer["vault.db"]
        other = self.foreign["vault.db"]
        old = self.older["vault.db"]
        for page in self.sample(7):
            at = page * PAGE
            mine = good[at:at + PAGE]
            swap = (page % self.pages + 1) * PAGE
            swapped = with_block(with_block(good, at, good[swap:swap + PAGE]), swap, mine)
            attacks = {
                "a bit": flipped(good, at + self.random.randrange(PAGE), self.random.randrange(8)),
                "swapped": swapped,
                "truncated": good[:at + self.random.randrange(PAGE)],
            }
            if at < len(other):
                attacks["another vault's"] = with_block(good, at, other[at:at + PAGE])
            if at < len(old) and old[at:at + PAGE] != mine:
                attacks["its older version"] = with_block(good, at, old[at:at + PAGE])
            for name, bent in attacks.items():
                self.noticed(f"page {page}: {name}", {**self.newer, "vault.db": bent})
        first = self.noticed
        first("the header block", {**self.newer, "vault.db": flipped(good, 40)})
        first("a page added", {**self.newer, "vault.db": good + good[-PAGE:]})

    def test_a_page_that_nothing_uses(self):
        """Free pages: as many as a `vacuum` would give back, had the program left any."""
        damaged = []
        for page in range(2, self.pages + 1, max(1, self.pages // 6)):
            bent = flipped(self.newer["vault.db"], page * PAGE + 17)
            _, said = self.check({**self.newer, "vault.db": bent})
            damaged.append((page, said))
        named = [page for page, said in damaged if f"page {page} is damaged" in said]
        self.assertTrue(named, damaged)

    def test_older_files_beside_newer_ones(self):
        for name in ("vault.db", "vault.db-fresh"):
            self.noticed(f"{name} put back", {**self.newer, name: self.older[name]})
            self.noticed(f"{name} of another vault", {**self.newer, name: self.foreign[name]})
            self.noticed(f"{name} missing", {k: v for k, v in self.newer.items() if k != name}, name if name == "vault.db" else "freshness")

    def test_every_slot_and_the_rest_of_the_header(self):
        good = self.newer["vault.header"]
        places = [SLOT_AT + slot * SLOT_SIZE + self.random.randrange(SLOT_SIZE) for slot in SLOTS]
        for at in (*places, 33, 2000, CHECKSUM_AT + 3, CHECKSUM_AT + 40):
            self.noticed(f"header byte {at}", {**self.newer, "vault.header": flipped(good, at)})
        # Someone who makes the checksum fit still lacks the key of the MAC.
        for slot in SLOTS[1:4]:
            bent = flipped(good, SLOT_AT + slot * SLOT_SIZE + 130)
            fitted = with_block(bent, CHECKSUM_AT, hashlib.blake2b(bent[:CHECKSUM_AT], digest_size=32).digest())
            self.noticed(f"slot {slot}, checksum made to fit", {**self.newer, "vault.header": fitted})
        self.noticed("no header", {k: v for k, v in self.newer.items() if k != "vault.header"}, "vault.header")
        self.noticed("half a header", {**self.newer, "vault.header": good[:2048]})

    def test_the_anchor_its_mark_and_its_tree(self):
        good = self.newer["vault.db-fresh"]
        for block, name in enumerate(("first copy of the anchor", "second copy of the anchor", "mark")):
            self.noticed(name, {**self.newer, "vault.db-fresh": flipped(good, block * PAGE + 200)}, "freshness")
        both = flipped(flipped(good, 100), PAGE + 100)
        self.noticed("both copies of the anchor", {**self.newer, "vault.db-fresh": both}, "anchor")
        self.noticed("cut to its anchors", {**self.newer, "vault.db-fresh": good[:3 * PAGE]})
        # Blocks of the tree, and those that lie free.
        found = [self.check({**self.newer, "vault.db-fresh": flipped(good, at + 5)})[0]
                 for at in range(3 * PAGE, len(good), PAGE)][:8]
        self.assertEqual(found, [5] * len(found))

    def test_a_file_that_does_not_belong_there(self):
        self.noticed("a stranger", {**self.newer, "vault.db-old": b"x"}, "vault.db-old")
        self.noticed("a planted journal", {**self.newer, "vault.db-journal": b"x" * 2000}, "journal")

    def killed(self):
        """A profile whose program was killed with a log that has been anchored, and its log as it was earlier."""
        profile = self.victim(self.newer)
        with subprocess.Popen(profile.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
            def write(text):
                running.stdin.write(f"record add {self.case} note text={text}\n")
                running.stdin.flush()
                self.assertTrue(running.stdout.readline())

            write("raz")
            early = self.files(profile)
            for n in range(6):
                write(n)
            committed = self.files(profile)
            # Anchored within a second: the file then differs and stays so.
            limit = time.monotonic() + 30
            while self.files(profile)["vault.db-fresh"] == committed["vault.db-fresh"]:
                self.assertLess(time.monotonic(), limit, "no anchor")
                time.sleep(0.05)
            time.sleep(0.3)
            running.send_signal(signal.SIGKILL)
        return early, self.files(profile)

    def test_the_log_of_a_killed_program(self):
        early, late = self.killed()
        self.assertEqual(self.check(late), (0, ""))
        log = late["vault.db-wal"]
        frames = (len(log) - WAL_HEADER) // FRAME
        self.assertGreater(frames, 8)
        before = len(early["vault.db-wal"])
        self.assertLess(before, len(log))
        self.noticed("the log's header", {**late, "vault.db-wal": flipped(log, 50)})
        for frame in (0, frames // 3):
            at = WAL_HEADER + frame * FRAME
            self.noticed(f"frame {frame}: header", {**late, "vault.db-wal": flipped(log, at + 3)})
            self.noticed(f"frame {frame}: page", {**late, "vault.db-wal": flipped(log, at + 700)})
            after = log[at + FRAME:at + 2 * FRAME]
            swapped = with_block(with_block(log, at + FRAME, log[at:at + FRAME]), at, after)
            self.noticed(f"frame {frame}: swapped", {**late, "vault.db-wal": swapped})
            self.noticed(f"frame {frame}: a stale one", {**late, "vault.db-wal": with_block(log, at + FRAME, log[at:at + FRAME])})
        self.noticed("cut before the anchor", {**late, "vault.db-wal": log[:WAL_HEADER + (frames // 3) * FRAME]}, "log")
        self.noticed("the log as it was before the anchor", {**late, "vault.db-wal": early["vault.db-wal"]}, "log")
        self.noticed("no log", {k: v for k, v in late.items() if k != "vault.db-wal"}, "log")
        self.noticed("an empty log", {**late, "vault.db-wal": b""}, "log")
        self.noticed("the anchor put back", {**late, "vault.db-fresh": self.older["vault.db-fresh"]})


if __name__ == "__main__":
    unittest.main()
