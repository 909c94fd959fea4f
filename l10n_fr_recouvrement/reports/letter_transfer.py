"""What a letter says of a file that is handed over."""

from functools import cached_property

from . import typography as typo
from .letter_parties import address_line

STEPS = 8  # of the history: the newest say enough
KINDS = {
    "professional": "Professionnel",
    "consumer": "Consommateur",
    "non_professional": "Non-professionnel",
    "public": "Organisme public",
}
NAMES = {
    "L0": "Rappel avant échéance",
    "L1": "Première relance",
    "L2": "Deuxième relance",
    "L3": "Dernière relance",
    "L4": "Mise en demeure",
    "L5": "Mise en demeure",
    "L5p": "Demande d’intérêts moratoires",
    "L8": "Mise en demeure après échéancier rompu",
    "L18": "Note de débit",
    "promise": "Confirmation d’un engagement de règlement",
    "grace": "Délai accordé",
    "meeting": "Compte rendu d’entretien",
    "unfounded": "Réponse à une contestation",
    "rejected": "Rejet de paiement",
}
OUTCOMES = {
    "delivered": "remise",
    "unclaimed": "non réclamée",
    "refused": "refusée",
    "unknown": "adresse inconnue",
}


class LetterTransfer:
    """Identity of the debtor, history and documents."""

    @cached_property
    def identity(self):
        """(label, value) of what is known of the debtor, to find and to sue them."""
        partner = self.notice.partner_id
        facts = (
            ("Nom ou dénomination", partner.name),
            ("Qualité", KINDS.get(self.notice.debtor_kind)),
            ("SIREN ou SIRET", typo.siren(partner.company_registry)),
            ("N° de TVA", partner.vat),
            ("Adresse", address_line(partner)),
            ("Téléphone", partner.phone),
            ("E-mail", partner.email),
            ("Interlocuteurs", self._people_of(partner)),
        )
        return [(label, value) for label, value in facts if value]

    def _people_of(self, partner):
        people = partner.child_ids.filtered(lambda child: child.name)[:3]
        return " ; ".join(
            ", ".join(filter(None, (who.name, who.phone, who.email))) for who in people
        )

    @cached_property
    def _past_notices(self):
        """Notices that left about these invoices, oldest first."""
        # The recipient acts for us: the whole file is theirs to know.
        return (
            self.notice.env["recovery.notice"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.notice.partner_id.id),
                    ("company_id", "=", self.notice.company_id.id),
                    ("state", "in", ("sent", "closed")),
                    ("line_ids.move_id", "in", self._lines["claimed"].move_id.ids),
                    ("letter", "not in", ("L10",)),
                ],
                order="date desc, id desc",
                limit=STEPS,
            )
            .sorted(lambda notice: (notice.date, notice.id))
        )

    @cached_property
    def history(self):
        """(day, what was sent, how it arrived)."""
        return [
            (
                typo.short_date(notice.date),
                NAMES.get(notice.letter, "Appel ou rendez-vous"),
                self._arrival(notice),
            )
            for notice in self._past_notices
        ]

    def _arrival(self, notice):
        if not notice.by_registered:
            return notice.name
        outcome = OUTCOMES.get(notice.registered_outcome)
        presented = typo.short_date(notice.presented_on)
        facts = ("recommandé", notice.registered_number, outcome, presented)
        return f"{notice.name}, {' '.join(filter(None, facts))}"

    @property
    def documents(self):
        """What goes with the letter."""
        letters = "nos courriers" if self.history else ""
        invoices = self.plural("copie de la facture", "copies des factures")
        return ", ".join(filter(None, (invoices, letters, "décompte ci-dessus")))

    def reference_of(self, line):
        """Market and receipt of an invoice to a public buyer (CCP R2192-12)."""
        move = line.move_id
        market = move.ref or move.invoice_origin
        facts = [f"marché {market}"] if market else []
        if received := move.recovery_received_on:
            facts.append(f"reçue sur Chorus Pro le {typo.short_date(received)}")
        return ", ".join(facts)
