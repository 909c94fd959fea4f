from odoo import api, models


class RecoveryLetterVariable(models.AbstractModel):
    """What each variable of a letter is, for who writes one, with an example."""

    _name = "recovery.letter.variable"
    _description = "Variables of letters"

    @api.model
    def _help(self):
        """{name: (label, example in the French of a letter)}"""
        return {
            "amount": (self.env._("Sum that the letter asks for"), "1 275,40 €"),
            "principal": (
                self.env._("Invoices, less credits and disputed parts"),
                "1 200,00 €",
            ),
            "interest": (
                self.env._("Interest as of the letter, if it is shown"),
                "35,40 €",
            ),
            "indemnity": (self.env._("Fixed indemnity, if it is shown"), "40,00 €"),
            "daily_interest": (self.env._("Interest of one more day"), "0,41 €"),
            "penalty_name": (self.env._("Name of the interest"), "pénalités de retard"),
            "invoices": (
                self.env._("Numbers of the invoices"),
                "FAC/2026/00012 et FAC/2026/00015",
            ),
            "where": (self.env._("Where the invoices are listed"), "ci-dessous"),
            "oldest_due": (self.env._("Oldest due date"), "31 octobre 2026"),
            "date": (self.env._("Date of the letter"), "22 novembre 2026"),
            "before": (
                self.env._("Until when to pay"),
                "au plus tard le 30 novembre 2026",
            ),
            "debtor": (self.env._("Name of the customer"), "Boulangerie Martin"),
            "company": (self.env._("Name of your company"), "Ateliers Delaunay"),
            "number": (self.env._("Number of the letter"), "REL/2026/00042"),
            "collector_name": (self.env._("Who follows the file"), "Paul Lenoir"),
            "collector_phone": (
                self.env._("Phone of the collector"),
                "+33 4 72 00 11 22",
            ),
            "collector_email": (
                self.env._("E-mail of the collector"),
                "compta@delaunay.example",
            ),
            "signatory": (self.env._("Who signs"), "Claire Delaunay"),
            "discount": (
                self.env._(
                    "Sentence on the early payment discount, if it can still be had"
                ),
                "Un escompte de 24,00 € vous est acquis si votre paiement nous "
                "parvient au plus tard le 30 novembre 2026.",
            ),
            "penalties_to_come": (
                self.env._(
                    "End of sentence: what the formal notice will claim besides"
                ),
                ", qui portera aussi sur les pénalités de retard et sur l’indemnité "
                "forfaitaire",
            ),
            "within": (
                self.env._("Time granted to pay"),
                "dans un délai de 8 jours à compter de la première présentation de ce "
                "courrier",
            ),
            "breakdown": (
                self.env._(
                    "End of sentence: how the sum is made up, with its legal basis"
                ),
                ", se décomposant ainsi : principal 1 200,00 € ; pénalités de retard …",
            ),
            "court": (
                self.env._("Who may be turned to"),
                "la juridiction compétente ou un commissaire de justice",
            ),
            "interest_to_run": (
                self.env._("Sentence: interest that starts, if any does"),
                "À compter de cette présentation, cette somme produit intérêt …",
            ),
            "included": (
                self.env._("End of sentence: interest and indemnity within the sum"),
                "dont 35,40 € d’intérêts moratoires et 40,00 € d’indemnité forfaitaire",
            ),
            "mediator": (
                self.env._(
                    "Sentence that names the consumer mediator; nothing for others"
                ),
                "En cas de désaccord, vous pouvez saisir gratuitement …",
            ),
            "recognised_on": (
                self.env._("Day on which the debt is counted"),
                "22/11/2026",
            ),
            "valid_until": (self.env._("Last day of the offer"), "7 décembre 2026"),
            "cure": (self.env._("Days to pay after a formal notice"), "8 jours"),
            "plan": (self.env._("Number of the payment plan"), "ECH/2026/00003"),
            "signed_on": (self.env._("Day of the agreement"), "12 septembre 2026"),
            "plan_amount": (self.env._("Sum that the plan spreads"), "3 000,00 €"),
            "missed_instalments": (
                self.env._("Sentence that names the missed instalments"),
                "L’échéance du 12 novembre 2026 (1 000,00 €) n’a pas été payée.",
            ),
            "balance": (self.env._("What is left of the plan"), "2 000,00 €"),
            "of_invoices": (
                self.env._("How many invoices the statement is about"),
                "de 3 factures",
            ),
            "overdue": (self.env._("What is overdue"), "1 200,00 €"),
            "mandate": (
                self.env._("On what basis the recipient acts"),
                "Ce dossier vous est …",
            ),
            "instructions": (
                self.env._("What you ask of the recipient"),
                "Relance amiable …",
            ),
            "note": (self.env._("Number of the debit note"), "FAC/2026/00051"),
            "note_about": (
                self.env._("What the debit note claims"),
                "pénalités de retard et indemnité forfaitaire",
            ),
            "note_date": (self.env._("Date of the debit note"), "22 novembre 2026"),
            "note_amount": (self.env._("Total of the debit note"), "75,40 €"),
            "of_origins": (
                self.env._("Invoices paid late"),
                "de la facture FAC/2026/00012",
            ),
            "penalty_basis": (
                self.env._("Sentence on the legal basis"),
                "Les pénalités de retard (article L441-10, II du code de commerce) …",
            ),
            "promised_amount": (self.env._("Amount promised"), "600,00 €"),
            "promised_on": (self.env._("Day promised"), "15 décembre 2026"),
            "grace_until": (self.env._("Last day of the pause"), "15 décembre 2026"),
            "met_on": (self.env._("Day of the call or meeting"), "20 novembre 2026"),
            "outcome": (
                self.env._("What came out of it"),
                "Vous nous adressez le bon de livraison.",
            ),
            "disputed_on": (self.env._("Day of the dispute"), "12 novembre 2026"),
            "disputed_amount": (self.env._("Contested amount"), "300,00 €"),
            "dispute_answer": (
                self.env._("Our answer"),
                "Le bon de livraison signé le …",
            ),
            "paid_on": (self.env._("Day of the payment"), "12 novembre 2026"),
            "paid_amount": (self.env._("Amount of the payment"), "1 200,00 €"),
            "rejection_reason": (
                self.env._("End of sentence: the bank’s reason"),
                " (provision …)",
            ),
        }
