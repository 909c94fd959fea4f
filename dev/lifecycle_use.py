"""Runs in `dev/odoo shell`: leaves records of the addon for its removal to meet."""

from datetime import timedelta

from odoo import fields

# Beside Odoo's demonstration data the first company is American.
companies = env["res.company"].search([])  # noqa: F821
french = next(company for company in companies if company._recovery_is_french())
env = companies.with_context(allowed_company_ids=french.ids).env

today = fields.Date.today()
customer = env["res.partner"].create(
    {
        "name": "Menuiserie Durand",
        "company_type": "company",
        "email": "durand@example.com",
        "street": "1 rue des Lilas",
        "zip": "44000",
        "city": "Nantes",
        "country_id": env.ref("base.fr").id,
    }
)
invoice = env["account.move"].create(
    {
        "move_type": "out_invoice",
        "partner_id": customer.id,
        "invoice_date": today - timedelta(days=90),
        "invoice_date_due": today - timedelta(days=60),
        "invoice_payment_term_id": False,
        "invoice_line_ids": [
            fields.Command.create({"name": "Travaux", "price_unit": 1000})
        ],
    }
)
invoice.action_post()
env["recovery.run"].launch()
notices = env["recovery.notice"].search([("partner_id", "=", customer.id)])
if not notices:
    raise SystemExit("the run wrote no notice for an invoice 60 days late")
env.cr.commit()  # pylint: disable=invalid-commit
