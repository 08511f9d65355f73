"""Bring in a queue that a phone saved as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.arrivals import MOST_RECORDS
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.interfaces.parsers import read_object
from culture_admin.interfaces.problems import Problem

FORMAT, VERSION = "culture-desk-queue", 1
MOST_BYTES = 5 * 1024 * 1024
MOST_IN_FILE = 2000


class QueueFileForm(VerbForm):
    """A file of unsent records; only the account that entered them brings it in."""

    file = forms.FileField(
        label=_("A queue saved as a file"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_file(self) -> list[dict]:
        """The records in the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1024**2})
        try:
            told = read_object(file.read())
        except Problem as problem:
            raise ValidationError(_("This is no file of a queue: %(why)s") % {"why": problem.detail}) from problem
        records = told.get("records")
        if told.get("format") != FORMAT or told.get("version") != VERSION or not _are_records(records):
            raise ValidationError(_("This is no file of a queue: save one on the phone, under “Unsent”."))
        if told.get("user") != self.user.pk:
            whose = told.get("user_name")
            raise ValidationError(
                _("This queue is %(name)s's. Whoever entered the records signs in and brings the file in.")
                % {"name": whose[:60] if isinstance(whose, str) else "?"}
            )
        return records

    def parts(self) -> Iterator[list[dict]]:
        """The records, as many at a time as are sent at once; logs first, since others build on them."""
        records = sorted(self.cleaned_data["file"], key=lambda record: record.get("kind") != "log")
        for start in range(0, len(records), MOST_RECORDS):
            yield records[start : start + MOST_RECORDS]

    def name(self, came: dict[str, list[dict]]) -> None:
        """Gives each answer the title its record was entered under."""
        titles = {record.get("client_uuid"): _title(record) for record in self.cleaned_data["file"]}
        for answer in (*came["receipts"], *came["refusals"]):
            answer["title"] = titles.get(answer["client_uuid"]) or answer["client_uuid"]


def _are_records(records: object) -> TypeGuard[list[dict]]:
    return (
        isinstance(records, list)
        and 0 < len(records) <= MOST_IN_FILE
        and all(isinstance(record, dict) and isinstance(record.get("client_uuid"), str) for record in records)
    )


def _title(record: dict) -> str:
    fields = record.get("fields")
    title = fields.get("title", fields.get("code")) if isinstance(fields, dict) else None
    return title if isinstance(title, str) else ""
