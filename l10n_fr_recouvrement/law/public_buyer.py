"""Payment delay of a public buyer (délai de paiement de l'acheteur public).

It runs from the receipt of the payment request (CCP L2192-10, R2192-10 to R2192-12).
The buyer may interrupt it once, for missing or wrong documents (R2192-27); their supply
opens a new one (R2192-29).
"""

from __future__ import annotations

from datetime import date, timedelta


def legal_due_date(
    receipt: date,
    delay: int,
    interrupted: date | None = None,
    supplied: date | None = None,
    reopened: int = 30,
) -> date | None:
    """Last day on which the buyer still pays in time.

    - `receipt`: the payment request reached the buyer (Chorus Pro);
    - `delay`: days that run from it, 30, 50 or 60 (R2192-10, R2192-11);
    - `interrupted`: the notification of the interruption was received;
    - `supplied`: the buyer has received all the missing documents;
    - `reopened`: days of the delay that then opens, or the balance if longer.

    None while documents are missing: the delay does not run. Raises ValueError on
    dates out of their order.
    """
    _check_order(receipt, delay, interrupted, supplied)
    if interrupted is None:
        return receipt + timedelta(days=delay)
    if supplied is None:
        return None
    return supplied + timedelta(
        days=reopened_delay(receipt, delay, interrupted, reopened)
    )


def reopened_delay(
    receipt: date, delay: int, interrupted: date, reopened: int = 30
) -> int:
    """Days that the supply of the documents opens: the new delay, or what was left of
    the first one on the day of the interruption if that is longer (R2192-29).
    """
    _check_order(receipt, delay, interrupted, None)
    return max(reopened, delay - (interrupted - receipt).days)


def _check_order(
    receipt: date, delay: int, interrupted: date | None, supplied: date | None
) -> None:
    if delay < 0:
        raise ValueError(f"delay {delay} is negative")
    if interrupted is None:
        if supplied is not None:
            raise ValueError("documents supplied without an interruption")
        return
    if interrupted < receipt:
        raise ValueError(f"interrupted on {interrupted}, before the receipt {receipt}")
    if supplied is not None and supplied < interrupted:
        raise ValueError(f"supplied on {supplied}, before the interruption")
