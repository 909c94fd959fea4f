"""A whole night: from the decision to archived letters and e-mails that left."""

import os
import time
from collections import defaultdict

from odoo.tools import config

# What is measured beside the approval: stage, model, method.
STAGES = (
    ("decide", "recovery.run", "_debtors_left"),
    ("decide", "recovery.run", "_lock"),
    ("decide", "recovery.run", "_read"),
    ("decide", "recovery.writer", "_plans"),
    ("write", "recovery.writer", "_write_notices"),
    ("check again", "recovery.sender", "_still_right"),
    ("archive", "recovery.sender", "_archive"),
    ("queue", "recovery.sender", "_generate"),
    ("mail", "mail.mail", "send"),
)
RUN_CRON = "l10n_fr_recouvrement.ir_cron_recovery_run"
SEND_CRON = "l10n_fr_recouvrement.ir_cron_recovery_send"


class Clock:
    """Seconds by stage."""

    def __init__(self):
        self.seconds, self.start = defaultdict(float), time.perf_counter()

    def timed(self, stage, method):
        def timed_method(*args, **options):
            start = time.perf_counter()
            try:
                return method(*args, **options)
            finally:
                self.seconds[stage] += time.perf_counter() - start

        return timed_method

    def watch(self, env):
        for stage, model, name in STAGES:
            model = type(env[model])
            setattr(model, name, self.timed(stage, getattr(model, name)))

    def stages(self):
        """{stage: seconds}, what no stage holds, and all."""
        total = time.perf_counter() - self.start
        rest = total - sum(self.seconds.values())
        return {**self.seconds, "all else": rest, "together": total}


def night(env):
    """Seconds by stage of a first night, whose notices a manager approves all at once;
    it is committed: give it a copy. E-mails go to the port SMTP_PORT of this machine.
    """
    config["smtp_server"], config["smtp_port"] = "127.0.0.1", os.environ["SMTP_PORT"]
    env.company.recovery_live = False
    [run] = env["recovery.run"].launch_in_background(company=env.company)
    env.cr.commit()
    clock = Clock()
    clock.watch(env)
    work(env, RUN_CRON, [("id", "=", run.id), ("state", "=", "running")])
    clock.timed("approve", approve)(env)
    work(env, SEND_CRON, [("state", "=", "ready")])
    figures = {"stages": clock.stages(), "due": run.due_count}
    return figures | archived(env, run.notice_ids)


def keep_invoices(env):
    """Give each invoice a PDF, as one that was sent has: some levels attach it; it is
    committed.
    """
    values = {"res_model": "account.move", "res_field": "invoice_pdf_report_file"}
    pdf = env["ir.attachment"].create(
        {"name": "Facture.pdf", "raw": b"%PDF-1.4" + b" " * 30_000, **values}
    )
    env.flush_all()
    env.cr.execute(
        "INSERT INTO ir_attachment (name, type, res_model, res_field, res_id, mimetype,"
        " store_fname, checksum, file_size)"
        " SELECT pdf.name, type, res_model, res_field, move.id, mimetype, store_fname,"
        " checksum, file_size FROM ir_attachment pdf CROSS JOIN account_move move"
        " WHERE pdf.id = %s AND move.move_type = 'out_invoice'",
        [pdf.id],
    )
    env.cr.execute("ANALYZE ir_attachment")
    env.cr.commit()
    return {}


def work(env, xmlid, waiting):
    """Run a job, as its engine does, until nothing is left to do."""
    model = "recovery.run" if xmlid == RUN_CRON else "recovery.notice"
    left = None
    while count := env[model].search_count(waiting):
        assert count != left, "the job does nothing"
        left = count if model == "recovery.notice" else None
        env.ref(xmlid).method_direct_trigger()
        env.cr.commit()


def approve(env):
    env["recovery.notice"].search([("state", "=", "draft")]).action_validate()
    env.cr.commit()


def archived(env, notices):
    """What became of the notices: each letter is a file of its own."""
    letters = notices.filtered(lambda notice: notice.letter and notice.state == "sent")
    hashes = set(letters.mapped("document_sha256"))
    assert len(letters.document_id) == len(hashes - {False}) == len(letters)
    mailed = notices.filtered(lambda notice: notice.mail_id.sudo().state == "sent")
    return {
        "notices": len(notices),
        "unsent": len(notices.filtered(lambda notice: notice.state != "sent")),
        "letters": len(letters),
        "mails": len(mailed),
    }
