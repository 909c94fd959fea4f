"""Public holidays of France (jours fériés, C. trav. L3133-1)."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

# (month, day): 1 January, 1 May, 8 May, 14 July, Assumption, All Saints, 11 November,
# Christmas.
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Days after Easter: Easter Monday, Ascension, Whit Monday.
MOVABLE = (1, 39, 50)


def public_holidays(year: int) -> frozenset[date]:
    """The holidays of a year, nationwide; two may fall on one day.

    The two more of Alsace and Moselle (C. trav. L3134-13) and those of the overseas
    departments (L3422-2) are closing days of the company.
    """
    sunday = easter(year)
    return frozenset(
        [date(year, month, day) for month, day in FIXED]
        + [sunday + timedelta(days=days) for days in MOVABLE]
    )


def is_public_holiday(day: date) -> bool:
    return day in public_holidays(day.year)
