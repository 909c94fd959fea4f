import hashlib

from odoo import fields, models


class RecoveryPlanPrintMixin(models.AbstractModel):
    """The offer of a plan and its agreement (L6, L7), archived as they were offered."""

    _name = "recovery.plan.print.mixin"
    _description = "Letters of a payment plan"

    offer_document_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="Offer",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    agreement_document_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="Agreement to sign",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    def _archive_offer(self):
        """Archive the offer and the agreement of each plan."""
        for plan in self:
            plan._write_flow(
                {
                    "offer_document_id": plan._archive("L6").id,
                    "agreement_document_id": plan._archive("L7").id,
                }
            )

    def _archive(self, letter):
        """Attachment with one letter of this plan; its hash is in the history."""
        content = self.env["recovery.plan.printer"]._pdf(self, letter)
        name = self.env["recovery.plan.printer"]._file(self, letter)
        document = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
                "company_id": self.company_id.id,
            }
        )
        digest = hashlib.sha256(content).hexdigest()
        self._message_log(body=f"{name}, SHA-256 {digest}")
        return document

    def action_print_offer(self):
        return self._download(self.offer_document_id)

    def action_print_agreement(self):
        return self._download(self.agreement_document_id)

    def _download(self, document):
        """The letter as it was archived."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{document.id}?download=true",
            "target": "new",
        }
