from odoo import api, models
from odoo.tools import SQL


class RecoveryQueryCollector(models.AbstractModel):
    """Parts of the query that say who is in charge of a debtor: the collector of the
    customer, else that of its salesperson, of the salesperson's team, of the company;
    and whoever stands in for them on the day.
    """

    _name = "recovery.query.collector"
    _description = "Recovery query: collectors"

    @api.model
    def _assignments(self):
        """Collector by default for each company and salesperson; the one of a person
        comes before the one of a team, a company's own before the shared one.
        """
        return SQL(
            """
            SELECT DISTINCT ON (company.id, salesperson.id)
                   company.id AS company_id, salesperson.id AS salesperson_id,
                   rule.user_id
              FROM recovery_collector_rule rule
              JOIN res_users salesperson ON salesperson.id = rule.salesperson_id
                OR salesperson.sale_team_id = rule.team_id
              JOIN res_company company ON company.id = rule.company_id
                OR rule.company_id IS NULL
             ORDER BY company.id, salesperson.id, rule.team_id IS NOT NULL,
                      rule.company_id IS NULL
            """
        )

    @api.model
    def _substitutes(self):
        """Who stands in for whom on the day, in each company."""
        return SQL(
            """
            SELECT DISTINCT ON (company.id, absence.user_id)
                   company.id AS company_id, absence.user_id, absence.substitute_id
              FROM recovery_substitute absence
              JOIN res_company company ON company.id = absence.company_id
                OR absence.company_id IS NULL
             WHERE %s BETWEEN absence.date_from AND absence.date_to
             ORDER BY company.id, absence.user_id, absence.company_id IS NULL,
                      absence.id
            """,
            self._date(),
        )

    @api.model
    def _assigned(self):
        """Whose customer it is (aliases `debtors`, `assignments`, `companies`,
        `item`).
        """
        return SQL(
            "COALESCE(%s, assignments.user_id, companies.recovery_user_id)",
            self._company_dependent(
                "res.partner", "recovery_user_id", "debtors", SQL("item.company_id")
            ),
        )

    @api.model
    def _in_charge(self):
        """Who is in charge of each company and customer on the day.

        :return: SQL of rows (company_id, partner_id, collector_id); its FROM list
            `item` is a parameter: rows (company_id, partner_id)
        """
        return SQL(
            """
            SELECT held.company_id, held.partner_id,
                   COALESCE(substitutes.substitute_id, held.user_id) AS collector_id
              FROM (SELECT item.company_id, item.partner_id, %s AS user_id
                      FROM item
                      JOIN res_partner member ON member.id = item.partner_id
                      JOIN res_partner debtors
                        ON debtors.id = member.commercial_partner_id
                      JOIN res_company companies ON companies.id = item.company_id
                      LEFT JOIN (%s) AS assignments
                        ON assignments.company_id = item.company_id
                       AND assignments.salesperson_id = debtors.user_id) AS held
              LEFT JOIN (%s) AS substitutes
                ON substitutes.company_id = held.company_id
               AND substitutes.user_id = held.user_id
            """,
            self._assigned(),
            self._assignments(),
            self._substitutes(),
        )
