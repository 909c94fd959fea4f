"""Debtors of two late invoices each, with e-mails to send, and a live company."""

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
env.cr.commit()
print("RESULT", json.dumps(len(debtors)))
"""
# A company that writes at any hour of any day.
LIVE = """
import json

env.company.write({
    "email": "us@example.com",
    "recovery_live": True, "recovery_live_since": env.company._recovery_today(),
    "recovery_working_days": False, "recovery_hour_from": 0, "recovery_hour_to": 24,
})
env.cr.commit()
print("RESULT", json.dumps("live"))
"""
