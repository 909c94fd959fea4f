from odoo.fields import Command

from .common_ledger import TODAY, LedgerCommon, day

__all__ = ["TODAY", "RecoveryCommon", "day"]


class RecoveryCommon(LedgerCommon):
    """A French company on a fixed day, without any policy but those of the test.

    The user is an accounting manager, hence recovery manager.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policies = cls.env["recovery.policy"].with_context(active_test=False)
        policies.search([]).active = False

    @classmethod
    def policy(cls, *levels, name="Policy", **values):
        """A policy for every debtor; a level is a delay, or a dict of its values.

        Levels have positions 10, 20 …; they are sent by e-mail and need no kind.
        """
        values = {"name": name, "sequence": 1, "interval_days": 0, **values}
        policy = cls.env["recovery.policy"].create(values)
        for rank, level in enumerate(levels, 1):
            cls.level(policy, position=10 * rank, **cls._level_values(level))
        return policy

    @classmethod
    def _level_values(cls, level):
        return level if isinstance(level, dict) else {"delay_days": level}

    @classmethod
    def level(cls, policy, **values):
        channels = cls.env["recovery.level"]._channel_fields()
        if not any(name in values for name in channels):
            values["by_email"] = True
        values = {"name": f"Step {values.get('position', 10)}", **values}
        return cls.env["recovery.level"].create({"policy_id": policy.id, **values})

    @classmethod
    def situation(cls, moves, date=None):
        """What the situation says of these moves, on a day: rows, oldest first."""
        situation = cls.env["recovery.situation"]
        if date is not None:
            situation = situation.with_context(recovery_date=str(day(date)))
        items = cls.items(moves)
        rows = situation._scoped(items=items.ids)
        return rows.search([("id", "in", items.ids)])

    @classmethod
    def status(cls, moves, date=None):
        """Status of one item, or of the only item of one move."""
        return cls.situation(moves, date).status

    @classmethod
    def worklist(cls, debtors=None, date=None):
        """Rows of the worklist of these debtors, on a day."""
        debtors = cls.customer if debtors is None else debtors
        worklist = cls.env["recovery.debtor"]
        if date is not None:
            worklist = worklist.with_context(recovery_date=str(day(date)))
        rows = worklist._scoped(debtors=debtors.commercial_partner_id.ids)
        return rows.search([("partner_id", "in", debtors.commercial_partner_id.ids)])

    @classmethod
    def reach(cls, moves, level, on=0, **values):
        """Give the items of these moves a level by hand, on a day."""
        return cls.env["recovery.level.change"].create(
            [
                {
                    "move_line_id": item.id,
                    "move_id": item.move_id.id,
                    "level_id": level.id if level else False,
                    "at": day(on),
                    "date": day(on),
                    "reason": "Decided by hand",
                    **values,
                }
                for item in cls.items(moves)
            ]
        )

    @classmethod
    def notice(cls, moves, level, on=0, state="sent", **values):
        """A notice of the items of these moves, as if written and sent on a day."""
        items = cls.items(moves)
        debtor = items.partner_id.commercial_partner_id
        notices = cls.env["recovery.notice"].sudo()  # nobody creates one by hand
        line = {
            "kind": "claimed",
            "level_id": level.id,
            "state": state,
            "date": day(on),
            "sent_at": day(on) if state in ("sent", "closed") else False,
            "currency_id": items.currency_id.id,
        }
        values = {
            "name": f"TEST/{notices.search_count([]) + 1:05d}",
            "company_id": items.company_id.id,
            "partner_id": debtor.id,
            "contact_id": debtor.id,
            "policy_id": level.policy_id.id,
            "level_id": level.id,
            "letter": level.letter,
            "by_email": True,
            "date": day(on),
            "currency_id": items.currency_id.id,
            "state": state,
            **values,
        }
        lines = [
            Command.create(line | {"move_line_id": item.id, "move_id": item.move_id.id})
            for item in items
        ]
        return notices.create(values | {"line_ids": lines}).sudo(False)

    @classmethod
    def pause(cls, debtor=None, move=None, until=0):
        return cls.env["recovery.pause"].create(
            {
                "partner_id": (debtor or cls.customer).id,
                "move_id": move.id if move else False,
                "until": day(until),
                "reason": "Asked by the salesperson",
            }
        )

    @classmethod
    def promise(cls, debtor=None, moves=None, on=0, **values):
        return cls.env["recovery.promise"].create(
            {
                "partner_id": (debtor or cls.customer).id,
                "move_ids": [Command.set(moves.ids if moves else [])],
                "amount": 1000,
                "date": day(on),
                "grace_days": 0,
                **values,
            }
        )

    @classmethod
    def dispute(cls, move, amount=None, **values):
        return cls.env["recovery.dispute"].create(
            {
                "move_id": move.id,
                "amount": amount or move.amount_residual,
                "description": "Goods missing",
                **values,
            }
        )
