from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

WINDOW = timedelta(hours=1)
PARAMETER = "l10n_fr_recouvrement.portal_%s_limit"


class RecoveryPortalAttempt(models.Model):
    """Attempts on the debtors' pages within the last hour: unknown links by address,
    acts by address and by link. Only hashes are kept (minimisation, GDPR art. 5).
    """

    _name = "recovery.portal.attempt"
    _description = "Attempt on a debtor's page"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)

    _recent_idx = models.Index("(key, at)")

    @api.model
    def _is_limited(self, kind, *sources):
        """Whether one of these sources tried as often as the parameter allows."""
        keys = self._keys(kind, sources)
        [[most]] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(MAX(tries), 0)
                  FROM (SELECT COUNT(*) AS tries FROM recovery_portal_attempt
                         WHERE key = ANY(%s) AND at > %s GROUP BY key) AS attempt
                """,
                keys,
                fields.Datetime.now() - WINDOW,
            )
        )
        # A limit is no secret; visitors may not read parameters.
        limit = self.env["ir.config_parameter"].sudo().get_param(PARAMETER % kind, 20)
        return most >= int(limit)

    @api.model
    def _count(self, kind, *sources):
        """Remember an attempt; nothing else than its moment is kept."""
        for key in self._keys(kind, sources):
            self.env.cr.execute(
                SQL(
                    "INSERT INTO recovery_portal_attempt (key, at) VALUES (%s, %s)",
                    key,
                    fields.Datetime.now(),
                )
            )

    @api.model
    def _keys(self, kind, sources):
        # Hashed with the secret of the database: addresses cannot be guessed back.
        secret_env = self.env(su=True)
        return [hmac(secret_env, PARAMETER % kind, str(source)) for source in sources]

    @api.autovacuum
    def _gc_attempts(self):
        self.env.cr.execute(
            SQL(
                "DELETE FROM recovery_portal_attempt WHERE at < %s",
                fields.Datetime.now() - 24 * WINDOW,
            )
        )
