from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.access import COLLECTOR, require


class RecoveryReplace(models.TransientModel):
    """Cancels a notice that has not left and writes it anew, maybe without some of its
    invoices; these are paused, so that no other letter takes them up.
    """

    _name = "recovery.replace"
    _description = "Replacement of a notice"

    notice_id = fields.Many2one(
        comodel_name="recovery.notice", required=True, readonly=True
    )
    claimed_ids = fields.Many2many(
        comodel_name="account.move", compute="_compute_claimed"
    )
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Leave out",
        domain="[('id', 'in', claimed_ids)]",
        help="Invoices that the new notice does not mention.",
    )
    until = fields.Date(help="Last day on which these invoices are left out.")
    reason = fields.Char(required=True)

    @api.depends("notice_id")
    def _compute_claimed(self):
        for wizard in self:
            lines = wizard.notice_id.line_ids
            claimed = lines.filtered(lambda line: line.level_id)
            wizard.claimed_ids = claimed.move_id

    def action_apply(self):
        """Cancel, pause what is left out, and write the rest to be approved.

        :raises AccessError: the user is no collector
        :raises UserError: the notice has left, or the day is missing or over
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        self.notice_id._check_state("draft", "ready")
        self._check_until()
        self.notice_id._set_state("cancelled", cancel_reason=self.reason)
        self._pause_left_out()
        return self._open(self._write_anew())

    def _check_until(self):
        if not self.move_ids:
            return
        if not self.until:
            raise UserError(
                self.env._("Say until when the invoices are left out: enter a day.")
            )
        if self.until < self.notice_id.company_id._recovery_today():
            raise UserError(
                self.env._(
                    "The day until which the invoices are left out is over: enter a "
                    "later one."
                )
            )

    def _pause_left_out(self):
        self.env["recovery.pause"].create(
            [
                {
                    "partner_id": self.notice_id.partner_id.id,
                    "company_id": self.notice_id.company_id.id,
                    "move_id": move.id,
                    "until": self.until,
                    "reason": self.reason,
                }
                for move in self.move_ids & self.claimed_ids
            ]
        )

    def _write_anew(self):
        """The notice by the rules of a reminder by hand, about the other invoices."""
        kept = self.claimed_ids - self.move_ids
        rows = self.env["recovery.reminder"]._rows(self.notice_id.partner_id, kept)
        writer = self.env["recovery.writer"]
        notices, failures = writer._write_notices(
            writer._plans(rows), self.env["res.company"]._recovery_today(), held=True
        )
        if failures:
            raise UserError(failures[0][1])
        return notices

    def _open(self, notices):
        """The new notice, or the cancelled one where nothing is left to write."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_notice_action"
        )
        notice = (notices or self.notice_id)[:1]
        return action | {"res_id": notice.id, "views": [(False, "form")]}
