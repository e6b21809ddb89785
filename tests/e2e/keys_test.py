# SPDX-License-Identifier: EUPL-1.2
"""The ways into a profile and its backups, from a terminal, with programs that are killed in the middle."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import termios
import time
import unittest

from memory import words_in
from office import BIN, PASSPHRASE, Failed, Office, Profile, files_holding

OTHER = "rower kasztan perkoz walizka"
NAME = "Zenobia Wyszkowska"


class Keys(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="teren-e2e-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.stick = self.root / "stick"
        self.stick.mkdir()
        self.zenobia = Profile(self.root / "p0", NAME).create()

    def text(self, name, text):
        path = self.root / name
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    def with_passphrase(self, profile, text):
        profile.passphrase.write_text(text + "\n", encoding="utf-8")
        return profile

    def recovery_code(self):
        code = self.zenobia.run("recovery", "new")["code"]
        self.zenobia.run("recovery", "confirm", "--code-file", self.text("code", code))
        return code

    def backup(self):
        return self.zenobia.run("backup", "create", str(self.stick))["backup"]

    def seconds(self, *words):
        """How long a command takes on this machine."""
        begin = time.monotonic()
        self.zenobia.run(*words)
        return time.monotonic() - begin

    def killed(self, after, *words, folder=None):
        """Runs a command and kills it after so many seconds; says whether it had ended by then."""
        profile = folder or self.zenobia
        process = subprocess.Popen(profile.argv(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            process.communicate(timeout=after)
            return True
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return False


class Ways(Keys):
    def test_a_weak_passphrase_is_refused_with_help(self):
        other = self.with_passphrase(Profile(self.root / "p1", NAME), "haslo123")
        self.assertIn("four or more words", other.run("profile", "create", "--name", NAME, code=2))
        self.with_passphrase(other, "wyszkowska-zenobia")
        self.assertIn("your name", other.run("profile", "create", "--name", NAME, code=2))
        self.assertFalse(other.folder.exists())

    def test_passphrase_and_code_from_beginning_to_end(self):
        self.zenobia.run("passphrase", "change", "--new-passphrase-file", self.text("weak", "Kowalska1970"), code=2)
        self.zenobia.run("passphrase", "change", "--new-passphrase-file", self.text("other", OTHER))
        self.zenobia.run("slots", code=3)
        self.with_passphrase(self.zenobia, OTHER)
        code = self.recovery_code()
        self.assertEqual([way["kind"] for way in self.zenobia.run("slots")], ["passphrase", "recovery-code"])
        mistyped = code[:12] + ("7" if code[12] != "7" else "8") + code[13:]
        self.assertIn("group 3 of 7", self.zenobia.run(
            "passphrase", "reset", "--new-passphrase-file", self.text("first", PASSPHRASE),
            "--recovery-code-file", self.text("mistyped", mistyped), code=2))
        self.zenobia.run("passphrase", "reset", "--new-passphrase-file", self.text("first", PASSPHRASE),
                         "--recovery-code-file", self.text("lower", code.lower().replace("-", " ")))
        self.zenobia.run("slots", code=3)
        self.with_passphrase(self.zenobia, PASSPHRASE)
        self.zenobia.run("recovery", "remove")
        self.zenobia.run("recovery", "remove", code=2)
        self.zenobia.run("passphrase", "reset", "--new-passphrase-file", self.text("other", OTHER),
                         "--recovery-code-file", self.text("code", code), code=2)
        self.assertTrue(self.zenobia.run("self-check")["ok"])
        self.assertEqual(files_holding(self.zenobia.folder, [PASSPHRASE, OTHER, code, code.replace("-", "")]), [])

    def test_wrong_tries_wait_and_a_file_put_back_is_damage(self):
        header = (self.zenobia.folder / "vault.header").read_bytes()
        self.with_passphrase(self.zenobia, OTHER)
        for _ in range(4):
            self.zenobia.run("slots", code=3)
        self.with_passphrase(self.zenobia, PASSPHRASE)
        self.assertIn("seconds", self.zenobia.run("slots", code=3))
        (self.zenobia.folder / "vault.tries").write_bytes(b"\xff" * 64)
        self.assertIn("wait 300 seconds", self.zenobia.run("slots", code=3))
        (self.zenobia.folder / "vault.tries").unlink()
        self.zenobia.run("passphrase", "change", "--new-passphrase-file", self.text("other", OTHER))
        (self.zenobia.folder / "vault.header").write_bytes(header)
        self.assertIn("put back", self.zenobia.run("slots", code=5))

    def test_a_change_that_is_killed_leaves_one_of_the_two(self):
        header = self.zenobia.folder / "vault.header"
        fresh = self.zenobia.folder / "vault.header.new"
        now, then = PASSPHRASE, OTHER
        changed = 0
        for turn in range(9):
            self.with_passphrase(self.zenobia, now)
            before = header.stat().st_ino
            # Killed when the new header is there, when it is being written, and somewhere before.
            moments = (lambda: header.stat().st_ino != before, fresh.exists, lambda: True)
            process = subprocess.Popen(
                self.zenobia.argv("passphrase", "change", "--new-passphrase-file", self.text("new", then)),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            while process.poll() is None and not moments[turn % 3]():
                pass
            process.kill()
            process.communicate()
            try:
                self.zenobia.run("slots")
            except Failed:
                self.with_passphrase(self.zenobia, then).run("slots")
                now, then = then, now
                changed += 1
        self.assertGreaterEqual(changed, 3)
        self.assertTrue(self.zenobia.run("self-check")["ok"])

    def test_the_list_shows_what_was_chosen(self):
        listed = [{"folder": str(self.zenobia.folder), "shown": ""}]
        self.assertEqual(self.zenobia.run("profile", "list", str(self.root)), listed)
        self.zenobia.run("profile", "show", "pani Zenobia")
        listed[0]["shown"] = "pani Zenobia"
        self.assertEqual(self.zenobia.run("profile", "list", str(self.root)), listed)
        self.zenobia.run("profile", "hide")
        self.assertEqual(files_holding(self.zenobia.folder, ["Zenobia", "Wyszkowska"]), [])


class Memory(Keys):
    """A program that goes on running after it was told a passphrase or a code."""

    def start(self, argv, **pipes):
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env={**os.environ, "TEREN_KDF": "floor"}, **pipes)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def check(self, process, secrets):
        try:
            self.assertNotEqual(words_in(process.pid, [NAME]), [], "the owner's name is in the memory: the search works")
        except PermissionError:
            self.skipTest("nobody may look into another process here")
        hits = words_in(process.pid, secrets)
        self.assertEqual([f"{word!r} in {place}: {around!r}" for word, place, around in hits], [])

    def test_what_opens_the_profile_does_not_stay_in_the_memory(self):
        fresh = "żółw kasztan perkoz walizka"
        forms = [PASSPHRASE, fresh, "zolw kasztan", "kasztanperkoz", PASSPHRASE.replace("-", "")]
        code = self.recovery_code()
        backup = self.backup()
        drawn = self.zenobia.run("recovery", "new")["code"]
        for one in (code, drawn):
            groups = one.split("-")
            # As it is printed, as it is typed, and without the checks.
            forms += [one, "".join(groups), "".join(group[:-1] for group in groups)[:26]]
        forms.append(code.lower())
        process = self.start(self.zenobia.argv("batch", "-"), stdin=subprocess.PIPE)
        for line in ("slots", f"backup check {backup}",
                     f"backup check {backup} --recovery-code-file {self.text('typed', code.lower())}",
                     f"recovery confirm --code-file {self.text('drawn', drawn)}",
                     f"passphrase change --new-passphrase-file {self.text('fresh', fresh)}"):
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            self.assertNotEqual(answer, "", line)
            with self.subTest(line):
                self.check(process, forms)
        process.stdin.write("recovery new\n")
        process.stdin.flush()
        groups = json.loads(process.stdout.readline())["code"].split("-")
        self.check(process, ["-".join(groups), "".join(groups), "".join(group[:-1] for group in groups)[:26]])
        process.stdin.close()
        self.assertEqual(process.wait(), 0)
        self.with_passphrase(self.zenobia, fresh).run("slots")

    def test_nor_does_what_is_typed_at_a_terminal(self):
        commands = self.root / "commands"
        os.mkfifo(commands)
        keyboard, terminal = os.openpty()
        self.addCleanup(os.close, keyboard)
        process = self.start([word for word in self.zenobia.argv("batch", str(commands))
                              if word not in ("--passphrase-file", str(self.zenobia.passphrase))],
                             stdin=terminal, stderr=subprocess.DEVNULL)
        os.close(terminal)
        with open(commands, "w", encoding="utf-8") as lines:
            lines.write("slots\n")
            lines.flush()
            # It listens when nothing that is typed is shown any more.
            while termios.tcgetattr(keyboard)[3] & termios.ECHO and process.poll() is None:
                pass
            os.write(keyboard, PASSPHRASE.encode() + b"\n")
            self.assertNotEqual(process.stdout.readline(), "")
            self.check(process, [PASSPHRASE])
        self.assertEqual(process.wait(), 0)


class Private(Keys):
    def test_a_crash_leaves_no_core_dump(self):
        commands = self.root / "commands"
        os.mkfifo(commands)
        process = subprocess.Popen(self.zenobia.argv("batch", str(commands)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        with open(commands, "w", encoding="utf-8") as lines:
            lines.write("status\n")
            lines.flush()
            self.assertNotEqual(process.stdout.readline(), b"")
            limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
            self.assertRegex(limits, r"Max core file size +0 +0")
            process.send_signal(signal.SIGQUIT)
            self.assertEqual(process.wait(), -signal.SIGQUIT)

    def test_a_change_at_a_terminal_asks_for_each_passphrase_once(self):
        keyboard, terminal = os.openpty()
        self.addCleanup(os.close, keyboard)
        argv = [word for word in self.zenobia.argv("passphrase", "change")
                if word not in ("--passphrase-file", str(self.zenobia.passphrase))]
        process = subprocess.Popen(argv, stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0,
                                   env={**os.environ, "TEREN_KDF": "floor"})
        self.addCleanup(process.stderr.close)
        os.close(terminal)
        for question, typed in ((b"Passphrase: ", PASSPHRASE), (b"New passphrase: ", OTHER), (b"The same again: ", OTHER)):
            asked = b""
            while len(asked) < len(question) and (byte := process.stderr.read(1)):
                asked += byte
            self.assertEqual(asked, question)
            # It listens when nothing that is typed is shown any more.
            while termios.tcgetattr(keyboard)[3] & termios.ECHO and process.poll() is None:
                pass
            os.write(keyboard, typed.encode() + b"\n")
            self.assertEqual(process.stderr.read(1), b"\n")
        self.assertEqual((process.stderr.read(), process.wait(timeout=60)), (b"", 0))
        self.with_passphrase(self.zenobia, OTHER).run("slots")

    def test_a_file_from_an_editor_on_windows_holds_the_same_passphrase(self):
        self.zenobia.passphrase.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
        self.zenobia.run("slots")

    def test_a_passphrase_is_not_changed_where_there_is_no_room_to_note_it(self):
        small = self.root / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small], capture_output=True).returncode != 0:
            self.skipTest("a small disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", small])
        self.zenobia.folder = pathlib.Path(shutil.copytree(self.zenobia.folder, small / "profile"))
        with open(small / "letters", "wb", buffering=0) as letters:
            try:
                while True:
                    letters.write(b"x" * 4096)
            except OSError:
                letters.truncate(letters.tell() - 8192)
        with self.assertRaises(Failed) as refused:
            self.zenobia.run("passphrase", "change", "--new-passphrase-file", self.text("new", OTHER))
        self.assertIn("exit 2", str(refused.exception))
        self.assertIn("disk is full", str(refused.exception))
        (small / "letters").unlink()
        self.zenobia.run("slots")
        self.assertTrue(self.zenobia.run("self-check")["ok"])

    def test_what_is_about_no_profile_asks_for_none(self):
        backup = self.backup()
        for words in (["backup", "check", backup], ["profile", "list", str(self.root)]):
            done = subprocess.run([str(BIN / "terenctl"), "--json", *words], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run([str(BIN / "terenctl"), "status"], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))
        self.assertIn("--profile is required", done.stderr)

    def test_a_batch_ends_at_a_check_that_found_something(self):
        (self.zenobia.folder / "stranger").write_text("x")
        done = subprocess.run(self.zenobia.argv("batch", "-"), input="self-check\nstatus\n", capture_output=True, text=True,
                              timeout=60, env={**os.environ, "TEREN_KDF": "floor"})
        self.assertEqual((done.returncode, done.stdout.count("\n"), done.stderr.count("\n")), (5, 1, 1), done.stderr)
        self.assertIn("line 1: found problems", done.stderr)


class Backups(Keys):
    def test_a_backup_is_checked_restored_and_lives_on(self):
        code = self.recovery_code()
        backup = self.backup()
        self.assertEqual(files_holding(self.stick, ["Zenobia", "Wyszkowska"]), [])
        without = subprocess.run(self.zenobia.argv("backup", "check", backup)[:3] + ["--json", "backup", "check", backup],
                                 capture_output=True, text=True, timeout=60)
        self.assertIn('"opened":false,"ok":true', without.stdout)
        self.assertTrue(self.zenobia.run("backup", "check", backup)["opened"])
        shutil.rmtree(self.zenobia.folder)
        copy = Profile(self.root / "p1", NAME)
        copy.run("restore", backup, "--recovery-code-file", self.text("code", code))
        self.assertTrue(copy.run("self-check")["ok"])
        copy.run("restore", backup, code=2)

    def test_a_damaged_backup_is_told_and_not_restored(self):
        backup = self.backup()
        path = pathlib.Path(backup) / "vault.db"
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        # What was found is the answer, on standard output.
        done = subprocess.run(self.zenobia.argv("backup", "check", backup), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 5)
        self.assertIn("vault.db is not as it was written", done.stdout)
        copy = Profile(self.root / "p1", NAME)
        copy.run("restore", backup, code=5)
        copy.run("slots", code=2)

    def test_what_is_killed_leaves_whole_backups_and_no_half_profile(self):
        first = self.backup()
        chance = random.Random(20261122)
        whole = self.seconds("backup", "create", str(self.stick))
        for _ in range(6):
            self.killed(whole * chance.uniform(0.4, 1.2), "backup", "create", str(self.stick))
        for folder in self.stick.glob("*.backup"):
            self.assertEqual(self.zenobia.run("backup", "check", str(folder))["problems"], [])
        copy = Profile(self.root / "p1", NAME)
        for _ in range(6):
            ended = self.killed(whole * chance.uniform(0.4, 1.4), "restore", first, folder=copy)
            if (copy.folder / "vault.header").exists():
                self.assertTrue(copy.run("self-check")["ok"])
                shutil.rmtree(copy.folder)
            else:
                self.assertFalse(ended)
        self.assertTrue(self.zenobia.run("self-check")["ok"])
        self.backup()
        self.assertEqual(list(self.stick.glob("*.new")), [])

    def test_a_restored_device_and_the_old_one_end_with_the_same(self):
        office = Office()
        self.addCleanup(office.close)
        anna = office.found("Anna Sowa")
        case = anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        anna.run("sync")
        anna.run("record", "add", case, "note", "text=niewysłane")
        photo = office.root / "scan.bin"
        photo.write_bytes(b"scan of an invented letter" * 5000)
        anna.run("attachment", "add", case, str(photo))
        backup = anna.run("backup", "create", str(self.stick))["backup"]
        copy = Profile(self.root / "p1", "Anna Sowa")
        copy.run("restore", backup)
        anna.run("record", "add", case, "note", "text=na starym")
        copy.run("record", "add", case, "note", "text=na nowym")
        for device in (anna, copy, anna, copy):
            device.run("sync")
        self.assertEqual(anna.run("digest"), copy.run("digest"))
        self.assertEqual(len(copy.run("record", "list", case, "note")), 3)
        self.assertEqual(copy.run("conflicts"), [])
        for device in (anna, copy):
            self.assertEqual(device.run("self-check")["problems"], [])
            self.assertEqual(len(device.run("attachment", "list", case)), 1)


if __name__ == "__main__":
    unittest.main()
