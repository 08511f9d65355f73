"""Change a room's hours, announce a closure, write down another use of premises."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.desk.forms.entries import RoomChoice, VerbForm, day_input, number_input
from culture_admin.desk.reach import rooms_of
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Closure, Facility, OtherUse, Station
from stations.models.hours import validate_opening_hours

CHOOSE = [("", "–")]


class Changed(VerbForm):
    """A record as it stands, to be changed. `entries()` is what differs from it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    SAID: tuple[str, ...] = ()

    def __init__(self, *args, record, **kwargs):
        initial = {name: getattr(record, name) for name in (*self.SAID, "version")}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def entries(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.SAID}


class FacilityForm(Changed):
    """What a station keeps up to date of a room."""

    SAID = ("opening_hours", "capacity", "latitude", "longitude")

    opening_hours = LineFormField(
        label=_("Opening hours"),
        required=False,
        max_length=200,
        validators=[validate_opening_hours],
        help_text=_("Weekdays from Monday, 1, to Sunday, 7, and hours: 1-5 08:30-21:00; 6-7 09:00-17:00"),
    )
    capacity = forms.IntegerField(label=_("Capacity (people)"), required=False, widget=number_input())
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        widget=number_input(inputmode="decimal"),
        help_text=_("In degrees, like 30.174321."),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        widget=number_input(inputmode="decimal"),
        help_text=_("In degrees, like 121.264915."),
    )


class ClosureForm(VerbForm):
    """A closure of the station or of one room."""

    facility = RoomChoice(None, label=_("What is shut"), required=False, empty_label=_("The whole station"))
    begins_on = forms.DateField(
        label=pgettext_lazy("a closure", "First day"),
        widget=day_input(),
        error_messages={"required": _("Say from which day.")},
    )
    ends_on = forms.DateField(
        label=pgettext_lazy("a closure", "Last day"),
        widget=day_input(),
        error_messages={"required": _("Say until which day.")},
    )
    reason = LineFormField(
        label=_("Reason for the public"), max_length=200, error_messages={"required": _("Say why it is shut.")}
    )

    def __init__(self, *args, station: Station, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = rooms_of(station, today)


class ChangeClosureForm(Changed):
    """Another last day, or the reason said better."""

    SAID = ("ends_on", "reason")

    ends_on = forms.DateField(
        label=pgettext_lazy("a closure", "Last day"),
        widget=day_input(),
        error_messages={"required": _("Say until which day.")},
    )
    reason = LineFormField(
        label=_("Reason for the public"), max_length=200, error_messages={"required": _("Say why it is shut.")}
    )

    def __init__(self, *args, record: Closure, **kwargs):
        super().__init__(*args, record=record, **kwargs)


class UseForm(VerbForm):
    """Another use of a facility."""

    facility = RoomChoice(
        None, label=_("Facility"), empty_label="–", error_messages={"required": _("Choose the facility.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind of use"),
        choices=CHOOSE + OtherUse.Kind.choices,
        error_messages={"required": _("Choose the kind of use.")},
    )
    area = forms.IntegerField(
        label=_("Area concerned (m²)"), widget=number_input(), error_messages={"required": _("Write the area.")}
    )
    user = LineFormField(label=_("Used by"), max_length=100, error_messages={"required": _("Say who uses it.")})
    valid_from = forms.DateField(
        label=_("Since"), widget=day_input(), error_messages={"required": _("Say since which day.")}
    )
    valid_to = forms.DateField(
        label=_("Ended on"),
        required=False,
        widget=day_input(),
        help_text=_("The first day on which it is not so any more."),
    )
    document = LineFormField(label=_("Contract or document"), required=False, max_length=120)
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, station: Station, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = Facility.objects.filter(station=station).order_by("name")


class ChangeUseForm(Changed):
    """Until when a use lasted, and its papers."""

    SAID = ("valid_to", "document", "note")

    valid_to = forms.DateField(
        label=_("Ended on"),
        required=False,
        widget=day_input(),
        help_text=_("The first day on which it is not so any more."),
    )
    document = LineFormField(label=_("Contract or document"), required=False, max_length=120)
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
