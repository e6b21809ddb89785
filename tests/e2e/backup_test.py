# SPDX-License-Identifier: EUPL-1.2
"""Backups that are attacked, damaged, stopped and restored twice, through real programs."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

from office import Office, Profile

WAIT = 60


class Backups(unittest.TestCase):
    """Anna's office, with three attachments in one case."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.root = self.office.root
        self.stick = self.root / "stick"
        self.stick.mkdir()
        self.tmp = self.root / "tmp"
        self.tmp.mkdir()
        self.anna = self.office.found("Anna Sowa")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna", "--number", "LIP/1")["case"]
        for name in ("pismo.txt", "umowa.bin", "skan.bin"):
            self.attach(name, name.encode() * 20_000)

    def attach(self, name, content):
        path = self.root / name
        path.write_bytes(content)
        self.anna.run("attachment", "add", self.case, str(path))

    def ask(self, profile, *words, key=True, env=None, cwd=None):
        """Exit code, answer (None if there is none) and the error line."""
        argv = profile.argv(*words)
        if not key:
            argv = argv[:3] + argv[5:]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=WAIT, cwd=cwd,
                              env={**os.environ, "TEREN_KDF": "floor", "TMPDIR": str(self.tmp), **(env or {})})
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None, done.stderr

    def backup(self):
        return pathlib.Path(self.anna.run("backup", "create", str(self.stick))["backup"])

    def copy(self, name):
        return Profile(self.root / name, "Anna Sowa")

    # ---- two at once

    def test_a_backup_under_way_is_not_touched_by_one_of_another_copy(self):
        twin = self.copy("twin")
        twin.run("restore", str(self.backup()))
        shutil.rmtree(self.stick)
        self.stick.mkdir()
        self.attach("duzy.bin", os.urandom(60_000_000))
        process = subprocess.Popen(self.anna.argv("backup", "create", str(self.stick)), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        while not list(self.stick.glob("*.new/attachments")) and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        try:
            self.assertEqual(len(list(self.stick.glob("*.new"))), 1, "it was not caught in the middle")
            other = twin.run("backup", "create", str(self.stick))["backup"]
        finally:
            process.send_signal(signal.SIGCONT)
        out, error = process.communicate(timeout=WAIT)
        self.assertEqual(process.returncode, 0, error)
        for made in (json.loads(out)["backup"], other):
            code, answer, _ = self.ask(self.anna, "backup", "check", made)
            self.assertEqual((code, answer["problems"]), (0, []))
        self.assertEqual([path for path in self.stick.iterdir() if path.suffix != ".backup"], [])

    def test_what_a_killed_one_left_goes_with_the_next(self):
        self.attach("duzy.bin", os.urandom(60_000_000))
        process = subprocess.Popen(self.anna.argv("backup", "create", str(self.stick)), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        while not list(self.stick.glob("*.new/attachments")) and process.poll() is None:
            time.sleep(0.001)
        process.kill()
        process.communicate()
        self.assertEqual(len(list(self.stick.glob("*.new"))), 1)
        self.backup()
        self.assertEqual([path.suffix for path in self.stick.iterdir()], [".backup"])


if __name__ == "__main__":
    unittest.main()
