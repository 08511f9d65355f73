"""Log a day on duty, change one; ask for leave, or note an absence."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import VerbForm, clock_input, day_input
from culture_admin.desk.reach import villages_of
from culture_admin.interfaces.text import LineFormField, TextFormField
from stewards.models import Absence, DutyDay, Posting

ENTERED = ("day", "halves", "where", "village", "arrived", "left", "latitude", "longitude", "tasks")
DAY = timedelta(days=1)
HALVES = [("2", _("The whole day")), ("1", _("Half a day"))]


class PostingOfDutyChoice(forms.ModelChoiceField):
    """A posting by who serves where."""

    def label_from_instance(self, posting: Posting) -> str:
        ended = posting.valid_to and posting.valid_to <= timezone.localdate()
        when = f" · {posting.valid_from} – {posting.valid_to - DAY}" if ended else ""
        return f"{posting.steward.name} · {posting.station}{when}"


class DutyForm(VerbForm):
    """A day on duty under a posting. `entries()` is what `log_duty` and `change_duty` take."""

    day = forms.DateField(
        label=_("Day"), widget=day_input(), error_messages={"required": _("Say on which day it was.")}
    )
    halves = forms.TypedChoiceField(label=_("How long"), choices=HALVES, coerce=int, initial="2")
    where = forms.ChoiceField(label=_("Where"), choices=DutyDay.Where.choices, initial=DutyDay.Where.STATION)
    village = forms.ModelChoiceField(None, label=_("Village or community"), required=False, empty_label="–")
    tasks = TextFormField(
        label=pgettext_lazy("a visit day", "What was done"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    arrived = forms.TimeField(label=_("Arrived"), required=False, widget=clock_input())
    left = forms.TimeField(label=pgettext_lazy("a time", "Left"), required=False, widget=clock_input())
    latitude = forms.DecimalField(required=False, max_digits=8, decimal_places=5, widget=forms.HiddenInput)
    longitude = forms.DecimalField(required=False, max_digits=8, decimal_places=5, widget=forms.HiddenInput)

    def __init__(self, *args, posting: Posting, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages_of(posting.station, on)

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ENTERED}


class ChangeDutyForm(DutyForm):
    """A day on duty to be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, duty: DutyDay, **kwargs):
        initial = {name: getattr(duty, name) for name in (*ENTERED, "version")} | {"village": duty.village_id}
        super().__init__(*args, initial=initial, posting=duty.posting, on=duty.day, **kwargs)


class AbsenceForm(VerbForm):
    """Days on which a steward is not there: asked for by him or his firm, noted by the station without a kind."""

    posting = PostingOfDutyChoice(None, label=_("Cultural steward"), empty_label="–")
    kind = forms.ChoiceField(label=_("Kind"), choices=Absence.Kind.choices)
    first = forms.DateField(label=_("From"), widget=day_input())
    last = forms.DateField(label=pgettext_lazy("a day", "To"), widget=day_input())
    reason = LineFormField(label=_("Reason"), max_length=200)

    def __init__(self, *args, postings, noting: bool, **kwargs):
        super().__init__(*args, **kwargs)
        posting = self.fields["posting"]
        posting.queryset = postings
        now = [one for one in postings if one.covers(timezone.localdate())]
        if len(now) == 1:
            posting.initial = now[0].pk
        if noting:
            del self.fields["kind"]
