from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestGuard(RecoveryCommon):
    def _refusal(self, notice):
        return self.env["recovery.guard"]._refusals(notice).get(notice.id, "")

    def _notice(self, move, letter="L1", kind="professional", **values):
        level = self.policy(1).level_ids
        notice = self.notice(move, level, state="draft", **values)
        notice.write({"letter": letter, "debtor_kind": kind})
        for line in notice.line_ids:
            line.sudo().write(
                {
                    "number": line.move_id.name,
                    "date_maturity": line.move_line_id.date_maturity,
                }
            )
        return notice

    def _old(self, due, kind="professional"):
        return self.invoice(self.debtor("Old", kind), due=due)

    def test_an_open_late_invoice_may_be_claimed(self):
        self.assertFalse(self._refusal(self._notice(self.invoice())))

    def test_nothing_is_printed_to_a_debtor_in_insolvency_or_for_a_factor(self):
        """Read from the status of the situation, whatever gives it."""
        notice = self._notice(self.invoice())
        item = notice.line_ids.move_line_id.id
        for status, words in (
            ("insolvency", "declare the claim"),
            ("factored", "factor"),
        ):
            rows = {item: SimpleNamespace(status=status)}
            guard = type(self.env["recovery.guard"])
            with patch.object(guard, "_situations", lambda *_args, rows=rows: rows):
                self.assertIn(words, self._refusal(notice))

    def test_a_wholly_disputed_invoice_is_not_claimed(self):
        notice = self._notice(move := self.invoice())
        self.dispute(move)
        self.assertIn("close it before", self._refusal(notice))

    def test_a_meeting_about_a_disputed_invoice_may_be_confirmed(self):
        notice = self._notice(move := self.invoice(), "meeting")
        self.dispute(move)
        self.assertFalse(self._refusal(notice))

    def test_an_invoice_covered_by_credits_is_not_claimed(self):
        notice = self._notice(self.invoice(amount=500))
        self.credit(amount=500)
        self.assertIn("allocate", self._refusal(notice))

    def test_the_renderer_refuses_and_says_why(self):
        notice = self._notice(move := self.invoice())
        self.dispute(move)
        document = self.env["recovery.letter.renderer"].render(notice)[notice.id]
        self.assertIn(move.name, document)
        self.assertIn("disputed", document)

    def test_a_time_barred_consumer_debt_is_blocked(self):
        """C. conso. L218-2: due 20/11/2024, barred after 20/11/2026."""
        notice = self._notice(
            self._old(date(2024, 11, 20), "consumer"), kind="consumer"
        )
        self.assertIn("time-barred since 11/20/2026", self._refusal(notice))

    def test_the_last_day_is_still_in_time(self):
        notice = self._notice(
            self._old(date(2024, 11, 22), "consumer"), kind="consumer"
        )
        self.assertFalse(self._refusal(notice))

    def test_an_interruption_that_the_user_confirmed_reopens_the_claim(self):
        move = self._old(date(2024, 6, 20), "consumer")
        notice = self._notice(move, kind="consumer")
        move.recovery_limitation_restart = date(2025, 1, 15)
        self.assertFalse(self._refusal(notice))
        self.assertEqual(move.recovery_limitation_date, date(2027, 1, 15))

    def test_a_time_barred_debt_of_a_professional_is_warned_about(self):
        notice = self._notice(self._old(date(2021, 11, 20)))
        self.assertFalse(self._refusal(notice))
        self.assertIn("time-barred since 11/20/2026", notice.warning)
        self.assertFalse(self._notice(self._old(date(2021, 11, 22))).warning)

    def test_a_public_debt_lives_until_the_fourth_31_december(self):
        notice = self._notice(self._old(date(2021, 12, 31), "public"), kind="public")
        self.assertIn("12/31/2025", notice.warning)
        notice = self._notice(self._old(date(2022, 1, 1), "public"), kind="public")
        self.assertFalse(notice.warning)

    def test_the_invoice_shows_its_limitation(self):
        self.assertEqual(
            self._old(date(2026, 1, 31)).recovery_limitation_date, date(2031, 1, 31)
        )
        paid = self._old(date(2026, 1, 31))
        self.pay(paid)
        self.assertFalse(paid.recovery_limitation_date)
        draft = self.env["account.move"].new({"move_type": "out_invoice"})
        self.assertFalse(draft.recovery_limitation_date)

    def test_the_run_writes_nothing_on_a_time_barred_consumer_debt(self):
        debtor = self.debtor("Dupont", "consumer")
        barred = self.invoice(debtor, due=date(2024, 1, 15))
        recent = self.invoice(debtor)
        self.policy(1)
        run = self.env["recovery.run"].launch(company=self.company)
        notices = run.notice_ids.filtered(lambda n: n.partner_id == debtor)
        self.assertEqual(notices.line_ids.move_id, recent)
        self.assertNotIn(barred, notices.line_ids.move_id)
        self.assertEqual(notices.principal, 1000)

    def test_a_debtor_with_nothing_but_time_barred_debts_is_told_as_a_failure(self):
        self.policy(1)
        move = self._old(date(2024, 1, 15), "consumer")
        run = self.env["recovery.run"].launch(company=self.company)
        self.assertFalse(run.notice_ids)
        failures = run.line_ids.filtered(lambda line: line.kind == "failure")
        self.assertIn("time-barred", failures.message)
        with self.assertRaisesRegex(UserError, "time-barred"):
            move.action_recovery_remind()

    def test_a_time_barred_professional_debt_waits_for_an_approval(self):
        self.policy(1)
        self.company.recovery_live = True
        self._old(date(2020, 1, 15))
        self.invoice()
        run = self.env["recovery.run"].launch(company=self.company)
        states = {n.partner_id.name: n.state for n in run.notice_ids}
        self.assertEqual(states, {"Old": "draft", "Garage Martin": "ready"})

    def test_the_guard_reads_no_more_for_more_notices(self):
        moves = [self.invoice(self.debtor(f"D{n}")) for n in range(12)]
        notices = [self._notice(move) for move in moves]
        counts = []
        for count in (1, 2, 12):  # the first one fills the caches
            some = self.env["recovery.notice"].union(*notices[:count])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["recovery.guard"]._refusals(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
