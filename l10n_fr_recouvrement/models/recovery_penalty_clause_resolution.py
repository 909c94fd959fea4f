from odoo import api, models
from odoo.tools import html2plaintext, ormcache

from ..law.claim import MILD_DEBTORS
from ..law.clause import missing


class RecoveryPenaltyClause(models.Model):
    """Which clause is for which document, and what the document says of it.

    A document (invoice, order) tells its `_recovery_clause_choices`, the first that
    suits its debtor wins, and its `_recovery_clause_facts`.
    """

    _name = "recovery.penalty.clause"
    _inherit = ["recovery.penalty.clause", "recovery.cache.mixin"]

    @api.model
    def _recovery_snapshots(self, documents):
        """What each document of a French company says and agrees.

        :return: {document: values of the fields of `recovery.clause.mixin`}; nothing
            of a document that no clause suits
        """
        snapshots, texts = {}, {}
        for document, clause, facts in self._recovery_clauses(documents):
            if not clause:
                continue
            key = clause, *facts
            if key not in texts:
                texts[key] = clause._snapshot(*facts)
            snapshots[document] = texts[key]
        return snapshots

    @api.model
    def _recovery_clauses(self, documents):
        """The clause of each document of a French company: its own, else of its payment
        term, customer or company, else the first one of the kind of debtor.

        :return: (document, clause or an empty one, facts), as superuser but the first
        """
        clauses = self.sudo()
        for company, group in documents.grouped("company_id").items():
            if not company._recovery_is_french():
                continue
            # what an invoice prints is no secret for those who may print it
            owned = group.sudo().with_company(company)
            last = company.sudo().recovery_clause_id
            automatic = self._automatic_clauses(company)
            for document, own in zip(group, owned, strict=True):
                facts = kind, *_others = own._recovery_clause_facts()
                choices = (*own._recovery_clause_choices(), last)
                clause = next((c for c in choices if c and c._suits(kind)), None)
                proposed = automatic.get(kind or "professional")
                yield document, clause or clauses.browse(proposed), facts

    @api.model
    @ormcache("company.id")
    def _automatic_clauses(self, company):
        """{kind of debtor: id of the first clause of this kind in the company}"""
        domain = self._check_company_domain(company)
        clauses = self.sudo().search([*domain, ("debtor_kind", "!=", False)])
        return {clause.debtor_kind: clause.id for clause in reversed(clauses)}

    def _suits(self, kind):
        """A clause for others than this debtor is passed over: a consumer must never
        read the one of a professional. A debtor of unknown kind is written to as a
        professional would be, in words that say so.
        """
        return self.active and self.debtor_kind in (False, kind or "professional")

    def _snapshot(self, kind, payment_term, day, lang):
        mild = kind in MILD_DEBTORS
        return {
            "recovery_clause_rule": self.rule,
            "recovery_clause_percent": (
                self.percent if self.rule == "contractual" else 0.0
            ),
            "recovery_clause_indemnity": 0.0 if mild else self.indemnity,
            "recovery_clause_penalty_percent": self.penalty_percent,
            "recovery_clause_kind": kind or None,
            "recovery_clause_text": self._text(kind, payment_term, day, lang) or None,
        }

    @api.model
    def _recovery_printed(self, document, text):
        """Lines of a text that the terms printed on the same document lack."""
        if not text or not document.company_id.sudo().recovery_print_clause:
            return []
        terms = "\n".join(
            html2plaintext(part or "") for part in document._recovery_printed_terms()
        )
        return list(missing(text.splitlines(), terms))
