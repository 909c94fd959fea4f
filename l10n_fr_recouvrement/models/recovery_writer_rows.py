from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, get_lang

from .recovery_statement import total
from .vocabulary import FORMAL_NOTICES, PENALTY_KINDS

# Letters that offer a payment plan to a debtor in difficulty.
OFFERING_LETTERS = ("L2", "L3", "L4", "L5")
REDUCED = ("disputed", "covered", "claimable")
# Kinds of lines, and where a plan holds their items.
KINDS = (("claimed", "claimed"), ("also_due", "also_due"), ("credit", "credits"))


class RecoveryWriter(models.AbstractModel):
    """Rows of notices and lines, as PostgreSQL takes them."""

    _inherit = "recovery.writer"

    @api.model
    def _notice_rows(self, plans, levels, date, run, held):
        partners = self._partners_of(plans)
        self.env["recovery.recipient"]._address(plans, levels)
        numbers = self._draw_numbers(plans)
        french = get_lang(self.env, "fr_FR").code
        weak = self.env["res.partner"]._recovery_in_difficulty(
            {plan["head"]["partner_id"] for plan in plans}
        )
        same = self._same_in_all(date, run)
        names = self.env["recovery.level"]._channel_fields()
        rows = []
        for plan, number in zip(plans, numbers, strict=True):
            level, head = levels[plan["level_id"]], plan["head"]
            row = self._notice_row(plan, level, date, partners, french)
            waits = held or plan.get("barred") or level["needs_validation"]
            plan["state"] = "draft" if waits else "ready"
            plan["channels"] = tuple(row[name] for name in names)
            offered = level["letter"] in OFFERING_LETTERS
            difficulty = (head["company_id"], head["partner_id"]) in weak
            row.update(
                same,
                name=number,
                state=plan["state"],
                offers_plan=offered and difficulty,
            )
            rows.append(row)
        return rows

    @api.model
    def _same_in_all(self, date, run):
        """What all notices written together have in common."""
        now = fields.Datetime.to_string(self.env.cr.now())
        return {
            "run_id": run.id if run else None,
            "origin": "run" if run else "manual",
            "date": fields.Date.to_string(date),
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": now,
            "write_date": now,
        }

    @api.model
    def _partners_of(self, plans):
        """{partner id: (e-mail, language, consent to electronic registered letters)} of
        the contacts and debtors; only addresses that may be written to.
        """
        ids = {
            plan["head"][name]
            for plan in plans
            for name in ("contact_id", "partner_id")
        }
        rows = self.env.execute_query(
            SQL(
                "SELECT id, email, lang, recovery_electronic_consent"
                " FROM res_partner WHERE id = ANY(%s)",
                [partner_id for partner_id in ids if partner_id],
            )
        )
        writable = self.env["recovery.recipient"]._writable(
            email for _id, email, *_facts in rows
        )
        return {
            partner_id: (writable.get(email), *facts)
            for partner_id, email, *facts in rows
        }

    @api.model
    def _draw_numbers(self, plans):
        """Numbers of the notices, company by company, in one go each."""
        counts = {}
        for plan in plans:
            company_id = plan["head"]["company_id"]
            counts[company_id] = counts.get(company_id, 0) + 1
        drawn = {
            company_id: iter(self._draw(company_id, count))
            for company_id, count in counts.items()
        }
        return [next(drawn[plan["head"]["company_id"]]) for plan in plans]

    @api.model
    def _draw(self, company_id, count):
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search(  # any collector may draw
                [
                    ("code", "=", "recovery.notice"),
                    ("company_id", "in", (company_id, False)),
                ],
                order="company_id",
                limit=1,
            )
        )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        prefix, suffix = sequence._get_prefix_suffix()
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [f"{prefix}{n:0{sequence.padding}d}{suffix}" for [n] in rows]

    @api.model
    def _notice_row(self, plan, level, date, partners, french):
        head = plan["head"]
        email, lang = self._addressee(head, partners)
        email = plan["email_to"] or email
        return (
            {
                name: head[name]
                for name in (
                    "company_id",
                    "partner_id",
                    "contact_id",
                    "currency_id",
                    "policy_id",
                    "debtor_kind",
                )
            }
            | self._channels(head, level, email, partners)
            | self._amounts(plan, level)
            | {
                "user_id": head["collector_id"],
                "deadline": date + timedelta(days=level["granted_days"]),
                "granted_days": level["granted_days"],
                "level_id": level["id"],
                "letter": level["letter"] or None,
                "lang": french if level["letter"] in FORMAL_NOTICES else lang or french,
                "email_to": email,
                "email_cc": plan["email_cc"] or None,
            }
        )

    @api.model
    def _channels(self, head, level, email, partners):
        """The level's; paper where an e-mail or the consent it needs is missing."""
        names = self.env["recovery.level"]._channel_fields()
        channels = {name: level[name] for name in names}
        if channels["by_email"] and not email:
            channels.update(by_email=False, by_letter=True)
        _email, _lang, consent = partners.get(head["partner_id"], (None, None, None))
        agreed = consent or head["debtor_kind"] in PENALTY_KINDS
        if channels["by_electronic"] and not (email and agreed):
            channels.update(by_electronic=False, by_registered=True)
        return channels

    @api.model
    def _addressee(self, head, partners):
        """E-mail and language: the contact's, else the debtor's."""
        contact = partners.get(head["contact_id"], (None, None, None))
        debtor = partners.get(head["partner_id"], (None, None, None))
        return contact[0] or debtor[0], contact[1] or debtor[1]

    @api.model
    def _amounts(self, plan, level):
        """Figures of a notice; the 40 EUR stay out of a total in another currency."""
        figures = [row["statement"] for row in plan["claimed"] if "statement" in row]
        head = plan["head"]
        local = head["currency_id"] == head["company_currency_id"]
        principal = total(row["claimable"] for row in plan["claimed"])
        interest = sum((f.interest_due for f in figures), Decimal(0))
        indemnity = sum((f.indemnity for f in figures), Decimal(0))
        claimed = interest + (indemnity if local else 0)
        return {
            "principal": principal,
            "interest": interest,
            "indemnity": indemnity,
            "daily_interest": sum((f.daily_interest or 0 for f in figures), Decimal(0)),
            "credit": -total(row["residual"] for row in plan["credits"]),
            "total": principal + (claimed if level["claims"] == "claims" else 0),
        }

    @api.model
    def _line_rows(self, plan):
        """What the plan says of each line and the ledger does not."""
        same = {name: plan[name] for name in ("notice_id", "state")}
        for kind, part in KINDS:
            for row in plan[part]:
                line = same | {"kind": kind, "move_line_id": row["id"]}
                if row["id"] in plan["due_ids"]:
                    line["level_id"] = row["next_level_id"]
                if row["debtor_kind"] == "public":  # due by law, maybe earlier
                    line["date_maturity"] = row["date_maturity"]
                if row["claimable"] != row["residual"]:
                    line |= {name: row[name] for name in REDUCED}
                if "statement" in row:
                    line |= self._figures(row["statement"])
                yield line

    @api.model
    def _figures(self, statement):
        return {
            "interest": statement.interest_due,
            "indemnity": statement.indemnity,
            "daily_interest": statement.daily_interest,
            "segments": self._segments_of(statement.segments) or None,
        }

    @api.model
    def _segments_of(self, segments):
        """Lines of a statement as JSON keeps them."""
        return [
            {
                "start": line.start.isoformat(),
                "end": line.end.isoformat(),
                "days": line.days,
                "base": f"{line.base:.2f}",
                "percent": str(line.percent),
                "interest": str(line.interest),
            }
            for line in segments
        ]
