"""Say what an indicator comes to, show evidence for it, object to a score, and try what more would earn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Item, Objection
from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.text import LineFormField, TextFormField
from culture_admin.scoring.judging import Judged
from culture_admin.scoring.rules import Takes, plain
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.table import Indicator

NOT_APPLICABLE = Judged.NOT_APPLICABLE.value
QUARTERS = (_("First quarter"), _("Second quarter"), _("Third quarter"), _("Fourth quarter"))
# Of several results of which the best counts so many can be written at once.
RESULTS = 3


def number_field(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=4,
        widget=number_input(inputmode="decimal"),
    )


class JudgedForm(VerbForm):
    """What is said of an indicator that is not counted: yes or no, a grade, a number, the quarters, several results; or that it
    does not apply.
    """

    def offer(self, indicator: Indicator, source: Source, standing: str, numbers: Sequence[Decimal]) -> None:
        """Adds the fields that the indicator is answered by, filled with what stands there."""
        self.choices = _choices(source)
        self.numbers: list[str] = []
        if self.choices:
            first = plain(numbers[0]) if numbers else standing if standing == NOT_APPLICABLE else ""
            self.fields["answer"] = forms.ChoiceField(
                label=indicator.label,
                choices=[*self.choices, (NOT_APPLICABLE, capfirst(Judged.NOT_APPLICABLE.label))],
                required=False,
                widget=forms.RadioSelect,
            )
            self.initial["answer"] = first
        else:
            for at, label in enumerate(_labels(indicator, len(numbers))):
                name = f"number_{at}"
                self.fields[name] = number_field(label)
                self.initial[name] = plain(numbers[at]) if at < len(numbers) else ""
                self.numbers.append(name)
            self.fields["not_applicable"] = forms.BooleanField(
                label=capfirst(Judged.NOT_APPLICABLE.label), required=False
            )
            self.initial["not_applicable"] = standing == NOT_APPLICABLE

    def answered(self) -> tuple[str, list[Decimal]]:
        """The standing and the numbers, as the verbs take them."""
        said = self.cleaned_data
        if self.choices:
            answer = said["answer"]
            if answer in ("", NOT_APPLICABLE):
                return answer, []
            return Judged.VALUE.value, [Decimal(answer)]
        if said["not_applicable"]:
            return NOT_APPLICABLE, []
        numbers = [said[name] for name in self.numbers if said[name] is not None]
        return (Judged.VALUE.value, numbers) if numbers else ("", [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("not_applicable") and any(cleaned.get(name) is not None for name in self.numbers):
            message = _("Either a number or “not applicable”.")
            self.add_error("not_applicable", ValidationError(message, code="both"))
        return cleaned

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.numbers]


class ClaimForm(JudgedForm):
    """What is claimed of one item. The version is the one that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = LineFormField(label=_("Note"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, item: Any, indicator: Indicator, source: Source):
        initial = {"version": item.version, "note": item.note}
        super().__init__(data, initial=initial, auto_id=f"item{item.pk}-%s")
        self.offer(indicator, source, item.claimed, item.claimed_numbers)
        self.NAMES = {"claimed_numbers": "answer" if self.choices else "number_0", "claimed": "answer"}

    def entries(self) -> dict[str, object]:
        standing, numbers = self.answered()
        return {"claimed": standing, "claimed_numbers": numbers, "note": self.cleaned_data["note"]}


class NoteForm(VerbForm):
    """The note of an item that is counted."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = LineFormField(label=_("Note"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, item: Item):
        initial = {"version": item.version, "note": item.note}
        super().__init__(data, initial=initial, auto_id=f"item{item.pk}-%s")

    def entries(self) -> dict[str, object]:
        return {"note": self.cleaned_data["note"]}


class FileChoice(forms.ModelChoiceField):
    """A file that is kept already, with the day it was kept."""

    def label_from_instance(self, attachment: Attachment) -> str:
        return f"{attachment.name} · {localtime(attachment.created_at):%Y-%m-%d}"


class EvidenceForm(VerbForm):
    """A file shown for an item: a new one, or one that is kept already."""

    file = forms.FileField(
        label=_("Photo or PDF"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    attachment = FileChoice(None, label=_("Or a file kept already"), required=False, empty_label="–")
    page = LineFormField(label=_("Page"), required=False, max_length=40, help_text=_("Where in the file it says so."))
    happened_on = forms.DateField(
        label=_("Happened on"),
        required=False,
        widget=day_input(),
        help_text=_("The day it happened, not the day of uploading."),
    )
    note = LineFormField(label=_("Note"), required=False, max_length=200)

    def __init__(self, data: Any = None, sent: Any = None, *, files: QuerySet[Attachment]):
        super().__init__(data, sent, auto_id="evidence-%s")
        self.fields["attachment"].queryset = files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("file", "attachment") if cleaned.get(name)]
        if not given and not self.errors:
            self.add_error("file", ValidationError(_("Choose a file."), code="required"))
        if len(given) > 1:
            message = _("Choose one file: a new one, or one kept already.")
            self.add_error("attachment", ValidationError(message, code="both"))
        return cleaned

    def entries(self) -> dict[str, object]:
        said = self.cleaned_data
        sent = said["file"]
        shown = {"name": sent.name[-255:], "content": sent.read()} if sent else {"attachment": said["attachment"]}
        return shown | {name: said[name] for name in ("page", "happened_on", "note")}


class ObjectionForm(JudgedForm):
    """Why a record ought to count, or not; or how an indicator ought to be judged."""

    grounds = TextFormField(
        label=pgettext_lazy("of an objection", "Grounds"),
        max_length=2000,
        error_messages={"required": _("Say why.")},
        help_text=_("What is wrong, and by what it can be seen."),
    )

    def __init__(self, data: Any = None, *, indicator: Indicator, source: Source, wants: str):
        super().__init__(data, auto_id="objection-%s")
        self.choices, self.numbers, self.wants = [], [], wants
        if wants == Objection.Wants.JUDGE:
            self.offer(indicator, source, "", [])
            self.order_fields([*(name for name in self.fields if name != "grounds"), "grounds"])
        self.NAMES = dict.fromkeys(("asked", "asked_numbers"), "answer" if self.choices else "number_0")

    def entries(self) -> dict[str, object]:
        said: dict[str, object] = {"wants": self.wants, "grounds": self.cleaned_data["grounds"]}
        if self.wants == Objection.Wants.JUDGE:
            said["asked"], said["asked_numbers"] = self.answered()
        return said


class WhatIfForm(VerbForm):
    """So much more of each indicator, by its code; nothing of it is kept."""

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, Any, Any]]):
        super().__init__(data, auto_id="more-%s")
        for code, label, hint in lines:
            self.fields[code] = number_field(label)
            self.fields[code].help_text = hint

    def more(self) -> Mapping[str, Decimal]:
        """By the code of the indicator what is added; nothing where nothing was entered."""
        return {code: number for code, number in self.cleaned_data.items() if number}


def _choices(source: Source) -> list[tuple[str, Any]]:
    """The answers there are, where they can be counted on one hand; none for a number."""
    if source.origin == Origin.YES_NO:
        return [("1", _("Yes")), ("0", _("No"))]
    if source.origin == Origin.GRADED:
        return [(plain(grade.value), grade.name) for grade in source.grades]
    return []


def _labels(indicator: Indicator, given: int) -> Sequence[Any]:
    takes = indicator.rule.method.takes
    if takes == Takes.QUARTERS:
        return QUARTERS
    if takes == Takes.POINTS:
        return [_("Result %(number)d") % {"number": number} for number in range(1, max(RESULTS, given + 1) + 1)]
    if takes == Takes.EVENT:
        return [_("How often it happened")]
    return [_("Number")]
