from calendar import monthrange
from collections import defaultdict
from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..law.rates import MissingRate
from ..models.access import COLLECTOR
from ..models.bulk import bulk_insert

# The manager is reminded in the last days of a month.
LAST_DAYS = 3


class RecoveryPenaltySearch(models.TransientModel):
    """The penalties worth claiming at the end of a month."""

    _name = "recovery.penalty.search"
    _description = "Penalties to claim"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Interest up to",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    since = fields.Date(
        string="Invoices due since",
        required=True,
        compute="_compute_since",
        store=True,
        precompute=True,
        readonly=False,
        help="Five years: the limitation of commercial debts (C. com. L110-4).",
    )
    minimum = fields.Monetary(
        string="Customers from",
        currency_field="company_currency_id",
        compute="_compute_minimum",
        store=True,
        precompute=True,
        readonly=False,
        help="Interest and indemnities together. Public buyers are always shown.",
    )

    @api.depends("date")
    def _compute_since(self):
        for search in self:
            day = search.date or fields.Date.today()
            search.since = self.env["recovery.claimable"]._since(day)

    @api.depends("company_id")
    def _compute_minimum(self):
        for search in self:
            search.minimum = search.company_id.recovery_penalty_minimum

    @api.model
    def _show_now(self):
        """The list as of today, for the company of the user."""
        return self.create({}).action_show()

    def action_show(self):
        """Compute the list for the chosen day and open it."""
        self.ensure_one()
        self.env["recovery.charge"]._require(COLLECTOR)
        if self.company_id not in self.env.companies:
            raise UserError(self.env._("Choose one of the companies you work in."))
        self._fill()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_penalty_action"
        )
        action["domain"] = [("search_id", "=", self.id)]
        return action

    def _fill(self):
        """Write one row for each customer and currency that is worth it."""
        rows = self._rows()
        bulk_insert(self.env, "recovery.penalty", rows)
        return rows

    def _rows(self):
        service = self.env["recovery.claimable"].sudo()  # the company's own ledger
        items = service._candidates(self.company_id, self.date, self.since)
        try:
            lines = service._lines(items, self.date)
        except MissingRate as error:
            raise UserError(self.env["recovery.writer"]._missing_rate(error)) from error
        groups = defaultdict(list)
        for line in lines:
            groups[line["partner_id"], line["currency_id"]].append(line)
        rows = [self._row(key, group) for key, group in groups.items()]
        return self._worth(rows)

    def _row(self, key, lines):
        """Figures of one customer in one currency."""
        partner_id, currency_id = key
        amounts = defaultdict(Decimal)
        for line in lines:
            amounts[line["kind"]] += line["amount"]
        currency = self.env["res.currency"].browse(currency_id)
        total = currency._convert(
            float(sum(amounts.values())),
            self.company_id.currency_id,
            self.company_id,
            self.date,
        )
        return {
            "search_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": partner_id,
            "currency_id": currency_id,
            "interest": amounts["interest"],
            "indemnity": amounts["indemnity"],
            "total": total,
            "invoice_count": len({line["move_id"] for line in lines}),
            "public": lines[0]["public"] or False,
            "spared": lines[0]["spared"],
            "kind_confirmed": lines[0]["kind_confirmed"],
            "create_uid": self.env.uid,
            "create_date": self.env.cr.now(),
        }

    def _worth(self, rows):
        """Rows of the customers above the minimum and not left out by their flag."""
        totals = defaultdict(float)
        for row in rows:
            totals[row["partner_id"]] += row["total"]
        kept = [
            row
            for row in rows
            if row["public"]
            or (not row["spared"] and totals[row["partner_id"]] >= self.minimum)
        ]
        for row in kept:
            del row["spared"]
        return kept

    @api.model
    def _cron_remind(self):
        """In the last days of a month, tell the manager what is worth claiming."""
        today = self.env["res.company"]._recovery_today()
        first = today.replace(day=1)
        if today.day <= monthrange(today.year, today.month)[1] - LAST_DAYS:
            return
        companies = self.env["res.company"].search(
            [("recovery_live", "=", True), ("recovery_penalty_reminder", "=", True)]
        )
        for company in companies:
            if (company.recovery_penalty_reminded or first) <= first:
                self.create({"company_id": company.id, "date": today})._remind()

    def _remind(self):
        """An activity of the manager who switched the reminders on."""
        rows = self._rows()
        company = self.company_id
        company.recovery_penalty_reminded = self.date
        if not rows:
            return
        manager = company.recovery_live_user_id or company.recovery_user_id
        total = format_amount(
            self.env, sum(row["total"] for row in rows), company.currency_id
        )
        self.env["mail.activity"].create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": self.env._("Penalties to claim: %s", total),
                "note": self._note(len({row["partner_id"] for row in rows})),
                "date_deadline": self.date,
                "user_id": (manager or self.env.user).id,
            }
        )

    def _note(self, count):
        link = Markup('<a href="/odoo/penalites">%s</a>') % self.env._("Open the list")
        text = self.env._(
            "%(count)s customers of %(company)s owe penalties worth claiming.",
            count=count,
            company=self.company_id.name,
        )
        return Markup("<p>%s %s</p>") % (text, link)


class RecoveryPenalty(models.TransientModel):
    """Penalties that a customer owes in one currency, as of a day."""

    _name = "recovery.penalty"
    _description = "Penalties of a customer"
    _order = "total desc, id"
    _rec_name = "partner_id"

    search_id = fields.Many2one(
        comodel_name="recovery.penalty.search",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    debtor_kind = fields.Selection(related="partner_id.recovery_debtor_kind")
    kind_confirmed = fields.Boolean(readonly=True)
    public = fields.Boolean(string="Public buyer", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    invoice_count = fields.Integer(string="Invoices", readonly=True)
    interest = fields.Monetary(readonly=True)
    indemnity = fields.Monetary(string="Indemnities", readonly=True)
    total = fields.Monetary(currency_field="company_currency_id", readonly=True)

    def action_claim(self):
        """Claim the penalties of these customers."""
        self.search_id.ensure_one()
        search = self.search_id
        claimable = self.env["recovery.claimable"]
        items = claimable._candidates(
            search.company_id, search.date, search.since, self.partner_id
        )
        moves = self.env["account.move.line"].browse(items).move_id
        return self.env["recovery.claim"]._open(moves, search.date)
