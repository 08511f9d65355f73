"""What an assessor finds of one indicator: yes or no, one of several grades, a number, or several."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.panels import Looked
from culture_admin.interfaces.text import TextFormField
from culture_admin.scoring.judging import NUMBER, Judged
from culture_admin.scoring.rules import Takes, plain
from culture_admin.scoring.sources import Origin

# Of several results the best counts, and more than these nobody has to compare on the spot.
RESULTS = 3
QUARTERS = 4
# Up to here a tap is half of one: a survey from 1 to 5 is no count of rooms.
FINE = Decimal(10)


class MarkForm(VerbForm):
    """One indicator on the spot. `answers`: whether a tap is the answer, else numbers are entered."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    device_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    note = TextFormField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, looked: Looked):
        mark = looked.mark
        initial = {
            "code": looked.indicator.code,
            "version": mark.version if mark else 0,
            "client_uuid": uuid.uuid4(),
            "note": mark.note if mark else "",
        }
        super().__init__(data, initial=initial, auto_id=f"id_{looked.number}_%s")
        self.looked = looked
        self.answers = looked.source.origin in (Origin.YES_NO, Origin.GRADED)
        if self.answers:
            self._offer_answers()
        else:
            self._offer_numbers()
        first = "answer" if self.answers else "number_1"
        self.NAMES = {"numbers": first, "found": first}

    def _offer_answers(self) -> None:
        source, mark = self.looked.source, self.looked.mark
        choices: list[tuple[str, Any]] = [("1", _("yes")), ("0", _("no"))]
        if source.origin == Origin.GRADED:
            choices = [(plain(grade.value), grade.name) for grade in source.grades]
        choices.append((Judged.NOT_APPLICABLE, Judged.NOT_APPLICABLE.label))
        self.fields["answer"] = forms.ChoiceField(
            label=_("Found on the spot"), choices=choices, widget=forms.RadioSelect
        )
        if mark:
            numbers = [plain(number) for number in mark.numbers]
            self.initial["answer"] = numbers[0] if mark.found == Judged.VALUE and numbers else mark.found

    def _offer_numbers(self) -> None:
        mark = self.looked.mark
        known = list(mark.numbers) if mark else []
        label = {Takes.QUARTERS: _("Quarter %(number)d"), Takes.POINTS: _("Result %(number)d")}
        for number in range(1, self._how_many(len(known)) + 1):
            words = label.get(self.takes, _("Found on the spot"))
            name = f"number_{number}"
            self.fields[name] = forms.DecimalField(
                label=words % {"number": number} if self.takes in label else words,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                **NUMBER,
            )
            if number <= len(known):
                self.initial[name] = plain(known[number - 1])
        self.fields["not_applicable"] = forms.BooleanField(label=Judged.NOT_APPLICABLE.label, required=False)
        self.initial["not_applicable"] = bool(mark) and mark.found == Judged.NOT_APPLICABLE

    def _how_many(self, known: int) -> int:
        return {Takes.QUARTERS: QUARTERS, Takes.POINTS: max(RESULTS, known)}.get(self.takes, 1)

    @property
    def takes(self) -> Takes:
        return self.looked.indicator.rule.method.takes

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("number_")]

    @property
    def best(self) -> Decimal | None:
        """The most that can be found, where the rule has a most."""
        rule = self.looked.indicator.rule
        if self.takes == Takes.POINTS:
            return self.looked.indicator.points
        return rule.arguments.get("best") if rule.method.code in ("M11", "M13") else None

    @property
    def step(self) -> str:
        """By how much a tap on plus or minus changes the number."""
        return "0.5" if self.best is not None and self.best <= FINE else "1"

    def clean(self) -> dict[str, Any]:
        """Whoever says nothing is told what can be said."""
        cleaned = super().clean() or self.cleaned_data
        written = any(cleaned.get(field.name) is not None or field.errors for field in self.number_fields)
        if not self.answers and not written and not cleaned.get("not_applicable"):
            self.add_error("number_1", _("Write a number, or say that it does not apply."))
        return cleaned

    def entries(self) -> dict[str, Any]:
        """What the verb is told."""
        cleaned = self.cleaned_data
        said = cleaned["answer"] if self.answers else ""
        numbers = [cleaned[field.name] for field in self.number_fields if cleaned[field.name] is not None]
        applies = said != Judged.NOT_APPLICABLE and not cleaned.get("not_applicable")
        if self.answers:
            numbers = [Decimal(said)] if applies else []
        return {
            "found": Judged.VALUE if applies else Judged.NOT_APPLICABLE,
            "numbers": numbers,
            "note": cleaned["note"],
            "client_uuid": cleaned["client_uuid"],
            "marked_at": cleaned["device_at"],
            "seen": cleaned["version"],
        }

    def look_again(self, version: int) -> None:
        """The form stands on what has been kept meanwhile: sent once more, it takes the place of that."""
        self.data = self.data.copy()
        self.data["version"], self.data["client_uuid"] = str(version), str(uuid.uuid4())
