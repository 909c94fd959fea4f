from .common_sending import SendingCommon

LETTER = {"delay_days": 5, "letter": "L1", "by_email": True}


class NoticeCommon(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(LETTER, 15, interval_days=7)
        cls.move = cls.invoice()
        cls.clerk = cls.collector()

    def sent(self):
        notice = self.decide()
        self.send(notice)
        return notice
