# SPDX-License-Identifier: EUPL-1.2
"""Unsent, sent, confirmed, applied by whom: what `terenctl status` says, with the real programs."""

import unittest

from office import Office


class Delivery(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.anna.run("sync")
        self.jan.run("sync")

    def of_case(self):
        return self.anna.run("status", "--case", self.case)["case"]

    def holder(self):
        [jan] = self.of_case()["appliedBy"]
        self.assertEqual(jan["person"], "Jan Przykładowy")
        return jan

    def test_who_has_applied_what_is_told_by_case_and_in_total(self):
        before = self.of_case()["total"]
        for text in ("one", "two"):
            self.anna.run("record", "add", self.case, "note", f"text={text}")
        unsent = self.of_case()
        self.assertEqual((unsent["unsent"], unsent["sent"], unsent["lost"]), (2, 0, 0))
        self.assertIsNotNone(unsent["unsentSince"])
        self.assertFalse(unsent["overdue"])

        self.anna.run("sync")
        confirmed = self.of_case()
        self.assertEqual((confirmed["unsent"], confirmed["confirmed"]), (0, before + 2))
        self.assertIsNotNone(confirmed["confirmedAt"])
        self.assertIsNone(confirmed["unsentSince"])
        self.assertLess(self.holder()["applied"], before + 2)
        self.assertIn("not yet on Jan Przykładowy", confirmed["words"]["en"])

        self.jan.run("sync")
        self.anna.run("sync")
        self.assertEqual(self.holder()["applied"], before + 2)
        self.assertIsNone(self.holder()["lacksSince"])
        self.assertIn("na urządzeniach: Jan Przykładowy", self.of_case()["words"]["pl"])
        total = self.anna.run("status")
        self.assertGreater(total["total"], before + 2)
        self.assertEqual(total["unsent"], 0)
        self.assertNotIn("case", total)

    def test_a_sync_without_news_stays_one_round_trip_and_small(self):
        for _ in range(3):
            for person in (self.anna, self.jan):
                report = person.run("sync")
        self.assertEqual(report["roundTrips"], 1)
        again = self.jan.run("sync")
        self.assertEqual(again["bytesSent"], report["bytesSent"])
        self.assertEqual(again["bytesReceived"], report["bytesReceived"])
        print("no-op", again["bytesSent"], again["bytesReceived"], "with TLS")


if __name__ == "__main__":
    unittest.main()
