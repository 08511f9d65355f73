"""Plan an activity or a series, move what is planned, log what was planned, record a permit."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Course, Series
from activities.models.bounds import PLAN_AHEAD
from activities.models.series import LONGEST_GAP_WEEKS, WEEKDAYS
from culture_admin.desk.forms.activities import LogForm, entered, hours_of, seconds_of
from culture_admin.desk.forms.entries import VerbForm, day_input, number_input
from culture_admin.interfaces.text import LineFormField, TextFormField
from stations.models import Station

MOST_HEADS = Activity._meta.get_field("attendance").validators
# What only a log has.
OF_LOGS = ("attendance", "online_attendance", "estimated", "not_recorded", "effect", "late_reason")


class Overridable(VerbForm):
    """A form whose verb may answer that something stands against it; then a reason to do it all the same is asked."""

    override_reason = LineFormField(
        label=_("Reason to do it all the same"), required=False, max_length=200, widget=forms.TextInput()
    )

    @property
    def may_override(self) -> bool:
        """Whether a reason is what is missing."""
        return self.refused_with == "clash" or bool(self["override_reason"].value())


class PlanForm(Overridable, LogForm):
    """An activity to come at one station. `entries()` is what `plan_activity` takes."""

    FOLDED: tuple[str, ...] = ("village", "genre", "team", "posting", "course", "ends_on", "note")

    expected = forms.IntegerField(
        label=_("Expected people"), required=False, min_value=0, validators=MOST_HEADS, widget=number_input()
    )
    course = forms.ModelChoiceField(None, label=_("Course"), required=False)

    def __init__(self, *args, user, station: Station, today: date, **kwargs):
        super().__init__(*args, user=user, station=station, today=today, **kwargs)
        for name in OF_LOGS:
            self.fields.pop(name, None)
        del self.fields["begins_on"].widget.attrs["max"]
        self.fields["begins_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + PLAN_AHEAD).isoformat(),
        }
        self.fields["title"].label = _("What will it be?")
        self.fields["content"].label = _("What is to be done")
        if "course" in self.fields:
            self.fields["course"].queryset = courses_of(user, station)
            self.fields["course"].empty_label = "–"

    def entries(self) -> dict[str, object]:
        """The entries by the names of `plan_activity`; class hours only of training sessions, in seconds."""
        entries = {
            name: self.cleaned_data[name] for name in self.fields if name not in ("class_hours", "version", "comment")
        }
        entries["class_seconds"] = seconds_of(self.cleaned_data["class_hours"]) if entries["kind"].is_session else None
        return entries


class ChangePlanForm(PlanForm):
    """What is planned, to be moved or changed. `entries()` is what differs from the record."""

    comment = TextFormField(
        label=_("Why is it changed?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, **kwargs):
        initial = entered(activity) | {"expected": activity.expected, "version": activity.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.activity = activity
        for name in ("client_uuid", "device_at", "course"):
            del self.fields[name]

    def entries(self) -> dict[str, object]:
        given = super().entries()
        given["ends_on"] = given["ends_on"] or given["begins_on"]
        reason = given.pop("override_reason")
        changed = {name: value for name, value in given.items() if value != getattr(self.activity, name)}
        return changed | {"override_reason": reason, "comment": self.cleaned_data["comment"]}


class SeriesForm(PlanForm):
    """A rule by which activities recur. `entries()` is what `plan_series` takes."""

    FOLDED = ("village", "genre", "team", "posting", "course")

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    every = forms.IntegerField(
        label=_("Every so many weeks"), min_value=1, max_value=LONGEST_GAP_WEEKS, initial=1, widget=number_input()
    )
    skips_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("client_uuid", "device_at", "note", "content"):
            self.fields.pop(name, None)
        self.fields["begins_on"].label = _("First day")
        self.fields["ends_on"].label = _("Last day")
        self.fields["ends_on"].required = True
        self.fields["ends_on"].error_messages["required"] = _("Say until which day.")


class ChangeSeriesForm(PlanForm):
    """What one and all later ones of a series have in common. `entries()` is what `change_series` takes."""

    SHOWN = (
        "title", "kind", "begins_time", "ends_time", "facility", "venue", "village", "genre", "team", "posting",
        "override_reason",
    )  # fmt: skip
    FOLDED = ("village", "genre", "team", "posting")

    from_on = forms.DateField(
        label=_("From which day on"), widget=day_input(), error_messages={"required": _("Say from which day on.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, series: Series, initial: dict[str, object], **kwargs):
        links = {field.name for field in Series._meta.fields if field.many_to_one}
        had = {name: getattr(series, f"{name}_id" if name in links else name) for name in self.SHOWN[:-1]}
        super().__init__(*args, initial={**had, "version": series.version, **initial}, **kwargs)
        self.series = series
        for name in set(self.fields) - {*self.SHOWN, "from_on", "version"}:
            del self.fields[name]

    def entries(self) -> dict[str, object]:
        given = {name: self.cleaned_data[name] for name in self.SHOWN if name in self.fields}
        reason = given.pop("override_reason")
        changed = {name: value for name, value in given.items() if value != getattr(self.series, name)}
        return changed | {"override_reason": reason, "from_on": self.cleaned_data["from_on"]}


class FiguresForm(VerbForm):
    """What is said of a plan once it was held."""

    attendance = forms.IntegerField(
        label=_("People on the spot"), required=False, min_value=0, validators=MOST_HEADS, widget=number_input()
    )
    class_hours = forms.DecimalField(
        label=_("Class hours"), required=False, min_value=0, max_digits=6, decimal_places=2,
        widget=number_input(inputmode="decimal"),
    )  # fmt: skip
    effect = TextFormField(
        label=_("What came of it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    late_reason = LineFormField(label=_("Why so late"), required=False, max_length=200)


class LogPlannedForm(FiguresForm):
    """The figures of what was planned and has been held. `entries()` is what `log_planned` takes."""

    not_recorded = forms.BooleanField(label=_("Not recorded"), required=False)
    estimated = forms.BooleanField(label=_("Estimated"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    device_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, activity: Activity, **kwargs):
        initial = {"version": activity.version, "class_hours": hours_of(activity.class_seconds)}
        super().__init__(data, initial=initial, **kwargs)
        if not activity.kind.is_session:
            del self.fields["class_hours"]

    def clean(self):
        cleaned = super().clean()
        if "attendance" in cleaned and cleaned["not_recorded"] == (cleaned["attendance"] is not None):
            self.add_error("attendance", _("Write how many came, 0 if nobody did, or tick “not recorded”."))
        return cleaned

    def entries(self) -> dict[str, object]:
        names = ("attendance", "estimated", "effect", "late_reason", "device_at")
        entries = {name: self.cleaned_data[name] for name in names}
        if "class_hours" in self.fields:
            entries["class_seconds"] = seconds_of(self.cleaned_data["class_hours"])
        return entries


class PermitForm(VerbForm):
    """The public-security permit of a large event."""

    number = LineFormField(label=_("Permit number"), max_length=60)
    authority = LineFormField(label=_("Granted by"), max_length=100)
    granted_on = forms.DateField(label=_("Granted on"), widget=day_input())


def courses_of(user, station: Station):
    """The courses of the station that the user may name."""
    return Course.objects.visible_to(user).filter(station=station).order_by("-begins_on", "-pk")


class EndSeriesForm(VerbForm):
    """The last day a series keeps, and why it ends."""

    after = forms.DateField(label=_("Last day that is kept"), widget=day_input())
    reason = TextFormField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the series ends.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
