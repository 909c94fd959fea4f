"""Receivables of a French joinery firm, created through Odoo's own API.

dev/odoo shell -d NAME --no-http < dev/demo_data.py

Same seed and same day: same data. Does nothing where the data is already there.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["ODOO_RC"]).parents[1] / "dev"))

from demo_data import SEED, populate  # noqa: E402

populate(env, SEED)  # noqa: F821
