from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RecoveryChannelMixin(models.AbstractModel):
    """Ways a level or a notice reaches the debtor; several at once are allowed."""

    _name = "recovery.channel.mixin"
    _description = "Recovery channels"

    by_email = fields.Boolean("E-mail")
    by_letter = fields.Boolean("Letter")
    by_registered = fields.Boolean(
        "Registered letter",
        help="Lettre recommandée avec avis de réception: the number and the dates of "
        "the post are recorded on the notice.",
    )
    by_electronic = fields.Boolean(
        "Electronic registered letter",
        help="Lettre recommandée électronique (CPCE L100), deposited with your "
        "provider. A consumer or non-professional must have agreed to it beforehand; "
        "without agreement or e-mail address the letter goes on paper.",
    )
    by_sms = fields.Boolean("SMS")
    has_sms = fields.Boolean(compute="_compute_has_sms")
    by_call = fields.Boolean("Call", help="An activity to call the debtor.")
    by_meeting = fields.Boolean("Meeting", help="An activity to meet the debtor.")
    channel_names = fields.Char("Channels", compute="_compute_channel_names")

    @api.model
    def _channel_fields(self):
        """Names of the channel fields, in the order in which they are shown."""
        return (
            "by_email",
            "by_letter",
            "by_registered",
            "by_electronic",
            "by_sms",
            "by_call",
            "by_meeting",
        )

    def _compute_has_sms(self):
        self.has_sms = "sms.sms" in self.env

    @api.depends(lambda self: self._channel_fields())
    @api.depends_context("lang")
    def _compute_channel_names(self):
        labels = {
            name: self._fields[name]._description_string(self.env)
            for name in self._channel_fields()
        }
        for record in self:
            record.channel_names = ", ".join(
                label for name, label in labels.items() if record[name]
            )

    @api.constrains(lambda self: self._channel_fields())
    def _check_channels(self):
        for record in self:
            if not any(record[name] for name in self._channel_fields()):
                raise ValidationError(
                    self.env._(
                        "Choose at least one channel for “%s”.", record.display_name
                    )
                )

    @api.constrains("by_registered", "by_electronic", "by_sms")
    def _check_channels_together(self):
        for record in self:
            if record.by_registered and record.by_electronic:
                raise ValidationError(
                    self.env._(
                        "“%s”: a registered letter goes on paper or electronically, "
                        "not both.",
                        record.display_name,
                    )
                )
            if record.by_sms and not record.has_sms:
                raise ValidationError(
                    self.env._(
                        "“%s”: install the application SMS to send text messages.",
                        record.display_name,
                    )
                )
