"""Log an activity, and correct one."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Genre, Kind, Team
from activities.models.bounds import LONGEST_DAYS, MOST_SECONDS
from culture_admin.desk.forms.entries import (
    PostingChoice,
    RoomChoice,
    VerbForm,
    clock_input,
    day_input,
    number_input,
    offer_postings,
)
from culture_admin.desk.reach import rooms_of, villages_of
from culture_admin.exchange.cells.numbers import SECONDS_IN_CLASS_HOUR
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Station

MOST_HEADS = Activity._meta.get_field("attendance").validators
MOST_HEADS_ONLINE = Activity._meta.get_field("online_attendance").validators


class KindChoice(forms.RadioSelect):
    """Kinds as radio buttons; those of training sessions are marked, so that the page can ask for class hours."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        kind = getattr(value, "instance", None)
        if kind:
            option["attrs"]["data-code"] = kind.code
        if kind and kind.is_session:
            option["attrs"]["data-session"] = True
        return option


class GenreChoice(forms.Select):
    """Genres with their codes, which a phone keeps instead of ids."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if getattr(value, "instance", None):
            option["attrs"]["data-code"] = value.instance.code
        return option


class LogForm(VerbForm):
    """An activity at one station. `entries()` is what `log_activity` takes."""

    NAMES = {"class_seconds": "class_hours"}
    FOLDED: tuple[str, ...] = (
        "venue", "facility", "village", "begins_time", "ends_time", "ends_on", "genre", "team", "posting", "content", "effect",
        "late_reason", "note",
    )  # fmt: skip

    title = LineFormField(
        label=_("What was it?"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "off"}),
        error_messages={"required": _("Write what it was.")},
    )
    kind = forms.ModelChoiceField(
        Kind.objects.all(),
        label=_("Kind"),
        widget=KindChoice,
        empty_label=None,
        error_messages={"required": _("Choose the kind.")},
    )
    class_hours = forms.DecimalField(
        label=_("Class hours"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        validators=[MaxValueValidator(MOST_SECONDS * LONGEST_DAYS // SECONDS_IN_CLASS_HOUR)],
        widget=number_input(inputmode="decimal"),
    )
    begins_on = forms.DateField(
        label=_("Date"), widget=day_input(), error_messages={"required": _("Say on which day it was.")}
    )
    attendance = forms.IntegerField(
        label=_("People on the spot"), required=False, min_value=0, validators=MOST_HEADS, widget=number_input()
    )
    online_attendance = forms.IntegerField(
        label=_("People online"), required=False, min_value=0, validators=MOST_HEADS_ONLINE, widget=number_input()
    )
    estimated = forms.BooleanField(label=_("Estimated"), required=False)
    not_recorded = forms.BooleanField(label=_("Not recorded"), required=False)
    venue = LineFormField(
        label=_("Place"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "venues"}),
    )
    village = forms.ModelChoiceField(None, label=_("Village or community"), required=False)
    genre = forms.ModelChoiceField(Genre.objects.all(), label=_("Genre"), required=False, widget=GenreChoice)
    team = forms.ModelChoiceField(None, label=_("Team"), required=False)
    posting = PostingChoice(None, label=_("Led by the steward"), required=False)
    begins_time = forms.TimeField(label=_("From"), required=False, widget=clock_input())
    ends_time = forms.TimeField(label=_("To"), required=False, widget=clock_input())
    ends_on = forms.DateField(label=_("Until (if over several days)"), required=False, widget=day_input())
    facility = RoomChoice(None, label=_("Room"), required=False)
    content = TextFormField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    effect = TextFormField(
        label=_("What came of it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    late_reason = LineFormField(
        label=_("Why so late"),
        required=False,
        max_length=200,
        help_text=_("Asked more than thirty days after the day."),
    )
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    device_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, station: Station, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["begins_on"].widget.attrs["max"] = today.isoformat()
        for name in ("village", "genre", "team", "facility"):
            self.fields[name].empty_label = "–"
        self.fields["facility"].queryset = rooms_of(station, today)
        self.fields["village"].queryset = villages_of(station, today)
        self.fields["team"].queryset = (
            Team.objects.visible_to(user).registered().filter(station=station).order_by("name")
        )
        offer_postings(self, user, station)
        self.fields["client_uuid"].initial = uuid.uuid4

    @property
    def ticks(self) -> list[forms.BoundField]:
        """What is said of the heads beside their number."""
        return [self["not_recorded"], self["estimated"]]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are seldom needed."""
        return [self[name] for name in self.FOLDED if name in self.fields and not self.fields[name].required]

    @property
    def unfolded(self) -> bool:
        """Whether something in the folded part has a fault or a value that must not go unseen."""
        return any(field.errors or field.value() for field in self.folded)

    def clean(self):
        cleaned = super().clean()
        if "attendance" in cleaned and "online_attendance" in cleaned:
            self._check_heads(cleaned)
        return cleaned

    def _check_heads(self, cleaned: dict) -> None:
        number, online = cleaned["attendance"], cleaned["online_attendance"]
        if cleaned["not_recorded"] and number is not None:
            self.add_error("attendance", _("Either a number or “not recorded”, not both."))
        elif not cleaned["not_recorded"] and number is None:
            self.add_error("attendance", _("Write how many came, 0 if nobody did, or tick “not recorded”."))
        elif cleaned["estimated"] and number is None and online is None:
            self.add_error("estimated", _("Without a number there is nothing estimated."))

    def entries(self) -> dict[str, object]:
        """The entries by the names of `log_activity`; class hours only of training sessions, in minutes."""
        entries = {
            name: self.cleaned_data[name]
            for name in self.fields
            if name not in ("not_recorded", "class_hours", "version")
        }
        entries["class_seconds"] = seconds_of(self.cleaned_data["class_hours"]) if entries["kind"].is_session else None
        return entries


