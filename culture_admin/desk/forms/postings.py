"""Propose a posting, let another steward take over, hand over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.forms.entries import VerbForm, day_input
from culture_admin.desk.reach import villages_of
from culture_admin.interfaces.text import LineFormField, TextFormField
from stewards.models import Coverage, Posting
from stewards.models.postings import USUAL_DISTRICT_DAYS, USUAL_TOWN_DAYS

DAYS = [(str(number), str(number)) for number in range(8)]


class ProposeForm(VerbForm):
    """Who is sent to a town under a contract, from when to when, and how his week is."""

    steward = forms.ModelChoiceField(
        None, label=_("Cultural steward"), empty_label="–", error_messages={"required": _("Name the steward.")}
    )
    valid_from = forms.DateField(label=_("From"), widget=day_input())
    valid_to = forms.DateField(
        label=_("First day he is not there any more"),
        required=False,
        widget=day_input(),
        help_text=_("Without a day he stays to the end of the contract."),
    )
    full_time = forms.BooleanField(label=_("Full-time"), required=False, initial=True)
    town_days = forms.TypedChoiceField(
        label=_("Days a week in the town"), choices=DAYS[1:], coerce=int, initial=str(USUAL_TOWN_DAYS)
    )
    district_days = forms.TypedChoiceField(
        label=_("Days a week at the district"), choices=DAYS[:7], coerce=int, initial=str(USUAL_DISTRICT_DAYS)
    )
    villages = forms.ModelMultipleChoiceField(
        None, label=_("Villages looked after"), required=False, widget=forms.CheckboxSelectMultiple
    )
    supervisor = LineFormField(label=_("Supervisor at the station"), required=False, max_length=60)

    def __init__(self, *args, coverage: Coverage, stewards, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.coverage = coverage
        self.fields["steward"].queryset = stewards
        self.fields["villages"].queryset = villages_of(coverage.station, on)

    def entries(self) -> dict[str, object]:
        said = {**self.cleaned_data, "station": self.coverage.station, "contract": self.coverage.contract}
        return said | {"villages": [village.pk for village in self.cleaned_data["villages"]]}


class ReplaceForm(VerbForm):
    """Who takes over from a posting, and from which day on."""

    steward = forms.ModelChoiceField(
        None, label=_("Who takes over"), empty_label="–", error_messages={"required": _("Name the steward.")}
    )
    on = forms.DateField(label=_("From"), widget=day_input())
    handover_on = forms.DateField(
        label=_("Handed over by"),
        required=False,
        widget=day_input(),
        help_text=_("Within ten working days; without a day it is the last of them."),
    )
    note = LineFormField(label=_("Why"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, posting: Posting, stewards, **kwargs):
        super().__init__(*args, **{"initial": {"version": posting.version}, **kwargs})
        self.fields["steward"].queryset = stewards.exclude(pk=posting.steward_id)


class HandOverForm(VerbForm):
    """What was handed over."""

    note = TextFormField(label=_("What was handed over"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, posting: Posting, **kwargs):
        super().__init__(*args, **{"initial": {"version": posting.version}, **kwargs})
