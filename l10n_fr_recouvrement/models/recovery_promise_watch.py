from odoo import api, models
from odoo.tools import SQL, get_lang

from .bulk import in_batches, locked, undone_since
from .recovery_decision import COLUMNS

ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_promise"


class RecoveryPromiseWatch(models.AbstractModel):
    """Looks each night at the open promises: kept, or broken; then at the kept ones,
    whose payments may have been undone. Set-based: as many queries for many promises as
    for few.
    """

    _name = "recovery.promise.watch"
    _description = "Watch of promises"

    @api.model
    def _cron_watch(self):
        """Scheduled action: disputes and promises that the payments have settled, or
        that they settle no more.
        """
        lang = get_lang(self.env, self.env.company.partner_id.lang).code
        service = self.with_context(lang=lang)  # a job has no language
        disputes = service.env["recovery.dispute.watch"]
        disputes._reopen()
        disputes._settle()
        service._watch()

    @api.model
    def _watch(self):
        promises = self.env["recovery.promise"]
        kept = [("state", "=", "kept"), ("closed_on", ">=", undone_since(self.env))]
        pending = [("state", "=", "open")]
        # Those of one debtor share what came in.
        order = "commercial_partner_id.id, id"
        if in_batches(promises, pending, self._settle, order):
            in_batches(promises, kept, self._reopen, order)

    @api.model
    def _reopen(self, promises):
        """Open again the kept promises whose payment is there no more: rejected by the
        bank, cancelled, or allocated to what was not promised. One that a human called
        kept with less than its amount stays so.
        """
        promises = locked(promises, "kept")
        rows = self.env["recovery.promise.progress"]._of(promises.ids)
        undone = promises.filtered(
            lambda promise: rows[promise.id]["paid"]
            < rows[promise.id]["amount"]
            <= rows[promise.id]["most"]
        )
        if not undone:
            return
        undone.with_context(tracking_disable=True)._reopen(rows)
        sentence = self.env._(
            "What came in is there no more: the promise is open again."
        )
        undone._message_log_batch(dict.fromkeys(undone.ids, sentence))
        self._settle(undone)

    @api.model
    def _settle(self, promises):
        """End the promises of which all came, or not what should be there by now."""
        promises = locked(promises, "open")
        rows = self.env["recovery.promise.progress"]._of(promises.ids)
        quiet = promises.with_context(tracking_disable=True)
        kept = quiet.filtered(lambda promise: self._is_kept(rows.get(promise.id)))
        broken = quiet.filtered(lambda promise: self._is_broken(rows.get(promise.id)))
        kept._close("kept", rows)
        kept._message_log_batch(
            dict.fromkeys(kept.ids, self.env._("What was promised came in."))
        )
        self._break(broken, rows)

    @api.model
    def _is_kept(self, row):
        return row and row["paid"] >= row["amount"]

    @api.model
    def _is_broken(self, row):
        return row and row["paid"] < min(row["due"], row["amount"])

    @api.model
    def _break(self, promises, rows):
        """Not paid in time: the next level where the policy says so, else the collector
        calls; the debtor may be in difficulty.
        """
        if not promises:
            return
        promises._close("broken", rows)
        promises._message_log_batch(
            dict.fromkeys(promises.ids, self.env._("The promised day passed unpaid."))
        )
        for company, group in promises.grouped("company_id").items():
            group.commercial_partner_id._recovery_signal(company, "promise")
        urged = self._urge(promises)
        self.env["recovery.collector"]._schedule(
            promises - urged,
            ACTIVITY,
            summary=self.env._("Promise broken: call the customer"),
        )

    @api.model
    def _urge(self, promises):
        """Write the next level at once where the policy does not wait for a call.

        :return: promises of which it did
        """
        policies = self.env["recovery.policy"].search(
            [("broken_promise", "=", "next_level")]
        )
        urged = promises.browse()
        if not policies:
            return urged
        for company, group in promises.grouped("company_id").items():
            rows = self._rows(group, company)
            wanted = self._wanted(group, rows, policies)
            for row in rows:
                row["status"] = "due" if row["id"] in wanted else "waiting"
            writer = self.env["recovery.writer"]
            writer._write_notices(
                writer._plans(rows),
                company._recovery_today(),
                held=not company.recovery_live,
            )
            urged |= promises.browse(set(wanted.values()))
        return urged

    @api.model
    def _rows(self, promises, company):
        """Late items of these debtors that may be reminded, now or on their day."""
        situation = self.env["recovery.situation"]._scoped(
            debtors=promises.commercial_partner_id.ids
        )
        return self.env.execute_query_dict(
            SQL(
                "SELECT %s, pending_notice_id FROM %s AS situation"
                " WHERE company_id = %s AND status IN ('due', 'waiting')",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                situation._table_sql,
                company.id,
            )
        )

    @api.model
    def _wanted(self, promises, rows, policies):
        """{item id: promise id} of the items that go to their next level at once."""
        reminder = self.env["recovery.reminder"]
        wide = {p.commercial_partner_id.id: p.id for p in promises if not p.move_ids}
        named = {move.id: p.id for p in promises for move in p.move_ids}
        return {
            row["id"]: promise_id
            for row in rows
            if row["policy_id"] in policies.ids
            and reminder._may_go_ahead(row)
            and (promise_id := named.get(row["move_id"]) or wide.get(row["partner_id"]))
        }
