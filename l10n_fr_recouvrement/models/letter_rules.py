"""What the words of a letter may not say, and what a formal notice must say.

Pure functions over the words that somebody wrote; a rule is (name, pattern, parts).
"""

import re

from .vocabulary import FORMAL_NOTICES, PLAN_LETTERS

ALL = ("subject", "opening", "closing")
# Any letter. Words of a court act: C. pén. 433-13 2°. Costs: CPCE L111-8.
ANYWHERE = (
    (
        "court_act",
        r"\bsommations?\b|\bcommandements?\b|\bsignifications?\b|\bexploits?\b"
        r"|marianne|république française|au nom du peuple français",
        ALL,
    ),
    (
        "court_title",
        r"injonctions?\b|\bassignations?\b|\btribuna(l|ux)\b|\bjugements?\b"
        r"|\bsaisies?\b|commissaires? de justice",
        ("subject",),
    ),
    ("bailiff", r"\bhuissiers?\b", ALL),
    ("limitation", r"interromp\w* (?:\w+ )?prescription", ALL),
    ("complaint", r"porter plainte|plainte pénale|criminal complaint", ALL),
    (
        "fees",
        r"frais de (?:relance|rappel|dossier|mise en demeure|retard)"
        r"|(?:reminder|late) fees?\b",
        ALL,
    ),
)
# Only a professional or a public body owes them (C. com. L441-10 II; CCP D2192-35).
PENALTY = (
    "penalty",
    r"\b40(?:[.,]00)?\s*(?:€|euros?\b|eur\b)|€\s*40\b|quarante euros"
    r"|\bbce\b|\becb\b|banque centrale|central bank|l\.?\s*441-10|d\.?\s*441-5"
    r"|d\.?\s*2192-35|indemnité forfaitaire|fixed compensation"
    r"|pénalités? de retard|(?<!aucun )frais de recouvrement|recovery costs",
    ALL,
)
# No concession is exchanged (C. civ. 2044); a plan lends nothing to a consumer (reform
# of consumer credit in force since 20/11/2026).
TRANSACTION = ("transaction", r"\btransaction(?:nel(?:le)?)?s?\b|\b2044\b", ALL)
CREDIT = ("credit", r"\bcrédits?\b", ALL)
# Nothing is late before the due date.
EARLY = ("early", r"\bretards?\b|pénalité|impayée?s?\b|overdue|\blate\b", ALL)
_SUMMONS = re.compile(
    r"vous (?:mets|mettons) en demeure de (?:nous )?(?:payer|régler|verser)"
)


def problems(letter, texts, penalties):
    """Names of the rules that a letter breaks, each with the words that break it.

    :param texts: {part: words}, variables included
    :param penalties: the debtor is a professional or a public body
    :return: list of (rule, words)
    """
    found = [
        (name, match[0])
        for name, pattern, parts in _rules(letter, penalties)
        for part in parts
        if (match := re.search(pattern, _plain(texts.get(part)), re.IGNORECASE))
    ]
    return found + (_formal_problems(texts) if letter in FORMAL_NOTICES else [])


def _rules(letter, penalties):
    """The rules that a letter to such a debtor obeys."""
    yield from ANYWHERE
    if not penalties:
        yield PENALTY
    if letter == "L0":
        yield EARLY
    if letter in dict(PLAN_LETTERS):
        yield TRANSACTION
        if not penalties:
            yield CREDIT


def _formal_problems(texts):
    """A formal notice bears its name, summons to pay, says how much and until when
    (C. civ. 1344).
    """
    subject, opening = _plain(texts.get("subject")), texts.get("opening") or ""
    missing = {
        "no_title": "mise en demeure" not in subject.lower(),
        "no_summons": not _SUMMONS.search(_plain(opening).lower()),
        "no_amount": not _uses("amount", opening),
        "no_delay": not _uses("within", opening),
    }
    return [(name, "") for name, lacks in missing.items() if lacks]


def _uses(variable, text):
    return re.search(r"\{\{\s*%s\s*(?:\|\|\|.*?)?\}\}" % variable, text)


def _plain(text):
    """Words without marks: bold signs and special spaces hide nothing."""
    text = re.sub(r"[\s\u00a0\u202f]+", " ", (text or "").replace("*", ""))
    return text.replace("\u2019", "'")
