"""One of each letter that no level sends, written as a collector would."""

from datetime import timedelta

GOODS = "l10n_fr_recouvrement.recovery_dispute_reason_goods"
OFFICER = {
    "name": "Étude Kervella & Associés",
    "is_company": True,
    "street": "9 rue du Bouffay",
    "zip": "44000",
    "city": "Nantes",
    "email": "etude@kervella.example",
}


def write(env):
    """The notices of the day's occasions, to approve."""
    writers = (
        promise,
        grace,
        meeting,
        unfounded,
        rejected,
        transfer,
        debit_note,
        broken_plan,
    )
    found = [writer(env) for writer in writers]
    return env["recovery.notice"].union(
        *(opened(env, action) for action in found if action)
    )


def opened(env, action):
    return env["recovery.notice"].browse(action["res_id"])


def promise(env):
    return env["recovery.promise"].search([], limit=1).action_confirm_in_writing()


def grace(env):
    return env["recovery.pause"].search([], limit=1).action_confirm_in_writing()


def meeting(env):
    move = late_invoice(env, "professional")
    answer = env["recovery.answer"].create(
        {
            "partner_id": move.commercial_partner_id.id,
            "answer": "other",
            "move_id": move.id,
            "confirm": True,
            "note": "Nous vous renvoyons ce jour le procès-verbal de réception ; vous "
            "nous réglez à sa signature.",
        }
    )
    return answer.action_record()


def unfounded(env):
    move = late_invoice(env, "consumer")
    dispute = env["recovery.dispute"].create(
        {
            "move_id": move.id,
            "amount": move.amount_residual,
            "reason_id": env.ref(GOODS).id,
            "description": "Le client dit n'avoir pas été livré.",
            "opened_on": env.company._recovery_today() - timedelta(days=9),
            "answer": "Le bon de livraison, dont copie ci-jointe, a été signé de votre "
            "main sans réserve le jour de la pose.",
        }
    )
    dispute.action_unfounded()
    return dispute.action_answer_in_writing()


def rejected(env):
    payments = env["account.payment"].search(
        [("state", "in", ("rejected", "canceled"))], limit=1
    )
    return payments.action_recovery_rejected_letter()


def transfer(env):
    officer = env["res.partner"].create(
        OFFICER | {"country_id": env.company.country_id.id}
    )
    notice = env["recovery.notice"].search(
        [("letter", "=", "L4"), ("debtor_kind", "=", "professional")], limit=1
    )
    debtor = (
        notice.partner_id or late_invoice(env, "professional").commercial_partner_id
    )
    wizard = env["recovery.transfer"].create(
        {"partner_id": debtor.id, "recipient_id": officer.id}
    )
    return wizard.action_write()


def debit_note(env):
    """Penalties of an invoice that was paid long after its day."""
    today = env.company._recovery_today()
    paid = env["account.move"].search(
        [
            ("move_type", "=", "out_invoice"),
            ("payment_state", "=", "paid"),
            ("invoice_date_due", ">", today - timedelta(days=300)),
            ("commercial_partner_id.recovery_debtor_kind", "=", "professional"),
            ("currency_id", "=", env.company.currency_id.id),
        ],
        order="amount_total desc",
    )
    claims = env["recovery.claimable"]._lines(
        paid._recovery_receivable_items().ids, today
    )
    moves = env["account.move"].browse([row["move_id"] for row in claims])
    action = env["recovery.claim"]._open(moves[:1])
    wizard = env["recovery.claim"].browse(action["res_id"])
    wizard.post = True
    note = env["account.move"].browse(wizard.action_apply()["res_id"])
    return note.action_recovery_debit_cover()


def broken_plan(env):
    """The night job finds what was missed; the collector writes."""
    env["recovery.plan.watch"]._watch()
    plan = env["recovery.plan"].search([("state", "=", "default")], limit=1)
    return plan and plan.action_formal_notice()


def sheets(env):
    """{name: PDF} of the documents that no notice carries: those of the offered plan,
    the statement of interest and the statement of account of one debtor.
    """
    plan = env["recovery.plan"].search([("state", "=", "offered")], limit=1)
    partner = plan.partner_id
    renderer = env["recovery.statement.renderer"]
    report = env["recovery.statement.report"].create(
        {
            "partner_ids": [(6, 0, partner.ids)],
            "company_ids": [(6, 0, env.company.ids)],
        }
    )
    interest = renderer._interest_pdfs(list(report._sheets()))
    account = renderer._account_pdfs(
        list(env["recovery.account.statement"]._sheets(partner, env.company))
    )
    return {
        plan.offer_document_id.name: plan.offer_document_id.raw,
        plan.agreement_document_id.name: plan.agreement_document_id.raw,
        f"L9 {partner.name}.pdf": renderer._joined(interest),
        f"Relevé de compte {partner.name}.pdf": renderer._joined(account),
    }


def late_invoice(env, kind):
    """An overdue invoice of such a debtor that may be claimed; the oldest first."""
    rows = env["recovery.situation"].search(
        [
            ("status", "in", ("waiting", "due")),
            ("debtor_kind", "=", kind),
            ("days_late", ">", 20),
            ("currency_id", "=", env.company.currency_id.id),
        ],
        limit=1,
        order="days_late desc",
    )
    return rows.move_id
