from odoo import api, models
from odoo.tools import SQL

from .recovery_public_mixin import RUNNING, legal_due


class RecoveryQueryDebtor(models.AbstractModel):
    """Parts of the query that say what is true of a debtor, or of an invoice, as a
    whole. What few of them have stands together, so that one join looks for all.
    """

    _name = "recovery.query.debtor"
    _description = "Recovery query: debtors"

    @api.model
    def _balances(self):
        """Overdue balance of each debtor in a company, open credits taken off."""
        return SQL(
            """
            SELECT company_id, partner_id,
                   SUM(residual_company) FILTER (WHERE residual < 0
                                                    OR date_maturity < %s) AS overdue
              FROM items
             GROUP BY company_id, partner_id
            """,
            self._date(),
        )

    @api.model
    def _parties(self):
        """All that is true of a debtor in a company, whatever the item: found once for
        each of them, then joined to their items.
        """
        return SQL(
            """
            SELECT item.company_id, item.partner_id, item.overdue,
                   debtors.debtor_kind,
                   COALESCE(debtors.kind_confirmed, FALSE) AS kind_confirmed,
                   debtors.contact_id, debtors.has_email, debtors.has_address,
                   COALESCE(%(policy)s,
                       CASE WHEN tag_sequence <= kind_sequence
                              OR kind_policy_id IS NULL
                            THEN tag_policy_id ELSE kind_policy_id END,
                       kind_policy_id, companies.recovery_policy_id) AS policy_id,
                   %(assigned)s AS assigned_id,
                   COALESCE(substitutes.substitute_id, %(assigned)s) AS collector_id,
                   relations.contacted, relations.hold, relations.until,
                   relations.strength, companies.bank_late
              FROM balances item
              LEFT JOIN debtors ON debtors.id = item.partner_id
              LEFT JOIN companies ON companies.company_id = item.company_id
               AND companies.kind = COALESCE(debtors.debtor_kind, '')
              LEFT JOIN relations ON relations.company_id = item.company_id
               AND relations.partner_id = item.partner_id
              LEFT JOIN assignments ON assignments.company_id = item.company_id
               AND assignments.salesperson_id = debtors.salesperson_id
              LEFT JOIN substitutes ON substitutes.company_id = item.company_id
               AND substitutes.user_id = %(assigned)s
            """,
            policy=self._company_dependent(
                "res.partner", "recovery_policy_id", "debtors", SQL("item.company_id")
            ),
            assigned=self._assigned(),
        )

    @api.model
    def _debtors(self):
        """Debtors with the contact who is written to."""
        return SQL(
            """
            SELECT partner.id, partner.recovery_debtor_kind AS debtor_kind,
                   partner.recovery_debtor_kind_confirmed AS kind_confirmed,
                   partner.recovery_policy_id, partner.recovery_user_id,
                   partner.user_id AS salesperson_id,
                   COALESCE(contacts.contact_id, partner.id) AS contact_id,
                   COALESCE(contacts.email, %s) IS NOT NULL AS has_email,
                   COALESCE(NULLIF(contacts.city, ''), NULLIF(partner.city, ''))
                       IS NOT NULL AS has_address
              FROM res_partner partner
              LEFT JOIN contacts ON contacts.partner_id = partner.id
             WHERE %s
            """,
            self._email(SQL("partner")),
            self._scope(SQL("partner.id")),
        )

    @api.model
    def _email(self, partner):
        """E-mail of a partner; NULL where it is the only one and on the blacklist."""
        return SQL(
            """
            CASE WHEN %(partner)s.email ~ '[,;]'
                   OR %(partner)s.email_normalized IS NULL
                   OR NOT EXISTS (SELECT FROM mail_blacklist refused
                                   WHERE refused.email = %(partner)s.email_normalized
                                     AND refused.active)
                 THEN NULLIF(%(partner)s.email, '') END
            """,
            partner=partner,
        )

    @api.model
    def _relations(self):
        """What single debtors have in a company: a policy by their tags, a recent
        notice, a hold.
        """
        return SQL(
            """
            SELECT *
              FROM tag_policies
              FULL JOIN contacted USING (company_id, partner_id)
              FULL JOIN (%s) AS held USING (company_id, partner_id)
            """,
            self._hold(SQL("company_id, partner_id"), SQL("move_id IS NULL")),
        )

    @api.model
    def _contacts(self):
        """Who is written to instead of the debtor: the contact marked for recovery,
        else the invoice address; what is missing there is taken from the debtor.
        """
        return SQL(
            """
            SELECT DISTINCT ON (contact.commercial_partner_id)
                   contact.commercial_partner_id AS partner_id,
                   contact.id AS contact_id, %s AS email, contact.city
              FROM res_partner contact
             WHERE contact.active
               AND (contact.recovery_contact OR contact.type = 'invoice')
               AND %s
             ORDER BY contact.commercial_partner_id,
                      contact.recovery_contact DESC NULLS LAST,
                      contact.id != contact.commercial_partner_id, contact.id
            """,
            self._email(SQL("contact")),
            self._scope(SQL("contact.commercial_partner_id")),
        )

    @api.model
    def _roles(self):
        """Contacts of debtors by their role, for the levels that want one."""
        return SQL(
            """
            SELECT DISTINCT ON (contact.commercial_partner_id, contact.recovery_role)
                   contact.commercial_partner_id AS partner_id,
                   contact.recovery_role AS role, contact.id AS contact_id,
                   %s IS NOT NULL AS has_email,
                   NULLIF(contact.city, '') IS NOT NULL AS has_address
              FROM res_partner contact
             WHERE contact.active AND contact.recovery_role IS NOT NULL AND %s
             ORDER BY contact.commercial_partner_id, contact.recovery_role, contact.id
            """,
            self._email(SQL("contact")),
            self._scope(SQL("contact.commercial_partner_id")),
        )

    @api.model
    def _contacted(self):
        """Day of the last notice to each debtor, sent or not: what waits to be approved
        is not doubled, what failed is tried again after the interval.
        """
        return SQL(
            """
            SELECT company_id, partner_id, MAX(date) AS contacted
              FROM recovery_notice
             WHERE state != 'cancelled'
               AND date > %s - (SELECT COALESCE(MAX(interval_days), 0)
                                  FROM recovery_policy)
               AND %s
             GROUP BY company_id, partner_id
            """,
            self._date(),
            self._scope(SQL("partner_id")),
        )

    @api.model
    def _invoices(self):
        """What single invoices say: their own policy, a blocked payment, a legal due
        date, a hold.
        """
        return SQL(
            """
            SELECT *
              FROM (SELECT id AS move_id, recovery_policy_id,
                           payment_state = 'blocked' AS blocked, %s AS legal_due_date
                      FROM account_move
                     WHERE payment_state = 'blocked'
                        OR recovery_policy_id IS NOT NULL
                        OR %s) AS invoice
              FULL JOIN (%s) AS held USING (move_id)
            """,
            legal_due(SQL("account_move"), self._date()),
            SQL(RUNNING),
            self._hold(SQL("move_id"), SQL("move_id IS NOT NULL")),
        )
