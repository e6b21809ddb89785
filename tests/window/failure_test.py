#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Opens really damaged profiles in the real window. Each time the window says what is wrong, what is safe and what to
do, names the file for whoever looks after the devices, changes nothing, and goes on to serve the next person."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from office import BIN, PASSPHRASE, Office, Profile
from window import Atspi, Screen, Window, text_of, until

FAMILY = "Rodzina Zawilskich (przykład)"
FIELD = "The family's situation"
PAGE = 4096
VERSION_AT = 19  # The last of four bytes, big-endian.
SLOT_AT = 64
CHECKSUM_AT = 4032
BLAME = "The profile was changed from outside, or the disk failed."
SAFE = "What was confirmed by the office is safe there"


def flipped(content, at):
    bent = bytearray(content)
    bent[at] ^= 1
    return bytes(bent)


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


class Failure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["TEREN_KDF"] = "floor"
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        anna = cls.office.found("Anna Sowa")
        case = anna.run("case", "new", "--title", FAMILY)["case"]
        anna.run("record", "add", case, "expectation_card", "situation=Mama szuka pracy.")
        anna.batch([f"record add {case} note text='{n} {'Ustalenia z rozmowy z rodziną. ' * 20}'" for n in range(40)])
        anna.run("profile", "show", "Anna")
        older = files_of(anna.folder)
        anna.batch([f"record add {case} note text='później {n}'" for n in range(30)])
        fresh = cls.office.root / "fresh-passphrase"
        fresh.write_text("cztery chrupkie rowery\n", encoding="utf-8")
        anna.run("passphrase", "change", "--new-passphrase-file", str(fresh))
        fresh.write_text(PASSPHRASE + "\n", encoding="utf-8")
        anna.passphrase.write_text("cztery chrupkie rowery\n", encoding="utf-8")
        anna.run("passphrase", "change", "--new-passphrase-file", str(fresh))
        anna.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        cls.older, cls.whole = older, files_of(anna.folder)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-failure-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)
        self.profiles = self.folder / "data" / "teren" / "profiles"
        self.profiles.mkdir(parents=True, mode=0o700)
        self.anna = Profile(self.profiles / "profile-00", "Anna Sowa")
        self.put(self.whole)
        ewa = Profile(self.profiles / "profile-01", "Ewa Mak").create()
        ewa.run("profile", "show", "Ewa")

    def put(self, files):
        shutil.rmtree(self.anna.folder, ignore_errors=True)
        self.anna.folder.mkdir(mode=0o700)
        for name, content in files.items():
            (self.anna.folder / name).write_bytes(content)

    def open(self):
        self.window = Window(str(BIN / "teren"), ["--language", "en"], self.folder / "teren.log",
                             {"XDG_CONFIG_HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data")})
        self.addCleanup(self.window.close)

    def choose(self, name):
        row = self.window.see(name, Atspi.Role.LIST_ITEM)
        self.window.activate(row)
        self.window.see(f"Profile: {name}")
        self.window.unlock(PASSPHRASE)

    def back_to_the_list(self):
        self.window.activate(self.window.see("Another profile", Atspi.Role.PUSH_BUTTON))
        self.window.see("Who are you?")

    def today(self):
        self.window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)

    def check_refused(self, what, files, problem, *words):
        with self.subTest(what):
            self.put(files)
            self.choose("Anna")
            said = self.window.advice(problem)
            for word in words:
                self.assertIn(word, said)
            after = files_of(self.anna.folder)
            self.assertEqual({name: after.get(name) for name in files}, files, "nothing was changed")
            self.back_to_the_list()

    def serves_the_next_person(self):
        self.choose("Ewa")
        self.today()
        self.window.press("ctrl+l")
        self.window.see("Unlock Teren")

    def complaints(self):
        return "".join(line for line in (self.folder / "teren.log").read_text().splitlines(True)
                       if "XDG_RUNTIME_DIR" not in line)

    def test_profiles_that_do_not_open_say_why(self):
        self.open()
        header, pages = self.whole["vault.header"], self.whole["vault.db"]
        self.check_refused("a bit of the header", {**self.whole, "vault.header": flipped(header, SLOT_AT + 20)},
                           BLAME, SAFE, "Nothing was written", "header")
        self.check_refused("half a header", {**self.whole, "vault.header": header[:2000]}, BLAME, "header")
        newer = bytearray(header)
        newer[VERSION_AT] = 9
        newer[CHECKSUM_AT:CHECKSUM_AT + 32] = hashlib.blake2b(newer[:CHECKSUM_AT], digest_size=32).digest()
        self.check_refused("a header of the future", {**self.whole, "vault.header": bytes(newer)},
                           "This profile was written by a newer version of Teren.", "Nothing was changed", "Update Teren", "9")
        self.check_refused("a header that was put back", {**self.whole, "vault.header": self.older["vault.header"]},
                           BLAME, SAFE, "header")
        self.check_refused("an anchor that was put back", {**self.whole, "vault.db-fresh": self.older["vault.db-fresh"]},
                           BLAME, SAFE)
        self.check_refused("no anchor", {k: v for k, v in self.whole.items() if k != "vault.db-fresh"}, BLAME, "freshness")
        self.check_refused("the first page", {**self.whole, "vault.db": flipped(pages, PAGE + 500)}, BLAME, SAFE)
        self.check_refused("a database cut short", {**self.whole, "vault.db": pages[:PAGE + 100]}, BLAME, SAFE)
        self.serves_the_next_person()
        self.assertEqual(self.complaints(), "")

    def test_a_profile_that_is_open_elsewhere_is_left_to_it(self):
        with subprocess.Popen(self.anna.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            other.stdin.write("status\n")
            other.stdin.flush()
            self.assertTrue(other.stdout.readline())
            self.open()
            self.choose("Anna")
            self.assertIn("Nothing was changed. Close the other window", self.window.advice("This profile is open in another program."))
            other.stdin.close()
            other.wait()
        self.window.unlock(PASSPHRASE)
        self.today()

    def test_a_damaged_page_in_the_middle_is_told_and_the_rest_works_on(self):
        found = []
        pages = self.whole["vault.db"]
        for page in range(4, len(pages) // PAGE, 3):
            self.put({**self.whole, "vault.db": flipped(pages, page * PAGE + 700)})
            done = subprocess.run(self.anna.argv("case", "list"), capture_output=True, text=True, timeout=60)
            if done.returncode == 0:
                found.append(page)
        self.assertTrue(found, "a page that is not needed for opening")
        # Any of them is found by whoever asks for a check.
        self.put({**self.whole, "vault.db": flipped(pages, found[len(found) // 2] * PAGE + 700)})
        self.open()
        self.choose("Anna")
        self.today()
        self.window.press("ctrl+5")
        self.window.see("Settings", Atspi.Role.PANEL)
        self.window.activate(self.window.anywhere("Check this profile", Atspi.Role.PUSH_BUTTON))
        said = self.window.advice(lambda name: name.startswith("1 thing is not as") or name.endswith("not as Teren wrote them."))
        self.assertIn(f"page {found[len(found) // 2]} is damaged", said)
        self.assertIn("Do not delete anything", said)
        self.window.press("ctrl+2")
        self.window.see("Cases", Atspi.Role.PANEL)
        self.assertEqual(self.complaints(), "")

    def test_a_page_that_a_list_needs_is_told_above_it(self):
        pages = self.whole["vault.db"]
        needed = []
        for page in range(4, len(pages) // PAGE):
            self.put({**self.whole, "vault.db": flipped(pages, page * PAGE + 700)})
            if (subprocess.run(self.anna.argv("status"), capture_output=True, timeout=60).returncode == 0
                    and subprocess.run(self.anna.argv("case", "list"), capture_output=True, timeout=60).returncode == 5):
                needed.append(page)
                break
        if not needed:
            self.skipTest("no page that the list of cases needs and opening does not")
        self.put({**self.whole, "vault.db": flipped(pages, needed[0] * PAGE + 700)})
        self.open()
        self.choose("Anna")
        said = self.window.advice("A part of this profile cannot be read: it was changed from outside, or the disk failed.")
        self.assertIn("Nothing was written over it", said)
        self.window.press("ctrl+4")
        self.window.see("Synchronisation", Atspi.Role.PANEL)
        self.window.activate(self.window.see("Put away", Atspi.Role.PUSH_BUTTON))
        until(lambda: not self.window.all(name="Put away"), "the words put away")

    def test_a_file_that_does_not_belong_there_is_told_and_left_alone(self):
        self.put({**self.whole, "vault.db-old": b"x"})
        self.open()
        self.choose("Anna")
        self.today()
        said = self.window.advice("There is a file in the folder of this profile that Teren did not put there.")
        self.assertIn("Your data is safe and unchanged", said)
        self.assertIn("vault.db-old", said)
        self.assertEqual((self.anna.folder / "vault.db-old").read_bytes(), b"x")

    def open_form(self):
        self.choose("Anna")
        self.today()
        self.window.press("ctrl+2")
        until(lambda: (self.window.focused() or self.window.root).get_name() == "Search", "the search field")
        until(lambda: self.window.all(Atspi.Role.LIST_ITEM, FAMILY), "the family in the list")
        self.window.press("Tab", "Return")
        self.window.see(FAMILY, Atspi.Role.PANEL)
        self.window.press("ctrl+e")
        until(lambda: (self.window.focused() or self.window.root).get_name() == FIELD, "the first field of the form")
        self.window.press("ctrl+End")

    def test_a_folder_that_goes_away_while_it_is_open_is_told(self):
        self.open()
        self.open_form()
        self.anna.folder.rename(self.folder / "away")
        self.window.write(" Jutro urząd.")
        said = self.window.advice("The folder of this profile is no longer there.", "what you write now is not kept")
        self.assertIn("put the folder or the stick back", said)
        (self.folder / "away").rename(self.anna.folder)
        self.window.press("ctrl+l")
        self.window.see("Unlock Teren")
        self.window.unlock(PASSPHRASE)
        until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == "Mama szuka pracy. Jutro urząd.", "the draft")

    def mounted(self, size):
        """Anna's profile on a disk of its own."""
        disk = self.anna.folder
        shutil.rmtree(disk)
        disk.mkdir(mode=0o700)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=0700,size={size}", "tmpfs", disk],
                          capture_output=True).returncode != 0:
            self.skipTest("a disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", disk])
        for name, content in self.whole.items():
            (disk / name).write_bytes(content)
        return disk

    def test_a_disk_that_takes_nothing_is_told(self):
        disk = self.mounted("8m")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        self.open()
        self.choose("Anna")
        said = self.window.advice("The disk with the profile cannot be read or written.")
        self.assertIn("What was saved is safe on it. Is it write-protected", said)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        self.window.unlock(PASSPHRASE)
        self.today()

    def test_a_disk_that_is_full_loses_nothing_and_is_told(self):
        disk = self.mounted("8m")
        self.open()
        self.open_form()
        try:
            (disk / "letters").write_bytes(b"x" * 9_000_000)
        except OSError:
            pass
        self.window.write(" Jutro urząd.")
        self.window.see("The disk of this device does not take more.")
        (disk / "letters").unlink()
        # The draft gets there by itself, and the words go.
        until(lambda: not self.window.all(name="The disk of this device does not take more."), "the draft kept")
        self.window.press("ctrl+l")
        self.window.see("Unlock Teren")
        self.window.unlock(PASSPHRASE)
        until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == "Mama szuka pracy. Jutro urząd.", "the draft")


if __name__ == "__main__":
    unittest.main()
