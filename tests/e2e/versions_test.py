# SPDX-License-Identifier: EUPL-1.2
"""Frozen versions, with the real programs: what was signed stays, and anybody can check it by its hash."""

import hashlib
import json
import unittest

from office import Office, files_holding


class Versions(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.card = self.anna.run("record", "add", self.case, "expectation_card",
                                  "date=2026-11-23", "situation=Mieszkanie \"za małe\"\ndla czwórki")["record"]
        self.settle()

    def settle(self):
        for _ in range(2):
            for person in (self.anna, self.jan):
                person.run("sync")
        self.assertEqual(self.anna.run("digest")["digest"], self.jan.run("digest")["digest"])

    def versions(self, person, record=None):
        return person.run("record", "versions", record or self.card)

    def check_by_hand(self, version):
        """As another program would: the hash from the content, and the content in its one canonical form."""
        digest = hashlib.blake2b(b"teren.version.v1" + version["content"].encode(), digest_size=32).hexdigest()
        self.assertEqual(version["hash"], digest)
        self.assertEqual(version["version"], digest[:32])
        read = json.loads(version["content"])
        again = json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        self.assertEqual(again, version["content"])
        self.assertEqual((read["case"], read["document"]), (self.case, self.card))
        return read["records"][self.card]["fields"]

    def test_a_signed_version_stays_as_signed_on_both_devices(self):
        goal = self.anna.run("record", "add", self.case, "goal", "title=Mieszkanie chronione")["record"]
        version = self.anna.run("record", "freeze", self.card, "--with", goal)["version"]
        self.assertEqual(self.anna.run("record", "freeze", self.card, "--with", goal)["version"], version)
        self.settle()
        self.jan.run("record", "set", self.card, "situation=poprawione")
        self.jan.run("record", "delete", goal)
        self.settle()
        for person in (self.anna, self.jan):
            (kept,) = self.versions(person)
            self.assertEqual(kept["version"], version)
            self.assertTrue(kept["genuine"] and kept["confirmed"])
            self.assertFalse(kept["current"])
            self.assertEqual([by["author"] for by in kept["by"]], ["Anna Przykładowa"])
            self.assertEqual(self.check_by_hand(kept)["situation"], "Mieszkanie \"za małe\"\ndla czwórki")
            self.assertTrue(person.run("self-check")["ok"])
        self.jan.run("record", "freeze", self.card, "--with", goal, code=2)
        self.jan.run("record", "set", version, "frozen=inaczej", code=2)
        self.jan.run("record", "delete", version, code=2)
        second = self.jan.run("record", "freeze", self.card)["version"]
        self.settle()
        self.assertEqual([kept["version"] for kept in self.versions(self.anna)], [version, second])
        self.assertEqual(files_holding(self.office.root / "server", ["za małe", "poprawione"]), [])

    def test_two_people_who_freeze_apart_make_one_version_and_no_conflict(self):
        one = self.anna.run("record", "freeze", self.card)["version"]
        two = self.jan.run("record", "freeze", self.card)["version"]
        self.assertEqual(one, two)
        self.settle()
        (kept,) = self.versions(self.jan)
        self.assertEqual(sorted(by["author"] for by in kept["by"]), ["Anna Przykładowa", "Jan Przykładowy"])
        self.assertEqual(self.jan.run("conflicts"), [])

    def test_a_conflict_is_decided_before_anything_is_frozen(self):
        self.anna.run("record", "set", self.card, "needs=szafa")
        self.jan.run("record", "set", self.card, "needs=stół")
        self.settle()
        self.assertIn("needs", self.anna.run("record", "freeze", self.card, code=2))
        self.assertEqual(self.versions(self.anna), [])
        self.anna.run("decide", self.card, "needs", "--keep", "1")
        self.anna.run("record", "freeze", self.card)
        self.assertEqual(len(self.versions(self.anna)), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
