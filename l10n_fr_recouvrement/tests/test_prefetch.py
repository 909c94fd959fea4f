from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPrefetch(TransactionCase):
    """Who reads what is core's does not read our columns too."""

    def test_columns_of_ours_are_read_apart(self):
        for model in ("account.move", "res.partner", "res.company"):
            fields = self.env[model]._fields.values()
            mixed = [f for f in fields if f.name.startswith("recovery_")]
            self.assertTrue([f for f in mixed if f.prefetch == "recovery"], model)
            self.assertFalse([f for f in mixed if f.prefetch is True], model)

    def test_reading_the_name_of_a_customer_reads_nothing_of_ours(self):
        partner = self.env["res.partner"].create({"name": "Ours"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(partner.name, "Ours")
        cached = self.env.cache.get_fields(partner)
        self.assertFalse([f for f in cached if f.name.startswith("recovery_")])
