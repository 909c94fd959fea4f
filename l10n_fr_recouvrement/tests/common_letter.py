import re
import subprocess
from datetime import date, timedelta

from odoo.tests import TransactionCase

DAY = date(2026, 11, 22)
MM = 25.4 / 72
LONG = "Société coopérative agricole de stockage et de transformation du Haut-Forez"
COMPANY = {
    "name": "Ateliers Delaunay",
    "street": "14 rue des Forges",
    "street2": False,
    "zip": "69007",
    "city": "Lyon",
    "phone": "+33 4 72 00 11 22",
    "email": "compta@delaunay.example",
    "vat": "FR83404833048",
    "company_registry": "40483304800022",
    "recovery_legal_form": "SAS",
    "recovery_capital": 150000,
    "recovery_rcs_city": "Lyon",
    "recovery_signatory_name": "Claire Delaunay",
    "recovery_signatory_title": "Directrice financière",
    "recovery_mediator": "Médiation Rhône\nwww.mediation.example",
}


class LetterCase(TransactionCase):
    """Builds notices directly and reads what their letters print."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(
            ["base", "l10n_fr_recouvrement"], ["fr_FR"]
        )
        cls.renderer = cls.env["recovery.letter.renderer"]
        cls.company = cls.env.company
        cls.company.write(COMPANY)
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "FR7630006000011234567890189",
                "partner_id": cls.company.partner_id.id,
            }
        )
        cls.policy = cls.env["recovery.policy"].create({"name": "Letters"})
        cls.partner = cls._partner("Boulangerie Martin")

    @classmethod
    def _partner(cls, name, **values):
        address = {"street": "3 place du Marché", "zip": "38000", "city": "Grenoble"}
        return cls.env["res.partner"].create({"name": name, **address, **values})

    @classmethod
    def _level(cls, letter, claims, **values):
        position = cls.env["recovery.level"].search_count([]) + 1000
        return cls.env["recovery.level"].create(
            {
                "policy_id": cls.policy.id,
                "name": letter,
                "position": position,
                "letter": letter,
                "claims": claims,
                "by_letter": True,
                **values,
            }
        )

    @classmethod
    def _line(cls, index, claims, kind="claimed", **values):
        """An item of 1 000 EUR plus its index, due 100 days ago, statement included."""
        amount = 1000.0 + index
        due = DAY - timedelta(days=100)
        line = {
            "kind": kind,
            "number": f"FAC/2026/{index:05d}",
            "invoice_date": due - timedelta(days=30),
            "date_maturity": due,
            "date": DAY,
            "days_late": 100,
            "reset_rank": 1,
            "currency_id": cls.env.ref("base.EUR").id,
            "amount_total": amount + 500,
            "residual": amount,
            "claimable": amount,
        }
        if claims != "nothing" and kind == "claimed":
            interest = round(amount * 12.4 * 100 / 36500, 2)
            segment = {
                "start": str(due + timedelta(days=1)),
                "end": str(DAY),
                "days": 100,
                "base": str(amount),
                "percent": "12.40",
                "interest": str(interest),
            }
            line |= {"interest": interest, "indemnity": 40.0, "segments": [segment]}
        return line | values

    @classmethod
    def _notice(cls, letter="L1", kind="professional", claims=None, count=1, **values):
        """A notice of `count` claimed items, with what a level like ours claims."""
        if claims is None:
            penalties = {"L2": "shows", "L3": "claims", "L4": "claims"}
            owes = kind in ("professional", "public")
            claims = penalties.get(letter, "nothing") if owes else "nothing"
        lines = values.pop("lines", None) or [
            cls._line(index, claims) for index in range(1, count + 1)
        ]
        also_due = [cls._line(90, claims, "also_due")] if values.pop("also", 0) else []
        level = cls._level(letter, claims, **values.pop("level", {}))
        notice = {
            "name": f"REC/TEST/{level.position}",
            "partner_id": cls.partner.id,
            "debtor_kind": kind,
            "lang": "fr_FR",
            "date": DAY,
            "level_id": level.id,
            "letter": letter,
            "granted_days": 8,
            "by_letter": letter not in ("L4", "L5"),
            "by_registered": letter in ("L4", "L5"),
            "currency_id": cls.env.ref("base.EUR").id,
            "line_ids": [(0, 0, line) for line in [*lines, *also_due]],
            **cls._amounts(lines, claims),
        }
        return cls.env["recovery.notice"].create(notice | values)

    @classmethod
    def _amounts(cls, lines, claims):
        lines = [line for line in lines if line["kind"] == "claimed"]
        principal = sum(line["claimable"] for line in lines)
        interest = sum(line.get("interest", 0) for line in lines)
        indemnity = sum(line.get("indemnity", 0) for line in lines)
        return {
            "principal": principal,
            "interest": interest,
            "indemnity": indemnity,
            "daily_interest": 0.34 if interest else 0,
            "total": principal + (interest + indemnity if claims == "claims" else 0),
        }

    def _render(self, notices):
        """{notice: PDF}; fails on an error message."""
        letters = self.renderer.render(notices)
        for letter in letters.values():
            self.assertIsInstance(letter, bytes, letter)
        return {notice: letters[notice.id] for notice in notices}

    def _text(self, pdf, *options):
        """What a letter prints, on one line with ordinary spaces."""
        command = ["pdftotext", "-layout", *options, "-", "-"]
        out = subprocess.run(command, input=pdf, capture_output=True, check=True)
        text = re.sub(r"[\s\u00a0]+", " ", out.stdout.decode())
        return text.replace(" ,", ",")

    def _letter(self, *args, **kwargs):
        notice = self._notice(*args, **kwargs)
        return self._text(self._render(notice)[notice])

    def _words(self, pdf, page=1):
        """[(left, top, right, bottom, word)] of a page, in mm from the top left."""
        command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
        out = subprocess.run(command, input=pdf, capture_output=True, check=True)
        word = re.compile(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<'
        )
        return [
            (*(float(side) * MM for side in sides), text)
            for *sides, text in word.findall(out.stdout.decode())
        ]
