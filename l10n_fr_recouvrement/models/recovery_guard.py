from collections import defaultdict

from odoo import api, models
from odoo.tools import format_date

from ..law.limitation import Event, limitation_date
from .vocabulary import PENALTY_KINDS, THIRD_PARTY_LETTERS

# Situations in which no letter is printed, and those that only stop a claim.
NEVER = ("insolvency", "factored", "covered")
CLAIM = ("disputed",)
# Letters that may be about a disputed invoice.
NO_CLAIM = ("meeting", *THIRD_PARTY_LETTERS)
PERIODS = {"consumer": "consumer", "public": "public"}


class RecoveryGuard(models.AbstractModel):
    """What may not be printed (gardes avant impression): the one place that refuses.

    A refusal is a sentence that says why and what to do.
    """

    _name = "recovery.guard"
    _description = "Guards before printing"

    @api.model
    def _refusals(self, notices):
        """{notice id: sentence} of the notices whose letter may not be printed."""
        rows = self._situations(notices)
        barred = self._barred(notices)
        refused = {}
        for notice in notices:
            if sentence := self._refusal(notice, rows, barred):
                refused[notice.id] = sentence
        return refused

    @api.model
    def _refusal(self, notice, rows, barred):
        """Why this letter may not be printed, or False."""
        if sentence := self._unsuited(notice):
            return sentence
        for line in self._claimed(notice):
            row = rows.get(line.move_line_id.id)
            stops = NEVER if notice.letter in NO_CLAIM else NEVER + CLAIM
            if row and row.status in stops:
                sentence = getattr(self, f"_sentence_{row.status}")()
                return f"{line.number}: {sentence}"
            if line in barred and notice.debtor_kind == "consumer":
                return self._sentence_barred(line.number, barred[line])
        return False

    @api.model
    def _unsuited(self, notice):
        """A letter that does not suit the kind of debtor: a consumer never sees the
        40 EUR nor the ECB rate, and L5 waives both.
        """
        letter, owes = notice.letter, notice.debtor_kind in PENALTY_KINDS
        if letter == "L4" and not owes:
            return self.env._(
                "Letter L4 is for professionals: choose letter L5 for the level."
            )
        if letter == "L5" and owes:
            return self.env._(
                "Letter L5 is for consumers: choose letter L4 for the level."
            )
        if letter == "L5p" and notice.debtor_kind != "public":
            return self.env._(
                "Letter L5p is for public bodies: choose letter L4 for the level."
            )
        if letter == "L5p" and notice.level_id.claims != "claims":
            return self.env._("Letter L5p claims interest: let its level claim it.")
        if letter == "L18" and not owes:
            return self.env._(
                "Only professionals and public bodies owe penalties: cancel it."
            )
        return False

    @api.model
    def _claimed(self, notice):
        return notice.line_ids.filtered(lambda line: line.kind == "claimed")

    @api.model
    def _situations(self, notices):
        """{item id: row of the situation} of the claimed items."""
        items = notices.line_ids.move_line_id.ids
        if not items:
            return {}
        situation = self.env["recovery.situation"].sudo()  # the whole company decides
        situation = situation._scoped(items=items)
        rows = situation.search_fetch([("id", "in", items)], ["status"])
        return {row.id: row for row in rows}

    def _sentence_insolvency(self):
        return self.env._(
            "the customer is in insolvency proceedings: write nothing, declare the "
            "claim to the officer (C. com. L622-21, L622-24)."
        )

    def _sentence_factored(self):
        return self.env._(
            "sold to a factor: the factor collects it. Take it back first if it is "
            "yours."
        )

    def _sentence_covered(self):
        return self.env._(
            "open credits or payments cover it: allocate them, nothing is left to ask "
            "for."
        )

    def _sentence_disputed(self):
        return self.env._(
            "wholly disputed: answer the dispute and close it before you claim it."
        )

    @api.model
    def _sentence_barred(self, number, last):
        return self.env._(
            "%(number)s is time-barred since %(date)s (C. conso. L218-2): it cannot be "
            "claimed from a consumer. If the debt was recognised or brought to court, "
            "enter the day on the invoice.",
            number=number,
            date=format_date(self.env, last),
        )

    @api.model
    def _warning(self, notice):
        """Sentence on what a human should know before a letter leaves, or False."""
        barred = self._barred(notice)
        if not barred:
            return False
        line, last = next(iter(barred.items()))
        return self.env._(
            "%(number)s is time-barred since %(date)s: the customer may refuse to pay. "
            "If the debt was recognised or brought to court, enter the day on the "
            "invoice.",
            number=line.number,
            date=format_date(self.env, last),
        )

    @api.model
    def _barred(self, notices):
        """{line: last day one could act} of the claimed items that are time-barred."""
        barred = {}
        for notice in notices:
            for line in self._claimed(notice):
                last = self._last_day(notice.debtor_kind, line.date_maturity)
                if last and last < notice.date:
                    barred[line] = last
        restarts = self._restarts([line.move_id.id for line in barred])
        for line in list(barred):
            notice, days = line.notice_id, restarts.get(line.move_id.id, ())
            last = self._last_day(notice.debtor_kind, line.date_maturity, *days)
            barred[line] = last
            if last >= notice.date:
                del barred[line]
        return barred

    @api.model
    def _last_day(self, kind, due, *restarts):
        """Last day to act on an item, each instalment on its own (C. civ. 2233).

        :param restarts: days of interruptions that are proved
        """
        if not due:
            return None
        events = [Event(day) for day in restarts]
        return limitation_date(PERIODS.get(kind, "commercial"), due, events)

    @api.model
    def _restarts(self, move_ids):
        """{invoice id: days from which its limitation runs again}, as entered with
        their proof, or recognised in a plan.
        """
        found = self._recognised(move_ids)
        moves = self.env["account.move"].sudo().browse(set(move_ids) - {False})
        for move in moves.exists():
            if move.recovery_limitation_restart:
                found[move.id].append(move.recovery_limitation_restart)
        return found

    @api.model
    def _recognised(self, move_ids):
        """{invoice id: days on which the debtor signed a plan} (C. civ. 2240)."""
        shares = self.env["recovery.plan.invoice"].sudo()  # whoever asks
        found = defaultdict(list)
        for share in shares.search(
            [
                ("move_id", "in", list(set(move_ids) - {False})),
                ("plan_id.interruption_date", "!=", False),
            ]
        ):
            found[share.move_id.id].append(share.plan_id.interruption_date)
        return found

    @api.model
    def _screen(self, plans, date):
        """Plans that may be written, and [(plan, sentence)] of the others.

        A time-barred debt of a consumer is blocked; others wait for an approval.
        """
        rows = [row for plan in plans for row in plan["claimed"]]
        kinds = {(row["debtor_kind"], row["date_maturity"]) for row in rows}
        over = {kind for kind in kinds if (self._last_day(*kind) or date) < date}
        if not over:
            return plans, []
        past = {
            row["id"]: row
            for row in rows
            if (row["debtor_kind"], row["date_maturity"]) in over
        }
        restarts = self._restarts([row["move_id"] for row in past.values()])
        good, refused = [], []
        for plan in plans:
            sentence = self._screened(plan, past, restarts, date)
            if plan["claimed"]:
                good.append(plan)
            else:
                refused.append((plan, sentence))
        return good, refused

    @api.model
    def _screened(self, plan, past, restarts, date):
        """Take the blocked items out of a plan, mark it if others are time-barred.

        :return: sentence on a blocked item, or False
        """
        sentence = False
        for row in [row for row in plan["claimed"] if row["id"] in past]:
            days = restarts.get(row["move_id"], ())
            last = self._last_day(row["debtor_kind"], row["date_maturity"], *days)
            if last >= date:
                continue
            if row["debtor_kind"] == "consumer":
                plan["claimed"].remove(row)
                sentence = self._sentence_barred(row["number"], last)
            else:
                plan["barred"] = True
        return sentence

    @api.model
    def _check_words(self, notice, lang, edited):
        """Sentence if the words that a user wrote may not reach this debtor."""
        penalties = (
            notice.debtor_kind in PENALTY_KINDS or notice.letter in THIRD_PARTY_LETTERS
        )
        letters = self.env["recovery.letter"]
        sentences = letters._sentences(notice.letter, lang, edited, penalties)
        return sentences[0] if sentences else False
