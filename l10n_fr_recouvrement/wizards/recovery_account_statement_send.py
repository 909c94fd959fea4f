from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.access import COLLECTOR, require


class RecoveryAccountStatementSend(models.TransientModel):
    """Statements of account of chosen customers: who would get what, then send."""

    _name = "recovery.account.statement.send"
    _description = "Send statements of account"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    line_ids = fields.One2many(
        comodel_name="recovery.account.statement.send.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    sendable_count = fields.Integer(compute="_compute_sendable_count")

    @api.depends("partner_ids", "company_id")
    def _compute_line_ids(self):
        for wizard in self:
            sheets = wizard._sheets(wizard.partner_ids)
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(wizard._line(partner, sheets.get(partner, [])))
                for partner in wizard.partner_ids.commercial_partner_id._origin
            ]

    @api.depends("line_ids.problem")
    def _compute_sendable_count(self):
        for wizard in self:
            wizard.sendable_count = len(
                wizard.line_ids.filtered(lambda line: not line.problem)
            )

    @api.model
    def _action(self, partners, company):
        """Open the dialog on these customers."""
        wizard = self.create(
            {
                "company_id": company.id,
                "partner_ids": [fields.Command.set(partners.commercial_partner_id.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send statements of account"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _sheets(self, partners):
        """{customer: sheets}"""
        partners = partners.commercial_partner_id._origin
        partners.check_access("read")
        service = self.env["recovery.account.statement"]
        found = service._sheets(partners, self.company_id)
        return self.env["recovery.account.statement.sender"]._by_partner(found)

    def _line(self, partner, sheets):
        renderer = self.env["recovery.statement.renderer"]
        words = renderer._account_words(sheets, self.env.lang or "en_US")
        return {
            "partner_id": partner.id,
            "contact_id": words["contact"],
            "overdue": words["overdue"],
            "balance": words["balance"],
            "problem": self.env["recovery.account.statement"]._problem(sheets),
        }

    def action_send(self):
        """Queue the e-mails of those who may get one."""
        self.ensure_one()
        require(self.env, COLLECTOR)
        ready = self.line_ids.filtered(lambda line: not line.problem).partner_id
        if not ready:
            raise UserError(self.env._("None of these statements may be sent."))
        sender = self.env["recovery.account.statement.sender"]
        sender._check_limit(self.company_id, len(ready))
        problems = sender._send(self.company_id, self._sheets(ready))
        sent = len(ready) - len(problems)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Statements of account to be sent: %s", sent),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_preview(self):
        """The PDF of all of them, in one file."""
        self.ensure_one()
        return self._preview(self.partner_ids)

    def _preview(self, partners):
        sheets = [one for found in self._sheets(partners).values() for one in found]
        if not sheets:
            raise UserError(self.env._("Nothing is open on this account."))
        renderer = self.env["recovery.statement.renderer"]
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.env._("Statement of account") + ".pdf",
                "raw": renderer._joined(renderer._account_pdfs(sheets)),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}",
            "target": "new",
        }


class RecoveryAccountStatementSendLine(models.TransientModel):
    """One customer of the dialog."""

    _name = "recovery.account.statement.send.line"
    _description = "Statement of account to send"

    wizard_id = fields.Many2one(
        comodel_name="recovery.account.statement.send",
        required=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner", string="Written to", readonly=True
    )
    email = fields.Char(related="contact_id.email")
    overdue = fields.Char(readonly=True)
    balance = fields.Char(readonly=True)
    problem = fields.Char(string="Not sent because", readonly=True)

    def action_preview(self):
        self.ensure_one()
        return self.wizard_id._preview(self.partner_id)
