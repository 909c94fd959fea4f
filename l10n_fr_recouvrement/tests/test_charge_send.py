from lxml import etree

from odoo.tests import tagged

from .common_charge import SEPTEMBER, ChargeCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestChargeSend(ChargeCommon):
    """The debit note leaves as any invoice, outside the scope of VAT."""

    def test_factur_x_and_sending_accept_the_note(self):
        self.company.write({"vat": "FR23334175221", "phone": "0478000000"})
        self.company.email = "compta@example.com"
        self.env["res.partner.bank"].create(
            {
                "acc_number": "FR7630006000011234567890189",
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        note = self.claim(self.late(), date=SEPTEMBER[1], post=True).debit_move_id
        xml, errors = self.env["account.edi.xml.cii"]._export_invoice(note)
        self.assertFalse(errors)
        codes = etree.fromstring(xml).findall(".//{*}CategoryCode")
        self.assertEqual({code.text for code in codes}, {"O"})
        sender = self.env["account.move.send"].with_context(
            force_report_rendering=False
        )
        sender._generate_and_send_invoices(note, sending_methods=["email"])
        self.assertTrue(note.is_move_sent)

    def test_tax_is_created_once_and_reused(self):
        self.claim(self.late())
        tax = self.company.recovery_penalty_tax_id
        self.assertEqual((tax.amount, tax.ubl_cii_tax_category_code), (0, "O"))
        note = self.claim(self.late()).debit_move_id
        self.assertEqual(note.invoice_line_ids.tax_ids, tax)

    def test_collector_may_be_the_first_to_claim(self):
        self.assertFalse(self.company.recovery_penalty_tax_id)
        self.claim(self.late(), self.collector)
        self.assertTrue(self.company.recovery_penalty_tax_id)
