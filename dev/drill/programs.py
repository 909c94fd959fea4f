"""Programs for Odoo processes: what people and the world do meanwhile."""

PAY_ALL = """
import json
invoices = env["account.move"].search([("move_type", "=", "out_invoice")])
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=invoices.ids
).create({"group_payment": True})._create_payments()
env.cr.commit()
print("RESULT", json.dumps(len(invoices)))
"""
LAUNCH = """
import json
env["recovery.run"].launch()
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
BOUNCE_ALL = """
import json
from odoo.tools import email_normalize

env["mail.alias.domain"].create(
    {"name": "example.com", "company_ids": [(4, env.company.id)]})
REPORT = '''Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@example.com>
To: bounce@example.com
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-{id}@example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

The address is unknown.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; example.com

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

--cut
Content-Type: message/rfc822

Message-Id: {message_id}
From: us@example.com
To: {recipient}
Subject: Notice

Please pay
--cut--
'''
for mail in env["mail.mail"].search([("model", "=", "recovery.notice")]):
    notice = env["recovery.notice"].browse(mail.res_id)
    env["mail.thread"].message_process(False, REPORT.format(
        id=mail.id, recipient=email_normalize(notice.email_to),
        message_id=mail.message_id))
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
# A text that fails for the first debtor, as a template that somebody edited may.
BREAK_TEXT = """
import json
first = env["res.partner"].search([("name", "=", "Debtor 0")])
env["mail.template"].search([("name", "=", "Reminder")]).subject = (
    "Notice {{ object.name }} {{ 1 / (object.partner_id.id - %s) }}" % first.id)
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
