import re
import subprocess

from odoo.fields import Command

from .common import RecoveryCommon


class ClauseCommon(RecoveryCommon):
    """Clauses, and what documents print of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clauses = cls.env["recovery.penalty.clause"]
        cls.shipped = {
            kind: cls.env.ref(f"l10n_fr_recouvrement.penalty_clause_{kind}")
            for kind in ("professional", "public", "consumer", "non_professional")
        }
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.customer.lang = "fr_FR"

    @classmethod
    def clause(cls, rule="contractual", kind="professional", **values):
        """A clause for some customers: it never applies by itself."""
        if rule == "contractual":
            values.setdefault("percent", 15)
        if kind in ("consumer", "non_professional"):
            values.setdefault("indemnity", 0)
        return cls.clauses.create(
            {"name": "Agreed", "rule": rule, "debtor_kind": kind, **values}
        )

    @classmethod
    def draft(cls, debtor=None, **values):
        return cls.invoice(debtor, state="draft", **values)

    @classmethod
    def term(cls, **values):
        line = {"value": "percent", "value_amount": 100, "nb_days": 30}
        return cls.env["account.payment.term"].create(
            {"name": "30 days", "line_ids": [Command.create(line)], **values}
        )

    @classmethod
    def order(cls, **values):
        product = cls.env["product.product"].create({"name": "Service"})
        line = {"product_id": product.id, "price_unit": 100, "product_uom_qty": 1}
        orders = cls.env["sale.order"].sudo()  # an accountant sells nothing
        return orders.create(
            {
                "partner_id": cls.customer.id,
                "payment_term_id": False,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    @classmethod
    def resolved(cls, document):
        return cls.found(document)[document]

    @classmethod
    def found(cls, documents):
        """{document: its clause}"""
        clauses = cls.clauses._recovery_clauses(documents)
        return {document: clause for document, clause, _facts in clauses}

    def printed(self, documents, report="account.account_invoices"):
        """Text of the PDF of each document, on one line with ordinary spaces."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        texts = {}
        for document in documents:
            pdf, _format = reports._render_qweb_pdf(report, document.ids)
            out = subprocess.run(
                ["pdftotext", "-layout", "-", "-"],
                input=pdf,
                capture_output=True,
                check=True,
            )
            texts[document] = re.sub(r"[\s\u00a0]+", " ", out.stdout.decode())
        return texts
