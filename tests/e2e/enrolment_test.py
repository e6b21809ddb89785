# SPDX-License-Identifier: EUPL-1.2
"""How an office begins and grows when lines break, programs are killed and people try again."""

import subprocess
import unittest

from newcomer_test import EndToEnd
from office import Office, Profile


class Enrolment(EndToEnd):
    def setUp(self):
        self.office = Office(through_wire=True)
        self.addCleanup(self.office.close)
        self.wire = self.office.wire

    def profile(self, folder, name):
        return Profile(self.office.root / folder, name).create()

    def founding(self, name="GOPS Lipowo", token=None, model="rural"):
        server = self.office.server
        return ("workspace", "create", "--name", name, "--model", model, "--server", self.office.address,
                "--fingerprint", server.ask("fingerprint"), "--token", token or server.ask("workspace-token"))

    def lose_reply(self, connection):
        """The answer on this connection from now is lost; what was asked has been done."""
        self.wire.reply_is_lost.clear()
        self.wire.lost_reply = connection

    def killed(self, person, *words):
        """Runs a command and kills it when the server's answer would have come."""
        self.wire.holds_the_line = True
        process = subprocess.Popen(person.argv(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertTrue(self.wire.reply_is_lost.wait(60))
        process.kill()
        process.communicate()
        self.wire.holds_the_line = False


class Founding(Enrolment):
    def works(self, anna, name="GOPS Lipowo"):
        case = anna.run("case", "new", "--title", "Rodzina Próbna")
        self.assertTrue(case["number"].startswith("AS-1/"), case)
        anna.run("sync")
        jan = self.office.admit(anna, "Jan Lis")
        self.same(anna, jan)
        self.assertEqual(len(jan.run("case", "list")), 1)

    def test_a_lost_answer_is_asked_for_again(self):
        for end in ("cut", "killed"):
            with self.subTest(end):
                anna = self.profile(end, "Anna Sowa")
                words = self.founding()
                self.lose_reply(connection=2)
                if end == "cut":
                    self.refused(anna, *words, code=4)
                    self.assertTrue(self.wire.reply_is_lost.is_set())
                else:
                    self.killed(anna, *words)
                self.refused(anna, "case", "new", "--title", "x", says="belongs to no workspace yet")
                self.assertEqual(anna.run("self-check")["ok"], True)
                self.assertEqual(len(anna.run(*words)["workspace"]), 64)
                self.works(anna)
                self.refused(anna, *words, says="has a workspace already")

    def test_what_is_asked_differently_is_refused_or_begins_afresh(self):
        anna = self.profile("anna", "Anna Sowa")
        token = self.office.server.ask("workspace-token")
        self.lose_reply(connection=2)
        self.refused(anna, *self.founding(token=token), code=4)
        self.refused(anna, *self.founding("MOPS Dębowo", token=token), says="as 'GOPS Lipowo' (rural)")
        self.refused(anna, *self.founding(token=token, model="urban"), says="begin afresh with a new token")
        first = anna.run(*self.founding("MOPS Dębowo"))["workspace"]
        self.works(anna)
        eva = self.profile("eva", "Ewa Mak")
        self.refused(eva, *self.founding("MOPS Dębowo", token=token), says="token is unknown or was used")
        self.assertNotEqual(eva.run(*self.founding("MOPS Dębowo"))["workspace"], first)

    def test_a_wrong_token_leaves_nothing_behind(self):
        anna = self.profile("anna", "Anna Sowa")
        self.refused(anna, *self.founding(token="0" * 40), says="token is unknown")
        self.refused(anna, *self.founding("Inna nazwa", token="0" * 40), says="token is unknown")
        anna.run(*self.founding())
        self.works(anna)

    def test_who_gave_up_founding_may_join_another_office(self):
        anna, jan = self.profile("anna", "Anna Sowa"), self.profile("jan", "Jan Lis")
        anna.run(*self.founding())
        self.lose_reply(connection=2)
        self.refused(jan, *self.founding("Inna nazwa"), code=4)
        invitation = anna.run("invite", "--name", "Jan Lis", "--role", "social-worker")["invitation"]
        anna.run("approve", jan.run("join", invitation)["code"])
        jan.run("sync")
        self.same(anna, jan)


class Joining(Enrolment):
    def setUp(self):
        super().setUp()
        self.anna = self.office.found("Anna Sowa")
        self.jan = self.profile("jan", "Jan Lis")

    def invite(self, by=None):
        return (by or self.anna).run("invite", "--name", "Jan Lis", "--role", "social-worker")["invitation"]

    def let_in(self, code, by=None):
        (by or self.anna).run("approve", code)
        self.jan.run("sync")
        self.same(by or self.anna, self.jan)

    def test_a_lost_answer_to_a_request_shows_the_same_code_later(self):
        text = self.invite()
        self.lose_reply(connection=2)
        self.refused(self.jan, "join", text, code=4)
        code = self.jan.run("join", text)["code"]
        self.assertEqual(self.anna.run("requests"), [{"name": "Jan Lis", "role": "social-worker"}])
        self.let_in(code)

    def test_another_invitation_may_be_taken_up_until_somebody_let_in(self):
        first, second = self.invite(), self.invite()
        codes = [self.jan.run("join", text)["code"] for text in (first, second, first)]
        self.assertEqual(codes[0], codes[2])
        for _ in range(5):
            self.refused(self.anna, "approve", "AAAAAAAAAA", says="no device that waits")
        self.refused(self.jan, "join", first, says="no open invitation")
        self.let_in(self.jan.run("join", self.invite())["code"])
        self.refused(self.jan, "join", self.invite(), says="has a workspace already")

    def test_either_of_two_codes_lets_in_and_the_other_then_does_nothing(self):
        codes = [self.jan.run("join", self.invite())["code"] for _ in range(2)]
        self.anna.run("approve", codes[0])
        self.refused(self.anna, "approve", codes[1], says="let in already")
        self.refused(self.jan, "join", self.invite(), says="has a workspace already")
        self.same(self.anna, self.jan)
        self.assertEqual(self.anna.run("requests"), [])

    def test_who_waits_in_one_office_may_go_to_another(self):
        other = self.profile("ewa", "Ewa Mak")
        other.run("workspace", "create", "--name", "MOPS Dębowo", "--model", "urban", "--server", self.office.address,
                  "--fingerprint", self.office.server.ask("fingerprint"),
                  "--token", self.office.server.ask("workspace-token"))
        self.jan.run("join", self.invite())
        code = self.jan.run("join", self.invite(by=other))["code"]
        self.let_in(code, by=other)

    def test_an_approval_cut_or_killed_at_any_exchange_is_ended_by_the_next(self):
        for end in ("cut", "killed"):
            for connection in (1, 2):
                with self.subTest(end=end, connection=connection):
                    self.jan = self.profile(f"jan-{end}-{connection}", "Jan Lis")
                    code = self.jan.run("join", self.invite())["code"]
                    self.lose_reply(connection)
                    if end == "cut":
                        self.refused(self.anna, "approve", code, code=4)
                    else:
                        self.killed(self.anna, "approve", code)
                    done = self.anna.argv("approve", code)
                    again = subprocess.run(done, capture_output=True, timeout=60)
                    # The sync within it may have shown that the approval had gone through.
                    self.assertIn(again.returncode, (0, 2) if connection == 2 else (0,), again.stderr)
                    self.jan.run("sync")
                    self.same(self.anna, self.jan)
                    self.assertEqual(self.anna.run("requests"), [])


if __name__ == "__main__":
    unittest.main()
