from odoo import api, fields, models
from odoo.exceptions import UserError

# What is asked of the recipient, in the French of the letter; the user may change it.
INSTRUCTIONS = {
    "officer": (
        "Nous vous demandons d’entreprendre le recouvrement amiable de cette créance "
        "et, à défaut de règlement, de nous indiquer la procédure que vous conseillez."
    ),
    "agency": (
        "Nous vous demandons d’entreprendre le recouvrement amiable de cette créance. "
        "Aucun délai de paiement ni aucune remise ne sont à accorder sans notre accord."
    ),
    "lawyer": (
        "Nous vous demandons de nous indiquer la procédure que vous conseillez pour "
        "obtenir un titre exécutoire, son coût et les pièces qui vous manquent."
    ),
}


class RecoveryTransfer(models.TransientModel):
    """Hand a debtor's file over to somebody who collects or pleads (lettre L10)."""

    _name = "recovery.transfer"
    _description = "Transfer of a file"
    _check_company_auto = True

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    recipient_kind = fields.Selection(
        selection=[
            ("officer", "Commissaire de justice"),
            ("agency", "Collection agency"),
            ("lawyer", "Lawyer"),
        ],
        string="To",
        required=True,
        default="officer",
    )
    recipient_id = fields.Many2one(
        comodel_name="res.partner", string="Recipient", required=True
    )
    agreement_on = fields.Date(
        string="Agreement of",
        help="Date of the written agreement with the agency (CPCE R124-3).",
    )
    instructions = fields.Text(
        compute="_compute_instructions", store=True, readonly=False
    )
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('amount_residual', '>', 0)]",
        help="Empty: all that is overdue.",
    )

    @api.depends("recipient_kind")
    def _compute_instructions(self):
        for transfer in self:
            transfer.instructions = INSTRUCTIONS.get(transfer.recipient_kind)

    def action_write(self):
        """Write the letter, with the claim as it stands today."""
        self.ensure_one()
        if self.recipient_kind == "agency" and not self.agreement_on:
            raise UserError(
                self.env._(
                    "An agency acts on a written agreement (CPCE R124-3): enter its "
                    "date, or sign one first."
                )
            )
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "L10",
                self.partner_id,
                self.company_id,
                self.move_ids,
                contact=self.recipient_id,
                by_letter=True,
                facts={"mandate": self._mandate(), "instructions": self.instructions},
            )
        )

    def _mandate(self):
        """On what basis the recipient acts, in the French of the letter."""
        if self.recipient_kind != "agency":
            return ""
        return (
            "Ce dossier vous est confié en exécution de la convention écrite du "
            f"{self.agreement_on:%d/%m/%Y} (article R124-3 du code des procédures "
            "civiles d’exécution) ; les sommes que vous recevez sont à nous reverser "
            "dans le mois de leur encaissement (article R124-6)."
        )
