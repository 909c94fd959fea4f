from .common_sending import SendingCommon

REGISTERED = {
    "delay_days": 5,
    "by_registered": True,
    "letter": "L1",
    "granted_days": 8,
}


class PostCommon(SendingCommon):
    """Registered letters that a collector follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.collector("clerk")
        cls.company.recovery_user_id = cls.clerk
        # The last of the policies: those of a test come before.
        policy = cls.policy(REGISTERED, 20, sequence=50)
        cls.registered_level = policy.level_ids[0]

    def letter(self, on=0, **values):
        """A registered letter sent on a day, of one invoice, that the clerk sees."""
        level = self.registered_level
        values = {"by_registered": True, "by_email": False, **values}
        values = {"letter": "L1", "granted_days": 8, **values}
        notice = self.notice(self.invoice(), level, on=on, **values)
        self.env["recovery.post.follow"]._copy_to_lines(notice)
        return notice.with_user(self.clerk)

    def letters(self, count, on=-20):
        """Registered letters of as many invoices, numbered LR1, LR2 …"""
        level = self.registered_level
        letters = self.env["recovery.notice"].union(
            *(
                self.notice(
                    move,
                    level,
                    on=on,
                    by_registered=True,
                    by_email=False,
                    registered_number=f"LR{rank}",
                )
                for rank, move in enumerate(self.invoices(count), 1)
            )
        )
        self.env["recovery.post.follow"]._copy_to_lines(letters)
        return letters.with_user(self.clerk)

    def activities(self, notice):
        return notice.sudo().activity_ids
