from odoo import api, models
from odoo.tools import SQL
from odoo.tools.mail import email_split_and_format_normalize, single_email_re


class RecoveryRecipient(models.AbstractModel):
    """Who may be written to, and how: several addresses, blacklisted ones, consent to
    electronic registered letters.
    """

    _name = "recovery.recipient"
    _description = "Recipients of notices"

    @api.model
    def _writable(self, emails):
        """Addresses that may be written to, as one text each.

        :param emails: texts, each one address or several separated by commas
        :return: {text: the same without invalid and blacklisted addresses, or ""}
        """
        parts = {email: self._addresses(email) for email in emails if email}
        wanted = {address for addresses in parts.values() for address in addresses}
        blacklist = self.env["mail.blacklist"].sudo()  # a list that all must respect
        refused = set(blacklist.search([("email", "in", list(wanted))]).mapped("email"))
        return {
            email: ", ".join(
                formatted
                for address, formatted in addresses.items()
                if address not in refused
            )
            for email, addresses in parts.items()
        }

    @api.model
    def _contacts_of_role(self, partners, role):
        """Contacts of these debtors that have a role, or any role."""
        if not role:
            return self.env["res.partner"]
        wanted = [role] if isinstance(role, str) else list(role)
        return self.env["res.partner"].search(
            [
                ("commercial_partner_id", "in", partners.ids),
                ("recovery_role", "in", wanted),
            ],
            order="id",
        )

    @api.model
    def _address(self, plans, levels):
        """Say in each planned notice which addresses its level wants: all those of the
        role, and the salespeople in copy. A few queries, however many plans.
        """
        by_role = self._by_role(plans, levels)
        by_move = self._by_salesperson(plans, levels)
        for plan in plans:
            level, head = levels[plan["level_id"]], plan["head"]
            key = head["partner_id"], level.get("recipient_role")
            plan["email_to"] = by_role.get(key)
            copied = level.get("copy_salesperson") and level["by_email"]
            sellers = copied and [
                by_move.get(row["move_id"]) for row in plan["claimed"]
            ]
            plan["email_cc"] = ", ".join(filter(None, dict.fromkeys(sellers or ())))

    @api.model
    def _by_role(self, plans, levels):
        """{(debtor id, role): addresses that may be written to} as levels want them."""
        wanted = {
            (plan["head"]["partner_id"], role)
            for plan in plans
            if (role := levels[plan["level_id"]].get("recipient_role"))
        }
        if not wanted:
            return {}
        debtors = self.env["res.partner"].browse({debtor for debtor, _role in wanted})
        contacts = self._contacts_of_role(debtors, {role for _debtor, role in wanted})
        found = {}
        for contact in contacts.filtered("email"):
            key = contact.commercial_partner_id.id, contact.recovery_role
            found.setdefault(key, []).append(contact.email)
        texts = {key: ", ".join(emails) for key, emails in found.items()}
        writable = self._writable(texts.values())
        return {key: writable[text] for key, text in texts.items()}

    @api.model
    def _by_salesperson(self, plans, levels):
        """{invoice id: e-mail} of the salespeople whom levels want in copy."""
        sellers = self._salespeople(
            row["move_id"]
            for plan in plans
            if levels[plan["level_id"]].get("copy_salesperson")
            for row in plan["claimed"]
        )
        users = self.env["res.users"].sudo().browse(set(sellers.values()))  # colleagues
        texts = {user.id: user.email_formatted for user in users if user.email}
        writable = self._writable(texts.values())
        return {
            move_id: writable[texts[seller]]
            for move_id, seller in sellers.items()
            if seller in texts
        }

    @api.model
    def _salespeople(self, move_ids):
        """{invoice id: user id}, read only for those that somebody asks for: the
        situation of a whole ledger does without the invoices.
        """
        wanted = list(set(move_ids))
        if not wanted:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT id, invoice_user_id FROM account_move"
                " WHERE id = ANY(%s) AND invoice_user_id IS NOT NULL",
                wanted,
            )
        )
        return dict(rows)

    @api.model
    def _addresses(self, email):
        """{normalised address: the address as it is written to}; reading one that has
        nothing beside it is left to no parser, which would take most of the time.
        """
        if single_email_re.fullmatch(email):
            return {email.lower(): email.lower()}
        formatted = email_split_and_format_normalize(email.replace(";", ","))
        return {one.split("<")[-1].strip("> ").lower(): one for one in formatted}

    @api.model
    def _reach(self, notices):
        """Prepare the sending: notices that may be written to, as they may be.

        Without an address that may be written to, an e-mail becomes a letter; without
        a postal address either, the notice fails and its sentence says so.
        """
        refused = self._without_consent(notices)
        by_email = (notices - refused).filtered("by_email")
        texts = [*by_email.mapped(self._email_of), *by_email.mapped("email_cc")]
        writable = self._writable(texts)
        for notice in by_email:
            notice.email_cc = writable.get(notice.email_cc)
            if address := writable.get(self._email_of(notice)):
                notice.email_to = address
            elif self._has_address(notice):
                notice.write({"by_email": False, "by_letter": True, "email_to": False})
                notice._message_log(body=self._printed_instead(notice))
            else:
                notice._fail(
                    self.env._("Neither an e-mail that may be used nor an address")
                )
                refused |= notice
        return notices - refused

    @api.model
    def _printed_instead(self, notice):
        return self.env._(
            "Printed instead of e-mailed: “%s” has no e-mail address that may be "
            "written to (missing, invalid or on the blacklist).",
            (notice.contact_id or notice.partner_id).display_name,
        )

    @api.model
    def _email_of(self, notice):
        return (
            notice.email_to or notice.contact_id.email or notice.partner_id.email or ""
        )

    @api.model
    def _has_address(self, notice):
        return bool(notice.contact_id.city or notice.partner_id.city)

    @api.model
    def _without_consent(self, notices):
        """Electronic registered letters that the debtor did not agree to: not sent."""
        refused = notices.filtered(
            lambda notice: notice.by_electronic and not notice._may_be_electronic()
        )
        for notice in refused:
            notice._fail(notice.partner_id._recovery_consent_missing())
        return refused
