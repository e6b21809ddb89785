# SPDX-License-Identifier: EUPL-1.2
"""Unsent, sent, confirmed, applied by whom: what `terenctl status` says, with the real programs."""

import json
import subprocess
import unittest

from office import BIN, Office


class Delivery(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.anna = self.office.found("Anna Przykładowa")
        self.jan = self.office.admit(self.anna, "Jan Przykładowy")
        self.case = self.anna.run("case", "new", "--title", "Zielona 4")["case"]
        self.anna.run("sync")
        self.jan.run("sync")

    @staticmethod
    def stranger(*words):
        return subprocess.run([BIN / "terenctl", "--json", *words], capture_output=True, text=True, timeout=60)

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
        self.assertIn("not yet by Jan Przykładowy", confirmed["words"]["en"])

        self.jan.run("sync")
        self.anna.run("sync")
        self.assertEqual(self.holder()["applied"], before + 2)
        self.assertIsNone(self.holder()["lacksSince"])
        self.assertIn("przyjęły urządzenia: Jan Przykładowy", self.of_case()["words"]["pl"])
        total = self.anna.run("status")
        self.assertGreater(total["total"], before + 2)
        self.assertEqual(total["unsent"], 0)
        self.assertNotIn("case", total)

    def test_a_statement_is_checked_by_who_has_no_profile(self):
        self.anna.run("record", "add", self.case, "note", "text=what was said")
        self.anna.run("sync")
        self.anna.run("record", "add", self.case, "note", "text=not sent")
        for language, words in (("pl", "Niepotwierdzone: 1"), ("en", "Not confirmed: 1")):
            file = self.office.root / f"statement-{language}.txt"
            made = self.anna.run("delivery", "export", self.case, file, "--language", language)
            text = file.read_text(encoding="utf-8")
            self.assertIn(words, text)
            self.assertIn(made["code"], text)
            self.assertNotIn("what was said", text)
            checked = self.stranger("delivery", "check", file)
            self.assertEqual(checked.returncode, 0, checked.stderr)
            found = json.loads(checked.stdout)
            self.assertEqual(found["proven"], made["total"] - 1)
            self.assertEqual(found["code"], made["code"])
            told = self.office.server.ask("fingerprint")
            self.assertEqual(len(found["fingerprints"]), 1)
            good = self.stranger("delivery", "check", file, "--fingerprint", told)
            self.assertEqual(good.returncode, 0, good.stderr)
            wrong = self.stranger("delivery", "check", file, "--fingerprint", "0" * 64)
            self.assertEqual(wrong.returncode, 5)
            file.write_text(text.replace(words, words[:-1] + "0"), encoding="utf-8")
            self.assertEqual(self.stranger("delivery", "check", file).returncode, 5)

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
