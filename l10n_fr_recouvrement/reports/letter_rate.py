"""The penalties in words: the clause that the figures were computed with."""

from functools import cached_property

from . import typography as typo

_NOTES_FR = {
    "statutory": "taux révisé au 1er janvier et au 1er juillet "
    "(art. L441-10, II c. com.)",
    "public": "taux de la Banque centrale européenne au premier jour du semestre au "
    "cours duquel les intérêts ont commencé à courir, majoré de huit points "
    "(art. R2192-31 du code de la commande publique)",
    "contractual": "taux convenu entre les parties",
    "floor": "trois fois le taux de l’intérêt légal, révisé au 1er janvier et au "
    "1er juillet",
    "legal": "taux de l’intérêt légal, révisé au 1er janvier et au 1er juillet",
    "": "taux convenu ou légal de chaque facture",
}
_NOTES_EN = {
    "statutory": "rate revised on 1 January and 1 July (art. L441-10, II of the French "
    "commercial code)",
    "public": "rate of the European Central Bank on the first day of the half-year in "
    "which interest began to run, plus eight points (art. R2192-31 of the French "
    "public procurement code)",
    "contractual": "rate agreed between the parties",
    "floor": "three times the French legal interest rate, revised on 1 January and "
    "1 July",
    "legal": "French legal interest rate, revised on 1 January and 1 July",
    "": "agreed or statutory rate of each invoice",
}
_NAMES = {
    "contractual": ("taux convenu", "agreed rate"),
    "floor": (
        "trois fois le taux de l’intérêt légal",
        "three times the French legal rate",
    ),
    "legal": ("taux de l’intérêt légal", "French legal rate"),
}
_ALWAYS_NAMED = ("floor", "legal")
_CONSENT = "articles 1231-5 et 1344-1 du code civil"
_CONSUMER = {
    "statutory": "au taux légal (articles 1231-6 et 1344-1 du code civil)",
    "legal": "au taux légal (articles 1231-6 et 1344-1 du code civil)",
    "floor": f"à trois fois le taux légal ({_CONSENT})",
}


class LetterRate:
    """Rule and rate of the claimed items, and the articles they stand on."""

    @cached_property
    def rule(self):
        """The rule that all claimed items share; "" when they differ. Notes of
        penalties, which bear none, do not count beside others.
        """
        rules = {line.rule or "statutory" for line in self._lines["claimed"]}
        if len(rules) > 1:
            rules.discard("none")
        return rules.pop() if len(rules) == 1 else ""

    @property
    def _says_interest(self):
        return self.rule != "none"

    @property
    def rate_detail(self):
        """`, taux : 12,40 %`, to follow an article; "" when there is nothing to say."""
        french, english = _NAMES.get(self.rule, ("taux", "rate"))
        name = self.say(french, english)
        if self.rates:
            colon = f"{typo.NBSP}:{typo.NBSP}" if self.fr else ": "
            return f", {name}{colon}{self.rates}"
        return f", {name}" if self.rule in _ALWAYS_NAMED else ""

    @property
    def interest_articles(self):
        if self.public:
            statutory = self.rule == "statutory"
            french = (
                "articles L2192-13 et R2192-31" if statutory else "article L2192-13"
            )
            return self.say(
                f"{french} du code de la commande publique",
                f"{french.replace(' et ', ' and ')} of the French public procurement "
                "code",
            )
        return self.say(
            "article L441-10, II du code de commerce",
            "article L441-10, II of the French commercial code",
        )

    @property
    def indemnity_article(self):
        if self.public:
            return "article D2192-35"
        return "article D441-5"

    @cached_property
    def indemnity_unit(self):
        """` de 40 € par facture`; "" when the invoices do not share one amount."""
        amounts = {line.indemnity for line in self._lines["claimed"] if line.indemnity}
        if len(amounts) != 1:
            return ""
        [amount] = amounts
        digits = 0 if amount == int(amount) else 2
        unit = typo.money(amount, "€", self.lang, digits)
        return self.say(f" de {unit} par facture", f" of {unit} per invoice")

    @cached_property
    def accessories(self):
        """Interest and indemnity that the figures hold, with their articles."""
        parts = []
        if self._says_interest:
            article = self.say("les ", "") + self.penalty_name
            parts.append(f"{article} ({self.interest_articles}{self.rate_detail})")
        if self.notice.indemnity:
            name = self.say(
                "l’indemnité forfaitaire pour frais de recouvrement",
                "the fixed compensation for recovery costs",
            )
            parts.append(f"{name}{self.indemnity_unit} ({self.indemnity_article})")
        return self.say(" et ", " and ").join(parts)

    @property
    def plural_accessories(self):
        return self._says_interest

    @property
    def rate_note(self):
        """How the interest is computed, under its table."""
        rule = "public" if self.public and self.rule == "statutory" else self.rule
        if self.fr:
            note = _NOTES_FR[rule].replace("art. ", f"art.{typo.NBSP}")
            note = note.replace("1er ", f"1er{typo.NBSP}")
            return (
                "Principal × taux annuel × nombre de jours ÷ 365, arrondi au centime, "
                f"{note}."
            )
        return (
            "Principal × annual rate × number of days ÷ 365, rounded to the cent; "
            f"{_NOTES_EN[rule]}."
        )

    @property
    def notice_rate(self):
        """What a formal notice starts against a consumer (C. civ. 1231-5, 1231-6); ""
        when nothing was to run.
        """
        if self.rule == "none":
            return ""
        percents = {line.percent for line in self._lines["claimed"]}
        if self.rule == "contractual" and len(percents) == 1:
            rate = self.percent(percents.pop())
            return f"au taux convenu de {rate} ({_CONSENT})"
        if self.rule in _CONSUMER:
            return _CONSUMER[self.rule]
        return (
            "au taux convenu ou légal de chaque facture (article 1344-1 du code civil)"
        )
