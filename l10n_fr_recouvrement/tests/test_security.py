from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common_security import SecurityCommon
from .common_sending import pdf

RUN_METHODS = (
    "_process",
    "_cron_decide",
    "_open",
    "_write_flow",
    "_set_state",
    "_fail",
    "_send",
    "_deliver",
    "_prepare",
    "_remind",
    "_plans",
    "_write_notices",
    "_for_items",
    "_load_shipped",
)
MODES = ("read", "write", "create", "unlink")
# Printed on orders and invoices, whoever makes them; holds nothing personal.
TERMS = "recovery.penalty.clause"
# Asks what to print, or what a salesperson objects to; changes nothing by itself.
QUESTIONS = (
    "recovery.statement.report",
    "recovery.objection.answer",
    "recovery.reset",
)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAccessRights(SecurityCommon):
    def test_models_are_the_ones_we_know_of(self):
        self.assertGreaterEqual(len(self.models()), 14)

    def test_portal_public_and_employees_have_no_access_to_any_model(self):
        public = self.env.ref("base.public_user").sudo()
        for model in self.models():
            for user in (self.portal, public, self.employee):
                for mode in MODES:
                    allowed = self.may(user, model, mode)
                    expected = (user, model, mode) == (self.employee, TERMS, "read")
                    self.assertEqual(allowed, expected, f"{user.login} {mode} {model}")

    def test_invoicing_users_and_auditors_change_nothing(self):
        for model in set(self.models()) - set(QUESTIONS):
            for user in (self.invoicing, self.auditor, self.seller):
                for mode in ("write", "create", "unlink"):
                    allowed = self.may(user, model, mode)
                    self.assertFalse(allowed, f"{user.login} {mode} {model}")

    def test_invoicing_users_read_where_their_invoices_stand(self):
        for model in ("situation", "notice", "notice.line", "dispute", "promise"):
            self.assertTrue(self.may(self.invoicing, f"recovery.{model}", "read"))

    def test_collectors_configure_nothing(self):
        for model in ("policy", "level", "rate", "run", "go.live"):
            for mode in ("write", "create", "unlink"):
                allowed = self.may(self.clerk, f"recovery.{model}", mode)
                self.assertFalse(allowed, f"{mode} {model}")

    def test_nobody_writes_what_was_sent(self):
        for user in (self.clerk, self.boss):
            for mode in ("write", "create", "unlink"):
                self.assertFalse(self.may(user, "recovery.notice.line", mode), mode)
            for mode in ("create", "unlink"):
                self.assertFalse(self.may(user, "recovery.notice", mode), mode)

    def test_changes_of_level_are_append_only(self):
        for user in (self.clerk, self.boss):
            for mode in ("write", "unlink"):
                self.assertFalse(self.may(user, "recovery.level.change", mode), mode)

    def test_accounting_manager_is_recovery_manager(self):
        user = self.member("chief", "account.group_account_manager")
        group = "l10n_fr_recouvrement.group_recovery_manager"
        self.assertTrue(user.has_group(group))
        self.assertFalse(self.clerk.has_group(group))

    def test_methods_that_check_nothing_cannot_be_called_from_outside(self):
        for name in RUN_METHODS:
            self.assertTrue(name.startswith("_"))
        public = {
            (model, name)
            for model in (*self.models(), "recovery.writer", "recovery.sender")
            for name in ("commit", "write_notices", "send", "remind", "set_state")
            if hasattr(self.env[model], name)
        }
        self.assertFalse(public)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestVisibility(SecurityCommon):
    """Who sees which rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)
        cls.own = cls.invoice(invoice_user_id=cls.seller.id)
        cls.foreign = cls.invoice(cls.debtor("Other"), invoice_user_id=cls.clerk.id)

    def seen(self, model, user, field="move_id"):
        return self.env[model].with_user(user).search([])[field]

    def test_salespeople_see_their_own_invoices_only(self):
        self.assertEqual(self.seen("recovery.situation", self.seller), self.own)

    def test_salespeople_with_accounting_rights_see_all(self):
        both = self.member(
            "both", "sales_team.group_sale_salesman", "account.group_account_invoice"
        )
        self.assertEqual(self.seen("recovery.situation", both), self.own | self.foreign)

    def test_collectors_and_auditors_see_all(self):
        for user in (self.clerk, self.boss, self.invoicing, self.auditor):
            seen = self.seen("recovery.situation", user)
            self.assertEqual(seen, self.own | self.foreign, user.login)

    def test_salespeople_read_their_situation_to_the_end(self):
        rows = self.env["recovery.situation"].with_user(self.seller).search([])
        [values] = rows.read(["status", "reason", "policy_id", "next_level_id"])
        self.assertEqual(values["status"], "due")

    def test_salespeople_find_none_of_the_others_by_status(self):
        moves = self.env["account.move"].with_user(self.seller)
        found = moves.search([("recovery_status", "=", "due")])
        self.assertEqual(found, self.own)

    def ours(self, record):
        """The values of our fields that the user of the record may ask for."""
        names = record.fields_get(attributes=["type"])
        ours = [name for name in names if name.startswith("recovery_")]
        return record.read(["name", *ours])

    def test_who_reads_a_customer_can_read_our_fields_on_it(self):
        for user in (self.employee, self.seller, self.invoicing, self.clerk):
            with self.subTest(user.login):
                self.ours(self.customer.with_user(user))

    def test_employees_do_not_see_what_a_customer_owes(self):
        [values] = self.ours(self.customer.with_user(self.employee))
        self.assertNotIn("recovery_overdue", values)

    def test_who_reads_an_invoice_can_read_our_fields_on_it(self):
        for user in (self.seller, self.invoicing, self.auditor, self.clerk):
            with self.subTest(user.login):
                self.ours(self.own.with_user(user))

    def test_portal_sees_nothing_of_ours_on_its_invoice(self):
        [values] = self.ours(self.portal_invoice())
        self.assertEqual(set(values), {"id", "name"})

    def test_portal_gets_no_statement_of_interest(self):
        move = self.portal_invoice()
        self.assertEqual(move.amount_residual, 1000)
        with self.assertRaises(AccessError):
            move.recovery_statement()

    def portal_invoice(self):
        debtor = self.portal.partner_id
        debtor.property_account_receivable_id = self.receivable
        return self.invoice(debtor).with_user(self.portal)

    def test_invoicing_user_gets_a_statement_of_interest(self):
        figures = self.own.with_user(self.invoicing).recovery_statement()
        self.assertEqual(figures["principal_due"], 1000)

    def test_notices_are_written_for_invoices_of_any_salesperson(self):
        sales = "sales_team.group_sale_salesman"
        manager = "l10n_fr_recouvrement.group_recovery_manager"
        user = self.member("selling_manager", sales, manager)
        run = self.env["recovery.run"].with_user(user).launch()
        self.assertEqual(
            run.sudo().notice_ids.line_ids.move_id, self.own | self.foreign
        )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLetters(SecurityCommon, HttpCase):
    """The address of the letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy({"delay_days": 5, "letter": "L1"})
        cls.move = cls.invoice()

    def setUp(self):
        super().setUp()
        self.written = self.decide()
        self.send(self.written)

    def get(self, user, ids):
        self.authenticate(user.login if user else None, user.login if user else None)
        return self.url_open(f"/recouvrement/notices/{ids}.pdf", allow_redirects=False)

    def test_collector_gets_the_archived_letter(self):
        response = self.get(self.clerk, self.written.id)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertTrue(pdf("x").startswith(b"%PDF"))

    def test_who_may_not_read_the_notice_gets_no_letter(self):
        for user in (self.portal, self.employee, self.seller):
            response = self.get(user, self.written.id)
            self.assertEqual(response.status_code, 403, user.login)

    def test_visitor_is_sent_to_the_login(self):
        response = self.get(None, self.written.id)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_people_of_another_company_get_no_letter(self):
        other = self.setup_other_company(name="Second company")["company"]
        values = {"company_id": other.id, "company_ids": other.ids}
        stranger = self.manager("stranger", **values)
        response = self.get(stranger, self.written.id)
        self.assertEqual(response.status_code, 403)

    def test_unknown_or_wrong_number_is_not_found(self):
        for ids in ("0", "999999999", "x", "1,x", "1;drop"):
            self.assertEqual(self.get(self.clerk, ids).status_code, 404, ids)
