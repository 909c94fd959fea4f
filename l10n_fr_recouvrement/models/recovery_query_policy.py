from odoo import api, models
from odoo.tools import SQL

from .vocabulary import FORMAL_NOTICES


class RecoveryQuery(models.AbstractModel):
    """Parts of the query that say which policy, which step, and who is written to."""

    _inherit = "recovery.query"

    @api.model
    def _company_dependent(self, model, field_name, alias, company):
        """Value of a company-dependent many2one in the row's company."""
        Default = self.env["ir.default"].sudo()  # as the ORM reads them
        domain = [
            ("field_id.model", "=", model),
            ("field_id.name", "=", field_name),
            ("user_id", "=", False),
            ("condition", "=", False),
        ]
        # The global one first: a company's own wins over it.
        fallbacks = Default.search(domain).sorted(lambda line: bool(line.company_id))
        fallback = SQL("NULL")
        for default in fallbacks:
            if default.json_value.isdigit():
                value = SQL("%s::int", int(default.json_value))
                fallback = (
                    SQL(
                        "CASE WHEN %s = %s THEN %s ELSE %s END",
                        company,
                        default.company_id.id,
                        value,
                        fallback,
                    )
                    if default.company_id
                    else value
                )
        column = SQL("%s.%s", SQL.identifier(alias), SQL.identifier(field_name))
        return SQL(
            "CASE WHEN %(column)s IS NOT NULL AND %(column)s ? %(company)s::text"
            " THEN (%(column)s ->> %(company)s::text)::int ELSE %(fallback)s END",
            column=column,
            company=company,
            fallback=fallback,
        )

    @api.model
    def _steps(self):
        """Policy and what comes after each of its positions, if anything; reminders
        before the due date only while it is not over. The last level repeats if the
        policy says so.
        """
        return SQL(
            """
            SELECT DISTINCT ON (policy.id, reached.position, late.overdue)
                   policy.id AS policy_id, reached.position AS reached, late.overdue,
                   policy.minimum_amount, policy.interval_days,
                   policy.waits_for_reply,
                   level.id AS level_id, level.delay_basis,
                   level.claims != 'nothing' OR level.letter = ANY(%s) AS needs_kind,
                   level.position <= reached.position AS repeated,
                   CASE WHEN level.position > reached.position THEN level.delay_days
                        WHEN level.position <= reached.position
                        THEN policy.repeat_days END AS delay_days,
                   level.by_email OR level.by_electronic AS by_email,
                   level.by_letter, level.by_registered, level.needs_bank,
                   level.ask_days, level.recipient_role
              FROM recovery_policy policy
              CROSS JOIN (SELECT 0 AS position
                           UNION SELECT position FROM recovery_level) reached
              CROSS JOIN (VALUES (FALSE), (TRUE)) late(overdue)
              LEFT JOIN recovery_level level ON level.policy_id = policy.id
               AND (level.position > reached.position OR policy.repeat_days > 0)
               AND NOT (late.overdue AND level.delay_days < 0)
             ORDER BY policy.id, reached.position, late.overdue,
                      level.position <= reached.position,
                      CASE WHEN level.position > reached.position
                           THEN level.position ELSE -level.position END
            """,
            list(FORMAL_NOTICES),
        )

    @api.model
    def _questions(self):
        """What the salesperson was asked last about each item."""
        return SQL(
            """
            SELECT DISTINCT ON (line.move_line_id) line.move_line_id AS id,
                   line.level_id AS asked_level_id, line.date AS asked_on,
                   line.deadline AS asked_until
              FROM recovery_objection line
             WHERE line.move_line_id IS NOT NULL AND %s
             ORDER BY line.move_line_id, line.id DESC
            """,
            self._line_scope(),
        )

    @api.model
    def _no_address(self):
        """An e-mail level falls back on a letter; a letter needs a postal address."""
        return SQL(
            """
            (by_letter OR by_registered) AND has_address IS NOT TRUE
            OR by_email AND has_email IS NOT TRUE AND has_address IS NOT TRUE
            """
        )

    @api.model
    def _serves(self):
        """Whether a policy serves a company: its own, its branches, or all."""
        return SQL(
            "(policy.company_id IS NULL OR policy.company_id::text"
            " = ANY(string_to_array(company.parent_path, '/')))"
        )

    @api.model
    def _companies(self):
        """Each company and kind of debtor, with its first automatic policy if any; a
        kind that nobody knows yet is treated the mildest way.
        """
        return SQL(
            """
            SELECT DISTINCT ON (company.id, kind.name)
                   company.id AS company_id, kind.name AS kind,
                   company.recovery_user_id, company.recovery_policy_id,
                   company.bank_late,
                   policy.id AS kind_policy_id, policy.sequence AS kind_sequence
              FROM (SELECT *, %s AS bank_late FROM res_company company
                     OFFSET 0) AS company
              CROSS JOIN (VALUES ('professional'), ('consumer'), ('non_professional'),
                                 ('public'), ('')) kind(name)
              LEFT JOIN recovery_policy policy
                ON policy.active AND policy.automatic AND %s
               AND (policy.debtor_kind IS NULL OR policy.debtor_kind
                    = COALESCE(NULLIF(kind.name, ''), 'non_professional'))
               AND NOT EXISTS (SELECT FROM recovery_policy_res_partner_category_rel tag
                                WHERE tag.recovery_policy_id = policy.id)
             ORDER BY company.id, kind.name, policy.sequence, policy.id
            """,
            self.env["res.company"]._recovery_bank_late(SQL("company")),
            self._serves(),
        )

    @api.model
    def _tag_policies(self):
        """First automatic policy for each company and debtor by the debtor's tags."""
        return SQL(
            """
            SELECT DISTINCT ON (company.id, partner.id)
                   company.id AS company_id, partner.id AS partner_id,
                   policy.id AS tag_policy_id, policy.sequence AS tag_sequence
              FROM recovery_policy policy
              JOIN recovery_policy_res_partner_category_rel wanted
                ON wanted.recovery_policy_id = policy.id
              JOIN res_partner_res_partner_category_rel tag
                ON tag.category_id = wanted.res_partner_category_id
              JOIN res_partner partner ON partner.id = tag.partner_id
              JOIN res_company company
                ON %s
             WHERE policy.active AND policy.automatic
               AND (policy.debtor_kind IS NULL OR policy.debtor_kind
                    = COALESCE(partner.recovery_debtor_kind, 'non_professional'))
             ORDER BY company.id, partner.id, policy.sequence, policy.id
            """,
            self._serves(),
        )
