"""What stands in a cell of a list besides plain text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

# good: as it should be. wait: somebody has to act. warn: late or refused. off: over.
TONES = ("good", "wait", "warn", "off")
# Where nothing was recorded, which is not zero.
DASH = "—"


class Cell(SafeString):
    """What a page shows in a cell, with the plain value that a sheet has in its place."""

    plain: object

    @classmethod
    def of(cls, shown: str, plain: object) -> Cell:
        cell = cls(shown)
        cell.plain = plain
        return cell


def chip(text: object, tone: str = "") -> Cell:
    """A word in a coloured lozenge; the word alone says everything."""
    return Cell.of(format_html('<span class="chip {}">{}</span>', tone, text), _plain(text))


def link(record: Model, text: object = "") -> Cell:
    """A link to the page of a record."""
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    return Cell.of(format_html('<a class="plain" href="{}">{}</a>', address, text or record), _plain(text or record))


def day(value: date | None) -> Cell:
    """A date on one line, of a moment the day it was here; a dash where there is none."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return Cell.of(format_html('<span class="day">{}</span>', date_format(value, "Y-m-d")) if value else DASH, value)


def moment(value: datetime | None) -> Cell:
    """A day with its time, here, on one line; a dash where there is none."""
    shown = format_html('<span class="day">{}</span>', date_format(localtime(value), "Y-m-d H:i")) if value else DASH
    return Cell.of(shown, value)


def number(value: Decimal | int | None) -> Cell:
    """A number at the right of its column; a dash where nothing was recorded."""
    return Cell.of(format_html('<span class="number">{}</span>', DASH if value is None else f"{value:,}"), value)


def yuan(value: Decimal | None) -> Cell:
    """An amount with its two decimals at the right of its column; a dash where nothing was recorded."""
    return Cell.of(format_html('<span class="number">{}</span>', DASH if value is None else f"{value:,.2f}"), value)


def in_column(shown: object, plain: object) -> Cell:
    """At the right of its column, among numbers; `plain` is the number itself."""
    return Cell.of(format_html('<span class="number">{}</span>', shown), plain)


def _plain(text: object) -> object:
    """What a sheet has in the place of what is shown: the value of a cell within, else the words."""
    return text.plain if isinstance(text, Cell) else str(text)
