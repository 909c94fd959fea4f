"""What the cover of a debit note says of it (L18)."""

_NAMES = {
    "indemnity": "indemnité forfaitaire",
    "clause": "clause pénale",
    "cost": "frais de recouvrement",
}
_AS_OF_RIGHT = ("interest", "indemnity")


class LetterNote:
    """Lines of a debit note, what they claim and on what they stand."""

    @property
    def note_rows(self):
        """(label, amount) of the lines of a debit note."""
        rows = self.facts.get("rows") or ()
        return [(label, self.money(amount)) for label, amount in rows]

    @property
    def _note_kinds(self):
        """Kinds of `recovery.charge`; a note that was made by hand claims both."""
        return self.facts.get("kinds") or _AS_OF_RIGHT

    @property
    def note_about(self):
        """`pénalités de retard et indemnité forfaitaire`"""
        names = _NAMES | {"interest": self.penalty_name}
        return self._enumerate([names[kind] for kind in self._note_kinds])

    @property
    def penalty_basis(self):
        """C. com. L441-10 II, D441-5; CCP L2192-13, D2192-35; C. civ. 1231-5."""
        due = [
            self._basis_of(kind) for kind in _AS_OF_RIGHT if kind in self._note_kinds
        ]
        sentences = []
        if due:
            words = self._enumerate(due)
            agreed = self._due_words("interest" in self._note_kinds)
            sentences.append(f"{words[0].upper()}{words[1:]} {agreed}.")
        if "clause" in self._note_kinds:
            sentences.append(
                "La clause pénale a été convenue entre nous (article 1231-5 du code "
                "civil)."
            )
        if "cost" in self._note_kinds:
            sentences.append(
                "Les frais de recouvrement qui dépassent l’indemnité forfaitaire sont "
                f"dus sur justificatifs ({self.interest_articles})."
            )
        return " ".join(sentences)

    def _basis_of(self, kind):
        if kind == "interest":
            return f"les {self.penalty_name} ({self.interest_articles})"
        return (
            "l’indemnité forfaitaire pour frais de recouvrement "
            f"({self.indemnity_article})"
        )

    def _due_words(self, several):
        if self.public:
            return "sont dus de plein droit" if several else "est due de plein droit"
        verb = "sont exigibles" if several else "est exigible"
        return f"{verb} de plein droit, sans qu’un rappel soit nécessaire"
