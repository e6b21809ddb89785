#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Kills the real window at random moments of a small story, and looks at what it finds when it is opened again.

What the window had shown as saved is in the vault, what it had shown as kept is in the draft, and the vault checks out;
whatever was under way is there whole or not at all. Whoever types without a pause loses the last second: what was seen
in the field longer ago than that, and than the machine may need to write it, is in the draft.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from office import BIN, PASSPHRASE, Office
from window import Atspi, Screen, Window, text_of, until

SEED = int(os.environ.get("TEREN_SEED", random.randrange(1 << 32)))
FAMILY = "Rodzina Zawilskich (przykład)"
FIELD = "The family's situation"
LETTERS = "abcdefghijklmnoprstuwz "
# A keystroke is durable within a second; a busy machine gets as much again for its event loop, its worker and its disk.
PROMISED = 1.0
ALLOWANCE = 1.0


class Killed(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Lis")
        case = self.anna.run("case", "new", "--title", FAMILY)["case"]
        self.saved = "Mama szuka pracy."
        self.card = self.anna.run("record", "add", case, "expectation_card", f"situation={self.saved}")["record"]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-kill-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)
        self.window = None
        self.addCleanup(lambda: self.window and self.window.close())

    def open(self):
        self.window = Window(str(BIN / "teren"), ["--profile", str(self.anna.folder), "--language", "en"],
                             self.folder / "teren.log", {"XDG_CONFIG_HOME": str(self.folder)})
        self.window.unlock(PASSPHRASE)
        self.window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)

    def open_form(self):
        """Opens the window and in it the form, as a person would; gives back what its first field holds."""
        self.open()
        return self.enter_form()

    def enter_form(self):
        self.window.press("ctrl+2")
        until(lambda: self.focused_name() == "Search", "the search field")
        until(lambda: self.window.all(Atspi.Role.LIST_ITEM, FAMILY), "the family in the list")
        self.window.press("Tab", "Return")
        self.window.see(FAMILY, Atspi.Role.PANEL)
        self.window.press("ctrl+e")
        until(lambda: self.focused_name() == FIELD, "the first field of the form")
        self.window.press("ctrl+End")
        return self.text()

    def focused_name(self):
        focused = self.window.focused()
        return focused.get_name() if focused else None

    def text(self):
        return text_of(self.window.see(FIELD, Atspi.Role.TEXT))

    def draft_shown(self):
        labels = self.window.all(Atspi.Role.LABEL, lambda name: name.startswith("Draft saved"))
        return labels[0].get_name() if labels else ""

    def type_and_wait_until_kept(self):
        """Types a letter and waits until the window says that the draft with it is on the disk."""
        before = self.draft_shown()
        until(lambda: not before.endswith(time.strftime(" %-H:%M:%S")), "the next second")
        self.window.press("x")
        until(lambda: self.draft_shown() not in ("", before), "the draft kept")
        return self.text()

    def vault_holds(self):
        self.assertEqual(self.anna.run("self-check")["problems"], [])
        values = self.anna.run("record", "get", self.card)["fields"]["situation"]["values"]
        self.assertEqual(len(values), 1)
        return values[0]["value"]

    def kill_after(self, seconds):
        until(lambda now=time.monotonic(): time.monotonic() >= now + seconds, "the moment")
        self.window.kill()

    def kill_soon_after(self, key):
        """Kills about when the key comes in: before it, while the window does as it was told, or after."""
        pressing = subprocess.Popen(["xdotool", "key", key])
        self.kill_after(self.random.uniform(0, 0.04))
        pressing.wait()

    def killed_while_typing(self):
        kept = self.type_and_wait_until_kept()
        words = "".join(self.random.choices(LETTERS, k=60))
        keys = subprocess.Popen(["xdotool", "type", "--delay", "12", words])
        self.kill_after(self.random.uniform(0, 1.2))
        keys.wait()
        self.assertEqual(self.vault_holds(), self.saved, "a draft reached the record")
        found = self.open_form()
        self.assertTrue(found.startswith(kept), f"the draft kept as {kept!r} is {found!r}")
        self.assertTrue((kept + words).startswith(found), f"{found!r} was never typed")
        return f"found {len(found) - len(kept)} of {len(words)} letters typed since the draft was seen kept"

    def killed_while_typing_on(self):
        """Without a pause, for as long as the draft is written several times."""
        self.window.press("ctrl+End")
        before = self.text()
        words = "".join(self.random.choices(LETTERS.strip(), k=150))
        keys = subprocess.Popen(["xdotool", "type", "--delay", "70", words])
        end = time.monotonic() + self.random.uniform(PROMISED + ALLOWANCE + 0.5, 5)
        seen = []
        field = self.window.see(FIELD, Atspi.Role.TEXT)
        while time.monotonic() < end:
            seen.append((text_of(field), time.monotonic()))
        self.window.kill()
        killed = time.monotonic()
        keys.wait()
        self.assertEqual(self.vault_holds(), self.saved, "a draft reached the record")
        found = self.open_form()
        self.assertTrue((before + words).startswith(found), f"{found!r} was never typed")
        promised = max((text for text, when in seen if when <= killed - PROMISED - ALLOWANCE), key=len, default=before)
        self.assertGreaterEqual(len(found), len(promised), f"{promised!r} was in the field long enough, found {found!r}")
        self.assertGreater(len(promised), len(before), "nothing was typed long enough ago: this round shows nothing")
        lost = [killed - when for text, when in seen if len(text) > len(found)]
        return (f"found {len(found) - len(before)} letters; the oldest lost one had been in the field for"
                f" {max(lost, default=0):.2f} s")

    def killed_while_saving(self):
        typed = self.type_and_wait_until_kept()
        self.kill_soon_after("ctrl+s")
        holds = self.vault_holds()
        self.assertIn(holds, (self.saved, typed))
        reached, self.saved = holds == typed, holds
        self.assertEqual(self.open_form(), typed)
        return f"the save had {'' if reached else 'not '}reached the record"

    def killed_when_saved(self):
        typed = self.type_and_wait_until_kept()
        self.window.press("ctrl+s")
        until(lambda: not self.window.all(Atspi.Role.TEXT, FIELD), "the form left")
        self.window.kill()
        self.assertEqual(self.vault_holds(), typed)
        self.saved = typed
        self.assertEqual(self.open_form(), typed)
        return "what was shown as saved is in the record"

    def killed_while_syncing(self):
        self.killed_when_saved()
        self.kill_soon_after("ctrl+r")
        self.assertEqual(self.vault_holds(), self.saved)
        unsent = self.anna.run("status")["unsent"]
        self.assertEqual(self.open_form(), self.saved)
        return f"{unsent} unsent after it"

    def test_nothing_saved_and_nothing_kept_is_missing(self):
        acts = [self.killed_while_typing, self.killed_while_typing_on, self.killed_while_saving, self.killed_when_saved, self.killed_while_syncing] * 2
        self.random.shuffle(acts)
        self.open_form()
        for act in acts:
            print(f"{act.__name__}: {act()}", flush=True)
        self.window.close()
        self.saved = self.vault_holds()
        self.anna.run("sync")
        self.jan.run("sync")
        self.assertEqual(self.anna.run("digest"), self.jan.run("digest"))
        found = self.jan.run("record", "get", self.card)["fields"]["situation"]["values"]
        self.assertEqual([one["value"] for one in found], [self.saved])
        complaints = re.sub(r".*XDG_RUNTIME_DIR.*\n?", "", (self.folder / "teren.log").read_text())
        self.assertEqual(complaints, "")

    def open_conflict(self):
        """Opens the window and in it the conflict; gives back the field of the third version."""
        self.open()
        self.window.press("ctrl+3")
        self.window.see(lambda name: "to decide" in name, Atspi.Role.PANEL)
        self.window.press("ctrl+Return")
        self.window.see("Two versions of the same field", Atspi.Role.PANEL)
        return self.window.see(lambda name: name in ("Joined version", "A third version"), Atspi.Role.TEXT)

    def test_a_third_version_of_a_conflict_is_kept_while_it_is_typed(self):
        self.anna.run("sync")
        self.jan.run("sync")
        self.jan.run("record", "set", self.card, "situation=Mama ma pracę.")
        self.anna.run("record", "set", self.card, "situation=Mama szuka stażu.")
        self.jan.run("sync")
        self.anna.run("sync")
        self.assertEqual(len(self.anna.run("conflicts")), 1)
        field = self.open_conflict()
        Atspi.Component.grab_focus(field)
        until(lambda: (self.window.focused() or self.window.root).path == field.path, "the keyboard in the field")
        self.window.press("ctrl+a")
        words = "Mama ma od maja staż w urzędzie."
        self.window.write(words)
        until(lambda: text_of(field) == words, "the words typed")
        self.kill_after(PROMISED + ALLOWANCE)
        self.assertEqual(len(self.anna.run("conflicts")), 1, "a draft decided the conflict")
        self.assertEqual(self.anna.run("self-check")["problems"], [])
        again = self.open_conflict()
        until(lambda: text_of(again) == words, "the words as they were left")
        # Decided with it, nothing of the draft stays.
        self.window.press("ctrl+Return")
        until(lambda: not self.window.all(name="Two versions of the same field"), "the conflict left")
        self.window.close()
        self.assertEqual(self.vault_holds(), words)
        self.assertEqual(self.anna.run("conflicts"), [])


if __name__ == "__main__":
    print(f"TEREN_SEED={SEED}")
    unittest.main()
