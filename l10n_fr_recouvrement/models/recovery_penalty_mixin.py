from odoo import fields, models
from odoo.exceptions import UserError

CHART_ACCOUNTS = {"interest": "pcg_7631", "indemnity": "pcg_7581"}
OUT_OF_SCOPE = "Hors champ d’application de la TVA (indemnité)"


class RecoveryPenaltyMixin(models.AbstractModel):
    """How a company claims and books penalties."""

    _name = "recovery.penalty.mixin"
    _description = "Penalty settings of a company"

    recovery_interest_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Account of interest",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        help="Empty: 7631 of the French chart.",
    )
    recovery_indemnity_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Account of indemnities",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        help="Empty: 7581 of the French chart.",
    )
    recovery_penalty_tax_id = fields.Many2one(
        comodel_name="account.tax",
        string="Tax of penalties",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale'), ('amount', '=', 0)]",
        help="A 0 % tax outside the scope of VAT (category O). Empty: found or created "
        "with the first debit note.",
    )
    recovery_book_collected = fields.Boolean(
        string="Book penalties only when collected",
        help="Claimed penalties get their debit note with the receipt that covers them "
        "(CGI 237 sexies taxes them then).",
    )
    recovery_penalty_reminder = fields.Boolean(
        string="Remind of the penalties to claim", default=True
    )
    recovery_penalty_reminded = fields.Date(
        readonly=True, help="Last day the manager was told what is worth claiming."
    )

    def _recovery_penalty_account(self, kind):
        """Income account of a kind of charge.

        :raises UserError: neither the settings nor the chart name one
        """
        self.ensure_one()
        name = "interest" if kind == "interest" else "indemnity"
        chosen = self[f"recovery_{name}_account_id"]
        chart = self.env["account.chart.template"].with_company(self)
        account = chosen or chart.ref(CHART_ACCOUNTS[name], raise_if_not_found=False)
        if not account:
            raise UserError(
                self.env._(
                    "Choose the accounts of interest and indemnities of %s in the "
                    "settings, Recovery, Penalties.",
                    self.name,
                )
            )
        return account

    def _recovery_penalty_tax(self):
        """The 0 % tax outside the scope of VAT, created where there is none: a line
        without a tax breaks Factur-X.
        """
        self.ensure_one()
        if not self.recovery_penalty_tax_id:
            taxes = self.env["account.tax"].sudo()  # a collector configures no tax
            domain = [
                *taxes._check_company_domain(self),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", 0),
                ("ubl_cii_tax_category_code", "=", "O"),
            ]
            tax = taxes.search(domain, limit=1) or taxes.create(self._penalty_tax())
            self.sudo().recovery_penalty_tax_id = tax  # remembered for the next note
        return self.recovery_penalty_tax_id

    def _penalty_tax(self):
        country = self.account_fiscal_country_id
        groups = self.env["account.tax.group"].sudo()  # read only
        group = self.env["account.chart.template"].with_company(self)
        zero = group.ref("tax_group_tva_0", raise_if_not_found=False)
        any_group = groups.search(
            [
                *groups._check_company_domain(self),
                ("country_id", "in", (country.id, False)),
            ],
            limit=1,
        )
        return {
            "name": "0% hors champ (pénalités)",
            "description": OUT_OF_SCOPE,
            "invoice_label": "Hors champ TVA",
            "invoice_legal_notes": OUT_OF_SCOPE,
            "amount_type": "percent",
            "amount": 0,
            "type_tax_use": "sale",
            "company_id": self.id,
            "country_id": country.id,
            "tax_group_id": (zero or any_group).id,
            "ubl_cii_tax_category_code": "O",
            "ubl_cii_tax_exemption_reason_code": "VATEX-EU-O",
        }
