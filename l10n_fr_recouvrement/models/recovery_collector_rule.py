from odoo import fields, models


class RecoveryCollectorRule(models.Model):
    """Collector of the customers of a salesperson, or of a sales team, that have none
    of their own.
    """

    _name = "recovery.collector.rule"
    _description = "Default collector"
    _order = "team_id, salesperson_id, company_id, id"
    _rec_name = "user_id"

    salesperson_id = fields.Many2one(
        comodel_name="res.users",
        ondelete="cascade",
        domain="[('share', '=', False)]",
        help="Salesperson of the customers.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales team",
        ondelete="cascade",
        help="Main team of the salesperson of the customers.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: for all companies."
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Collector",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )

    _check_who = models.Constraint(
        "CHECK ((salesperson_id IS NULL) != (team_id IS NULL))",
        "A default collector is for one salesperson or for one sales team: choose one "
        "of them.",
    )
    _unique_who = models.UniqueIndex(
        "(COALESCE(salesperson_id, 0), COALESCE(team_id, 0), COALESCE(company_id, 0))",
        "This salesperson or sales team already has a default collector in this "
        "company: change that line.",
    )
