from odoo import api, models

from ..reports.letter_text import shipped
from .letter_rules import problems


class RecoveryLetterSentenceMixin(models.AbstractModel):
    """What is wrong with the words of a letter, and what to do, in sentences."""

    _name = "recovery.letter.sentence.mixin"
    _description = "Refusals of the words of a letter"

    @api.model
    def _sentences(self, letter, lang, edited, penalties):
        """What is wrong with a text and what to do, in the order of the rules.

        :param edited: {part: words} of the user; the original says the rest
        :param penalties: its reader owes interest and indemnity
        """
        if not edited:
            return []
        found = problems(letter, shipped(letter, lang) | edited, penalties)
        return [getattr(self, f"_sentence_{rule}")(words) for rule, words in found]

    def _sentence_court_act(self, words):
        return self.env._(
            "“%s” belongs to court acts: a letter may not look like one (Criminal "
            "code, art. 433-13). Use other words.",
            words,
        )

    def _sentence_court_title(self, words):
        return self.env._(
            "“%s” in the subject makes the letter look like a court act: say it in the "
            "body, as what may follow.",
            words,
        )

    def _sentence_bailiff(self, words):
        return self.env._(
            "“%s”: since July 2022 they are commissaires de justice. Use that name, "
            "and not in the subject.",
            words,
        )

    def _sentence_limitation(self, words):
        return self.env._(
            "“%s”: a letter or a formal notice does not interrupt limitation. Remove "
            "it.",
            words,
        )

    def _sentence_complaint(self, words):
        return self.env._(
            "“%s”: not paying is no criminal offence, and such a threat may be one. "
            "Remove it.",
            words,
        )

    def _sentence_fees(self, words):
        return self.env._(
            "“%s”: the costs of reminders stay with the creditor (CPCE, art. L111-8). "
            "Remove them.",
            words,
        )

    def _sentence_penalty(self, words):
        return self.env._(
            "“%s” may not be said to a consumer or a non-professional: remove it, or "
            "choose a level of a policy for professionals or public bodies.",
            words,
        )

    def _sentence_transaction(self, words):
        return self.env._(
            "“%s”: nothing is given up on both sides, so the agreement is no "
            "transaction (C. civ. 2044). Use another word.",
            words,
        )

    def _sentence_credit(self, words):
        return self.env._(
            "“%s”: delays on an existing debt lend nothing, and the letter may reach a "
            "consumer. Use another word.",
            words,
        )

    def _sentence_early(self, words):
        return self.env._(
            "“%s”: nothing is late before the due date. Remove it.", words
        )

    def _sentence_no_title(self, _words):
        return self.env._(
            "The subject of a formal notice says « mise en demeure »: put it back."
        )

    def _sentence_no_summons(self, _words):
        return self.env._(
            "The opening of a formal notice says « nous vous mettons en demeure de "
            "payer »: put it back."
        )

    def _sentence_no_amount(self, _words):
        return self.env._(
            "The opening of a formal notice says how much: put {{ amount }} back."
        )

    def _sentence_no_delay(self, _words):
        return self.env._(
            "The opening of a formal notice says until when: put {{ within }} back."
        )
