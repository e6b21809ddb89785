# SPDX-License-Identifier: EUPL-1.2
"""Attachments travel: small pictures first, contents after or on demand, resumed wherever anything was cut or killed."""

import os
import pathlib
import shutil
import signal
import struct
import subprocess
import time
import unittest
import zlib

from attachment_test import ARCHIVE, chunk, phone_photo
from office import Office, files_holding

MEGABYTE = 1_000_000


def large_png(side=1100):
    """A picture that does not compress: well over what comes by itself."""
    rows = zlib.compress(b"".join(b"\0" + os.urandom(side * 3) for _ in range(side)), 1)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Travel(unittest.TestCase):
    def setUp(self):
        self.office = Office(through_wire=True)
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Dąb")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.given = self.office.root / "given"
        self.given.mkdir()

    @property
    def wire(self):
        return self.office.wire

    def add(self, name, content, person=None):
        path = self.given / name
        path.write_bytes(content)
        return (person or self.anna).run("attachment", "add", self.case, str(path))["attachment"]

    def content(self, attachment, person, code=0):
        target = self.given / "got"
        target.unlink(missing_ok=True)
        said = person.run("attachment", "get", attachment, str(target), code=code)
        return target.read_bytes() if code == 0 else said

    def files(self, person):
        return {one["attachment"]: one["files"] for one in person.run("attachment", "list", self.case)}

    def standing(self, person):
        counts = person.run("status")["attachments"]
        return counts["unsent"], counts["sent"], counts["awaited"]

    def held(self, person, when, *words):
        """Runs a command whose connection passes so many bytes and no more."""
        self.wire.held.clear()
        self.wire.hold_after = when
        process = subprocess.Popen(person.argv(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.assertTrue(self.wire.held.wait(60))
        return process

    def killed(self, person, when, *words, once=lambda: True):
        """Runs a command and kills it when so many bytes have passed, and `once` holds."""
        before = len(self.wire.seen)
        process = self.held(person, when, *words)
        limit = time.monotonic() + 60
        while not once():
            self.assertLess(time.monotonic(), limit)
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return len(self.wire.seen) - before

    def test_first_the_small_picture_then_the_content_on_demand(self):
        picture = large_png()
        made = self.add("dom.png", picture)
        kept = self.content(made, self.anna)
        self.assertGreater(len(kept), MEGABYTE)
        before = self.anna.run("status")
        self.assertEqual(self.standing(self.anna), (1, 0, 0))
        self.assertGreater(before["attachments"]["unsentBytes"], len(kept))
        sent = self.anna.run("sync")
        self.assertEqual((sent["attachmentsSent"], sent["attachmentsTrouble"]), (2, None))
        self.assertEqual((self.standing(self.anna), self.files(self.anna)), ((0, 1, 0), {made: "sent"}))
        self.assertEqual(self.anna.run("sync")["attachmentsSent"], 0)

        came = self.jan.run("sync")
        self.assertEqual(came["attachmentsReceived"], 1)
        seen = self.jan.run("attachment", "list", self.case)[0]
        self.assertEqual((seen["here"], seen["thumbnailHere"], seen["files"], seen["unsent"]),
                         (False, True, "awaited", False))
        self.assertEqual(self.standing(self.jan), (0, 0, 1))
        small = [self.given / name for name in ("a", "j")]
        self.anna.run("attachment", "thumbnail", made, str(small[0]))
        self.jan.run("attachment", "thumbnail", made, str(small[1]))
        self.assertEqual(*[path.read_bytes() for path in small])
        self.assertEqual(self.content(made, self.jan), kept)
        self.assertEqual(self.standing(self.jan), (0, 1, 0))
        for person in (self.anna, self.jan):
            self.assertEqual(person.run("self-check")["problems"], [])
        # Then nobody needs the server for it.
        self.office.server.stop()
        self.assertEqual(self.content(made, self.jan), kept)

    def test_what_is_not_there_yet_is_said_plainly(self):
        made = self.add("film", ARCHIVE + os.urandom(3 * MEGABYTE))
        self.wire.cut_after = 200_000  # The record arrives, the file does not.
        self.anna.run("sync", code=4)
        self.assertEqual(self.anna.run("status")["unsent"], 0)
        self.assertEqual(self.standing(self.anna), (1, 0, 0))
        self.wire.cut_after = None
        self.jan.run("sync")
        said = self.content(made, self.jan, code=2)
        self.assertIn("not on this device yet", said)
        self.assertIn("has not sent it so far, or the server has lost it", said)
        self.office.server.stop()
        self.content(made, self.jan, code=4)
        self.office.server.start()
        self.anna.run("sync")
        # Asked for once, it comes with the next sync.
        self.assertEqual(self.jan.run("sync")["attachmentsReceived"], 1)
        self.assertEqual(self.files(self.jan), {made: "sent"})

    def test_nothing_readable_passes_or_stays_at_the_server(self):
        text = b"Kowalska-GPS-52.4064 " * 5_000
        self.add("Kowalska.txt", text)
        self.add("Kowalska.jpg", phone_photo())
        self.anna.run("sync")
        self.jan.run("sync")
        self.assertNotIn(b"Kowalska", bytes(self.wire.seen))
        self.assertEqual(files_holding(self.office.server.data, ["Kowalska", "52.4064"]), [])

    def test_cut_and_killed_at_many_places_nothing_is_sent_twice(self):
        content = ARCHIVE + os.urandom(3 * MEGABYTE)
        made = self.add("film", content)
        passed = self.killed(self.anna, 400_000, "sync")
        self.wire.cut_after = 700_000
        before = len(self.wire.seen)
        self.anna.run("sync", code=4)
        passed += len(self.wire.seen) - before
        self.wire.cut_after = None
        # The server is killed in the middle.
        before = len(self.wire.seen)
        process = self.held(self.anna, 500_000, "sync")
        self.office.server.stop(signal.SIGKILL)
        process.wait(timeout=60)
        self.office.server.start()
        self.anna.run("sync")
        passed += len(self.wire.seen) - before
        self.assertEqual(self.files(self.anna), {made: "sent"})
        # Three cuts, and each loses what was on the way: two parts of 64 KiB and what buffers hold.
        self.assertLess(passed, len(content) * 1.07 + 3 * 200_000)

        before = len(self.wire.seen)
        self.jan.run("sync")
        self.killed(self.jan, 900_000, "attachment", "get", made, str(self.given / "x"))
        self.wire.cut_after = 600_000
        self.content(made, self.jan, code=4)
        self.wire.cut_after = None
        self.assertEqual(self.jan.run("self-check")["problems"], [])
        self.assertEqual(self.content(made, self.jan), content)
        self.assertLess(len(self.wire.seen) - before, len(content) * 1.07 + 2 * 200_000)

    def test_a_server_that_lost_its_files_gets_them_from_whoever_has_them(self):
        content = ARCHIVE + os.urandom(2 * MEGABYTE)
        made = self.add("film", content)
        self.office.server.stop()
        copy = self.office.root / "copy"
        shutil.copytree(self.office.server.data, copy)
        self.office.server.start()
        self.anna.run("sync")
        self.assertEqual(self.content(made, self.jan) if self.jan.run("sync") else None, content)
        self.office.server.stop()
        shutil.rmtree(self.office.server.data)
        shutil.copytree(copy, self.office.server.data)
        self.office.server.start()
        # Not the one who wrote it.
        self.jan.run("sync")
        self.assertEqual(self.standing(self.jan), (0, 1, 0))
        maria = self.office.admit(self.anna, "Maria Lis")
        maria.run("sync")
        self.assertEqual(self.content(made, maria), content)

    def test_a_damaged_arrival_is_noticed_and_fetched_again(self):
        content = ARCHIVE + os.urandom(2 * MEGABYTE)
        made = self.add("film", content)
        self.anna.run("sync")
        self.jan.run("sync")
        folder = self.jan.folder / "attachments"
        self.killed(self.jan, 900_000, "attachment", "get", made, str(self.given / "x"),
                    once=lambda: any(path.stat().st_size for path in folder.iterdir()))
        arriving = list(folder.iterdir())
        self.assertEqual(len(arriving), 1)
        begun = bytearray(arriving[0].read_bytes())
        self.assertGreater(len(begun), 0)
        self.assertLess(len(begun), len(content))
        begun[0] ^= 1
        arriving[0].write_bytes(begun)
        said = self.content(made, self.jan, code=2)
        self.assertIn("did not arrive as it was sent", said)
        self.assertEqual(list((self.jan.folder / "attachments").iterdir()), [])
        self.assertEqual(self.content(made, self.jan), content)

    def test_nothing_unsent_is_lost_whatever_is_done_meanwhile(self):
        content = ARCHIVE + os.urandom(MEGABYTE)
        made = self.add("film", content)
        self.killed(self.anna, 300_000, "sync")
        self.anna.run("attachment", "delete", made)
        sealed = list((self.anna.folder / "attachments").iterdir())
        self.assertEqual(len(sealed), 1)
        self.anna.run("sync")
        self.anna.run("record", "set", made, "description=znów")
        self.anna.run("sync")
        self.jan.run("sync")
        self.assertEqual(self.content(made, self.jan), content)


if __name__ == "__main__":
    unittest.main(verbosity=2)
