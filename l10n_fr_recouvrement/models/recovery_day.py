from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from .access import COLLECTOR, require
from .recovery_day_blocks_mixin import BLOCKS, LINES


class RecoveryDay(models.AbstractModel):
    """The day of a collector (ma journée): what came overnight and what is to be done,
    one block each, read one by one so that the slow ones hold nobody up.

    A block is {count, amount, lines, action}; each costs a few queries, whatever the
    number of records. “Mine” is what is of my customers, and of those of nobody.
    """

    _name = "recovery.day"
    _description = "Day of a collector"
    _inherit = "recovery.day.blocks.mixin"

    @api.model
    def blocks(self):
        """Names, titles and icons, in order.

        :raises AccessError: the user is no collector
        """
        require(self.env, COLLECTOR)
        titles = self._titles()
        return [
            {"name": name, "title": titles[name], "icon": icon}
            for name, icon in BLOCKS.items()
        ]

    @api.model
    def block(self, name, mine=True):
        """One block, of the current user or of everybody.

        :raises AccessError: the user is no collector
        :raises UserError: there is no such block
        """
        require(self.env, COLLECTOR)
        if name not in BLOCKS:
            raise UserError(self.env._("There is no block “%s”.", name))
        self.env.flush_all()
        return getattr(self, f"_block_{name}")(mine)

    @api.model
    def _since(self):
        """The last working day before today: what came since is overnight."""
        company = self.env.company
        today = company._recovery_today()
        days = company._recovery_open_days(self._back(today, 14), self._back(today, 1))
        return days[-1] if days else self._back(today, 1)

    @api.model
    def _of_records(self, model, domain, mine, amount="amount", sign=1):
        """A block of records that have a customer, a company and a currency.

        :param amount: name of their amount; None where they have none
        :return: the block without its lines, and the records of the lines
        """
        groups = self._groups(model, domain, amount)
        if mine:
            groups, domain = self._mine(groups, domain)
        sums = {}
        for _company, _partner, _count, currency, total in groups:
            sums[currency] = sums.get(currency, 0) + sign * total
        block = {
            "count": sum(group[2] for group in groups),
            "amount": self._money(sums),
            "action": self._list(model, domain),
        }
        return block, self.env[model].search(domain, limit=LINES)

    @api.model
    def _groups(self, model, domain, amount):
        """Records by customer: (company, customer, number, currency, amount)."""
        by, records = ["company_id", "partner_id"], self.env[model]
        if not amount:
            rows = records._read_group(domain, by, ["__count"])
            return [(*row, None, 0) for row in rows]
        rows = records._read_group(
            domain, [*by, "currency_id"], ["__count", f"{amount}:sum"]
        )
        return [
            (company, partner, count, currency, total)
            for company, partner, currency, count, total in rows
        ]

    @api.model
    def _mine(self, groups, domain):
        """Groups whose customer is mine or nobody's, and the domain of the records."""
        pairs = {(company.id, partner.id) for company, partner, *_rest in groups}
        collectors = self.env["recovery.collector"]._of(pairs)
        own = [
            group
            for group in groups
            if collectors[group[0].id, group[1].id] in (self.env.uid, None)
        ]
        if len(own) == len(groups):
            return groups, domain
        partners = {}
        for company, partner, *_rest in own:
            partners.setdefault(company.id, set()).add(partner.id)
        of_mine = Domain.OR(
            Domain("company_id", "=", company) & Domain("partner_id", "in", list(ids))
            for company, ids in partners.items()
        )
        return own, Domain(domain) & of_mine

    @api.model
    def _list(self, model, domain):
        """Action that shows all records of a block."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env[model]._description,
            "res_model": model,
            "domain": list(Domain(domain)),
            "views": [(False, "list"), (False, "form")],
        }

    @api.model
    def _line(self, record, text, amount, **values):
        """What a line shows of a record with a customer; a click opens it."""
        return {
            "model": record._name,
            "id": record.id,
            "title": record.partner_id.name or "",
            "text": text or "",
            "amount": self._money({record.currency_id: amount}) if amount else "",
            **values,
        }

    @api.model
    def _money(self, sums):
        """Amounts by currency, as text."""
        return " + ".join(
            formatLang(self.env, total, currency_obj=currency)
            for currency, total in sums.items()
            if currency and not currency.is_zero(total)
        )

    @api.model
    def _day(self, day):
        return format_date(self.env, day) if day else ""
