from odoo import api, fields, models
from odoo.tools import SQL

# What tells that a debtor is in difficulty.
SIGNALS = [
    ("answer", "Said so"),
    ("payment", "Rejected payment"),
    ("promise", "Broken promise"),
    ("plan", "Payment plan in default"),
]


class RecoveryDifficultyMixin(models.AbstractModel):
    """A debtor in difficulty: letters offer a plan until somebody clears the flag."""

    _name = "recovery.difficulty.mixin"
    _description = "Customer in difficulty"

    recovery_difficulty_on = fields.Date(
        string="In difficulty since", company_dependent=True, copy=False
    )
    recovery_difficulty = fields.Selection(
        selection=SIGNALS,
        string="Sign of difficulty",
        company_dependent=True,
        copy=False,
        help="Reminders and formal notices offer a payment plan.",
    )

    def _recovery_signal(self, company, signal):
        """Flag debtors in a company; the first sign stays until it is cleared.

        :param signal: one of SIGNALS
        """
        debtors = self.commercial_partner_id.with_company(company)
        calm = debtors.filtered(lambda debtor: not debtor.recovery_difficulty_on)
        if not calm:
            return
        calm._recovery_flag(company, signal)
        label = dict(
            self._fields["recovery_difficulty"]._description_selection(self.env)
        )
        sentence = self.env._("Sign of difficulty: %s", label[signal])
        calm._message_log_batch(dict.fromkeys(calm.ids, sentence))

    def _recovery_flag(self, company, signal):
        """In one statement: a night may flag thousands, whoever started it."""
        names = ["recovery_difficulty_on", "recovery_difficulty"]
        self.flush_recordset(names)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner
                   SET recovery_difficulty_on = COALESCE(recovery_difficulty_on, '{}')
                           || jsonb_build_object(%(company)s::text, %(day)s::text),
                       recovery_difficulty = COALESCE(recovery_difficulty, '{}')
                           || jsonb_build_object(%(company)s::text, %(signal)s::text)
                 WHERE id = ANY(%(ids)s)
                """,
                company=company.id,
                day=company._recovery_today().isoformat(),
                signal=signal,
                ids=self.ids,
            )
        )
        self.invalidate_recordset(names, flush=False)

    def action_recovery_difficulty_over(self):
        """The customer is well again: letters are the usual ones."""
        self.commercial_partner_id.write(
            {"recovery_difficulty_on": False, "recovery_difficulty": False}
        )

    @api.model
    def _recovery_in_difficulty(self, debtor_ids):
        """{(company id, debtor id)} of those that are flagged."""
        self.env["res.partner"].flush_model(["recovery_difficulty_on"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT flag.key::int, partner.id
                  FROM res_partner partner
                 CROSS JOIN LATERAL
                       jsonb_each_text(partner.recovery_difficulty_on) flag
                 WHERE partner.id = ANY(%s) AND flag.value IS NOT NULL
                """,
                list(debtor_ids),
            )
        )
        return set(rows)
