# SPDX-License-Identifier: EUPL-1.2
"""One family entered as two cases on two devices, with the real programs."""

import json
import unittest

from office import Office, files_holding

PESEL = "44051401359"


class Families(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.one = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.anna.run("record", "add", self.one, "person", "name=Łucja Próbna", f"pesel={PESEL}")
        self.other = self.jan.run("case", "new", "--title", "Próbni z Polnej")["case"]
        self.jan.run("record", "add", self.other, "person", "name=probna LUCJA", "birth_date=1944-05-14")

    def settle(self):
        for _ in range(2):
            for person in (self.anna, self.jan):
                person.run("sync")
        self.assertEqual(self.anna.run("digest")["digest"], self.jan.run("digest")["digest"])

    def family(self, person, case=None):
        return person.run("case", "family", case or self.one)

    def test_found_linked_disputed_and_cut_and_never_one_case(self):
        self.assertEqual(self.anna.run("case", "suggestions"), [])
        self.settle()
        for person in (self.anna, self.jan):
            (found,) = person.run("case", "suggestions")
            self.assertEqual(sorted(one["case"] for one in found["cases"]), sorted([self.one, self.other]))
            self.assertEqual([why["by"] for why in found["because"]], ["name-and-birth-date"])
            self.assertNotIn(PESEL, json.dumps(found))
        # One says yes, the other, who has not heard of it, says no.
        linked = self.anna.run("case", "same", self.one, self.other)
        self.assertEqual(linked["head"], min(self.one, self.other))
        self.jan.run("case", "not-same", self.other, self.one)
        self.settle()
        for person in (self.anna, self.jan):
            family = self.family(person)
            self.assertEqual([one["case"] for one in family["cases"]], sorted([self.one, self.other]))
            self.assertEqual(family["disputed"], [sorted([self.one, self.other])])
            self.assertEqual(person.run("case", "suggestions"), [])
            self.assertEqual(person.run("conflicts"), [])
            self.assertEqual(len(person.run("case", "list")), 2)
        self.jan.run("case", "unlink", self.one, self.other)
        self.settle()
        for person in (self.anna, self.jan):
            self.assertEqual(self.family(person)["disputed"], [])
            self.assertEqual(len(self.family(person)["cases"]), 1)
            self.assertEqual(person.run("case", "families"), [])
            self.assertEqual(person.run("case", "suggestions"), [])
            self.assertTrue(person.run("self-check")["ok"])
        self.anna.run("case", "unlink", self.one, self.other, code=2)
        self.anna.run("case", "same", self.one, self.one, code=2)
        self.anna.run("case", "same", self.one, "there is none", code=2)
        self.assertEqual(files_holding(self.office.root / "server", [PESEL, "Próbna"]), [])

    def test_a_pesel_with_a_wrong_digit_is_refused(self):
        self.assertIn("PESEL", self.anna.run("record", "add", self.one, "person", "name=X", "pesel=44051401358", code=2))


if __name__ == "__main__":
    unittest.main(verbosity=2)
