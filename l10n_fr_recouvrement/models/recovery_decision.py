from collections import defaultdict
from operator import itemgetter

# What a decision reads of each row of the situation.
COLUMNS = (
    "id",
    "move_id",
    "company_id",
    "partner_id",
    "contact_id",
    "collector_id",
    "currency_id",
    "company_currency_id",
    "number",
    "invoice_date",
    "date_maturity",
    "days_late",
    "debtor_kind",
    "policy_id",
    "next_level_id",
    "status",
    "has_email",
    "residual",
    "disputed",
    "covered",
    "claimable",
)
LISTED_APART = ("due", "waiting", "no_address", "unconfirmed_kind", "below_minimum")


def decide(rows, groupings, positions):
    """Notices that the rows of some debtors call for; pure, nothing is written.

    An item keeps its own level; the notice has the highest one among its items. Other
    late items and open credits of the debtor are listed apart.

    :param rows: dicts with COLUMNS, whole debtors at a time
    :param groupings: {policy id: "customer" | "invoice"}
    :param positions: {level id: int}
    :return: list of {"level_id", "head": row, "claimed", "also_due", "credits": rows}
    """
    debtors = defaultdict(list)
    for row in rows:
        debtors[row["company_id"], row["partner_id"], row["currency_id"]].append(row)
    return [
        _notice(claimed, debtor_rows, positions)
        for debtor_rows in debtors.values()
        for claimed in _groups(debtor_rows, groupings)
    ]


def _groups(rows, groupings):
    """Due items that share a notice: same policy, and same invoice if it says so.

    A debtor who is written to for late items is not reminded of coming ones beside it.
    """
    due = [row for row in rows if row["status"] == "due"]
    late = [row for row in due if row["days_late"] > 0]
    groups = defaultdict(list)
    for row in late or due:
        by_invoice = groupings[row["policy_id"]] == "invoice"
        groups[row["policy_id"], by_invoice and row["move_id"]].append(row)
    return groups.values()


def _notice(claimed, rows, positions):
    head = max(claimed, key=lambda row: positions[row["next_level_id"]])
    by_age = itemgetter("date_maturity", "id")
    claimed_ids = {row["id"] for row in claimed}
    late = [
        row
        for row in rows
        if row["days_late"] > 0
        and row["claimable"] > 0
        and row["status"] in LISTED_APART
        and row["id"] not in claimed_ids
    ]
    return {
        "level_id": head["next_level_id"],
        "head": head,
        "claimed": sorted(claimed, key=by_age),
        "also_due": sorted(late, key=by_age),
        "credits": sorted((row for row in rows if row["residual"] < 0), key=by_age),
    }
