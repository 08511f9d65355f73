"""What a firm keeps of itself: its file, its people, its stewards, and what these show of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.interfaces.text import LineFormField, TextFormField
from stewards import codes
from stewards.models import PoolMember, Qualification, Steward

CHOOSE = [("", "–")]
NAME = {"required": _("Write the name.")}
DAY = {"required": _("Say from which day.")}


def genres_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Genres"),
        choices=lambda: list(codes.words_of("genre").items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class OfRecordForm(VerbForm):
    """Entries of a new record, or of one that is there and comes with its version."""

    def __init__(self, *args: Any, record: Model | None = None, **kwargs: Any):
        names = [*self.base_fields]
        initial = {name: getattr(record, name) for name in names} if record else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        if record:
            seen: Any = record
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen.version)

    def changes(self) -> dict[str, object]:
        """What is said otherwise than it stood there."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class FirmForm(OfRecordForm):
    """What a firm says of itself; its code is the bureau's to correct."""

    manager = LineFormField(label=_("Project manager"), max_length=60, required=False)
    representative = LineFormField(label=_("Legal representative"), max_length=60, required=False)
    business_scope = TextFormField(
        label=_("Business scope"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    founded_on = forms.DateField(label=_("Founded"), required=False, widget=day_input())
    address = LineFormField(label=_("Address"), max_length=200, required=False)


class PoolMemberForm(OfRecordForm):
    """Somebody the firm can call on."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CHOOSE + PoolMember.Kind.choices)
    name = LineFormField(label=pgettext_lazy("of a person", "Name"), max_length=60, error_messages=NAME)
    title = LineFormField(label=_("Professional title"), max_length=60, required=False)
    genres = genres_field()
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input(), error_messages=DAY)
    valid_to = forms.DateField(label=_("Valid to"), required=False, widget=day_input())


class StewardForm(OfRecordForm):
    """A steward of the firm."""

    name = LineFormField(label=pgettext_lazy("of a person", "Name"), max_length=60, error_messages=NAME)
    speciality = LineFormField(label=_("Speciality"), max_length=100, required=False)
    degree = forms.ChoiceField(label=_("Degree"), choices=CHOOSE + Steward.Degree.choices, required=False)
    genres = genres_field()


class QualificationForm(VerbForm):
    """What a steward shows of himself."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=CHOOSE + Qualification.Kind.choices, error_messages={"required": _("Choose the kind.")}
    )
    name = LineFormField(
        label=_("What it is called"), max_length=100, error_messages={"required": _("Write what it is called.")}
    )
    issuer = LineFormField(label=_("Issued by"), max_length=100, required=False)
    hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
        widget=number_input(),
        help_text=_("Of a training only."),
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input(), error_messages=DAY)
    valid_to = forms.DateField(label=_("Valid to"), required=False, widget=day_input())
