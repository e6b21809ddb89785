#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Walks the pages of the real window as a screen reader, a keyboard and a finger meet them: everything that takes the
keyboard says what it is and is large enough to be touched, and Tab reaches all of it, on the screen and not below its
edge."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from office import BIN, PASSPHRASE, Office, Profile
from window import Atspi, Screen, Window, below, text_of, until

FAMILY = "Rodzina Zawilskich"
# Pixels that a finger needs.
FINGER = 48
WORDS_ONLY = {Atspi.Role.LABEL, Atspi.Role.HEADING, Atspi.Role.PANEL, Atspi.Role.LAYERED_PANE, Atspi.Role.SCROLL_BAR}


def takes_keys(accessible):
    return (accessible.get_state_set().contains(Atspi.StateType.FOCUSABLE)
            and accessible.get_role() not in WORDS_ONLY)


def controls(page):
    """Everything in a page that takes the keyboard, also what has to be scrolled to. What is hidden has no size."""
    found = []
    for at in range(page.get_child_count()):
        child = page.get_child_at_index(at)
        if child is None or child.get_state_set().contains(Atspi.StateType.VISIBLE) is False:
            continue
        if takes_keys(child):
            found.append(child)
        found += controls(child)
    return found


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-access-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)

    def open(self, *arguments):
        window = Window(str(BIN / "teren"), [*arguments, "--language", "en"], self.folder / "teren.log",
                        {"XDG_CONFIG_HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data")})
        self.addCleanup(window.close)
        return window

    def open_sample(self):
        window = self.open("--sample")
        window.unlock("any")
        window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)
        return window

    def open_case(self, window):
        window.press("ctrl+2")
        until(lambda: self.name_of_focus(window) == "Search", "the search field")
        window.write("zawilskich")
        until(lambda: len(window.all(Atspi.Role.LIST_ITEM)) == 1, "one case in the list")
        window.press("Tab", "Return")
        window.see(FAMILY, Atspi.Role.PANEL)

    def name_of_focus(self, window):
        focused = window.focused()
        return focused.get_name() if focused else None

    def faults(self, window):
        found = [f"{one.get_role_name()} at {one.path} has no name" for one in below(window.root)
                 # Qt tells nobody the name of a password field; the words before it say what it is.
                 if takes_keys(one) and one.get_role() != Atspi.Role.PASSWORD_TEXT and not one.get_name()]
        for one in below(window.root):
            box = one.get_extents(Atspi.CoordType.WINDOW)
            if takes_keys(one) and box.height > 0 and min(box.width, box.height) < FINGER:
                found.append(f"{one.get_role_name()} {one.get_name()!r} is {box.width}x{box.height}")
        return found

    def test_everything_that_takes_the_keyboard_has_a_name_and_room_for_a_finger(self):
        window = self.open("--sample")
        window.see("Unlock", Atspi.Role.PUSH_BUTTON)
        self.assertEqual(self.faults(window), [], "unlock")
        window.unlock("any")
        places = [("ctrl+1", lambda name: name.startswith("Today")), ("ctrl+2", "Cases"),
                  ("ctrl+3", lambda name: "to decide" in name), ("ctrl+4", "Synchronisation")]
        for key, title in places:
            window.press(key)
            page = window.see(title, Atspi.Role.PANEL)
            self.assertEqual(self.faults(window), [], page.get_name())
            headings = [one.get_name() for one in window.all(Atspi.Role.HEADING)]
            self.assertIn(page.get_name(), headings)
        self.open_case(window)
        self.assertEqual(self.faults(window), [], "case")

    def walk(self, window, page_name):
        """Presses Tab until it comes round; gives back what had the keyboard, in that order."""
        reached = []
        first = until(lambda: window.focused(), "something with the keyboard").path
        here = first
        frame = window.all(Atspi.Role.FRAME)[0].get_extents(Atspi.CoordType.WINDOW)
        while True:
            until(lambda: window.focused().path == here, "the keyboard at its place")
            focused = window.focused()
            reached.append(focused)
            until(lambda: self.is_in_sight(frame, focused), f"{focused.get_name()!r} of {page_name} scrolled into sight")
            window.press("Tab")
            here = until(lambda: self.moved_from(window, here), f"Tab going on from {focused.get_name()!r}")
            if here == first or len(reached) > 300:
                return reached

    @staticmethod
    def moved_from(window, path):
        focused = window.focused()
        return focused.path if focused and focused.path != path else None

    @staticmethod
    def is_in_sight(frame, accessible):
        box = accessible.get_extents(Atspi.CoordType.WINDOW)
        middle = box.y + min(box.height, 40) / 2
        return box.height > 0 and 0 <= middle <= frame.height

    def check_walk(self, window, page, disabled=()):
        """`disabled` names what takes no keys yet: Qt 6.4 tells nobody over AT-SPI that a control is disabled."""
        wanted = {one.path: one.get_name() for one in controls(page)
                  if one.get_state_set().contains(Atspi.StateType.ENABLED) and one.get_extents(Atspi.CoordType.WINDOW).width > 0}
        reached = {one.path for one in self.walk(window, page.get_name())}
        self.assertGreater(len(wanted), 3)
        never = [name for path, name in wanted.items() if path not in reached]
        self.assertEqual(never, list(disabled), "never reached by Tab")

    def test_tab_reaches_everything_of_the_doors_and_of_settings(self):
        os.environ["TEREN_KDF"] = "floor"
        window = self.open()
        page = window.see("Welcome to Teren", Atspi.Role.PANEL)
        self.assertEqual(self.faults(window), [], "no profiles")
        until(lambda: self.name_of_focus(window) == "Make a new profile", "the one thing to do has the keyboard")
        window.press("Return")
        page = window.see("New profile", Atspi.Role.PANEL)
        until(lambda: self.name_of_focus(window) == "Your first name and surname", "the first field")
        self.assertEqual(self.faults(window), [], "new profile")
        window.write("Ewa Mak")
        window.press("Tab", "space", "Tab")
        window.write("cztery chrupkie rowery")
        window.press("Tab")
        window.write("cztery chrupkie rowery")
        self.check_walk(window, page)
        window.press("Return")
        page = window.see("Recovery code", Atspi.Role.PANEL)
        self.assertEqual(self.faults(window), [], "recovery code")
        until(lambda: window.all(name="Make a recovery code"), "the code to make")
        window.press("ctrl+l")
        window.see("Profile: Ewa Mak")
        window.press("Tab", "Tab", "Tab", "Return")
        page = window.see("Forgot the passphrase", Atspi.Role.PANEL)
        until(lambda: takes_keys(window.focused()), "the field of the code")
        self.assertEqual(self.faults(window), [], "forgotten")
        self.check_walk(window, page, disabled=["Set the new passphrase and unlock"])
        window.close()
        window = self.open_sample()
        window.press("ctrl+5")
        page = window.see("Settings", Atspi.Role.PANEL)
        self.assertEqual(self.faults(window), [], "settings")
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)

    def test_tab_reaches_everything_of_a_form(self):
        window = self.open_sample()
        self.open_case(window)
        window.press("ctrl+n")
        page = window.see("Visit", Atspi.Role.PANEL)
        until(lambda: takes_keys(window.focused()), "the first field")
        self.check_walk(window, page)

    def test_tab_reaches_everything_of_a_conflict(self):
        window = self.open_sample()
        window.press("ctrl+3")
        window.see(lambda name: "to decide" in name, Atspi.Role.PANEL)
        window.activate(window.see(FAMILY, Atspi.Role.LIST_ITEM))
        page = window.see("Two versions of the same field", Atspi.Role.PANEL)
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)

    def test_tab_reaches_everything_of_today_and_of_a_case(self):
        window = self.open_sample()
        page = window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)
        self.open_case(window)
        page = window.see(FAMILY, Atspi.Role.PANEL)
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)

    def test_tab_reaches_everything_of_changes_of_a_history_and_of_synchronisation(self):
        window = self.open_sample()
        window.activate(window.see(lambda name: name.startswith("Show all: "), Atspi.Role.PUSH_BUTTON))
        page = window.see("Changed while you were away", Atspi.Role.PANEL)
        self.assertEqual(self.faults(window), [], "changes")
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)
        self.open_case(window)
        window.activate(window.see("History", Atspi.Role.PUSH_BUTTON))
        page = window.see(lambda name: name.startswith("History: "), Atspi.Role.PANEL)
        self.assertEqual(self.faults(window), [], "history")
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)
        window.press("ctrl+4")
        page = window.see("Synchronisation", Atspi.Role.PANEL)
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)
        window.activate(window.see("What does not count, what is missing …", Atspi.Role.PUSH_BUTTON))
        page = window.see("Work that does not count or is missing", Atspi.Role.PANEL)
        until(lambda: window.all(name="Zenon Przykładowy: Enter it again"), "the work that does not count")
        self.assertEqual(self.faults(window), [], "work that does not count")
        window.press("Tab")
        until(lambda: takes_keys(window.focused()), "something with the keyboard")
        self.check_walk(window, page)

    def test_a_newcomer_sees_the_code_is_let_in_and_gets_what_others_wrote_without_asking(self):
        os.environ["TEREN_KDF"] = "floor"
        office = Office()
        self.addCleanup(office.close)
        anna = office.found("Anna Sowa")
        anna.run("case", "new", "--title", FAMILY)
        ewa = Profile(office.root / "ewa", "Ewa Mak").create()
        window = self.open("--profile", str(ewa.folder))
        window.unlock(PASSPHRASE)
        window.see("This profile belongs to no office yet")
        window.see(lambda name: name.endswith(" join INVITATION"))
        window.close()

        invitation = anna.run("invite", "--name", "Ewa Mak", "--role", "social-worker")["invitation"]
        code = ewa.run("join", invitation)["code"]
        window = self.open("--profile", str(ewa.folder))
        window.unlock(PASSPHRASE)
        window.see("Waiting to be let in")
        window.see(code)
        anna.run("approve", code)
        window.press("ctrl+r")
        window.see("+ Quick contact")
        until(lambda: not window.all(name=code), "the code gone")
        window.close()

        anna.run("case", "new", "--title", "Zenon Przykładowy")
        anna.run("sync")
        window = self.open("--profile", str(ewa.folder))
        window.unlock(PASSPHRASE)
        window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)
        window.press("ctrl+2")
        window.see("Zenon Przykładowy", Atspi.Role.LIST_ITEM)


if __name__ == "__main__":
    unittest.main()
