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


def flip(path, at=None):
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    path.write_bytes(content)


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

    def files(self, folder):
        return sorted((folder / "attachments").iterdir())

    def caught(self, start, sign):
        """A program that is stopped where `sign(attempt)` holds, and the attempt: on a busy machine some are done before
        anybody looks. `start(attempt)` starts one."""
        for attempt in range(50):
            process = start(attempt)
            while not sign(attempt) and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGSTOP)
            while process.poll() is None and not self.stopped(process):
                time.sleep(0.001)
            if process.poll() is None and sign(attempt):
                return process, attempt
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=WAIT)
        raise AssertionError("it was not caught in the middle")

    def stopped(self, process):
        state = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state in "TZ"

    # ---- two at once

    def half_made(self):
        """A backup that is stopped in the middle."""
        return self.caught(lambda _: subprocess.Popen(self.anna.argv("backup", "create", str(self.stick)),
                                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True),
                           lambda _: list(self.stick.glob("*.new/attachments")))[0]

    def test_a_backup_under_way_is_not_touched_by_one_of_another_copy(self):
        twin = self.copy("twin")
        twin.run("restore", str(self.backup()))
        shutil.rmtree(self.stick)
        self.stick.mkdir()
        self.attach("duzy.txt", b"a long letter " * 4_000_000)
        process = self.half_made()
        try:
            self.assertEqual(len(list(self.stick.glob("*.new"))), 1)
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
        self.attach("duzy.txt", b"a long letter " * 4_000_000)
        process = self.half_made()
        process.kill()
        process.communicate()
        self.assertEqual(len(list(self.stick.glob("*.new"))), 1)
        self.backup()
        self.assertEqual({path.suffix for path in self.stick.iterdir()}, {".backup"})

    # ---- a profile that is not whole

    def test_attachments_that_ought_to_be_here_are_named(self):
        self.attach("rura.txt", b"pipe")
        self.attach("link.txt", b"link")
        xs = self.files(self.anna.folder)
        self.assertEqual(len(xs), 5)
        xs[0].unlink()
        flip(xs[1])
        xs[2].unlink()
        os.mkfifo(xs[2])
        xs[3].unlink()
        xs[3].symlink_to("/etc/passwd")
        code, answer, _ = self.ask(self.anna, "backup", "create", str(self.stick))
        self.assertEqual(code, 5)
        self.assertFalse(answer["ok"])
        self.assertEqual(len(answer["problems"]), 4)
        for path, word in ((xs[0], "missing"), (xs[1], "damaged"), (xs[2], "damaged"), (xs[3], "damaged")):
            told = [one for one in answer["problems"] if path.name in one]
            self.assertEqual(len(told), 1, answer)
            self.assertIn(word, told[0])
            self.assertIn("LIP/1", told[0])
        names = {name for name in ("pismo.txt", "umowa.bin", "skan.bin", "rura.txt", "link.txt")
                 if any(name in one for one in answer["problems"])}
        self.assertEqual(len(names), 4)
        for key in (True, False):
            code, check, _ = self.ask(self.anna, "backup", "check", answer["backup"], key=key)
            self.assertEqual((code, len(check["problems"]), check["opened"]), (5, 4, key), check)
        # What is whole was saved.
        copy = self.copy("copy")
        code, restored, _ = self.ask(copy, "restore", answer["backup"])
        self.assertEqual((code, len(restored["problems"])), (5, 4), restored)
        self.assertEqual(copy.run("case", "list")[0]["title"], "Rodzina Próbna")
        self.assertEqual([path.name for path in self.files(copy.folder)], [xs[4].name])

    def test_all_of_the_attachments_gone(self):
        shutil.rmtree(self.anna.folder / "attachments")
        code, answer, _ = self.ask(self.anna, "backup", "create", str(self.stick))
        self.assertEqual((code, len(answer["problems"])), (5, 3))
        code, check, _ = self.ask(self.anna, "backup", "check", answer["backup"], key=False)
        self.assertEqual((code, len(check["problems"])), (5, 3))

    def test_files_of_others_that_never_came_are_no_problem(self):
        # The records are sent, and no file can be read meanwhile.
        aside = self.root / "aside"
        shutil.move(self.anna.folder / "attachments", aside)
        jan = self.office.admit(self.anna, "Jan Lis")
        self.anna.run("sync")
        shutil.move(aside, self.anna.folder / "attachments")
        jan.run("sync")
        self.assertEqual([one["here"] for one in jan.run("attachment", "list", self.case)], [False] * 3)
        code, answer, _ = self.ask(jan, "backup", "create", str(self.stick))
        self.assertEqual((code, answer["problems"]), (0, []))

    # ---- a backup that is not whole

    def test_one_wrong_byte_costs_one_attachment_and_not_the_profile(self):
        backup = self.backup()
        bent, gone, kept = self.files(backup)
        flip(bent)
        gone.unlink()
        os.mkfifo(gone)
        copy = self.copy("copy")
        code, answer, _ = self.ask(copy, "restore", str(backup))
        self.assertEqual(code, 5)
        self.assertFalse(answer["ok"])
        self.assertEqual(len(answer["problems"]), 2, answer)
        for path in (bent, gone):
            self.assertEqual(len([one for one in answer["problems"] if path.name in one and "LIP/1" in one]), 1)
        self.assertIn("was restored", answer["message"])
        self.assertEqual([path.name for path in self.files(copy.folder)], [kept.name])
        self.assertEqual(len(copy.run("attachment", "list", self.case)), 3)
        flip(backup / "vault.db")
        code, answer, error = self.ask(self.copy("other"), "restore", str(backup))
        self.assertEqual((code, answer), (5, None))
        self.assertIn("vault.db", error)

    def during(self, harm):
        """Harms the profile while it is open, then makes a backup: exit code, answer and error line."""
        with subprocess.Popen(self.anna.argv("batch", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as running:
            running.stdin.write("case list\n")
            running.stdin.flush()
            self.assertTrue(running.stdout.readline())
            harm()
            out, err = running.communicate(f"backup create {self.stick}\n", timeout=WAIT)
        return running.returncode, json.loads(out) if out.strip() else None, err

    def test_a_header_that_is_damaged_while_the_profile_is_open(self):
        former = self.backup()
        code, answer, _ = self.during(lambda: flip(self.anna.folder / "vault.header"))
        self.assertEqual(code, 5)
        self.assertIn("vault.header, was damaged", answer["problems"][0])
        self.anna.run("slots", code=5)
        for backup in (former, answer["backup"]):
            self.assertEqual(self.ask(self.anna, "backup", "check", str(backup))[0], 0)
        copy = self.copy("saved")
        self.assertEqual(self.ask(copy, "restore", answer["backup"])[0], 0)
        self.assertTrue(copy.run("self-check")["ok"])

    def test_a_link_in_a_profile_is_not_followed(self):
        letters = self.root / "letters"
        letters.mkdir()
        (letters / "0a").write_text("a letter of somebody else")

        def harm():
            shutil.move(self.anna.folder / "attachments", self.root / "aside")
            (self.anna.folder / "attachments").symlink_to(letters)
        code, _, said = self.during(harm)
        self.assertEqual(code, 5)
        self.assertIn("attachments is a symbolic link", said)
        self.assertEqual(list(self.stick.iterdir()), [])

    def test_links_and_pipes_in_a_backup_are_told_and_not_followed(self):
        whole = self.backup()
        for name in ("backup.manifest", "vault.header", "vault.db"):
            for kind in ("link", "pipe"):
                with self.subTest(name=name, kind=kind):
                    backup = self.root / f"{name}-{kind}.backup"
                    shutil.copytree(whole, backup)
                    elsewhere = self.root / f"elsewhere-{name}-{kind}"
                    shutil.move(backup / name, elsewhere)
                    (backup / name).symlink_to(elsewhere) if kind == "link" else os.mkfifo(backup / name)
                    for key in (True, False):
                        self.assertEqual(self.ask(self.anna, "backup", "check", str(backup), key=key)[0], 5)
                    copy = self.copy(f"copy-{name}-{kind}")
                    self.assertEqual(self.ask(copy, "restore", str(backup))[0], 5)
                    copy.run("slots", code=2)
        backup = self.root / "linked.backup"
        shutil.copytree(whole, backup)
        shutil.move(backup / "attachments", self.root / "elsewhere")
        (backup / "attachments").symlink_to(self.root / "elsewhere")
        for key in (True, False):
            self.assertEqual(self.ask(self.anna, "backup", "check", str(backup), key=key)[0], 5)
        copy = self.copy("linked")
        code, answer, _ = self.ask(copy, "restore", str(backup))
        self.assertEqual((code, len(answer["problems"])), (5, 3))
        self.assertEqual(self.files(copy.folder), [])

    def test_a_forged_time_is_refused_or_said_to_be_worth_nothing(self):
        import hashlib
        backup = self.backup()
        manifest = (backup / "backup.manifest").read_bytes()

        def forge(made):
            body = bytearray(manifest[:-64])
            body[24:32] = made.to_bytes(8, "big")
            (backup / "backup.manifest").write_bytes(
                bytes(body) + hashlib.blake2b(bytes(body), digest_size=32).digest() + manifest[-32:])

        for made in ((1 << 63) - 1, (1 << 64) - 1, 1 << 63, 253_402_300_800_000):
            forge(made)
            code, answer, _ = self.ask(self.anna, "backup", "check", str(backup), key=False)
            self.assertEqual((code, answer["made"]), (5, None), answer)
        forge(1_500_000_000_000)
        code, answer, _ = self.ask(self.anna, "backup", "check", str(backup), key=False)
        self.assertEqual(code, 0)
        self.assertTrue(any("not proven" in one for one in answer["remarks"]), answer)
        self.assertEqual(self.ask(self.anna, "backup", "check", str(backup))[0], 5)
        (backup / "backup.manifest").write_bytes(manifest)
        code, answer, _ = self.ask(self.anna, "backup", "check", str(backup))
        self.assertEqual((code, answer["remarks"]), (0, []))

    # ---- restoring

    def test_a_restore_says_that_there_may_be_a_twin_and_so_do_all_who_should_know(self):
        jan = self.office.admit(self.anna, "Jan Lis")
        self.anna.run("sync")
        before = [one for one in jan.run("status")["notices"]]
        copy = self.copy("copy")
        backup = str(self.backup())
        answer = copy.run("restore", backup)
        self.assertEqual((answer["ok"], answer["problems"]), (True, []))
        self.assertIn("old device", answer["message"])
        self.assertEqual(len([one for one in copy.run("status")["notices"] if "restored from a backup" in one]), 1)
        for device in (copy, self.anna, jan, copy, self.anna, jan):
            device.run("sync")
        told = [one for one in self.anna.run("status")["notices"] if "new life" in one]
        self.assertEqual(len(told), 1, told)
        # No manager of members, and no device of hers.
        self.assertEqual([one for one in jan.run("status")["notices"]], before)
        again = self.copy("again")
        again.run("restore", backup)
        for device in (again, copy, self.anna):
            device.run("sync")
        self.assertEqual(len([one for one in self.anna.run("status")["notices"] if "new life" in one]), 2)
        self.assertEqual(len([one for one in copy.run("status")["notices"] if "new life" in one]), 1)

    def test_not_into_the_backup_itself(self):
        backup = self.backup()
        before = sorted(path.name for path in backup.iterdir())
        inside = Profile(self.root / "x", "Anna Sowa")
        inside.folder = backup / "sub"
        code, _, error = self.ask(inside, "restore", str(backup))
        self.assertEqual(code, 2)
        self.assertIn("within the backup", error)
        self.assertEqual(sorted(path.name for path in backup.iterdir()), before)

    def test_a_stopped_restore_is_told_as_one_and_leads_to_no_empty_profile(self):
        self.attach("duzy.txt", b"a long letter " * 4_000_000)
        backup = self.backup()
        copies = []

        def start(attempt):
            copies.append(self.copy(f"copy{attempt}"))
            return subprocess.Popen(copies[attempt].argv("restore", str(backup)), stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE)

        process, attempt = self.caught(start, lambda attempt: (copies[attempt].folder / "attachments").exists())
        process.kill()
        process.communicate()
        copy = copies[attempt]
        error = copy.run("case", "list", code=2)
        self.assertIn("restor", error)
        self.assertIn("restore BACKUP", error)
        self.assertNotIn("make it again", error)
        self.assertIn("restore BACKUP", copy.run("profile", "create", "--name", "Anna Sowa", code=2))
        copy.run("restore", str(backup))
        self.assertEqual(len(copy.run("attachment", "list", self.case)), 4)

    # ---- the trial of a check

    def test_what_a_killed_check_left_goes_with_the_next(self):
        self.attach("duzy.txt", b"a long letter " * 4_000_000)
        backup = self.backup()
        process, _ = self.caught(lambda _: subprocess.Popen(self.anna.argv("backup", "check", str(backup)),
                                                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                                            env={**os.environ, "TMPDIR": str(self.tmp)}),
                                 lambda _: list(self.tmp.glob("teren-check-*/attachments")))
        # One that lives is left alone.
        self.assertEqual(self.ask(self.anna, "backup", "check", str(backup))[0], 0)
        self.assertEqual(len(list(self.tmp.glob("teren-check-*/attachments"))), 1)
        process.kill()
        process.send_signal(signal.SIGCONT)
        process.communicate()
        self.assertEqual(len(list(self.tmp.glob("teren-check-*/attachments"))), 1)
        self.assertEqual(self.ask(self.anna, "backup", "check", str(backup))[0], 0)
        self.assertEqual(list(self.tmp.iterdir()), [])

    def test_no_temporary_folder_is_told_and_the_current_one_is_not_used(self):
        backup = self.backup()
        here = self.root / "here"
        here.mkdir()
        for missing in (str(self.root / "no such folder"), str(backup / "vault.db")):
            code, _, error = self.ask(self.anna, "backup", "check", str(backup), env={"TMPDIR": missing}, cwd=here)
            self.assertEqual(code, 2)
            self.assertIn("TMPDIR", error)
            self.assertEqual(list(here.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
