#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Looks for planted words where a thief would: in the memory of the locked window, and in every file that it leaves,
while it runs, locked, crashed and closed."""

import os
import pathlib
import shutil
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from memory import words_in
from office import BIN, PASSPHRASE, Office, files_holding
from window import Atspi, Screen, Window, text_of, until

TITLE = "Rodzina Kwiryniakowskich"
RECORD = "chorujenawyrostek"
TYPED = "naprzeciwgarbarni"
SEARCHED = "kwiryniakow"
FIELD = "The family's situation"
WORDS = ["Kwiryniakow", RECORD, TYPED, SEARCHED]


class Planted(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        case = self.anna.run("case", "new", "--title", TITLE)["case"]
        self.anna.run("record", "add", case, "expectation_card", f"situation=Mama {RECORD}.")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-plain-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        # All that the program may write to: its temporary files, its settings, its caches, where it crashes.
        self.home = self.folder / "home"
        for name in ("tmp", "config", "cache", "data", "run"):
            (self.home / name).mkdir(parents=True)
        (self.home / "run").chmod(0o700)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)
        self.window = None
        self.addCleanup(lambda: self.window and self.window.close())

    def open(self):
        places = {"HOME": "", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data"}
        self.window = Window(str(BIN / "teren"), ["--profile", str(self.anna.folder), "--language", "en"],
                             self.home / "teren.log", {key: str(self.home / place) for key, place in places.items()})

    def unlock(self):
        self.window.unlock(PASSPHRASE)
        self.window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)

    def work(self):
        """Searches for the family, reads its case, writes into a form."""
        self.window.press("ctrl+2")
        until(lambda: self.name_of_focus() == "Search", "the search field")
        self.window.write(SEARCHED)
        until(lambda: self.window.all(Atspi.Role.LIST_ITEM, TITLE), "the family in the list")
        self.window.press("Tab", "Return")
        self.window.see(TITLE, Atspi.Role.PANEL)
        self.window.press("ctrl+e")
        until(lambda: self.name_of_focus() == FIELD, "the first field of the form")
        self.window.press("ctrl+End")
        self.window.write(" " + TYPED)
        until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)).endswith(TYPED), "the words typed")

    def name_of_focus(self):
        focused = self.window.focused()
        return focused.get_name() if focused else None

    def open_files(self):
        files = [os.readlink(one) for one in pathlib.Path(f"/proc/{self.window.process.pid}/fd").iterdir()]
        return [one for one in files if one.startswith(str(self.anna.folder))]

    def lock(self):
        self.window.press("ctrl+l")
        self.window.see("Unlock Teren")
        until(lambda: self.open_files() == [], "the vault closed")

    def check_files(self, when):
        words = WORDS + [PASSPHRASE]
        self.assertEqual(files_holding(self.anna.folder, words), [], when)
        self.assertEqual(files_holding(self.home, words), [], when)
        other = [one for one in pathlib.Path(tempfile.gettempdir()).iterdir() if one.name.lower().startswith(("teren-plain", "qt", "qml"))]
        self.assertEqual([hit for one in other if one.is_dir() and one != self.folder for hit in files_holding(one, words)], [], when)

    def test_no_planted_word_is_in_any_file_running_locked_crashed_and_closed(self):
        self.open()
        self.unlock()
        self.work()
        self.check_files("running")
        self.lock()
        self.check_files("locked")
        self.window.unlock(PASSPHRASE)
        until(lambda: self.name_of_focus() == FIELD, "the form again")
        self.window.process.send_signal(signal.SIGSEGV)
        self.window.process.wait()
        self.check_files("crashed")
        self.assertEqual([one for one in pathlib.Path.cwd().glob("core*") if one.is_file()], [])
        self.open()
        self.unlock()
        self.work_again()
        self.window.close()
        self.check_files("closed")

    def work_again(self):
        self.window.press("ctrl+2")
        until(lambda: self.window.all(Atspi.Role.LIST_ITEM, TITLE), "the family in the list")

    def test_no_planted_word_is_in_the_memory_of_a_locked_window(self):
        self.open()
        self.unlock()
        self.work()
        pid = self.window.process.pid
        try:
            self.assertNotEqual(words_in(pid, WORDS), [], "what is on the page is in the memory: the search works")
        except PermissionError:
            # Not dumpable: only root may look. That is the protection, and all that can be shown without root.
            return
        self.lock()
        try:
            until(lambda: words_in(pid, WORDS + [PASSPHRASE]) == [], "no planted word in the memory", patience=5)
        except AssertionError:
            found = words_in(pid, WORDS + [PASSPHRASE])
            self.fail("\n".join(f"{word!r}: {place}: {around!r}" for word, place, around in found))


if __name__ == "__main__":
    unittest.main()
