#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes, checks and restores backups in the real window: on a machine that has none of it yet, by passphrase and by
recovery code, and where attachments are really lost, which the pages name in words."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
from office import BIN, PASSPHRASE, Office
from window import Atspi, Screen, Window, until

FAMILY = "Rodzina Zawilskich (przykład)"
CASE = f"LIP/7 ({FAMILY})"
FRESH = "cztery chrupkie rowery"
BUTTON = Atspi.Role.PUSH_BUTTON


class Backups(unittest.TestCase):
    def setUp(self):
        os.environ["TEREN_KDF"] = "floor"
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        self.case = self.anna.run("case", "new", "--title", FAMILY, "--number", "LIP/7")["case"]
        for name in ("umowa.bin", "zgoda.bin"):
            path = self.office.root / name
            path.write_bytes(name.encode() * 9000)
            self.anna.run("attachment", "add", self.case, str(path))
        self.stick = self.office.root / "stick"
        self.stick.mkdir()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="teren-backup-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.screen = Screen("1280x800", self.folder / "xvfb.log")
        self.addCleanup(self.screen.close)

    def back_up(self):
        return pathlib.Path(self.anna.run("backup", "create", str(self.stick))["backup"])

    @staticmethod
    def files(folder):
        return sorted((folder / "attachments").iterdir())

    def open(self, *arguments, language="en"):
        self.window = Window(str(BIN / "teren"), [*arguments, "--language", language], self.folder / "teren.log",
                             {"XDG_CONFIG_HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data")})
        self.addCleanup(self.window.close)

    def today(self):
        self.window.see(lambda name: name.startswith("Today"), Atspi.Role.PANEL)

    def begin_restore(self, backup):
        """From the first page of a machine without profiles to the backup that is chosen."""
        self.window.see("Welcome to Teren", Atspi.Role.PANEL)
        self.window.activate(self.window.see("Bring a profile back from a backup", BUTTON))
        self.window.see("Bring a profile back from a backup", Atspi.Role.PANEL)
        self.window.fill("Folder with backups, best on a stick", str(backup))
        self.window.press("Return")

    def check_has_case(self):
        self.window.press("ctrl+2")
        self.window.see(FAMILY, Atspi.Role.LIST_ITEM)

    def complaints(self):
        return "".join(line for line in (self.folder / "teren.log").read_text().splitlines(True)
                       if "XDG_RUNTIME_DIR" not in line)

    def test_a_recovery_code_brings_a_profile_to_a_new_machine(self):
        code = self.anna.run("recovery", "new")["code"]
        typed = self.office.root / "code"
        typed.write_text(code + "\n", encoding="utf-8")
        self.anna.run("recovery", "confirm", "--code-file", str(typed))
        backup = self.back_up()
        shutil.rmtree(self.anna.folder)
        self.open()
        self.begin_restore(self.stick)
        self.window.activate(self.window.anywhere("Recovery code", BUTTON))
        self.window.fill("Recovery code: seven groups of five characters", code.lower().replace("-", " "))
        first, again = until(lambda: len(found := self.window.all(Atspi.Role.PASSWORD_TEXT)) >= 2 and found[-2:],
                             "the fields of the new passphrase")
        for field in (first, again):
            Atspi.Component.grab_focus(field)
            until(lambda at=field.path: (self.window.focused() or self.window.root).path == at, "the keyboard in the field")
            self.window.write(FRESH)
        self.window.activate(self.window.anywhere("Bring it back", BUTTON))
        self.today()
        self.check_has_case()
        self.window.press("ctrl+l")
        self.window.see("Unlock Teren")
        self.window.unlock(PASSPHRASE)
        self.window.see("This passphrase does not open the profile.")
        self.window.press("ctrl+a")
        self.window.unlock(FRESH)
        self.window.see(FAMILY, Atspi.Role.LIST_ITEM)
        self.window.close()
        # It is a profile of this machine, and opens after the program was gone as well.
        made, = (self.folder / "data" / "teren" / "profiles").iterdir()
        self.anna.folder = made
        self.anna.passphrase.write_text(FRESH + "\n", encoding="utf-8")
        self.assertEqual(self.anna.run("self-check")["problems"], [])
        self.assertTrue(backup.is_dir(), "the backup stays")
        self.assertEqual(self.complaints(), "")

    def test_what_a_damaged_backup_cannot_bring_back_is_named_until_it_was_read(self):
        backup = self.back_up()
        lost, bent = self.files(backup)
        lost.unlink()
        bent.write_bytes(bent.read_bytes()[:-1] + b"x")
        self.open()
        self.begin_restore(self.stick)
        field = until(lambda: (self.window.all(Atspi.Role.PASSWORD_TEXT) or [None])[0], "the field of the passphrase")
        Atspi.Component.grab_focus(field)
        self.window.unlock(PASSPHRASE)
        self.today()
        problem = "2 attachments could not be brought back from the backup."
        said = self.window.advice(problem)
        for words in (f"umowa.bin, case {CASE}", f"zgoda.bin, case {CASE}", "Keep the backup", "an earlier one"):
            self.assertIn(words, said)
        # Whoever was called away finds it again, in their own language.
        self.window.kill()
        self.open(language="pl")
        self.window.activate(self.window.see("Profil bez pokazywanego nazwiska", Atspi.Role.LIST_ITEM))
        self.window.unlock(PASSPHRASE)
        said = self.window.advice("2 załączników nie udało się przywrócić z kopii.")
        self.assertIn(f"umowa.bin, sprawa {CASE}", said)
        # So does what the store has to say of it.
        self.window.press("ctrl+4")
        said = self.window.advice("Co się stało: przeczytaj to albo pokaż osobie, o której tu mowa")
        self.assertIn("Ten profil odtworzono z kopii. Stare urządzenie", said)
        self.assertNotRegex(said, "[0-9]{9}")
        self.window.press("ctrl+1")
        self.window.activate(self.window.see("Przeczytane", BUTTON))
        until(lambda: not self.window.all(name=lambda name: "nie udało się przywrócić" in name), "the words put away")
        self.window.press("ctrl+l")
        self.window.unlock(PASSPHRASE)
        self.window.see(lambda name: name.startswith("Dziś"), Atspi.Role.PANEL)
        self.assertFalse(self.window.all(name=lambda name: "nie udało się przywrócić" in name))
        self.assertEqual(self.complaints(), "")

    def test_a_backup_without_attachments_says_which_when_it_is_made_and_when_it_is_checked(self):
        bent = self.files(self.anna.folder)[0]
        bent.write_bytes(bent.read_bytes()[:-1] + b"x")
        self.open("--profile", str(self.anna.folder))
        self.window.unlock(PASSPHRASE)
        self.today()
        self.window.press("ctrl+5")
        self.window.see("Settings", Atspi.Role.PANEL)
        self.window.fill("Folder for the backup, best on a stick", str(self.stick))
        self.window.activate(self.window.anywhere("Make a backup", BUTTON))
        said = self.window.advice("1 attachment of this profile could not be backed up.")
        self.assertIn(f"• umowa.bin, case {CASE}" if "umowa" in said else f"• zgoda.bin, case {CASE}", said)
        self.assertIn("All the rest is in the backup", said)
        self.window.fill("Folder with backups, best on a stick", str(self.stick))
        self.window.press("Return")
        self.window.activate(self.window.anywhere("Check it", BUTTON))
        said = self.window.advice("1 file of attachments cannot be brought back from this backup.")
        self.assertIn("Which attachments those are shows with its passphrase.", said)
        self.assertEqual(self.complaints(), "")


if __name__ == "__main__":
    unittest.main()
