"""A live company with debtors of two late invoices each, and e-mails that are sent."""

LATE_INVOICES = """
import json
from datetime import timedelta
from odoo import Command

today = env.company._recovery_today()
env["recovery.policy"].search([]).active = False
template = env["mail.template"].create({
    "name": "Reminder", "model_id": env["ir.model"]._get("recovery.notice").id,
    "subject": "Notice {{ object.name }}", "body_html": "<p>Please pay</p>",
    "email_from": "us@example.com", "email_to": "{{ object.email_to }}",
})
policy = env["recovery.policy"].create({
    "name": "Test", "sequence": 1, "interval_days": 0,
    "level_ids": [Command.create({
        "name": f"Level {delay}", "position": delay, "delay_days": delay,
        "by_email": True, "mail_template_id": template.id,
    }) for delay in (5, 15)],
})
debtors = env["res.partner"].create([
    {"name": f"Debtor {n}", "email": f"debtor{n}@example.com", "city": "Lyon"}
    for n in range(DEBTORS)
])
env["account.move"].create([{
    "move_type": "out_invoice", "partner_id": debtor.id,
    "invoice_date": today - timedelta(days=late),
    "invoice_date_due": today - timedelta(days=late),
    "invoice_line_ids": [Command.create(
        {"name": "Work", "price_unit": 100, "tax_ids": [Command.clear()]})],
} for debtor in debtors for late in (10, 20)]).action_post()
env.company.write({
    "recovery_live": True, "recovery_live_since": today,
    # The drill is at any hour of any day.
    "recovery_working_days": False, "recovery_hour_from": 0, "recovery_hour_to": 24,
})
env.cr.commit()
print("RESULT", json.dumps(len(debtors)))
"""
