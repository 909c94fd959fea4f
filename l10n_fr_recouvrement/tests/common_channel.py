from unittest.mock import patch

from .common_sending import SendingCommon


class WithoutModule:
    """An environment where a model is not installed, as `in self.env` tells it."""

    def __init__(self, case, model):
        registry = type(case.env.registry)
        original = registry.__contains__
        self.patcher = patch.object(
            registry,
            "__contains__",
            lambda registry, name: name != model and original(registry, name),
        )

    def __enter__(self):
        return self.patcher.__enter__()

    def __exit__(self, *error):
        return self.patcher.__exit__(*error)


class ChannelCommon(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.collector("clerk", phone="+33472000000")
        cls.company.recovery_user_id = cls.clerk
        cls.customer.phone = "06 12 34 56 78"

    def written(self, count=1, **level):
        """Notices of one invoice each, decided by a run."""
        level = {"delay_days": 5, "letter": "L1"} | level
        self.policy(level, grouping="invoice")
        self.invoices(count)
        return self.decide()

    def tasks(self, notice):
        return notice.sudo().activity_ids.mapped("summary")
