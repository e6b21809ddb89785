# SPDX-License-Identifier: EUPL-1.2
"""Attachments by the real terenctl: photos lose what they say, nothing is readable on the disk, nothing is lost."""

import base64
import os
import pathlib
import resource
import signal
import struct
import subprocess
import unittest
import zlib

from office import Office, Profile, files_holding

PLANTED = "GPS-52.4064-Kowalska"
FILE_NAME = "zdjecie-kuchni-Kowalskich"
# 24 by 16 pixels, made for this test.
JPEG = base64.b64decode("""
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5
PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAAR
CAAQABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG
E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG
h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB
AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk
NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0
tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDy+y0Pp8tdHZaH0+WuostD6fLXR2Wh9Plr
jwOa7anBlud7anL2Wh9Plor0uy0Pp8lFfV0M19zc+3w+d+5uf//Z""")
BACKUP_WORD = "drzewo-za-oknem"


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def phone_photo():
    """The picture as a phone writes it: on its side, with place and owner in every corner."""
    planted = PLANTED.encode()
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0" + planted
    return (JPEG[:2] + segment(0xE1, exif) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + planted)
            + segment(0xED, b"Photoshop 3.0\0" + planted) + segment(0xFE, planted) + JPEG[2:] + planted)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def talking_png():
    header = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(range(9)) for _ in range(2)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"Author\0" + PLANTED.encode())
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


ARCHIVE = b"PK\x03\x04"  # A kind of file that is taken in as it is.


