from odoo import api, fields, models
from odoo.tools import html2plaintext

from .access import COLLECTOR, require

ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_reply"


class RecoveryReply(models.Model):
    """What a debtor wrote back, by e-mail or on the portal.

    Until somebody reads it no further level is sent, where the policy says so.
    """

    _name = "recovery.reply"
    _description = "Answer of a customer"
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    notice_id = fields.Many2one(
        comodel_name="recovery.notice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The notice that was answered, if it is known.",
    )
    date = fields.Datetime(
        string="Received", required=True, readonly=True, default=fields.Datetime.now
    )
    origin = fields.Selection(
        selection=[("mail", "E-mail"), ("portal", "Portal")],
        default="mail",
        required=True,
        readonly=True,
    )
    author = fields.Char(string="From", readonly=True)
    subject = fields.Char(readonly=True)
    body = fields.Html(readonly=True, sanitize=True)
    excerpt = fields.Char(compute="_compute_excerpt")
    state = fields.Selection(
        selection=[("unread", "To read"), ("read", "Read")],
        default="unread",
        required=True,
        readonly=True,
    )
    read_on = fields.Datetime(readonly=True)
    read_by_id = fields.Many2one(
        comodel_name="res.users", string="Read by", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Collector", readonly=True, index=True
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity", readonly=True, ondelete="set null"
    )

    _unread_idx = models.Index("(company_id, partner_id) WHERE state = 'unread'")

    @api.depends("body")
    def _compute_excerpt(self):
        for reply in self:
            text = " ".join(html2plaintext(reply.body or "").split())
            reply.excerpt = text[:120] + ("…" if len(text) > 120 else "")

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        replies = super().create([self._complete(vals) for vals in vals_list])
        replies._tell_collector()
        return replies

    @api.model
    def _complete(self, vals):
        """Debtor, company and collector in charge, as the notice says them."""
        notice = self.env["recovery.notice"].browse(vals.get("notice_id"))
        vals = dict(vals)
        vals.setdefault("company_id", (notice.company_id or self.env.company).id)
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        partner = (partner or notice.partner_id).commercial_partner_id
        if "user_id" not in vals:
            pair = (vals["company_id"], partner.id)
            collector = self.env["recovery.collector"]._of([pair])[pair]
            vals["user_id"] = collector or notice.user_id.id
        return vals | {"partner_id": partner.id}

    def _tell_collector(self):
        for reply in self.filtered("user_id"):
            target = reply.notice_id or reply.partner_id
            reply.activity_id = target.with_context(
                mail_activity_quick_update=True
            ).activity_schedule(
                ACTIVITY,
                summary=self.env._("Answer to read"),
                note=reply.excerpt,
                user_id=reply.user_id.id,
            )

    def action_read(self):
        """It is read: the reminders go on by their rules.

        :raises AccessError: the user is no collector
        """
        require(self.env, COLLECTOR)
        unread = self.filtered(lambda reply: reply.state == "unread")
        unread.write(
            {
                "state": "read",
                "read_on": fields.Datetime.now(),
                "read_by_id": self.env.uid,
            }
        )
        # Whoever reads it has done the task of whom it was for.
        unread.activity_id.sudo().unlink()

    def action_answer(self):
        """Record what the debtor says: it is read."""
        self.ensure_one()
        self.action_read()
        if self.notice_id:
            return self.notice_id.action_answer()
        return self.env["recovery.answer"]._open(self)
