"""Send a ledger, answer its questions, apply or undo it."""

from __future__ import annotations

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from activities.models import Kind
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.pages import only
from culture_admin.exchange.guard import MAX_FILE, MEGABYTE
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.interfaces.permissions import may_write


class UploadForm(VerbForm):
    """A ledger of a station. `entries()` is what `open_import` takes."""

    file = forms.FileField(
        label=_("The ledger"),
        help_text=format_lazy(
            _("An Excel sheet (.xlsx) or a .csv, as the station keeps it; at most {most} MB."),
            most=MAX_FILE // MEGABYTE,
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose the file.")},
    )
    kind = forms.ChoiceField(
        label=_("What it holds"), widget=forms.RadioSelect, error_messages={"required": _("Say what it holds.")}
    )
    station = forms.ModelChoiceField(None, label=_("Station"), error_messages={"required": _("Choose the station.")})

    def __init__(self, *args, user, stations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind, ledger.sheet.label)
            for kind, ledger in LEDGERS.items()
            if may_write(user, ledger.power, ledger.verbs)
        ]
        self.fields["station"].queryset = stations
        self.only_station = only(stations)
        if self.only_station:
            del self.fields["station"]

    def clean_file(self):
        if self.cleaned_data["file"].size > MAX_FILE:
            raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MAX_FILE // MEGABYTE})
        return self.cleaned_data["file"]

    def entries(self) -> dict[str, object]:
        station = self.cleaned_data.get("station") or self.only_station
        file = self.cleaned_data["file"]
        return {"kind": self.cleaned_data["kind"], "unit": station.unit, "file_name": file.name, "content": file.read()}


class AnswersForm(VerbForm):
    """What is to be done with a ledger, and the answers to its questions, each in a field of its own."""

    act = forms.ChoiceField(choices=[("answer", ""), ("all", ""), ("good", ""), ("undo", "")])

    def __init__(self, *args, questions: list[dict], answers: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        kinds = {kind.code: kind.name for kind in Kind.objects.all()} if questions else {}
        self.asked = {field_of(question["id"]): question["id"] for question in questions}
        for name, question in zip(self.asked, questions, strict=True):
            labels = {**kinds, **question["labels"]}
            self.fields[name] = forms.ChoiceField(
                label=question["text"],
                choices=[(choice, labels.get(choice, choice)) for choice in question["choices"]],
                initial=answers.get(question["id"], question["assumed"]),
                required=False,
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    def answers(self) -> dict[str, str]:
        """The answers given, by the ids of the questions."""
        given = {question: self.cleaned_data[name] for name, question in self.asked.items()}
        return {question: answer for question, answer in given.items() if answer}


def field_of(question: str) -> str:
    """The name of the field for a question, whose id may hold any words of a sheet; it stays when others are answered."""
    return f"answer-{sha256(question.encode()).hexdigest()[:12]}"