class Attachments(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.given = self.office.root / "given"
        self.given.mkdir()

    def file(self, name, content):
        path = self.given / name
        path.write_bytes(content)
        return str(path)

    def add(self, name, content, *words):
        return self.anna.run("attachment", "add", self.case, self.file(name, content), *words)

    def content(self, attachment, person=None):
        target = self.given / "got"
        target.unlink(missing_ok=True)
        (person or self.anna).run("attachment", "get", attachment, str(target))
        return target.read_bytes()

    @property
    def sealed(self):
        return self.anna.folder / "attachments"

    def problems(self):
        error = subprocess.run(self.anna.argv("self-check"), capture_output=True, text=True, timeout=60)
        return error.returncode, error.stdout

    def test_a_photo_keeps_its_picture_and_says_nothing(self):
        made = self.add("IMG.JPG", phone_photo())
        self.assertEqual(list(made), ["attachment", "case", "name", "mediaType", "size", "thumbnail", "here", "unsent",
                                      "author", "device", "at", "files", "thumbnailHere"])
        self.assertEqual((made["name"], made["mediaType"], made["thumbnail"]), ("IMG.JPG", "image/jpeg", True))
        content = self.content(made["attachment"])
        self.assertEqual(len(content), made["size"])
        self.assertNotIn(b"Kowalska", content)
        self.assertTrue(content.startswith(b"\xff\xd8") and content.endswith(b"\xff\xd9"))
        self.assertIn(b"\x01\x12\0\x03\0\0\0\x01\0\x06", content)  # Which side is up.
        self.assertEqual(content[-200:], JPEG[-200:])  # The picture itself.
        small = self.given / "small"
        self.anna.run("attachment", "thumbnail", made["attachment"], str(small))
        self.assertTrue(small.read_bytes().startswith(b"\xff\xd8"))
        self.assertNotIn(b"Kowalska", small.read_bytes())

        png = self.add("ekran.png", talking_png())
        self.assertEqual((png["mediaType"], png["thumbnail"]), ("image/png", True))
        self.assertNotIn(b"Kowalska", self.content(png["attachment"]))
        whole = self.add("caly.jpg", phone_photo(), "--keep-metadata")
        self.assertEqual(self.content(whole["attachment"]), phone_photo())
        self.assertEqual([one["name"] for one in self.anna.run("attachment", "list", self.case)],
                         ["IMG.JPG", "ekran.png", "caly.jpg"])
        self.assertEqual(self.anna.run("self-check")["ok"], True)

    def test_nothing_of_it_is_readable_on_the_disk(self):
        temporary = self.office.root / "temporary"
        temporary.mkdir()
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(temporary)
        try:
            text = (PLANTED + "\n").encode() * 20_000
            note = self.add(FILE_NAME + ".txt", text)
            self.add(FILE_NAME + ".jpg", phone_photo(), "--keep-metadata")
            self.assertEqual(self.content(note["attachment"]), text)
            self.assertEqual(self.anna.run("search", FILE_NAME)[0]["type"], "attachment")
            big = self.file("big", text * 40)
            process = subprocess.Popen(self.anna.argv("attachment", "add", self.case, big, "--name", FILE_NAME))
            self.await_unfinished(process)
            process.send_signal(signal.SIGKILL)
            process.wait()
        finally:
            if before is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = before
        words = [PLANTED, FILE_NAME, "Kowalska"]
        self.assertEqual(files_holding(self.anna.folder, words), [])
        self.assertEqual(files_holding(temporary, words), [])
        names = [str(path) for folder in (self.anna.folder, temporary) for path in folder.rglob("*")]
        self.assertFalse([name for name in names if any(word in name for word in words)])
        # Files of one size for contents of nearly one size.
        sizes = {self.add(f"{i}.txt", b"x" * (100 + i))["size"] for i in range(3)}
        self.assertEqual(len(sizes), 3)
        small = [path for path in self.sealed.iterdir() if path.stat().st_size < 5_000]
        self.assertEqual(len({path.stat().st_size for path in small}), 1)

    def await_unfinished(self, process):
        while process.poll() is None:
            if self.sealed.is_dir() and any(path.suffix == ".new" for path in self.sealed.iterdir()):
                return

    def test_killed_at_any_time_it_is_there_whole_or_not_at_all(self):
        content = ARCHIVE + os.urandom(6_000_000)
        path = self.file("film", content)
        for round_number in range(8):
            process = subprocess.Popen(self.anna.argv("attachment", "add", self.case, path), stdout=subprocess.DEVNULL)
            self.await_unfinished(process)
            # A little later each round: by looking, not by the clock.
            for _ in range(round_number * 400):
                list(self.sealed.iterdir())
            process.send_signal(signal.SIGKILL)
            process.wait()
            there = self.anna.run("attachment", "list", self.case)
            for one in there:
                self.assertEqual(self.content(one["attachment"]), content)
            self.assertEqual(len(list(self.sealed.iterdir())), len(there))
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def test_a_disk_that_fails_half_way_leaves_nothing_and_loses_nothing(self):
        kept = self.add("pismo.txt", b"pismo")
        path = self.file("film", ARCHIVE + os.urandom(6_000_000))

        def small_files_only():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))

        done = subprocess.run(self.anna.argv("attachment", "add", self.case, path), capture_output=True, text=True,
                              timeout=60, preexec_fn=small_files_only)
        self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (2, "", 1), done.stderr)
        self.assertIn("Nothing that was saved before was lost", done.stderr)
        self.assertEqual(len(list(self.sealed.iterdir())), 1)
        self.assertEqual(self.content(kept["attachment"]), b"pismo")
        film = self.anna.run("attachment", "add", self.case, path)
        target = self.given / "out"
        done = subprocess.run(self.anna.argv("attachment", "get", film["attachment"], str(target)), capture_output=True,
                              text=True, timeout=60, preexec_fn=small_files_only)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertFalse(target.exists())
        self.assertEqual(self.anna.run("self-check")["problems"], [])

    def test_what_is_refused_says_why_and_leaves_nothing(self):
        run, case = self.anna.run, self.case
        heic = b"\0\0\0\x18ftypheic" + bytes(40)
        self.assertIn("--keep-metadata", run("attachment", "add", case, self.file("a.heic", heic), code=2))
        self.assertIn("read", run("attachment", "add", case, self.file("b.jpg", b"\xff\xd8\xff\xe0"), code=2))
        run("attachment", "add", case, str(self.given / "none"), code=2)
        run("attachment", "add", case, str(self.given), code=2)
        run("attachment", "add", case, self.file("c", b"c"), "--name", "../..", code=2)
        run("attachment", "add", "9" * 32, self.file("c", b"c"), code=2)
        with open(self.given / "large", "wb") as large:
            large.write(ARCHIVE)
            large.truncate((128 << 20) + 1)
        self.assertIn("128 MiB", run("attachment", "add", case, str(self.given / "large"), code=2))
        os.mkfifo(self.given / "pipe")
        run("attachment", "add", case, str(self.given / "pipe"), code=2)
        self.assertFalse(self.sealed.exists() and list(self.sealed.iterdir()))
        self.assertEqual(run("attachment", "list", case), [])

        made = self.add("d", b"tekst", "--name", "/etc/../\u202ekot\x07\n.txt")
        self.assertEqual(made["name"], "kot.txt" if made["name"] == "kot.txt" else "kot .txt")
        taken = self.file("taken", b"mine")
        self.assertIn("already", run("attachment", "get", made["attachment"], taken, code=2))
        self.assertEqual(pathlib.Path(taken).read_bytes(), b"mine")
        link = self.given / "link"
        link.symlink_to(self.given / "elsewhere")
        run("attachment", "get", made["attachment"], str(link), code=2)
        self.assertFalse((self.given / "elsewhere").exists())
        run("attachment", "thumbnail", made["attachment"], str(self.given / "t"), code=2)
        note = run("record", "add", case, "note", "text=pierwszy")["record"]
        run("attachment", "get", note, str(self.given / "t"), code=2)
        run("attachment", "delete", note, code=2)
        run("record", "add", case, "attachment", "name=x", code=2)
        run("record", "set", made["attachment"], "content=1:0", code=2)
        self.assertFalse((self.given / "t").exists())

    def test_each_change_of_a_file_is_told_by_self_check(self):
        made = self.add("f", ARCHIVE + os.urandom(200_000))
        path = next(self.sealed.iterdir())
        sound = path.read_bytes()
        for name, change in {
            "header": lambda b: b"T" + b[1:],
            "first": lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:],
            "middle": lambda b: b[:100_000] + bytes([b[100_000] ^ 1]) + b[100_001:],
            "last": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
            "cut": lambda b: b[:-65_576],
            "longer": lambda b: b + b"\0",
            "swapped": lambda b: b[:32] + b[32 + 65_576:32 + 2 * 65_576] + b[32:32 + 65_576] + b[32 + 2 * 65_576:],
            "empty": lambda b: b"",
        }.items():
            path.write_bytes(change(sound))
            code, said = self.problems()
            self.assertEqual(code, 5, name)
            self.assertIn(made["attachment"], said)
            target = self.given / "damaged"
            self.anna.run("attachment", "get", made["attachment"], str(target), code=5)
            self.assertFalse(target.exists(), name)
        path.unlink()
        self.assertEqual((5, True), (self.problems()[0], "missing" in self.problems()[1]))
        path.write_bytes(sound)
        stranger = self.sealed / ("0" * 32)
        stranger.write_bytes(sound)
        code, said = self.problems()
        self.assertEqual((code, "not part of it" in said), (5, True))
        self.assertTrue(stranger.exists())
        stranger.unlink()
        self.assertEqual(self.problems()[0], 0)

    def test_it_is_a_record_like_any_other(self):
        anna, jan = self.anna, self.office.admit(self.anna, "Jan Dąb")
        made = self.add("umowa.pdf", b"%PDF-1.7 umowa najmu")["attachment"]
        anna.run("sync")
        jan.run("sync")
        seen = jan.run("attachment", "list", self.case)[0]
        self.assertEqual((seen["name"], seen["mediaType"], seen["here"]), ("umowa.pdf", "application/pdf", True))
        self.assertEqual(self.content(made, jan), b"%PDF-1.7 umowa najmu")
        self.assertEqual(jan.run("self-check")["ok"], True)
        anna.run("record", "set", made, "name=umowa-1.pdf")
        jan.run("record", "set", made, "name=umowa-2.pdf")
        for person in (jan, anna, jan):
            person.run("sync")
        self.assertEqual([c["field"] for c in anna.run("conflicts")], ["name"])
        anna.run("decide", made, "name", "--value", "umowa.pdf")
        anna.run("sync")
        jan.run("sync")
        jan.run("attachment", "delete", made)
        anna.run("record", "set", made, "description=podpisana")
        for person in (jan, anna, jan):
            person.run("sync")
        self.assertEqual([c["field"] for c in anna.run("conflicts")], ["@deleted"])
        anna.run("decide", made, "@deleted", "--keep", "1" if "deletion" not in anna.run("conflicts")[0]["sides"][0] else "2")
        self.assertEqual(self.content(made), b"%PDF-1.7 umowa najmu")
        fields = {entry["field"] for entry in anna.run("history", made)}
        self.assertTrue({"name", "description", "@deleted"} <= fields)
        self.assertFalse({"content", "thumbnail"} & fields)
        anna.run("attachment", "delete", made)
        self.assertEqual(anna.run("attachment", "list", self.case), [])
        self.assertEqual(len(list(self.sealed.iterdir())), 1)
        anna.run("sync")
        jan.run("sync")
        self.assertEqual(len({person.run("digest")["digest"] for person in (anna, jan)}), 1)

    def test_a_backup_brings_it_to_another_folder(self):
        made = self.add("okno.txt", BACKUP_WORD.encode())["attachment"]
        self.anna.run("sync")
        stick = self.office.root / "stick"
        stick.mkdir()
        backup = self.anna.run("backup", "create", str(stick))["backup"]
        self.assertEqual(files_holding(stick, [BACKUP_WORD]), [])
        other = Profile(self.office.root / "restored", "Anna Sowa")
        other.run("restore", backup)
        self.assertEqual(self.content(made, other), BACKUP_WORD.encode())
        self.assertEqual(other.run("self-check")["problems"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
