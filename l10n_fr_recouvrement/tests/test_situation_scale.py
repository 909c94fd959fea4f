from odoo.tests import tagged
from odoo.tools import SQL

from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationScale(RecoveryCommon):
    """Many items cost no more queries than few; one invoice reads its debtor only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)
        cls.debtors = cls.env["res.partner"].create(
            [
                {
                    "name": f"Debtor {rank}",
                    "is_company": True,
                    "email": "debtor@example.com",
                    "city": "Paris",
                    "property_account_receivable_id": cls.receivable.id,
                }
                for rank in range(100)
            ]
        )
        cls.moves = cls._post_moves(
            [
                cls._move_values("out_invoice", debtor, 1000, -rank, {})
                for rank, debtor in enumerate(cls.debtors)
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute("ANALYZE account_move_line")

    def queries(self, read, records):
        """Number of queries that reading takes, with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        read(records)
        return self.cr.sql_log_count - before

    def assert_same_queries(self, read, records):
        self.queries(read, records[:1])
        few = self.queries(read, records[:10])
        many = self.queries(read, records)
        self.assertEqual(few, many, f"{few} queries for 10, {many} for {len(records)}")

    def test_invoices_as_many_queries_for_many_as_for_few(self):
        def read(moves):
            moves.mapped("recovery_status")
            moves.mapped("recovery_reason")
            moves.mapped("recovery_notice_count")

        self.assert_same_queries(read, self.moves)

    def test_worklist_as_many_queries_for_many_as_for_few(self):
        def read(debtors):
            rows = self.env["recovery.debtor"].search(
                [("partner_id", "in", debtors.ids)]
            )
            self.assertEqual(len(rows), len(debtors))
            rows.web_read(
                {"partner_id": {"fields": {"display_name": {}}}, "status": {}}
            )

        self.assert_same_queries(read, self.debtors)

    def test_sentences_as_many_queries_for_many_as_for_few(self):
        def read(moves):
            self.assertTrue(all(self.situation(moves).mapped("reason")))

        self.assert_same_queries(read, self.moves)

    def test_exposure_as_many_queries_for_many_as_for_few(self):
        def read(debtors):
            self.assertTrue(all(debtors.mapped("recovery_residual")))

        self.assert_same_queries(read, self.debtors)

    def test_decision_as_many_queries_for_many_as_for_few(self):
        run = self.env["recovery.run"].create(
            {"company_id": self.company.id, "date": "2026-11-22"}
        )

        def read(debtors):
            situation = run._situation()._scoped(debtors=debtors.ids)
            self.env["recovery.writer"]._plans(run._read(situation))

        self.assert_same_queries(read, self.debtors)

    def nodes(self, situation):
        """Nodes of the plan of the situation that read the ledger's items."""
        [[[plan]]] = self.env.execute_query(
            SQL(
                "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT * FROM %s AS row",
                situation._table_sql,
            )
        )
        found, todo = [], [plan["Plan"]]
        while todo:
            node = todo.pop()
            todo += node.get("Plans", [])
            if node.get("Relation Name") == "account_move_line":
                found.append(node)
        return found

    def rows_read(self, nodes):
        return sum(
            (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
            * node["Actual Loops"]
            for node in nodes
        )

    def test_one_invoice_never_reads_the_whole_ledger(self):
        """The ledger is small here: forbid what only a small ledger makes cheap."""
        for path in ("seqscan", "mergejoin", "hashjoin"):
            setting = SQL.identifier(f"enable_{path}")
            self.env.cr.execute(SQL("SET LOCAL %s = off", setting))
        situation = self.env["recovery.situation"]
        items, debtor = self.items(self.moves[50]).ids, self.debtors[50].ids
        for scope in ({"items": items}, {"debtors": debtor}):
            with self.subTest(scope=scope):
                nodes = self.nodes(situation._scoped(**scope))
                types = {node["Node Type"] for node in nodes}
                self.assertNotIn("Seq Scan", types)
                self.assertLess(self.rows_read(nodes), 20)
        everything = self.nodes(situation)
        self.assertGreaterEqual(self.rows_read(everything), len(self.moves))

    def test_a_scope_gives_the_rows_of_the_whole_query(self):
        self.env.flush_all()
        situation = self.env["recovery.situation"]
        names = [name for name in situation._fields if name != "display_name"]
        row = self.items(self.moves[50]).id
        situation.invalidate_model()
        [whole] = situation.browse(row).read(names)
        for scope in ({"items": [row]}, {"debtors": self.debtors[50].ids}):
            [scoped] = situation._scoped(**scope).browse(row).read(names)
            self.assertEqual(scoped, whole)
