#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Locks the real window in every way there is, and looks at what is left: no open file of the profile, nothing in the
title or the clipboard; and what was being written is there again, at the same place."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from logind import Logind
from office import BIN, PASSPHRASE, Office
from window import Atspi, Screen, Window, text_of, until

FAMILY = "Rodzina Zawilskich (przykład)"
FIELD = "The family's situation"


class Locked(unittest.TestCase):
    def setUp(self):
        self.office = Office(through_wire=True)
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        case = self.anna.run("case", "new", "--title", FAMILY)["case"]
        self.card = self.anna.run("record", "add", case, "expectation_card", "situation=Mama szuka pracy.")["record"]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-lock-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)
        self.logind = Logind(self.folder / "logind.log")
        self.addCleanup(self.logind.close)

    def open(self, environment):
        self.window = Window(str(BIN / "teren"), ["--profile", str(self.anna.folder), "--language", "en"],
                             self.folder / "teren.log", {"XDG_CONFIG_HOME": str(self.folder), **environment})
        self.addCleanup(self.window.close)
        self.window.unlock(PASSPHRASE)
        self.window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)

    def open_form(self):
        self.window.press("ctrl+2")
        until(lambda: self.name_of_focus() == "Search", "the search field")
        until(lambda: self.window.all(Atspi.Role.LIST_ITEM, FAMILY), "the family in the list")
        self.window.press("Tab", "Return")
        self.window.see(FAMILY, Atspi.Role.PANEL)
        self.window.press("ctrl+e")
        until(lambda: self.name_of_focus() == FIELD, "the first field of the form")
        self.window.press("ctrl+End")

    def name_of_focus(self):
        focused = self.window.focused()
        return focused.get_name() if focused else None

    def open_files(self):
        """What of the profile the program has open."""
        found = []
        for one in pathlib.Path(f"/proc/{self.window.process.pid}/fd").iterdir():
            try:
                target = os.readlink(one)
            except FileNotFoundError:
                continue
            if target.startswith(str(self.anna.folder)):
                found.append(target)
        return found

    def check_locked(self):
        self.window.see("Unlock Teren")
        until(lambda: self.open_files() == [], "the files of the profile closed")
        shown = [one.get_name() for one in self.window.all()]
        self.assertEqual([name for name in shown if "Zawilsk" in name or "Anna" in name], [])
        title = subprocess.run(["xdotool", "getwindowname", self.window.handle], check=True, capture_output=True, text=True)
        self.assertEqual(title.stdout.strip(), "Teren")
        # Nobody else holds the vault, so it opens.
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def unlock_again(self):
        self.window.unlock(PASSPHRASE)

    def test_every_way_of_locking_closes_the_vault_and_leads_back(self):
        self.open(self.logind.environment)
        self.logind.expect("inhibited")
        self.assertNotEqual(self.open_files(), [], "an open profile has open files")
        self.open_form()
        typed = "Mama szuka pracy."

        def sleep():
            self.logind.tell("sleep")
            self.logind.expect("released")
            # The machine may sleep from now on: all must be closed already.
            self.assertEqual(self.open_files(), [])
            self.check_locked()
            self.logind.tell("wake")
            self.logind.expect("inhibited")

        ways = {"k": lambda: self.window.press("ctrl+l"), "s": sleep, "l": lambda: self.logind.tell("lock"),
                "d": lambda: self.logind.tell("lid")}
        for letter, way in ways.items():
            with self.subTest(way=letter):
                self.window.press(letter)
                typed += letter
                until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == typed, "the letter typed")
                way()
                self.check_locked()
                self.unlock_again()
                until(lambda: self.name_of_focus() == FIELD, "the keyboard in the field where it was")
                until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == typed, "the answer as it was left")
                self.window.press("ctrl+End")
        # The way back is there as well: the case, then the list.
        self.window.press("Escape")
        self.window.see(FAMILY, Atspi.Role.PANEL)
        self.window.press("Escape")
        self.window.see("Cases", Atspi.Role.PANEL)
        self.assertEqual(self.complaints(), "")

    def test_another_field_keeps_the_keyboard(self):
        self.open({})
        self.open_form()
        self.window.press("Tab")
        here = until(lambda: self.name_of_focus() not in (FIELD, None) and self.name_of_focus(), "the next field")
        self.window.press("ctrl+l")
        self.check_locked()
        self.unlock_again()
        until(lambda: self.name_of_focus() == here, f"the keyboard in {here!r}")

    def test_locking_while_it_saves_and_while_it_talks_to_the_server_is_sound(self):
        self.open({"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/nothing"})
        self.open_form()
        self.window.write(" Szybko")
        self.window.press("ctrl+s", "ctrl+l")
        self.check_locked()
        self.assertEqual(self.anna.run("record", "get", self.card)["fields"]["situation"]["values"][0]["value"],
                         "Mama szuka pracy. Szybko")
        self.office.wire.holds_the_line = True
        self.office.wire.lost_reply = 1
        self.unlock_again()
        until(lambda: self.office.wire.reply_is_lost.wait(0.1) or self.window.press("ctrl+r"), "a talk that hangs")
        self.window.press("ctrl+l")
        self.check_locked()
        self.office.wire.holds_the_line = False
        self.anna.run("sync")
        self.assertEqual(self.anna.run("status")["unsent"], 0)
        self.assertEqual(self.complaints(), "")

    def test_a_half_typed_case_is_kept(self):
        self.open({})
        self.window.press("ctrl+2")
        until(lambda: self.name_of_focus() == "Search", "the search field")
        Atspi.Component.grab_focus(self.window.see("+ New case", Atspi.Role.PUSH_BUTTON))
        self.window.press("Return")
        until(lambda: self.name_of_focus() == "Person or family", "the field of the name")
        self.window.write("Rodzina Nowych")
        until(lambda: text_of(self.window.see("Person or family", Atspi.Role.TEXT)) == "Rodzina Nowych", "the name typed")
        self.window.press("ctrl+l")
        self.check_locked()
        self.unlock_again()
        until(lambda: text_of(self.window.see("Person or family", Atspi.Role.TEXT)) == "Rodzina Nowych", "the name as it was left")

    def test_what_was_copied_cannot_be_pasted_after_locking(self):
        self.open({})
        self.open_form()
        self.window.press("ctrl+a", "ctrl+c", "ctrl+End", "ctrl+v")
        twice = "Mama szuka pracy." * 2
        until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == twice, "the copy pasted")
        self.window.press("ctrl+l")
        self.check_locked()
        self.unlock_again()
        until(lambda: self.name_of_focus() == FIELD, "the field again")
        self.window.press("ctrl+End", "ctrl+v", "x")
        until(lambda: text_of(self.window.see(FIELD, Atspi.Role.TEXT)) == twice + "x", "nothing but the letter")

    def complaints(self):
        return "".join(line for line in (self.folder / "teren.log").read_text().splitlines(True)
                       if "XDG_RUNTIME_DIR" not in line)


if __name__ == "__main__":
    unittest.main()
