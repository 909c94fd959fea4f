from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..reports.letter_text import PARTS, shipped, variables_of
from ..reports.letter_variables import allowed
from .vocabulary import LETTERS, PENALTY_KINDS, THIRD_PARTY_LETTERS

# Letters whose debtors owe interest and indemnity whatever the level.
PENALTY_LETTERS = ("L4", "L5p", "L18", *THIRD_PARTY_LETTERS)


class RecoveryLetter(models.Model):
    """Words of a letter that a user rewrote; an empty part keeps the original.

    The tables, the sums, the legal sentences, the bank details and the signature stay
    as they are: only the words around them change. Texts are never evaluated.
    """

    _name = "recovery.letter"
    _inherit = ["recovery.letter.sentence.mixin"]
    _description = "Text of a letter"
    _order = "letter, lang desc, level_id, company_id, id"
    _rec_name = "letter"

    letter = fields.Selection(selection=LETTERS, required=True)
    lang = fields.Selection(
        selection=[("fr", "French"), ("en", "English")],
        string="Language",
        required=True,
        default="fr",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Empty: all companies.",
    )
    level_id = fields.Many2one(
        comodel_name="recovery.level",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('letter', '=', letter)]",
        help="Empty: every level that sends this letter.",
    )
    subject = fields.Char()
    opening = fields.Text(help="Before the table and the sums.")
    closing = fields.Text(help="After them, above the closing formula.")
    original_subject = fields.Char(compute="_compute_original")
    original_opening = fields.Text(compute="_compute_original")
    original_closing = fields.Text(compute="_compute_original")
    variable_help = fields.Html(compute="_compute_variable_help", sanitize=False)
    preview_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Preview with",
        ondelete="set null",
        domain="[('parent_id', '=', False)]",
        help="A customer: the newest letter of this kind written to them, or what it "
        "would be today.",
    )

    _one_text_uniq = models.UniqueIndex(
        "(letter, lang, COALESCE(level_id, 0), COALESCE(company_id, 0))",
        "There is already a text of this letter for this level, language and company: "
        "change that one.",
    )

    @api.depends("letter", "level_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["letter"]._description_selection(self.env))
        for letter in self:
            names = (labels.get(letter.letter), letter.level_id.name)
            letter.display_name = " – ".join(filter(None, names))

    @api.depends("letter", "lang")
    def _compute_original(self):
        for letter in self:
            original = shipped(letter.letter or "", letter.lang or "fr")
            for part in PARTS:
                letter[f"original_{part}"] = original.get(part)

    @api.depends("letter")
    @api.depends_context("lang")
    def _compute_variable_help(self):
        known = self.env["recovery.letter.variable"]._help()
        for letter in self:
            rows = (self._help_row(n, *known[n]) for n in allowed(letter.letter))
            letter.variable_help = Markup(
                '<table class="table table-sm mb-0"><tbody>%s</tbody></table>'
            ) % Markup().join(rows)

    @api.model
    def _help_row(self, name, label, example):
        return Markup(
            "<tr><td><code>{{ %s }}</code></td><td>%s</td>"
            '<td class="text-muted">%s</td></tr>'
        ) % (name, label, example)

    @api.constrains("letter", "lang", "level_id", "subject", "opening", "closing")
    def _check_text(self):
        for letter in self:
            letter._check_language()
            letter._check_variables()
            words = {part: letter[part] for part in PARTS if letter[part]}
            for sentence in letter._sentences(
                letter.letter, letter.lang, words, letter._penalties_allowed()
            ):
                raise ValidationError(sentence)

    def _check_language(self):
        """Legal letters are in French, and a level sends its own letter."""
        if not shipped(self.letter, self.lang):
            raise ValidationError(
                self.env._("This letter exists in French only: choose French.")
            )
        if self.level_id and self.level_id.letter != self.letter:
            raise ValidationError(
                self.env._(
                    "Level “%s” does not send this letter: choose another level or "
                    "leave it empty.",
                    self.level_id.name,
                )
            )

    def _check_variables(self):
        names = allowed(self.letter)
        for part in PARTS:
            for name in variables_of(self[part]):
                if name.split("|||")[0].strip() not in names:
                    raise ValidationError(
                        self.env._(
                            "“{{ %s }}” is not a variable of this letter: use those "
                            "of the list, as they are written there.",
                            name,
                        )
                    )

    def _penalties_allowed(self):
        """Only debtors who owe interest and indemnity can get this text."""
        kind = self.level_id.policy_id.debtor_kind
        return self.letter in PENALTY_LETTERS or kind in PENALTY_KINDS

    def action_copy_original(self):
        """Start from the original words where a part is empty."""
        for letter in self:
            original = shipped(letter.letter, letter.lang)
            letter.write({p: letter[p] or original.get(p) for p in PARTS})

    def action_back_to_original(self):
        """Forget what was written: the original is printed again."""
        self.write(dict.fromkeys(PARTS, False))

    def action_preview(self):
        """The letter to a real debtor, as PDF."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/recouvrement/letters/{self.id}.pdf",
            "target": "new",
        }

    def _preview(self):
        """PDF of this text on a real debtor.

        :raises UserError: no debtor to show it on, or what is wrong with the letter
        """
        self.ensure_one()
        self.check_access("read")
        company = self.company_id or self.env.company
        return self.env["recovery.letter.preview"]._render(self, company)

    @api.model
    def _edited(self, notice, lang, kept=None):
        """{part: text} that a user wrote for this notice; the most particular wins.

        :param lang: "fr" or "en"
        :param kept: dict that keeps what was read, for the notices of a batch
        """
        kept = {} if kept is None else kept
        key = (notice.letter, notice.company_id, lang)
        if key not in kept:
            kept[key] = self._written(*key)
        edited = {}
        for letter in kept[key]:
            if letter.level_id in (notice.level_id, self.env["recovery.level"]):
                edited |= {part: letter[part] for part in PARTS if letter[part]}
        return edited

    @api.model
    def _written(self, letter, company, lang):
        """Texts of a letter that hold for a company, the most particular last."""
        # The words are printed for the debtor, whoever sends them.
        above = company.sudo().parent_ids
        texts = self.sudo().search(
            [
                ("letter", "=", letter),
                ("lang", "=", lang),
                ("company_id", "in", (*above.ids, False)),
            ]
        )
        depths = {company: rank for rank, company in enumerate(above)}
        return texts.sorted(
            lambda text: (bool(text.level_id), depths.get(text.company_id, -1))
        )
