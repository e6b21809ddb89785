# SPDX-License-Identifier: EUPL-1.2
"""A server that changes its keys, loses them, or is another one, through real programs."""

import signal
import subprocess
import unittest

from office import BIN, Office


class ServerKeys(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.server = self.office.server
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.office.admit(self.anna, "Jan Lis")
        self.case = self.anna.run("case", "new", "--title", "Rodzina Próbna")["case"]
        self.anna.run("sync")
        self.jan.run("sync")

    def operator(self, *words, code=0):
        argv = [BIN / "teren-server", *words, "--data", self.server.data]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def offer(self, *words):
        """What the operator hands over: the text, and the fingerprint that is read out."""
        done = self.operator("keys", "next", *words)
        return done.stdout.strip(), done.stderr.split("fingerprint ")[1].split(",")[0]

    def restart(self):
        self.server.stop()
        self.server.start()

    def accept(self, person, text, fingerprint, *words, code=0):
        return person.run("server", "keys", "--accept", text, "--fingerprint", fingerprint, *words, code=code)

    def standings(self, person):
        return [(k["fingerprint"], k["standing"]) for k in person.run("server", "keys")]

    def test_keys_change_while_people_work_and_newcomers_join(self):
        old = self.standings(self.jan)[0][0]
        before = self.anna.run("invite", "--name", "Ewa Kos", "--role", "social-worker")["invitation"]
        text, fingerprint = self.offer()
        self.assertEqual(self.offer(), (text, fingerprint))
        self.operator("keys", "switch", code=2)  # Nobody has accepted them.
        self.restart()

        # Shown, but not accepted without a person's word; a wrong one is refused.
        self.anna.run("server", "keys", "--accept", text, code=2)
        self.accept(self.anna, text, old, code=5)
        self.assertEqual(self.accept(self.anna, text, fingerprint), {"accepted": "office", "published": True})
        self.assertEqual(self.standings(self.anna), [(fingerprint, "in-force"), (old, "ending")])
        self.assertIn("accepted by 1 of 1", self.operator("keys", "status").stdout)
        self.operator("keys", "switch")
        self.restart()

        # Jan knows the old keys only, and learns of the others over them.
        self.jan.run("record", "add", self.case, "note", "text=po zmianie")
        self.jan.run("sync")
        self.assertEqual(self.standings(self.jan)[0], (fingerprint, "in-force"))
        self.assertTrue(any("other keys" in n for n in self.jan.run("status")["notices"]))
        self.assertEqual(self.jan.run("status")["unsent"], 0)
        # An invitation from before the change, and one from after it.
        ewa = self.office.person("Ewa Kos")
        self.anna.run("approve", ewa.run("join", before)["code"])
        ewa.run("sync")
        ola = self.office.person("Ola Ryś")
        after = self.anna.run("invite", "--name", "Ola Ryś", "--role", "social-worker")["invitation"]
        self.anna.run("approve", ola.run("join", after)["code"])
        ola.run("sync")
        for person in (self.anna, self.jan, ewa, ola):
            person.run("sync")
            self.assertEqual(person.run("self-check")["problems"], [])
        self.assertEqual(len({p.run("digest")["digest"] for p in (self.anna, self.jan, ewa, ola)}), 1)

    def test_a_bundle_and_its_reply_cross_the_change(self):
        self.jan.run("record", "add", self.case, "note", "text=z terenu")
        bundle, reply = str(self.office.root / "praca.teren"), str(self.office.root / "odpowiedz.teren")
        self.jan.run("bundle", "export", bundle)
        text, fingerprint = self.offer()
        self.restart()
        self.accept(self.anna, text, fingerprint)
        self.operator("keys", "switch")
        self.restart()
        self.anna.run("bundle", "deliver", bundle, reply)
        self.assertEqual(self.jan.run("bundle", "import", reply)["confirmed"], 1)
        self.assertEqual(self.standings(self.jan)[0], (fingerprint, "in-force"))
        self.jan.run("sync")
        self.assertEqual(self.jan.run("status")["server"], "ok")

    def test_stolen_keys_end_at_once_and_an_impostor_gets_nothing(self):
        stolen = self.office.root / "skradzione"
        self.server.stop()
        subprocess.run(["cp", "-r", self.server.data, stolen], check=True)
        self.server.start()
        text, fingerprint = self.offer("--stolen")
        self.restart()
        self.accept(self.anna, text, fingerprint)
        self.assertEqual(self.standings(self.anna), [(fingerprint, "in-force")])
        self.operator("keys", "switch")
        self.restart()
        self.jan.run("sync")
        # The thief serves what was there, under the keys that were left, at the same address.
        self.server.stop(signal.SIGKILL)
        honest, self.server.data = self.server.data, stolen
        self.server.start()
        for person in (self.anna, self.jan):
            person.run("sync", code=5)
        self.server.stop()
        self.server.data = honest
        self.server.start()
        self.jan.run("sync")

    def test_lost_keys_need_two_administrators_and_a_server_alone_changes_nothing(self):
        zofia = self.office.admit(self.anna, "Zofia Dąb", role="animator")
        zofia.run("sync")
        # All that was kept is there, but for the keys.
        self.server.stop()
        backup = self.office.root / "bez kluczy"
        subprocess.run(["cp", "-r", self.server.data, backup], check=True)
        self.forget_keys()
        self.server.start()
        for person in (self.anna, zofia, self.jan):
            person.run("sync", code=5)
        text, fingerprint = self.lost_offer()
        self.accept(self.anna, text, fingerprint, code=2)
        given = self.accept(self.anna, text, fingerprint, "--old-keys-lost")
        self.assertEqual(given, {"accepted": "proposed", "published": True})
        # One administrator is not the office: Jan is not led away.
        self.jan.run("sync", code=5)
        self.assertEqual(self.accept(self.anna, text, fingerprint, "--old-keys-lost")["accepted"], "proposed")
        given = self.accept(zofia, text, fingerprint, "--old-keys-lost")
        self.assertEqual(given, {"accepted": "office", "published": True})
        # Jan cannot be reached by a server that he does not know: a colleague's file tells him.
        file = str(self.office.root / "wiadomosc.teren")
        zofia.run("bundle", "export", file)
        self.jan.run("bundle", "import", file)
        self.jan.run("sync")
        self.assertEqual(self.standings(self.jan)[0], (fingerprint, "in-force"))

    def forget_keys(self):
        """As a server that is made anew over the entries that were kept."""
        import os
        import sqlite3

        self.seeds = os.urandom(32), os.urandom(32)
        store = sqlite3.connect(self.server.data / "teren.db")
        store.execute("UPDATE server SET tls_seed = ?, receipt_seed = ?", self.seeds)
        store.commit()
        store.close()

    def lost_offer(self):
        done = self.operator("keys", "offer")
        return done.stdout.strip(), done.stderr.split("fingerprint ")[1].split(",")[0]


if __name__ == "__main__":
    unittest.main()
