from odoo.tests import new_test_user

from .common_sending import SendingCommon


class SecurityCommon(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.boss = cls.collector(), cls.manager()
        cls.invoicing = cls.member("invoicing", "account.group_account_invoice")
        cls.auditor = cls.member("auditor", "account.group_account_readonly")
        cls.seller = cls.member("seller", "sales_team.group_sale_salesman")
        cls.employee = cls.member("employee")
        cls.portal = cls.member("portal", "base.group_portal", login_portal=True)

    @classmethod
    def member(cls, login, *groups, login_portal=False, **values):
        if not login_portal:
            return super().member(login, *groups, **values)
        env = cls.env(su=True, context={})
        values = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        return new_test_user(env, login, groups=",".join(groups), **values)

    def models(self):
        """Our models that hold or show data."""
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("recovery.") and not model._abstract
        ]

    def may(self, user, model, mode):
        return self.env[model].with_user(user).has_access(mode)
