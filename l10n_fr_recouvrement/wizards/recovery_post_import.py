import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from . import carrier_file

DATES = ("posted_on", "presented_on", "delivered_on")


class RecoveryPostImport(models.TransientModel):
    """Import what a carrier says of many registered letters, after a preview."""

    _name = "recovery.post.import"
    _description = "Import of a carrier's file"

    content = fields.Binary(string="File of the carrier", attachment=False)
    filename = fields.Char()
    recognised = fields.Char(readonly=True)
    ignored = fields.Char(string="Columns left aside", readonly=True)
    line_ids = fields.One2many(
        comodel_name="recovery.post.import.line",
        inverse_name="import_id",
        readonly=True,
    )
    skip_errors = fields.Boolean(
        string="Leave out the lines in error",
        help="Otherwise nothing is written while a line is in error.",
    )
    ready_count = fields.Integer(compute="_compute_counts")
    error_count = fields.Integer(compute="_compute_counts")
    unknown_count = fields.Integer(compute="_compute_counts")
    same_count = fields.Integer(compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for wizard in self:
            by_state = wizard.line_ids.grouped("state")
            for name in ("ready", "error", "unknown", "same"):
                wizard[f"{name}_count"] = len(by_state.get(name, ()))

    def action_read(self):
        """Read the file and show what would be written."""
        self.ensure_one()
        found = self._read_file()
        self.line_ids.unlink()
        self.write(
            {
                "recognised": self._recognised(found),
                "ignored": ", ".join(found.ignored),
            }
        )
        matches = self._matches(found.rows)
        self.env["recovery.post.import.line"].create(
            [
                values | {"import_id": self.id}
                for row in found.rows
                for values in self._line_values(row, matches)
            ]
        )
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import of the carrier's file"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _read_file(self):
        """:raises UserError: the file cannot be read; the message says what to do"""
        sentences = {
            "empty": self.env._("The file is empty."),
            "binary": self.env._(
                "This is not a CSV file: open it in a spreadsheet and save it as CSV."
            ),
            "columns": self.env._(
                "No column is recognised. The first lines must hold the headers, with "
                "a tracking number (« N° de suivi ») or a reference (« Référence »), "
                "and dates (« Date de dépôt », « Date de présentation », « Date de "
                "distribution ») or a status (« Statut »)."
            ),
        }
        if not self.content:
            raise UserError(self.env._("Choose the file of the carrier."))
        try:
            content = self.with_context(bin_size=False).content
            return carrier_file.read(base64.b64decode(content))
        except carrier_file.FileError as error:
            raise UserError(sentences[error.args[0]]) from error

    @api.model
    def _labels(self):
        return {
            "number": self.env._("number"),
            "reference": self.env._("reference"),
            "posted_on": self.env._("posting"),
            "presented_on": self.env._("presentation"),
            "delivered_on": self.env._("delivery"),
            "status": self.env._("status"),
        }

    def _recognised(self, found):
        """`number: « N° de suivi », … (UTF-8, separator ;)`"""
        labels = self._labels()
        columns = ", ".join(
            f"{labels[name]}\u00a0: “{header.strip()}”"
            for name, header in found.columns.items()
        )
        separator = {"\t": self.env._("tabulation")}.get(
            found.separator, found.separator
        )
        return self.env._(
            "%(columns)s (%(encoding)s, separator %(separator)s)",
            columns=columns,
            encoding=found.encoding,
            separator=separator,
        )

    @api.model
    def _matches(self, rows):
        """({number: notices}, {reference: notices}) of the user's companies."""
        notices = self.env["recovery.notice"].search(
            [
                ("state", "in", ("sent", "closed", "failed")),
                "|",
                ("registered_number", "in", [row.number for row in rows if row.number]),
                ("name", "in", [row.reference for row in rows if row.reference]),
            ]
        )
        notices = notices.filtered(lambda n: n.by_registered or n.by_electronic)
        return notices.grouped("registered_number"), notices.grouped("name")

    def _line_values(self, row, matches):
        """Values of the preview lines of a row, one per notice that it speaks of."""
        by_number, by_name = matches
        notices = by_name.get(row.reference) or by_number.get(row.number)
        values = {
            "line": row.line,
            "number": row.number,
            "reference": row.reference,
            "status_text": row.status,
            "posted_on": row.posted_on,
            "presented_on": row.presented_on,
            "delivered_on": row.delivered_on,
            "outcome": row.outcome or (row.delivered_on and "delivered") or False,
        }
        if row.errors:
            return [values | {"state": "error", "message": self._date_error(row)}]
        if not notices:
            return [values | {"state": "unknown", "message": self._unknown(row)}]
        return [
            values | {"notice_id": notice.id} | self._judged(notice, row, values)
            for notice in notices
        ]

    def _date_error(self, row):
        name, text = row.errors[0]
        return self.env._(
            "“%(text)s” is not a date (%(column)s): write it as 31/12/2026.",
            text=text,
            column=self._labels()[name],
        )

    def _unknown(self, row):
        if row.number:
            return self.env._(
                "No notice has the number %s: enter it on its notice, or add a column "
                "with the reference of the notice.",
                row.number,
            )
        return self.env._("No registered notice has the reference “%s”.", row.reference)

    def _judged(self, notice, row, values):
        """What the row brings to the notice: ready, the same, or in error and why."""
        known = notice.registered_number
        if known and row.number and row.number != known:
            return self._error(
                self.env._(
                    "Notice %(notice)s already has the number %(number)s: correct the "
                    "file or the notice.",
                    notice=notice.name,
                    number=known,
                )
            )
        vals = self._post_values(notice, values)
        if not vals:
            return {"state": "same", "message": self.env._("Already recorded")}
        draft = notice.new(origin=notice)
        draft.update(vals)
        if problem := draft._post_problem():
            return self._error(self.env._("Notice %s: ", notice.name) + problem)
        return {"state": "ready", "message": self._changes(vals)}

    def _error(self, message):
        return {"state": "error", "message": message}

    @api.model
    def _post_values(self, notice, values):
        """Values that change the notice; an unknown address was not presented."""
        wanted = {name: values[name] for name in DATES if values[name]}
        if values["number"]:
            wanted["registered_number"] = values["number"]
        if values["outcome"]:
            wanted["registered_outcome"] = values["outcome"]
        if values["outcome"] in ("unknown", "lost"):
            wanted.pop("presented_on", None)
            wanted.pop("delivered_on", None)
        if values["delivered_on"] and not (
            values["presented_on"] or notice.presented_on
        ):
            wanted["presented_on"] = values["delivered_on"]
        return {name: value for name, value in wanted.items() if notice[name] != value}

    def _changes(self, vals):
        """`Presentation: 12/11/2026` for each thing that the line would write."""
        Notice = self.env["recovery.notice"]
        labels = Notice.fields_get(list(vals), ["string", "selection"])
        texts = []
        for name, value in vals.items():
            if name in DATES:
                value = format_date(self.env, value)
            elif name == "registered_outcome":
                value = dict(labels[name]["selection"])[value]
            texts.append(f"{labels[name]['string']}\u00a0: {value}")
        return ", ".join(texts)

    def action_import(self):
        """Write what the preview shows, all of it or nothing."""
        self.ensure_one()
        if self.error_count and not self.skip_errors:
            raise UserError(
                self.env._(
                    "Lines in error: %s. Nothing was written: correct the file, or "
                    "choose to leave them out.",
                    self.error_count,
                )
            )
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        if not ready:
            raise UserError(self.env._("There is nothing new to record in this file."))
        values = {}
        for line in ready:
            vals = self._post_values(line.notice_id, line._as_values())
            values[line.notice_id] = values.get(line.notice_id, {}) | vals
        self.env["recovery.post.follow"]._write_many(values)
        return {"type": "ir.actions.act_window_close"}


class RecoveryPostImportLine(models.TransientModel):
    """One line of the file, as it was understood."""

    _name = "recovery.post.import.line"
    _description = "Line of a carrier's file"
    _order = "line, id"

    import_id = fields.Many2one(
        comodel_name="recovery.post.import", required=True, ondelete="cascade"
    )
    line = fields.Integer()
    notice_id = fields.Many2one(comodel_name="recovery.notice", ondelete="cascade")
    partner_id = fields.Many2one(related="notice_id.partner_id")
    number = fields.Char("Tracking number")
    reference = fields.Char()
    status_text = fields.Char("Status of the carrier")
    posted_on = fields.Date()
    presented_on = fields.Date("First presented on")
    delivered_on = fields.Date()
    outcome = fields.Selection(
        selection=lambda self: self.env["recovery.notice"]
        ._fields["registered_outcome"]
        .selection
    )
    state = fields.Selection(
        selection=[
            ("ready", "Ready"),
            ("same", "Nothing new"),
            ("unknown", "Not ours"),
            ("error", "In error"),
        ],
        required=True,
    )
    message = fields.Char("What is recorded, or why not")

    def _as_values(self):
        return {name: self[name] for name in ("number", "outcome", *DATES)}
