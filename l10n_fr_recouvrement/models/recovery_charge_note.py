from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import get_lang


class RecoveryChargeNote(models.AbstractModel):
    """Debit notes of charges: outside VAT, for they repair a damage (CGI 256)."""

    _name = "recovery.charge.note"
    _description = "Debit notes of penalties"

    @api.model
    def _write_notes(self, charges, date, by_customer=False, post=False):
        """One note for each invoice, or customer, and currency.

        :param charges: recovery.charge, claimed and without a note
        :param date: date of the notes
        :return: account.move
        :raises UserError: no sale journal, no account for the income
        """
        groups = charges.grouped(
            lambda charge: (
                charge.company_id,
                charge.partner_id,
                charge.currency_id,
                not by_customer and charge.move_id,
            )
        ).values()
        moves = self.env["account.move"].create(
            [self._note_values(group, date) for group in groups]
        )
        for move, group in zip(moves, groups, strict=True):
            lines = move.invoice_line_ids.sorted("sequence")
            for charge, line in zip(group.sudo(), lines, strict=True):
                charge.write({"debit_move_id": move.id, "debit_line_id": line.id})
        if post:
            moves.action_post()
        return moves

    @api.model
    def _note_values(self, charges, date):
        company, origin = charges.company_id, charges.move_id[:1]
        partner = origin.partner_id or charges.partner_id
        lang = partner.lang or get_lang(self.env, "fr_FR").code
        values = {
            "move_type": "out_invoice",
            "company_id": company.id,
            "journal_id": self._journal(company, origin).id,
            "partner_id": partner.id,
            "currency_id": charges.currency_id.id,
            "invoice_date": date,
            "invoice_date_due": date,
            "invoice_payment_term_id": self._immediate().id,
            "debit_origin_id": origin.id,
            "ref": ", ".join(dict.fromkeys(filter(None, charges.mapped("number")))),
            "narration": self.env["recovery.penalty.statement"]._html(charges),
            "invoice_line_ids": [
                fields.Command.create(line)
                for line in self.with_context(lang=lang)._line_values(charges)
            ],
        }
        if origin.invoice_user_id:
            values["invoice_user_id"] = origin.invoice_user_id.id
        return values

    @api.model
    def _line_values(self, charges):
        tax = charges.company_id._recovery_penalty_tax()
        charges = charges.with_context(lang=self.env.context["lang"])
        return [
            {
                "sequence": 10 * rank,
                "name": self._label(charge),
                "quantity": 1,
                "price_unit": charge.amount,
                "account_id": charge.company_id._recovery_penalty_account(
                    charge.kind
                ).id,
                "tax_ids": [fields.Command.set(tax.ids)],
            }
            for rank, charge in enumerate(charges, 1)
        ]

    @api.model
    def _label(self, charge):
        """What a line of the note claims."""
        if charge.kind == "interest":
            return self.env._(
                "Late-payment interest, invoice %(number)s due on %(due)s, from "
                "%(start)s to %(end)s",
                number=charge.number,
                due=self._day(charge.date_maturity),
                start=self._day(charge.date_from),
                end=self._day(charge.date_to),
            )
        if charge.kind == "indemnity":
            return self.env._(
                "Fixed indemnity for recovery costs, invoice %s (C. com. D441-5)",
                charge.number,
            )
        return charge.display_name

    @api.model
    def _day(self, day):
        return f"{day:%d/%m/%Y}" if day else ""

    @api.model
    def _journal(self, company, origin):
        """The journal of the invoice, else the first sale journal."""
        if origin.journal_id.active and origin.journal_id.type == "sale":
            return origin.journal_id
        journals = self.env["account.journal"].with_company(company)
        journal = journals.search(
            [*journals._check_company_domain(company), ("type", "=", "sale")], limit=1
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no sale journal: create one in Accounting, Configuration, "
                    "Journals, then claim again.",
                    company.name,
                )
            )
        return journal

    @api.model
    def _immediate(self):
        term = self.env.ref(
            "account.account_payment_term_immediate", raise_if_not_found=False
        )
        return term or self.env["account.payment.term"]

    @api.model
    def _show(self, moves):
        """Action that shows these notes."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action |= {"domain": [("id", "in", moves.ids)], "context": {"create": False}}
        if len(moves) == 1:
            action |= {"res_id": moves.id, "views": [(False, "form")]}
        return action
