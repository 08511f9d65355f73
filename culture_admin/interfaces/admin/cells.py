"""What stands in a cell of a list besides plain text."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

# good: as it should be. wait: somebody has to act. warn: late or refused. off: over.
TONES = ("good", "wait", "warn", "off")


def chip(text: object, tone: str = "") -> SafeString:
    """A word in a coloured lozenge; the word alone says everything."""
    return format_html('<span class="chip {}">{}</span>', tone, text)


def link(record: Model, text: object = "") -> SafeString:
    """A link to the page of a record."""
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    return format_html('<a class="plain" href="{}">{}</a>', address, text or record)


def day(value: date | None) -> str:
    """A date as the reader's language writes it in a table."""
    return date_format(value, "Y-m-d") if value else "—"


def number(value: int | None) -> SafeString:
    """A number at the right of its column; a dash where nothing was recorded, which is not zero."""
    return format_html('<span class="number">{}</span>', "—" if value is None else f"{value:,}")
