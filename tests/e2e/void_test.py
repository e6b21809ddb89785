# SPDX-License-Identifier: EUPL-1.2
"""A device is lost with work that others built on: a person has the rest go on without it, and what comes back
all the same is entered again. With the real programs."""

import hashlib
import json
import subprocess
import unittest

from office import BIN, Office

HEAD = 10
HASH = 32
PUT_SEGMENT = 0x42  # The tag that a message with a segment begins with.


def messages(bundle):
    """The messages of a bundle's file behind the ticket; see sync/PROTOCOL.md."""
    found, at, end = [], HEAD, len(bundle) - HASH - 4
    while at < end:
        size = int.from_bytes(bundle[at:at + 4], "big")
        found.append(bundle[at + 4:at + 4 + size])
        at += 4 + size
    return found[0], found[1:]


def bundle_of(head, ticket, rest):
    """A file as somebody makes it who knows how: its hash fits."""
    body = head + b"".join(len(one).to_bytes(4, "big") + one for one in (ticket, *rest)) + bytes(4)
    return body + hashlib.blake2b(b"teren.bundle.v1" + body, digest_size=HASH).digest()


class Void(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.ewa = self.office.admit(self.anna, "Ewa Przykładowa")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.note = self.add(self.anna, "na początku")
        self.settle(self.anna, self.jan, self.ewa)
        self.files = 0

    def add(self, person, text):
        return person.run("record", "add", self.case, "note", f"text={text}")["record"]

    def write(self, person, text):
        person.run("record", "set", self.note, f"text={text}")

    def texts(self, person, record=None):
        values = person.run("record", "get", record or self.note)["fields"]["text"]["values"]
        return sorted(value["value"] for value in values)

    def has(self, person, record):
        return record in [note["record"] for note in person.run("record", "list", self.case, "note")]

    def settle(self, *people):
        for _ in range(2):
            for person in people:
                person.run("sync")
        for person in people:
            self.assertEqual(person.run("digest")["digest"], people[0].run("digest")["digest"])
            self.assertEqual(person.run("status")["unsent"], 0)
            self.assertEqual(person.run("waiting"), [])
            self.assertTrue(person.run("self-check")["ok"])

    def bundle(self, person, *words):
        self.files += 1
        path = self.office.root / f"{self.files}.bundle"
        person.run("bundle", "export", str(path), *words)
        return path

    def lose(self):
        """Jan gave Ewa what he had written, nobody else has it, and his laptop is gone. Ewa went on from there."""
        self.write(self.jan, "u Jana o świcie")
        self.his = self.add(self.jan, "tylko u Jana")
        gift = self.bundle(self.jan, "--unsent")
        self.ewa.run("bundle", "import", str(gift))
        self.assertEqual(self.texts(self.ewa), ["u Jana o świcie"])
        self.write(self.ewa, "u Jana o świcie, u Ewy w południe")
        self.hers = self.add(self.ewa, "po rozmowie z Janem")
        return gift

    def hand_in_without(self, gift):
        """A carrier brings Ewa's file to the server, and has kept back what is Jan's in it."""
        path = self.bundle(self.ewa, "--unsent")
        whole = path.read_bytes()
        ticket, rest = messages(whole)
        self.assertEqual(bundle_of(whole[:HEAD], ticket, rest), whole)
        his = [one for one in messages(gift.read_bytes())[1] if one[0] == PUT_SEGMENT]
        kept = [one for one in rest if one not in his]
        self.assertEqual(len(rest) - len(kept), len(his))
        path.write_bytes(bundle_of(whole[:HEAD], ticket, kept))
        done = subprocess.run([BIN / "terenctl", "--json", "bundle", "deliver", str(path), f"{path}.reply"],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(json.loads(done.stdout)["numbered"], 0)

    def await_his(self):
        """@return the work that Anna's device waits for."""
        self.anna.run("sync")
        self.assertEqual(self.texts(self.anna), ["na początku"])
        (missing,) = self.anna.run("waiting")
        self.assertEqual((missing["case"], missing["author"]), (self.case, "Jan Przykładowy"))
        self.assertEqual((missing["here"], missing["overdue"]), (False, False))
        self.assertGreater(missing["waiting"], 0)
        return missing

    def void(self, person, device, *words, code=0):
        return person.run("void", device, "--case", self.case, "--reason", "lost", *words, code=code)

    def test_the_rest_goes_on_without_it_and_it_is_adopted_when_it_comes_back(self):
        self.hand_in_without(self.lose())
        missing = self.await_his()
        # Who may not decide, may not; what is early is asked about; and nothing has changed by asking.
        before = self.anna.run("digest")["digest"]
        self.assertIn("head of the centre", self.void(self.jan, missing["device"], "--early", code=2))
        self.assertIn("--early", self.void(self.anna, missing["device"], code=2))
        self.assertIn("never had this device", self.void(self.anna, "0" * 32, "--early", code=2))
        self.assertEqual(self.anna.run("digest")["digest"], before)
        self.assertEqual(self.anna.run("voided"), [])

        voided = self.void(self.anna, missing["device"], "--early")
        self.assertEqual((voided["changes"], voided["published"]), (missing["to"] - missing["from"] + 1, True))
        self.settle(self.anna, self.ewa)
        # That Ewa had seen what Jan wrote over was known by Jan's work alone: nothing is thrown away, a person decides.
        final = "u Jana o świcie, u Ewy w południe"
        for person in (self.anna, self.ewa):
            self.assertEqual(self.texts(person), ["na początku", final])
            self.assertTrue(self.has(person, self.hers))
            self.assertFalse(self.has(person, self.his))
        self.anna.run("decide", self.note, "text", "--value", final)
        self.settle(self.anna, self.ewa)

        # The laptop is found. What is Jan's alone comes to the office, and to nobody's screen.
        self.settle(self.jan, self.anna, self.ewa)
        for person in (self.jan, self.anna, self.ewa):
            self.assertEqual(self.texts(person), [final])
            self.assertFalse(self.has(person, self.his))
        apart = [one for one in self.jan.run("voided", "--case", self.case) if one["readable"]]
        self.assertEqual({one["why"] for one in apart}, {"lost"})
        self.assertEqual([one["lifeHex"] for one in apart], [f"0x{one['life']:016x}" for one in apart])
        entries = [entry for one in apart for entry in one["entries"]]
        self.assertIn("u Jana o świcie", [entry["value"] for entry in entries])
        changes = {(one["device"], one["life"], entry["seq"]): entry["value"] for one in apart for entry in one["entries"]}
        for (device, life, seq) in changes:
            self.assertEqual(device, missing["device"])
            # Another's is for its author, and for who supervises.
            self.assertIn("author", self.ewa.run("adopt", "--case", self.case, device, str(life), str(seq), code=2))
            self.assertIn("life", self.jan.run("adopt", "--case", self.case, device, f"{life:016x}x", str(seq), code=2))
            self.jan.run("adopt", "--case", self.case, device, f"0x{life:016x}", str(seq))
        self.settle(self.jan, self.anna, self.ewa)
        for person in (self.jan, self.anna, self.ewa):
            self.assertTrue(self.has(person, self.his))
            self.assertEqual(self.texts(person, self.his), ["tylko u Jana"])
            # Entered again, it had not seen what was decided meanwhile: both are shown.
            self.assertEqual(self.texts(person), ["u Jana o świcie", final])
        self.ewa.run("decide", self.note, "text", "--value", final)
        self.settle(self.jan, self.anna, self.ewa)
        self.assertEqual(self.texts(self.jan), [final])

    def test_whoever_supervises_adopts_what_nobody_brings_back(self):
        gift = self.lose()
        self.hand_in_without(gift)
        missing = self.await_his()
        self.void(self.anna, missing["device"], "--early")
        # Ewa's own laptop still has what Jan gave her, and hands it in: it does not count there either.
        self.settle(self.anna, self.ewa)
        self.assertEqual(self.ewa.run("voided"), [])
        apart = [one for one in self.anna.run("voided") if one["readable"]]
        self.assertEqual({one["author"] for one in apart}, {"Jan Przykładowy"})
        for one in apart:
            for seq in sorted({entry["seq"] for entry in one["entries"]}):
                self.anna.run("adopt", "--case", self.case, one["device"], str(one["life"]), str(seq))
        self.settle(self.anna, self.ewa)
        for person in (self.anna, self.ewa):
            self.assertEqual(self.texts(person, self.his), ["tylko u Jana"])
        # What counts cannot be adopted, nor what never was.
        for seq in ("1", "4711"):
            self.anna.run("adopt", "--case", self.case, missing["device"], str(missing["life"] + 1), seq, code=2)
        self.settle(self.jan, self.anna, self.ewa)


if __name__ == "__main__":
    unittest.main(verbosity=2)
