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
    "date_maturity",
    "days_late",
    "debtor_kind",
    "policy_id",
    "next_level_id",
    "status",
    "residual",
    "disputed",
    "covered",
    "claimable",
    "answer_until",
)
LISTED_APART = (
    "due",
    "waiting",
    "no_address",
    "unconfirmed_kind",
    "below_minimum",
    "bank_late",
    "asked",
)


def decide(rows, groupings, positions):
    """Notices that the rows of some debtors call for; pure, nothing is written.

    An item keeps its own level; the notice has the highest one among its items and
    claims only the items that reached it. Other late items and open credits of the
    debtor are listed apart.

    :param rows: dicts with COLUMNS, whole debtors at a time
    :param groupings: {policy id: "customer" | "invoice"}
    :param positions: {level id: int}
    :return: list of {"level_id", "head": row, "due_ids": items that the notice brings
        to their next level, "claimed", "also_due", "credits": rows}
    """
    debtors = defaultdict(list)
    for row in rows:
        debtors[row["company_id"], row["partner_id"], row["currency_id"]].append(row)
    return [
        _notice(due, debtor_rows, positions)
        for debtor_rows in debtors.values()
        for due in _groups(debtor_rows, groupings)
    ]


def _groups(rows, groupings):
    """Due items that share a notice: same policy, and same invoice if it says so;
    coming ones never among late ones.
    """
    groups = defaultdict(list)
    for row in rows:
        if row["status"] == "due":
            by_invoice = groupings[row["policy_id"]] == "invoice"
            late = row["days_late"] > 0
            groups[row["policy_id"], late, by_invoice and row["move_id"]].append(row)
    return groups.values()


def _notice(due, rows, positions):
    head = max(due, key=lambda row: positions[row["next_level_id"]])
    highest = positions[head["next_level_id"]]
    claimed, lower = [], []
    for row in due:
        reached = positions[row["next_level_id"]] == highest
        (claimed if reached else lower).append(row)
    due_ids = {row["id"] for row in due}
    listed = [row for row in rows if row["id"] not in due_ids and _listed(row)]
    by_age = itemgetter("date_maturity", "id")
    return {
        "level_id": head["next_level_id"],
        "head": head,
        "due_ids": due_ids,
        "claimed": sorted(claimed, key=by_age),
        "also_due": sorted(lower + listed, key=by_age),
        "credits": sorted((row for row in rows if row["residual"] < 0), key=by_age),
    }


def _listed(row):
    """Whether a late item that its debtor owes is listed apart."""
    return (
        row["days_late"] > 0 and row["claimable"] > 0 and row["status"] in LISTED_APART
    )
