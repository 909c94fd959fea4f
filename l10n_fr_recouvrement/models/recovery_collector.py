from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL


class RecoveryCollector(models.AbstractModel):
    """Who is in charge of a customer today: the one place that lists, activities and
    the day of a collector ask. The situation has the same answer as a column.
    """

    _name = "recovery.collector"
    _description = "Collector in charge"

    @api.model
    def _of(self, pairs):
        """Collectors in charge, in one query.

        :param pairs: (company id, customer id), contacts too
        :return: {pair: id of a user, or None}
        """
        pairs = list(set(pairs))
        if not pairs:
            return {}
        self.env.flush_all()
        companies, partners = zip(*pairs, strict=True)
        rows = self.env.execute_query(
            SQL(
                "WITH item AS (SELECT * FROM unnest(%s::int[], %s::int[])"
                " AS item(company_id, partner_id)) %s",
                list(companies),
                list(partners),
                self.env["recovery.situation"]._in_charge(),
            )
        )
        found = {(company, partner): user for company, partner, user in rows}
        return {pair: found.get(pair) for pair in pairs}

    @api.model
    def _for(self, records):
        """Who gets the tasks about these records today.

        :param records: with company_id, partner_id and perhaps user_id
        :return: {record: user}: in charge of the customer, else named by the record,
            else the current user
        """
        pairs = {
            record: (record.company_id.id, record.partner_id.id) for record in records
        }
        in_charge = self._of(pairs.values())
        users = self.env["res.users"]
        named = "user_id" in records._fields
        return {
            record: users.browse(
                in_charge[pair]
                or named
                and record.user_id.id
                or self.env.uid
                or SUPERUSER_ID
            )
            for record, pair in pairs.items()
        }

    @api.model
    def _schedule(self, records, activity_type, **values):
        """One task on each record, for who is in charge.

        :param values: of the activities, beside their user
        """
        collectors = self._for(records)
        for user, group in records.grouped(collectors.get).items():
            group.with_context(mail_activity_quick_update=True).activity_schedule(
                activity_type, user_id=user.id, **values
            )

    @api.model
    def _away(self, user):
        """Colleagues whom a user stands in for today, in any company."""
        today = self.env["recovery.situation"]._date()
        return (
            self.env["recovery.substitute"]
            .sudo()  # who replaces whom is no secret
            .search(
                [
                    ("substitute_id", "=", user.id),
                    ("date_from", "<=", today),
                    ("date_to", ">=", today),
                ]
            )
            .user_id
        )
