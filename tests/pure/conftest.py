"""The law package is imported as `law`, without Odoo: see DESIGN.md §5."""

import sys
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parents[2] / "l10n_fr_recouvrement"
sys.path.insert(0, str(ADDON))


@pytest.fixture(scope="session")
def rates():
    """The rates that the addon ships."""
    from law.rates import RateTable

    return RateTable.from_csv(ADDON / "data" / "rates.csv")
