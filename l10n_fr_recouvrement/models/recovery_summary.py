from odoo import api, models
from odoo.tools import format_date, formatLang

from ..law.rates import MissingRate
from .access import COLLECTOR
from .vocabulary import FORMAL_NOTICES

# What a collector must do something about, shown above the invoice.
ALERTS = ("due", "no_address", "unconfirmed_kind", "no_policy", "bank_late")
FIGURES = (
    "principal_due",
    "interest_due",
    "indemnity",
    "total",
    "daily_interest",
)
SEGMENT = ("base", "percent", "interest")


class RecoverySummary(models.AbstractModel):
    """What the form of an invoice shows of its recovery, read once the form is open.

    Who asks may read the invoice; `account.move.recovery_summary` has checked it.
    """

    _name = "recovery.summary"
    _description = "Recovery of an invoice, for its form"

    @api.model
    def _of_move(self, move, details=False):
        row = move._recovery_rows().get(move.id)
        situations = self.env["recovery.situation"].sudo()  # the invoice is readable
        item = situations._scoped(items=[row["id"]] if row else [])
        item = item.browse(row["id"] if row else [])
        summary = self._situation(item) | {
            f"{name}_count": self._count(move, f"recovery_{name}_count")
            for name in ("notice", "charge", "plan")
        }
        if details:
            summary |= {
                "facts": self._facts(move, item),
                "clause": move.recovery_clause_text or "",
                "actions": self._actions(move, item),
                "statement": self._statement(move),
                "histories": self._histories(move),
                "currency_id": move.currency_id.id,
                "company_currency_id": move.company_currency_id.id,
            }
        return summary

    @api.model
    def _count(self, move, name):
        may_read = move._has_field_access(move._fields[name], "read")
        return move[name] if may_read else 0

    @api.model
    def _situation(self, item):
        is_collector = self.env.user.has_group(COLLECTOR)
        return {
            "status": self._state(item, "status"),
            "reason": item.reason or "",
            "alert": is_collector and item.status in ALERTS,
        }

    @api.model
    def _facts(self, move, item):
        """Lines of the page: (name, label, text), only those that have something."""
        next_step = " – ".join(
            filter(None, (item.next_level_id.name, self._day(item.next_date)))
        )
        late = self.env._("%s days", item.days_late) if item.days_late > 0 else ""
        facts = [
            ("days_late", self.env._("Late by"), late),
            ("level", self.env._("Level reached"), item.level_id.name),
            ("next_level", self.env._("Next level"), next_step),
            ("formal_notice", self.env._("Formal notice"), self._formal_notice(move)),
            ("limitation", self.env._("Limitation"), self._limitation(move)),
            ("policy", self.env._("Recovery policy"), move.recovery_policy_id.name),
            ("legal_due", self.env._("Legal due date"), self._legal_due(move)),
            ("clause", self.env._("Late interest"), self._clause(move)),
        ]
        return [
            {"name": name, "label": label, "text": text}
            for name, label, text in facts
            if text
        ]

    @api.model
    def _day(self, day):
        return day and format_date(self.env, day)

    @api.model
    def _limitation(self, move):
        return self._day(move.recovery_limitation_date)

    @api.model
    def _legal_due(self, move):
        """Legal due date of a public buyer, or that its delay is interrupted."""
        if move.recovery_reopened_days:
            return self.env._("interrupted")
        return self._day(move.recovery_legal_due_date)

    @api.model
    def _clause(self, move):
        """What the invoice agreed on late payment when it was posted, or ""."""
        rule = move._fields["recovery_clause_rule"]
        label = rule.convert_to_export(move.recovery_clause_rule, move)
        if move.recovery_clause_rule != "contractual":
            return label
        return f"{label} ({formatLang(self.env, move.recovery_clause_percent)}\xa0%)"

    @api.model
    def _formal_notice(self, move):
        """Day of the first formal notice (mise en demeure) that left, or None."""
        lines = self.env["recovery.notice.line"].sudo()  # facts of a readable invoice
        notice = lines.search(
            [
                ("move_id", "=", move.id),
                ("kind", "=", "claimed"),
                ("state", "in", ("sent", "closed")),
                ("notice_id.letter", "in", FORMAL_NOTICES),
            ],
            order="date",
            limit=1,
        ).notice_id
        return self._day(notice.presented_on or notice.date)

    @api.model
    def _statement(self, move):
        """Statement of interest to today, or the sentence that says what it lacks."""
        try:
            figures = move.recovery_statement()
        except MissingRate as missing:
            problem = self.env._(
                "The statutory rate from %s on is missing: a manager enters it "
                "in Recovery ▸ Configuration ▸ Statutory rates.",
                self._day(missing.semester_start),
            )
            return {"problem": problem}
        return {name: float(figures[name] or 0) for name in FIGURES} | {
            "segments": [self._segment(line) for line in figures["segments"]],
            "warnings": figures["warnings"],
        }

    @api.model
    def _segment(self, line):
        amounts = {name: float(getattr(line, name)) for name in SEGMENT}
        days = {"start": self._day(line.start), "end": self._day(line.end)}
        return amounts | days | {"days": line.days}