class CorrectForm(LogForm):
    """A logged activity to be corrected. `entries()` is what differs from the record."""

    comment = TextFormField(
        label=_("Why is it corrected?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, initial=entered(activity) | {"version": activity.version}, **kwargs)
        self.activity = activity
        del self.fields["client_uuid"], self.fields["device_at"]

    def entries(self) -> dict[str, object]:
        given = super().entries()
        comment = given.pop("comment")
        if not {"kind", "class_hours"} & set(self.changed_data):
            del given["class_seconds"]
        given["ends_on"] = given["ends_on"] or given["begins_on"]
        return {name: value for name, value in given.items() if value != getattr(self.activity, name)} | {
            "comment": comment
        }


def entered(activity: Activity) -> dict[str, object]:
    """What was entered for an activity, as the form has it."""
    names = (
        "title",
        "venue",
        "begins_on",
        "begins_time",
        "ends_time",
        "attendance",
        "online_attendance",
        "estimated",
        "note",
        "content",
        "effect",
        "late_reason",
    )
    links = ("kind", "village", "genre", "team", "posting", "facility")
    return {
        **{name: getattr(activity, name) for name in names},
        **{name: getattr(activity, f"{name}_id") for name in links},
        "ends_on": activity.ends_on if activity.ends_on != activity.begins_on else None,
        "not_recorded": activity.attendance is None,
        "class_hours": hours_of(activity.class_seconds),
    }


def repeated(activity: Activity) -> dict[str, object]:
    """What “same as last time” takes from a log; the date and the heads are those of the new one."""
    names = ("title", "kind", "class_hours", "venue", "village", "facility", "genre", "team", "posting")
    return {name: value for name, value in entered(activity).items() if name in names}


def seconds_of(hours: Decimal | None) -> int | None:
    """Class hours in whole seconds."""
    return None if hours is None else int((hours * SECONDS_IN_CLASS_HOUR).to_integral_value(ROUND_HALF_UP))


def hours_of(seconds: int | None) -> Decimal | None:
    """Seconds as class hours, without idle zeros: 4050 → 1.5."""
    if seconds is None:
        return None
    hours = (Decimal(seconds) / SECONDS_IN_CLASS_HOUR).quantize(Decimal("0.01"))
    return hours.quantize(Decimal(1)) if hours == hours.to_integral_value() else hours.normalize()
