"""French collection law as pure functions: no Odoo, no clock, no database."""
