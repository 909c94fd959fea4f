"""A live company with late invoices, its jobs and its mail server."""

import time
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg2

from .faults import decide, send

ITEMS = 60
DEBTORS = 30
PATIENCE = 60  # seconds, for another process to say something
# Items with no notice at all, however it ended, and items with two for one level.
ITEMS_LOST = """
SELECT COUNT(*) FROM account_move_line item
  JOIN account_account account ON account.id = item.account_id
 WHERE account.account_type = 'asset_receivable' AND item.debit > 0
   AND NOT EXISTS (SELECT FROM recovery_notice_line line
                    WHERE line.move_line_id = item.id AND line.kind = 'claimed')
"""
ITEMS_DOUBLED = """
SELECT COUNT(*) FROM (
    SELECT FROM recovery_notice_line
     WHERE kind = 'claimed' AND state NOT IN ('failed', 'cancelled')
     GROUP BY move_line_id, level_id HAVING COUNT(*) > 1) AS doubled
"""
UNFINISHED = """
SELECT (SELECT COUNT(*) FROM recovery_notice
         WHERE state IN ('draft', 'ready', 'sending'))
     + (SELECT COUNT(*) FROM recovery_run WHERE state = 'running')
"""
# Letters whose file is missing or is not the one that was archived.
DOCUMENTS = """
SELECT notice.document_sha256, attachment.store_fname
  FROM recovery_notice notice
  LEFT JOIN ir_attachment attachment ON attachment.id = notice.document_id
 WHERE notice.state IN ('sent', 'to_check') AND notice.letter IS NOT NULL
"""
HOLD = """
UPDATE account_move_line SET name = name || '!'
 WHERE partner_id = (SELECT id FROM res_partner WHERE name = 'Debtor 0')
"""
STATES = "SELECT state, COUNT(*) FROM recovery_notice GROUP BY state ORDER BY state"


class World:
    def __init__(self, database, sink, folder):
        self.database, self.sink, self.folder = database, sink, Path(folder)
        sink.mood, sink.mails = "take", []

    def decide(self):
        assert decide(self.database).result() == "done"

    def send(self):
        assert send(self.database).result() == "done"

    def let_time_pass(self):
        """What was being sent, or did not answer, an hour ago is over."""
        self.database.sql(
            "UPDATE recovery_notice SET write_date = now() - interval '1 hour'"
        )
        self.database.sql(
            "UPDATE res_company SET"
            " recovery_mail_tried_at = recovery_mail_tried_at - interval '1 hour'"
        )

    @contextmanager
    def holding_items(self):
        """Somebody changes the items of a customer, and gives it up at the end."""
        with psycopg2.connect(dbname=self.database.name) as connection:
            connection.cursor().execute(HOLD)
            yield
            connection.rollback()

    def close(self):
        """Business hours begin after this one, or end before it."""
        hour = datetime.now(ZoneInfo("Europe/Paris")).hour
        begin, end = (hour + 2, 24) if hour < 12 else (0, hour - 2)
        self.hours(begin, end)

    def open(self):
        self.hours(0, 24)

    def hours(self, begin, end):
        self.database.sql(
            "UPDATE res_company SET recovery_hour_from = %s, recovery_hour_to = %s",
            [begin, end],
        )

    def say(self, sign):
        (self.folder / sign).touch()

    def wait_for(self, sign):
        deadline = time.monotonic() + PATIENCE
        while not (self.folder / sign).exists():
            assert time.monotonic() < deadline, f"nobody said {sign}"
            time.sleep(0.05)

    def count(self, query):
        return self.database.sql(query)[0][0]

    def damage(self, ended):
        """{what: how often}: zero where nothing was lost or doubled and each notice
        is in the state that it must end in.

        :param ended: that state, or {state: notices} where there are several
        """
        subjects = self.sink.subjects()
        states = self.states()
        wanted = ended if isinstance(ended, dict) else {ended: DEBTORS}
        return {
            "items lost": self.count(ITEMS_LOST),
            "items doubled": self.count(ITEMS_DOUBLED),
            "mails lost": max(states.get("sent", 0) - len(set(subjects)), 0),
            "mails doubled": len(subjects) - len(set(subjects)),
            "letters broken": self.broken_letters(),
            "unfinished": self.count(UNFINISHED),
            "ended wrong": (Counter(states) - Counter(wanted)).total(),
        }

    def states(self):
        """{state: notices}"""
        return dict(self.database.sql(STATES))

    def broken_letters(self):
        return sum(
            self.database.hash_of(file) != wanted
            for wanted, file in self.database.sql(DOCUMENTS)
        )
