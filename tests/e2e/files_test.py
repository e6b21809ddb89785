# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a profile's files under somebody's hands, told by the real program.

Goal: nothing hangs, nothing is told as the wrong thing, what was noticed once is told until it is dismissed, and
nothing unsealed gets into a profile. The kinds of all files are in tests/unit/vault_files_test.cpp.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

from office import BIN, Office, Profile

PAGE = 4096


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        cls.sound = cls.office.found("Anna Sowa")
        cls.case = cls.sound.run("case", "new", "--title", "Rodzina Próbna")["case"]
        cls.sound.batch([f"record add {cls.case} note text='{n} {'słowo ' * 60}'" for n in range(40)])
        letter = cls.office.root / "letter.txt"
        letter.write_text("unsealed words")
        cls.letter = cls.sound.run("attachment", "add", cls.case, str(letter))["attachment"]

    def victim(self):
        folder = self.office.root / "victim"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.sound.folder, folder, symlinks=True)
        return Profile(folder, "Anna Sowa")

    def problems(self, profile, code):
        done = subprocess.run(profile.argv("self-check"), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 0 if code == 0 else 1, done.stderr)
        return json.loads(done.stdout)["problems"], done.stderr

    def test_a_pipe_link_or_folder_is_named_and_never_waited_for(self):
        for name in ("vault.header", "vault.tries", "vault.db-wal", "vault.db", "profile.lock", "attachments"):
            for kind, word in ((os.mkfifo, "named pipe"), (lambda at: os.symlink("/etc/hostname", at), "symbolic link")):
                profile = self.victim()
                at = profile.folder / name
                if at.exists():
                    at.rename(self.office.root / "aside") if at.is_file() else shutil.rmtree(at)
                kind(at)
                with self.subTest(name, kind=word):
                    said = profile.run("self-check", code=5)
                    self.assertIn(f"{name} is a {word}", said)
                    self.assertNotIn("sqlite", said)

    def test_the_list_of_profiles_follows_nothing(self):
        profile = self.victim()
        os.symlink("/etc/hostname", profile.folder / "profile.shown")
        shown = {one["folder"]: one["shown"] for one in profile.run("profile", "list", str(self.office.root))}
        self.assertEqual(shown[str(profile.folder)], "")
        (profile.folder / "profile.shown").unlink()
        os.mkfifo(profile.folder / "profile.shown")
        self.assertIsNotNone(profile.run("profile", "list", str(self.office.root)))

    def test_what_was_noticed_is_told_until_it_is_dismissed(self):
        for at in (0, 2 * PAGE):
            profile = self.victim()
            fresh = bytearray((profile.folder / "vault.db-fresh").read_bytes())
            fresh[at:at + 512] = bytes(512)
            (profile.folder / "vault.db-fresh").write_bytes(fresh)
            profile.run("case", "list")
            profile.run("record", "add", self.case, "note", "text=po zmianie")
            for _ in range(2):
                problems, stderr = self.problems(profile, 5)
                self.assertIn("freshness", " ".join(problems))
                self.assertIn("is safe", stderr)
            self.assertIn("freshness", profile.run("status", "--dismiss-notices")["notices"][0])
            self.assertEqual(profile.run("status")["notices"], [])
            self.assertEqual(self.problems(profile, 0)[0], [])

    def test_what_was_noticed_on_a_full_disk_is_written_down_when_there_is_room(self):
        small = self.office.root / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small], capture_output=True).returncode != 0:
            self.skipTest("a small disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", small])
        profile = Profile(shutil.copytree(self.sound.folder, small / "profile"), "Anna Sowa")
        profile.passphrase = self.sound.passphrase
        fresh = bytearray((profile.folder / "vault.db-fresh").read_bytes())
        fresh[PAGE + 100] ^= 1
        (profile.folder / "vault.db-fresh").write_bytes(fresh)
        with open(small / "letters", "wb", buffering=0) as letters:
            try:
                while True:
                    letters.write(b"x" * PAGE)
            except OSError:
                pass
        with subprocess.Popen(profile.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
            running.stdin.write("case list\nstatus\n")
            running.stdin.flush()
            self.assertTrue(running.stdout.readline())
            self.assertIn("freshness", json.loads(running.stdout.readline())["notices"][0])
            (small / "letters").unlink()
            running.stdin.close()
            self.assertEqual(running.wait(timeout=60), 0)
        profile.run("record", "add", self.case, "note", "text=po zmianie")
        self.assertIn("freshness", self.problems(profile, 5)[0][0])

    # ---- where nothing can be written

    def content(self, folder):
        return {str(at.relative_to(folder)): at.read_bytes() for at in sorted(pathlib.Path(folder).rglob("*")) if at.is_file()}

    def test_a_profile_on_a_read_only_disk_is_told_and_nothing_is_changed(self):
        disk = self.office.root / "disk"
        (disk / "stick").mkdir(parents=True)
        sound = Profile(shutil.copytree(self.sound.folder, disk / "profile"), "Anna Sowa")
        backup = pathlib.Path(self.sound.run("backup", "create", str(disk / "stick"))["backup"])
        before = self.content(disk)
        if subprocess.run(["mount", "--bind", disk, disk], capture_output=True).returncode != 0:
            self.skipTest("no disk can be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk])
        subprocess.run(["mount", "-o", "remount,bind,ro", disk], check=True)
        with self.assertRaises(OSError):
            (disk / "x").write_text("x")
        sound.passphrase = self.sound.passphrase
        for words in (["case", "list"], ["self-check"], ["record", "add", self.case, "note", "text=x"], ["slots"],
                      ["backup", "create", str(self.office.root)], ["status"]):
            with self.subTest(words):
                said = sound.run(*words, code=2)
                for part in ("this disk is read-only", "nothing on it is lost or changed", "copy the folder"):
                    self.assertIn(part, said)
                self.assertEqual(len(said.splitlines()), 1)
        self.assertIn("read-only", self.sound.run("backup", "create", str(disk / "stick"), code=2))
        other = Profile(self.office.root / "other", "Jan Lis")
        other.folder = disk / "other"
        self.assertIn("read-only", other.run("profile", "create", "--name", "Jan Lis", code=2))
        # What only reads does its work: the list, and a backup on a stick that nothing can be written to.
        self.assertEqual(len(sound.run("profile", "list", str(disk))), 1)
        self.assertTrue(sound.run("backup", "check", str(backup))["ok"])
        copy = Profile(self.office.root / "from-stick", "Anna Sowa")
        self.assertTrue(copy.run("restore", str(backup))["ok"])
        # As the words say.
        copied = Profile(shutil.copytree(sound.folder, self.office.root / "copied"), "Anna Sowa")
        self.assertTrue(copied.run("self-check")["ok"])
        self.assertEqual(self.content(disk), before)

    def test_a_profile_that_may_not_be_written_is_told_and_nothing_is_changed(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody else")
        place = pathlib.Path(tempfile.mkdtemp(prefix="teren-e2e-"))
        self.addCleanup(shutil.rmtree, place, ignore_errors=True)
        place.chmod(0o755)
        profile = Profile(shutil.copytree(self.sound.folder, place / "profile"), "Anna Sowa")
        shutil.copy(BIN / "terenctl", place / "terenctl")
        profile.passphrase.chmod(0o644)
        before = self.content(profile.folder)
        for folder, files in ((0o555, 0o444), (0o555, 0o644), (0o755, 0o444)):
            for at in profile.folder.rglob("*"):
                at.chmod(folder if at.is_dir() else files)
            profile.folder.chmod(folder)
            for words in (["case", "list"], ["self-check"], ["record", "add", self.case, "note", "text=x"]):
                with self.subTest(words, folder=oct(folder), files=oct(files)):
                    done = subprocess.run([str(place / "terenctl"), *profile.argv(*words)[1:]], capture_output=True,
                                          text=True, timeout=60, user=65534, group=65534, extra_groups=[])
                    self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                    self.assertIn("may not be read or written by you", done.stderr)
                    self.assertIn("nothing in it is lost or changed", done.stderr)
                    self.assertEqual(self.content(profile.folder), before)

    def test_a_log_beside_a_closed_vault_is_refused_and_stays(self):
        fork = self.victim()
        forked = self.office.root / "forked"
        shutil.rmtree(forked, ignore_errors=True)
        with subprocess.Popen(fork.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
            running.stdin.write(f"record add {self.case} note text=widelec\n")
            running.stdin.flush()
            self.assertTrue(running.stdout.readline())
            shutil.copytree(fork.folder, forked)
            running.send_signal(signal.SIGKILL)
        for log in ((forked / "vault.db-wal").read_bytes(), b"x", bytes(5000)):
            profile = self.victim()
            (profile.folder / "vault.db-wal").write_bytes(log)
            self.assertIn("log", profile.run("case", "list", code=5))
            self.assertEqual((profile.folder / "vault.db-wal").read_bytes(), log)

    def test_nothing_unsealed_is_written_into_a_profile_or_a_backup(self):
        profile = self.victim()
        kept = self.office.root / "kept"
        kept.mkdir(exist_ok=True)
        backup = profile.run("backup", "create", str(kept))["backup"]
        link = self.office.root / "link"
        link.unlink(missing_ok=True)
        link.symlink_to(profile.folder / "attachments")
        for folder in (profile.folder, profile.folder / "attachments", link, self.sound.folder, backup):
            with self.subTest(folder):
                target = f"{folder}/vault.header.new"
                self.assertIn("unsealed", profile.run("attachment", "get", self.letter, target, code=2))
                self.assertFalse(os.path.lexists(target))
        profile.run("attachment", "get", self.letter, str(kept / "letter.txt"))

    def test_nothing_is_confirmed_into_a_folder_that_is_gone(self):
        profile = self.victim()
        with subprocess.Popen(profile.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as running:
            running.stdin.write(f"record add {self.case} note text=raz\n")
            running.stdin.flush()
            self.assertTrue(running.stdout.readline())
            shutil.rmtree(profile.folder)
            out, err = running.communicate(f"record add {self.case} note text=dwa\n", timeout=60)
        self.assertEqual((running.returncode, out), (2, ""))
        self.assertIn("the disk this profile is on was removed", err)

    def test_a_lock_file_that_was_removed(self):
        profile = self.victim()
        with subprocess.Popen(profile.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
            running.stdin.write("case list\n")
            running.stdin.flush()
            self.assertTrue(running.stdout.readline())
            (profile.folder / "profile.lock").unlink()
            said = profile.run("case", "list", code=6)
            running.stdin.close()
            running.wait(timeout=60)
        self.assertIn("open in another program", said)
        self.assertNotIn("sqlite", said)

    def test_a_damaged_page_is_told_in_words(self):
        profile = self.victim()
        good = (profile.folder / "vault.db").read_bytes()
        for page in range(4, len(good) // PAGE, 3):
            bent = bytearray(good)
            bent[page * PAGE + 100] ^= 1
            (profile.folder / "vault.db").write_bytes(bent)
            done = subprocess.run(profile.argv("self-check"), capture_output=True, text=True, timeout=60)
            said = done.stdout + done.stderr
            self.assertEqual(done.returncode, 5, said)
            self.assertEqual(len(done.stderr.splitlines()), 1, said)
            for word in ("***", "sqlite", "error code", "unable to get"):
                self.assertNotIn(word, said)


if __name__ == "__main__":
    unittest.main()
