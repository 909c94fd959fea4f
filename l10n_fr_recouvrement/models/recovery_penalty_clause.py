from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import get_lang

from ..law.claim import MILD_DEBTORS
from ..law.clause import Terms, mentions, suits_consumer
from ..law.interest import Claim, statement
from ..law.rates import MissingRate
from .vocabulary import DEBTOR_KINDS, PENALTY_RULES


class RecoveryPenaltyClause(models.Model):
    """What is agreed on late payment (clause de pénalités), printed on invoices.

    C. com. L441-10 II and D441-5 (professionals), CCP L2192-13 (public buyers),
    C. civ. 1231-5 and 1231-6 (consumers and non-professionals).
    """

    _name = "recovery.penalty.clause"
    _description = "Penalty clause"
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: the clause serves all companies."
    )
    debtor_kind = fields.Selection(
        selection=DEBTOR_KINDS,
        string="Kind of debtor",
        help="The first clause of a kind applies by itself to its debtors. A clause "
        "is never used for another kind than its own. Empty: any kind, only where it "
        "is chosen.",
    )
    rule = fields.Selection(
        selection=PENALTY_RULES,
        string="Interest",
        required=True,
        default="statutory",
        help="Statutory: ECB rate + 10 points for a professional, + 8 for a public "
        "body; legal rate after a formal notice for the others.",
    )
    percent = fields.Float(
        string="Agreed rate", digits=(5, 2), help="Percent a year, as agreed."
    )
    indemnity = fields.Float(
        string="Fixed indemnity (EUR)",
        digits=(16, 2),
        default=40.0,
        help="Once per invoice (C. com. D441-5, CCP D2192-35); a consumer or "
        "non-professional owes none.",
    )
    penalty_percent = fields.Float(
        string="Clause pénale",
        digits=(5, 2),
        help="Percent of what remains due, after a formal notice (C. civ. 1231-5).",
    )
    discount = fields.Char(
        string="Without early discount",
        translate=True,
        help="Said where the payment term grants no early discount. Empty: the usual "
        "sentence. Where the term grants one, its percent and days are said.",
    )
    text = fields.Text(
        string="Text on the invoice",
        translate=True,
        help="Empty: written from the figures above. One sentence per line: a line is "
        "left out where the terms of the document already say it.",
    )
    warning = fields.Text(compute="_compute_warning")
    preview = fields.Text(compute="_compute_preview")

    _check_figures = models.Constraint(
        "CHECK (percent >= 0 AND indemnity >= 0 AND penalty_percent >= 0"
        " AND penalty_percent <= 100)",
        "Rates and amounts cannot be negative, and a clause pénale is 100 % at most.",
    )

    @api.constrains("rule", "percent")
    def _check_percent(self):
        for clause in self:
            if clause.rule == "contractual" and not clause.percent:
                raise ValidationError(
                    self.env._(
                        "Enter the agreed rate of the clause “%s”, in percent a year.",
                        clause.name,
                    )
                )

    @api.constrains("debtor_kind", "indemnity")
    def _check_indemnity(self):
        """Only professionals and public buyers owe it (C. com. L441-10 II)."""
        for clause in self:
            if clause.debtor_kind in MILD_DEBTORS and clause.indemnity:
                raise ValidationError(
                    self.env._(
                        "A consumer or non-professional owes no fixed indemnity: set "
                        "it to 0 in the clause “%s”.",
                        clause.name,
                    )
                )

    @api.constrains("debtor_kind", "text", "discount")
    def _check_text(self):
        for clause in self:
            words = f"{clause.text or ''} {clause.discount or ''}"
            if clause.debtor_kind in MILD_DEBTORS and not suits_consumer(words):
                raise ValidationError(
                    self.env._(
                        "Remove the fixed indemnity and the ECB rate from the text of "
                        "the clause “%s”: a consumer or non-professional owes neither.",
                        clause.name,
                    )
                )

    @api.onchange("debtor_kind")
    def _onchange_debtor_kind(self):
        if self.debtor_kind in MILD_DEBTORS:
            self.indemnity = 0.0

    @api.depends("rule", "percent", "indemnity", "debtor_kind")
    def _compute_warning(self):
        rates = self.env["recovery.rate"]._rate_table()
        today = self.env.company._recovery_today()
        for clause in self:
            clause.warning = "\n".join(clause._cautions(rates, today))

    def _cautions(self, rates, today):
        """What the law holds against the clause today; it stays the user's choice."""
        self.ensure_one()
        if self.rule == "contractual" and not self.percent:
            return ()
        claim = Claim(
            principal=Decimal(100),
            due_date=today - timedelta(days=1),
            debtor=self.debtor_kind or "professional",
            rule=self.rule or "statutory",
            percent=self._decimal("percent"),
            fixed_indemnity=self._decimal("indemnity"),
        )
        try:
            return statement(claim, rates, today).warnings
        except MissingRate as error:
            return (self.env._("%s: the text names no percentage.", error),)

    @api.depends(
        "rule",
        "percent",
        "indemnity",
        "penalty_percent",
        "debtor_kind",
        "discount",
        "text",
    )
    def _compute_preview(self):
        """The text of a French invoice of today, without early discount."""
        today = self.env.company._recovery_today()
        for clause in self:
            kind = clause.debtor_kind or "professional"
            incomplete = clause.rule == "contractual" and not clause.percent
            clause.preview = not incomplete and clause._text(
                kind, self.env["account.payment.term"], today, "fr_FR"
            )

    def _text(self, kind, payment_term, day, lang):
        """The sentences of a document, one per line.

        :param kind: kind of the debtor, None or False while nobody knows it
        :param payment_term: account.payment.term, for its early discount
        :param day: date of the document: its half-year gives the percentage
        :param lang: language of the debtor; another one than French gives English
        """
        self.ensure_one()
        own = self.with_context(lang=get_lang(self.env, lang).code)
        if own.text:
            return own.text
        terms = Terms(
            debtor=kind or None,
            rule=self.rule,
            percent=self._decimal("percent") if self.rule == "contractual" else None,
            indemnity=self._decimal("indemnity"),
            penalty_percent=self._decimal("penalty_percent"),
            discount=self._discount(payment_term),
            no_discount=own.discount or "",
        )
        rates = self.env["recovery.rate"]._rate_table()
        return "\n".join(mentions(terms, rates, day, lang.startswith("fr")))

    @api.model
    def _discount(self, payment_term):
        if not payment_term.early_discount:
            return None
        percent = Decimal(f"{payment_term.discount_percentage:.2f}")
        return percent, payment_term.discount_days

    def _decimal(self, name):
        """A figure of two decimals as the law package takes it."""
        return Decimal(f"{self[name]:.2f}")

    def copy_data(self, default=None):
        return [
            vals | {"name": self.env._("%s (copy)", clause.name)}
            for clause, vals in zip(self, super().copy_data(default), strict=True)
        ]
