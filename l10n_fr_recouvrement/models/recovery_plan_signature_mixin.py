import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from .amount_words import is_in_words

# What the collector enters before the signature is recorded.
ENTERED = {
    "signatory_name",
    "signatory_title",
    "signatory_power",
    "accepted_on",
    "signed_document",
    "signed_filename",
}
# What only an acceptance writes.
RECORDED = {
    "accepted_by",
    "accepted_at",
    "accepted_ip",
    "accepted_hash",
    "accepted_words",
    "interruption_date",
}


class RecoveryPlanSignatureMixin(models.AbstractModel):
    """Who accepted a payment plan, and the proof of it.

    The debtor's acknowledgement interrupts limitation (C. civ. 2240). A click of ours
    binds nobody: the signature is a scan of what the debtor signed, or the debtor's own
    act on the portal.
    """

    _name = "recovery.plan.signature.mixin"
    _description = "Signature of a payment plan"

    signatory_name = fields.Char(string="Signed by", copy=False)
    signatory_title = fields.Char(string="Quality", copy=False)
    signatory_power = fields.Char(
        string="Power", copy=False, help="Legal representative, proxy of a given day …"
    )
    accepted_on = fields.Date(string="Signed on", copy=False)
    signed_document = fields.Binary(string="Signed agreement", copy=False)
    signed_filename = fields.Char(copy=False)
    accepted_by = fields.Selection(
        selection=[("scan", "Signed paper"), ("portal", "Portal")],
        string="Way of signing",
        readonly=True,
        copy=False,
    )
    accepted_at = fields.Datetime(string="Recorded at", readonly=True, copy=False)
    accepted_ip = fields.Char(string="IP address", readonly=True, copy=False)
    accepted_hash = fields.Char(string="SHA-256", readonly=True, copy=False)
    accepted_words = fields.Char(
        string="Sum in the debtor's words",
        readonly=True,
        copy=False,
        help="As the debtor typed it (C. civ. 1376).",
    )
    interruption_date = fields.Date(
        string="Limitation interrupted on",
        readonly=True,
        copy=False,
        help="Acknowledgement of the debt (C. civ. 2240): a new period starts.",
    )

    def action_accept(self):
        """The collector records what the debtor signed on paper.

        :raises UserError: the scan, the name or the day is missing
        """
        self.ensure_one()
        if not (self.signed_document and self.accepted_on):
            raise UserError(
                self.env._(
                    "Attach the signed agreement and enter the day of its signature: "
                    "only what the debtor signed binds them."
                )
            )
        scan = self.with_context(bin_size=False).signed_document
        self._accept(
            self.signatory_name,
            self.signatory_title,
            self.signatory_power,
            date=self.accepted_on,
            digest=hashlib.sha256(scan).hexdigest(),
        )

    def _accept(self, name, title, power, date=None, **proof):
        """The debtor accepts the offer: the plan is in force.

        :param proof: digest (SHA-256 of what was signed); from the portal: ip, words
            and figures (the sum as the debtor typed it, C. civ. 1376)
        :raises UserError: not offered, too late, incomplete, another sum
        """
        self.ensure_one()
        date = date or self.company_id._recovery_today()
        self._check_acceptance(name, title, power, date, proof)
        self._write_flow(
            {
                "signatory_name": name,
                "signatory_title": title,
                "signatory_power": power,
                "accepted_on": date,
                "accepted_at": fields.Datetime.now(),
                "accepted_by": "portal" if "ip" in proof else "scan",
                "accepted_ip": proof.get("ip"),
                "accepted_hash": proof.get("digest"),
                "accepted_words": proof.get("words"),
                "interruption_date": date,
            }
        )
        self._start()

    def _check_acceptance(self, name, title, power, date, proof):
        self._check_state("offered")
        if not (name and title and power):
            raise UserError(
                self.env._("Enter the name, the quality and the power of who signs.")
            )
        if date > self.company_id._recovery_today():
            raise UserError(self.env._("The day of the signature is still to come."))
        if not self.date <= date <= self.valid_until:
            raise UserError(
                self.env._(
                    "The offer is valid from %(start)s to %(end)s: negotiate a new "
                    "plan.",
                    start=self._day(self.date),
                    end=self._day(self.valid_until),
                )
            )
        if "ip" in proof and not self._is_sum(proof):
            raise UserError(
                self.env._(
                    "Type the acknowledged sum in words and in figures, as it stands "
                    "in the agreement."
                )
            )

    def _is_sum(self, proof):
        """Whether the debtor typed the recognised sum, in figures and in words: where
        they differ the words prevail (C. civ. 1376).
        """
        figures = proof.get("figures")
        same = figures is not None and not self.currency_id.compare_amounts(
            figures, self.total
        )
        return same and is_in_words(proof.get("words"), self.total, self.currency_id)
