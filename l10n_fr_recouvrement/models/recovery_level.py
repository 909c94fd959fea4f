from odoo import api, fields, models
from odoo.exceptions import ValidationError

from . import sms_text
from .vocabulary import FORMAL_NOTICES, GENTLE_LETTERS, LEVEL_LETTERS, ROLES


class RecoveryLevel(models.Model):
    """One step of a policy (niveau de relance)."""

    _name = "recovery.level"
    _description = "Recovery level"
    _inherit = ["recovery.channel.mixin"]
    _order = "policy_id, position"

    name = fields.Char(required=True, translate=True)
    policy_id = fields.Many2one(
        comodel_name="recovery.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    position = fields.Integer(
        required=True,
        default=10,
        help="Order of the level. An item that changes policy goes on at the first "
        "level whose position is higher than the one it has reached.",
    )
    delay_days = fields.Integer(
        string="Delay", help="Days. Negative: before the due date."
    )
    delay_basis = fields.Selection(
        selection=[
            ("due_date", "from the due date"),
            ("end_of_month", "from the end of the month of the due date"),
            ("previous_notice", "from the previous notice"),
        ],
        default="due_date",
        required=True,
    )
    letter = fields.Selection(selection=LEVEL_LETTERS, string="Letter text")
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="E-mail text",
        domain="[('model', '=', 'recovery.notice')]",
    )
    attach_letter = fields.Boolean(
        string="Attach the letter", default=True, help="To the e-mail, as PDF."
    )
    attach_invoices = fields.Boolean(help="To the e-mail, as PDF.")
    sms_text = fields.Text(
        string="Text message",
        translate=True,
        default=lambda self: self.env._(
            "%(company)s: unless we are mistaken, %(amount)s is still unpaid "
            "(ref. %(number)s). If you have paid, please disregard this message. "
            "Questions: %(phone)s",
            company="{company}",
            amount="{amount}",
            number="{number}",
            phone="{phone}",
        ),
        help="Placeholders: {company}, {amount}, {count} (of invoices), {number} (of "
        "the notice), {date} (deadline), {phone}.",
    )
    by_service = fields.Boolean(
        string="Posted by Odoo's mail service",
        help="Plain letters are printed and posted by the service; registered letters "
        "never are.",
    )
    has_service = fields.Boolean(compute="_compute_has_service")
    claims = fields.Selection(
        selection=[
            ("nothing", "Principal only"),
            ("shows", "Shows interest and indemnity as accruing"),
            ("claims", "Claims interest and indemnity"),
        ],
        default="nothing",
        required=True,
    )
    needs_validation = fields.Boolean(
        help="Notices of this level wait until somebody approves them."
    )
    needs_bank = fields.Boolean(
        string="Waits for the bank",
        compute="_compute_needs_bank",
        store=True,
        readonly=False,
        help="Not sent while the bank entries of the company are too old, unless "
        "somebody confirms that the bank is up to date.",
    )
    ask_days = fields.Integer(
        string="Ask the salesperson",
        help="Working days that the salesperson has to object before this level is "
        "sent; silence sends it. 0: nobody is asked.",
    )
    recipient_role = fields.Selection(
        selection=ROLES,
        string="Written to",
        help="Contacts of the customer with this role; where there is none, and where "
        "this is empty, the contact for recovery, else the invoice address.",
    )
    copy_salesperson = fields.Boolean(
        string="Salesperson in copy", help="Of the e-mail."
    )
    granted_days = fields.Integer(
        string="Deadline granted", default=8, help="Days granted to pay."
    )
    is_formal_notice = fields.Boolean(compute="_compute_is_formal_notice")

    _position_uniq = models.Constraint(
        "UNIQUE (policy_id, position)",
        "Two levels of one policy cannot have the same position.",
    )
    _check_position = models.Constraint(
        "CHECK (position > 0 AND granted_days >= 0)",
        "The position is a number from 1 and the deadline cannot be negative.",
    )
    _check_ask_days = models.Constraint(
        "CHECK (ask_days >= 0)",
        "The days that the salesperson has to answer cannot be negative.",
    )
    _check_previous_notice = models.Constraint(
        "CHECK (delay_basis != 'previous_notice' OR delay_days >= 0)",
        "A delay from the previous notice cannot be negative.",
    )

    @api.depends("letter")
    def _compute_is_formal_notice(self):
        """Mise en demeure (C. civ. 1344)."""
        for level in self:
            level.is_formal_notice = level.letter in FORMAL_NOTICES

    @api.depends("letter")
    def _compute_needs_bank(self):
        """The second reminder on: to press who has paid does harm."""
        for level in self:
            level.needs_bank = level.letter not in GENTLE_LETTERS

    def _compute_has_service(self):
        self.has_service = "snailmail.letter" in self.env

    @api.constrains(
        "by_sms",
        "sms_text",
        "letter",
        "by_email",
        "by_letter",
        "by_registered",
        "by_electronic",
    )
    def _check_sms(self):
        for level in self.filtered("by_sms"):
            if problem := level._sms_problem():
                raise ValidationError(
                    self.env._(
                        "Text message of “%(level)s”: %(problem)s",
                        level=level.name,
                        problem=problem,
                    )
                )

    def _sms_problem(self):
        """Sentence that says what is wrong with the text message, or ""."""
        text = self.sms_text or ""
        written = ("by_email", "by_letter", "by_registered", "by_electronic")
        if self.is_formal_notice and not any(self[name] for name in written):
            return self.env._("a formal notice is also sent in writing.")
        if not text.strip():
            return self.env._("write its text.")
        if len(text) > sms_text.MAX_LENGTH:
            return self.env._(
                "%(length)s characters; %(limit)s at most, placeholders included.",
                length=len(text),
                limit=sms_text.MAX_LENGTH,
            )
        return self._sms_words_problem(text)

    def _sms_words_problem(self, text):
        try:
            unknown = sms_text.unknown_placeholders(text)
        except ValueError:
            return self.env._("a brace is opened or closed alone.")
        if unknown:
            return self.env._(
                "{%(unknown)s} is unknown. Placeholders: %(known)s.",
                unknown=unknown[0],
                known=", ".join(f"{{{name}}}" for name in sms_text.PLACEHOLDERS),
            )
        if word := sms_text.threat(text):
            return self.env._(
                "“%s” reads as a threat: a text message only reminds.", word
            )
        return ""

    @api.depends("name", "policy_id.name")
    @api.depends_context("recovery_show_policy", "lang")
    def _compute_display_name(self):
        show_policy = self.env.context.get("recovery_show_policy")
        for level in self:
            policy = f" ({level.policy_id.name})" if show_policy else ""
            level.display_name = f"{level.name or ''}{policy}"
