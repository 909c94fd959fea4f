"""Words of a statement of interest, in French or English: sources, rules, names.

`say(french, english)` chooses; `percent(value)` writes a rate.
"""

from ..law.rates import semester_label
from ..law.source import COMMERCIAL, CONTRACT, FLOOR, LEGAL, PUBLIC
from ..models.vocabulary import PENALTY_KINDS


def semester(day, say):
    half = "first" if day.month < 7 else "second"
    return say(semester_label(day), f"{half} half of {day.year}")


def source(found, say, percent):
    """Where a rate comes from, in one sentence."""
    if found.basis == CONTRACT:
        return say("taux contractuel", "contractual rate")
    rate, half = percent(found.percent), semester(found.semester, say)
    text = {
        COMMERCIAL: say(
            f"taux BCE {rate} + 10 points, {half}", f"ECB {rate} + 10 points, {half}"
        ),
        PUBLIC: say(
            f"taux BCE {rate} + 8 points, figé au {half}",
            f"ECB {rate} + 8 points, frozen at the {half}",
        ),
        FLOOR: say(
            f"3 fois le taux légal {rate}, {half}", f"3 × legal rate {rate}, {half}"
        ),
        LEGAL: say(f"taux légal {rate}, {half}", f"legal rate {rate}, {half}"),
    }[found.basis]
    if found.surcharge:
        text += say(", majoré de 5 points (CMF L313-3)", ", plus 5 points (CMF L313-3)")
    return f"{text} \u2013 {found.reference}" if found.reference else text


def name(debtor, say):
    """What interest is called towards this kind of debtor."""
    if debtor == "public":  # CCP L2192-13
        return say("intérêts moratoires", "late payment interest")
    if debtor == "professional":
        return say("pénalités de retard", "late payment interest")
    return say("intérêts de retard", "late payment interest")


def conventions(sheet, say):
    """How interest is computed: one sentence for each rule that applies."""
    professional = sheet.debtor in PENALTY_KINDS
    bases = {segment.source.basis for item in sheet.items for segment in item.segments}
    formula = say(
        "Principal × taux annuel × nombre de jours ÷ 365, arrondi au centime, ",
        "Principal × annual rate × number of days ÷ 365, rounded to the cent, ",
    )
    rules = {
        COMMERCIAL: say(
            "taux révisé au 1er\u00a0janvier et au 1er\u00a0juillet "
            "(art.\u00a0L441-10, II c.\u00a0com.)",
            "rate revised on 1\u00a0January and 1\u00a0July (art.\u00a0L441-10, II of "
            "the French commercial code)",
        ),
        PUBLIC: say(
            "taux de la Banque centrale européenne au premier jour du semestre au "
            "cours duquel les intérêts ont commencé à courir, majoré de huit points "
            "(art.\u00a0R2192-31 du code de la commande publique)",
            "rate of the European Central Bank on the first day of the half-year in "
            "which interest began to run, plus eight points (art.\u00a0R2192-31 of the "
            "French public procurement code)",
        ),
        FLOOR: say(
            "taux stipulé de trois fois l’intérêt légal, révisé au 1er\u00a0janvier et "
            "au 1er\u00a0juillet",
            "stipulated rate of three times the legal rate, revised on 1\u00a0January "
            "and 1\u00a0July",
        ),
        CONTRACT: say(
            "taux contractuel (art.\u00a0L441-10, II c.\u00a0com.)",
            "contractual rate (art.\u00a0L441-10, II of the French commercial code)",
        )
        if professional
        else say("taux contractuel", "contractual rate"),
        LEGAL: _legal(sheet, say),
    }
    return [f"{formula}{rules[basis]}." for basis in rules if basis in bases]


def _legal(sheet, say):
    rate = say(
        "taux de l’intérêt légal, révisé au 1er\u00a0janvier et au 1er\u00a0juillet "
        "(art.\u00a0L313-2 du code monétaire et financier)",
        "legal interest rate, revised on 1\u00a0January and 1\u00a0July (art.\u00a0"
        "L313-2 of the French monetary and financial code)",
    )
    if sheet.debtor in PENALTY_KINDS:
        return rate
    return rate + say(
        ", à compter du lendemain de la première présentation de la mise en demeure "
        "(art.\u00a01231-6 et 1344-1 c.\u00a0civ.)",
        ", from the day after the first presentation of the formal notice (art.\u00a0"
        "1231-6 and 1344-1 of the French civil code)",
    )


def remarks(sheet, say):
    """What else a reader needs: no notice yet, how payments are counted, credits."""
    claims = [item.claim for item in sheet.items]
    kinds = {receipt.kind for item in sheet.items for receipt in item.receipts}
    waiting = [claim for claim in claims if claim.needs_notice]
    if any(claim.formal_notice is None for claim in waiting):
        yield say(
            "Aucun intérêt n’est compté avant la mise en demeure (art.\u00a01231-6 et "
            "1344-1 c.\u00a0civ.).",
            "No interest is counted before the formal notice (art.\u00a01231-6 and "
            "1344-1 of the French civil code).",
        )
    if "payment" in kinds:
        first = any(claim.imputation == "interest_first" for claim in claims)
        yield _imputation(first, say)
    if kinds - {"payment"}:
        yield say(
            "Les avoirs et autres réductions, qui n’ont jamais été dus, diminuent la "
            "base dès l’échéance.",
            "Credit notes and other reductions were never due: they reduce the base "
            "from the due date.",
        )


def _imputation(interest_first, say):
    if interest_first:
        return say(
            "Les paiements sont imputés d’abord sur les intérêts (art.\u00a01343-1 "
            "c.\u00a0civ.), au jour de leur réception.",
            "Payments are counted on interest first (art.\u00a01343-1 of the French "
            "civil code), on the day they were received.",
        )
    return say(
        "Les paiements sont imputés d’abord sur le principal, au jour de leur "
        "réception.",
        "Payments are counted on the principal first, on the day they were received.",
    )


RECEIPTS = {
    "payment": ("Règlement", "Payment"),
    "credit_note": ("Avoir", "Credit note"),
    "write_off": ("Réduction", "Reduction"),
}
