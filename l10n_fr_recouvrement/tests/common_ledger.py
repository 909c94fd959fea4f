from datetime import date, timedelta

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

# The day of every test: the day of the worked examples.
TODAY = date(2026, 11, 22)
DUTY_FREE = [Command.clear()]


def day(offset):
    """A day: a date as it is, or a number of days after today."""
    return offset if isinstance(offset, date) else TODAY + timedelta(days=offset)


class LedgerCommon(AccountTestInvoicingCommon):
    """Debtors and their journal items in a French company, on a fixed day.

    Days are dates, or numbers of days after today: `due=-10` is ten days late.
    Amounts carry no tax.
    """

    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(f"{TODAY} 09:00:00"))
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company.write({"city": "Lyon", "zip": "69001", "street": "1 rue Neuve"})
        cls.company.recovery_working_days = False  # the day is a Sunday
        cls.company.recovery_bank_days = 0
        cls.eur = cls.env.ref("base.EUR")
        cls.receivable = cls.company_data["default_account_receivable"]
        cls.customer = cls.debtor("Garage Martin")

    @classmethod
    def setup_independent_company(cls, **kwargs):
        """The company of the database where its French books are empty: loading a chart
        of accounts takes seconds.
        """
        company = cls.env.ref("base.main_company")
        entries = cls.env["account.move"].search_count(
            [("company_id", "=", company.id)], limit=1
        )
        if company.chart_template == "fr" and not entries:
            return company
        return super().setup_independent_company(**kwargs)

    @classmethod
    def debtor(cls, name="Debtor", kind="professional", **values):
        """A customer who can be written to; a kind that is given is confirmed."""
        address = {"street": "2 rue Haute", "zip": "75002", "city": "Paris"}
        values = {
            "name": name,
            "is_company": kind != "consumer",
            "email": "comptabilite@example.com",
            "country_id": cls.env.ref("base.fr").id,
            "property_account_receivable_id": cls.receivable.id,
            **address,
            **values,
        }
        if kind:
            values["recovery_debtor_kind"] = kind
        return cls.env["res.partner"].create(values)

    @classmethod
    def contact(cls, debtor, name="Contact", **values):
        """A person of a debtor, without an address of their own."""
        return cls.env["res.partner"].create(
            {"name": name, "parent_id": debtor.id, "type": "contact", **values}
        )

    @classmethod
    def invoice(cls, debtor=None, amount=1000, due=-10, **values):
        """A posted customer invoice, one month old on its due date."""
        return cls.invoices(1, debtor, amount, due, **values)

    @classmethod
    def invoices(cls, count, debtor=None, amount=1000, due=-10, **values):
        """Posted customer invoices that are alike."""
        return cls._post_moves(
            [cls._move_values("out_invoice", debtor, amount, due, values)] * count
        )

    @classmethod
    def invoice_of(cls, company, debtor=None, **values):
        """A posted invoice of another company to a debtor of both."""
        debtor = cls.customer if debtor is None else debtor
        accounts = cls.env["account.account"].with_company(company)
        debtor.with_company(company).property_account_receivable_id = accounts.search(
            [
                *accounts._check_company_domain(company),
                ("account_type", "=", "asset_receivable"),
                ("non_trade", "=", False),
            ],
            limit=1,
        )
        return cls.invoice(debtor, company_id=company.id, **values)

    @classmethod
    def credit(cls, debtor=None, amount=1000, due=-10, **values):
        """A posted credit note, not reconciled; `state="draft"` leaves it so."""
        return cls._post_moves(
            [cls._move_values("out_refund", debtor, amount, due, values)]
        )

    @classmethod
    def _move_values(cls, move_type, debtor, amount, due, values):
        values = {
            "move_type": move_type,
            "partner_id": (debtor or cls.customer).id,
            "invoice_date": day(due) - timedelta(days=30),
            "invoice_date_due": day(due),
            "currency_id": cls.eur.id,
            **values,
        }
        if "invoice_payment_term_id" not in values:
            values["invoice_payment_term_id"] = False
        line = {"name": "Service", "price_unit": amount, "tax_ids": DUTY_FREE}
        return values | {"invoice_line_ids": [Command.create(line)]}

    @classmethod
    def _post_moves(cls, values_list):
        drafts = [values.pop("state", None) for values in map(dict, values_list)]
        moves = cls.env["account.move"].create(
            [
                {name: value for name, value in values.items() if name != "state"}
                for values in values_list
            ]
        )
        if not any(drafts):
            moves.action_post()
        return moves

    @classmethod
    def instalments(cls, debtor=None, amount=1000, dues=(-40, -10), **values):
        """A posted invoice payable in equal parts on these days."""
        first = day(dues[0])
        parts = [
            {
                "value": "percent",
                "value_amount": 100 / len(dues),
                "nb_days": (day(due) - first).days,
            }
            for due in dues
        ]
        term = cls.env["account.payment.term"].create(
            {"name": "Parts", "line_ids": [Command.create(part) for part in parts]}
        )
        return cls.invoice(
            debtor,
            amount,
            first,
            invoice_date=first,
            invoice_payment_term_id=term.id,
            **values,
        )

    @classmethod
    def payment(cls, debtor=None, amount=1000, on=0, post=True, **values):
        """Money received that nobody allocated to an invoice."""
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (debtor or cls.customer).id,
                "amount": amount,
                "date": day(on),
                "currency_id": cls.eur.id,
                "journal_id": cls.company_data["default_journal_bank"].id,
                **values,
            }
        )
        if post:
            payment.action_post()
        return payment

    @classmethod
    def pay(cls, moves, amount=None, on=0, **values):
        """Pay invoices through the register; without an amount, what is due."""
        if amount is not None:
            values["amount"] = amount
        return cls._register_payment(moves, payment_date=day(on), **values)

    @classmethod
    def entry(cls, debtor=None, amount=1000, due=-10, **values):
        """An opening balance in a general journal: a debt, or a credit if negative."""
        side = "debit" if amount > 0 else "credit"
        other = "credit" if amount > 0 else "debit"
        item = {
            "account_id": cls.receivable.id,
            "partner_id": cls.customer.id if debtor is None else debtor.id,
            "date_maturity": day(due),
            side: abs(amount),
        }
        balance = {
            "account_id": cls.company_data["default_account_revenue"].id,
            other: abs(amount),
        }
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day(due) - timedelta(days=30),
                "journal_id": cls.company_data["default_journal_misc"].id,
                "line_ids": [Command.create(item), Command.create(balance)],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def items(cls, moves):
        """Receivable items, oldest first."""
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).sorted(lambda line: (line.date_maturity, line.id))
