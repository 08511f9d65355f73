"""Open a course, keep its roster, log its sessions, close it."""

from __future__ import annotations

import re
import uuid
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activities.actions.contacts import phone_of
from activities.actions.roster import MOST_LEARNERS
from activities.models import Activity, Course, Genre, Kind, Learner
from activities.models.bounds import MOST_PEOPLE, MOST_SECONDS
from activities.models.course import MOST_SESSIONS
from culture_admin.desk.forms.activities import MOST_HEADS, hours_of, seconds_of
from culture_admin.desk.forms.entries import (
    PostingChoice,
    VerbForm,
    clock_input,
    day_input,
    number_input,
    offer_postings,
)
from culture_admin.exchange.cells.numbers import SECONDS_IN_CLASS_HOUR
from culture_admin.interfaces.text import LineFormField, TextFormField, clean_line
from stations.models import Station

LONGEST_NAME = 60


def class_hours() -> forms.DecimalField:
    """Class hours of one session."""
    return forms.DecimalField(
        label=_("Class hours of a session"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
        validators=[MaxValueValidator(MOST_SECONDS // SECONDS_IN_CLASS_HOUR)],
        widget=number_input(inputmode="decimal"),
    )


class CourseForm(VerbForm):
    """A course at one station. `entries()` is what `open_course` takes."""

    NAMES = {"class_seconds": "class_hours"}

    title = LineFormField(
        label=_("What is taught?"), max_length=200, error_messages={"required": _("Write what is taught.")}
    )
    genre = forms.ModelChoiceField(Genre.objects.all(), label=_("Genre"), required=False, empty_label="–")
    begins_on = forms.DateField(
        label=_("First day"), widget=day_input(), error_messages={"required": _("Say on which day it begins.")}
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=day_input())
    sessions_planned = forms.IntegerField(
        label=_("Sessions planned"), required=False, min_value=1, max_value=MOST_SESSIONS, widget=number_input()
    )
    class_hours = class_hours()
    capacity = forms.IntegerField(
        label=_("Number of places"), required=False, min_value=1, max_value=MOST_PEOPLE, widget=number_input()
    )
    room = LineFormField(label=_("Classroom"), required=False, max_length=100)
    teacher = LineFormField(label=_("Teacher"), required=False, max_length=60)
    posting = PostingChoice(None, label=_("Led by the steward"), required=False)
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, user, station: Station, **kwargs):
        super().__init__(*args, **kwargs)
        offer_postings(self, user, station)

    def entries(self) -> dict[str, object]:
        entries = {name: self.cleaned_data[name] for name in self.fields if name not in ("class_hours", "version")}
        return entries | {"class_seconds": seconds_of(self.cleaned_data["class_hours"])}


class ChangeCourseForm(CourseForm):
    """A course to be changed; with whom it was opened stays. `entries()` is what differs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        names = ("title", "begins_on", "ends_on", "sessions_planned", "capacity", "room", "teacher", "note", "version")
        initial = {name: getattr(course, name) for name in names}
        initial |= {"genre": course.genre_id, "class_hours": hours_of(course.class_seconds)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields.pop("posting", None)

    def entries(self) -> dict[str, object]:
        names = {"class_seconds" if name == "class_hours" else name for name in self.changed_data}
        return {name: value for name, value in super().entries().items() if name in names}


class NamesField(TextFormField):
    """Names, one a line, as they are pasted from a list, with a telephone behind them or none; gives both by name, in order."""

    PHONE = re.compile(r"(?P<name>.+?)[\s,，;；:：]+(?P<phone>[+＋(（]?[0-9０-９][-0-9０-９()（） ]{6,})")

    def to_python(self, value):
        found: dict[str, str] = {}
        for number, line in enumerate(str(super().to_python(value)).splitlines(), start=1):
            written = self.PHONE.fullmatch(line.strip())
            try:
                name = clean_line(written["name"] if written else line, max_length=LONGEST_NAME)
                phone = phone_of(written["phone"]) if written else None
            except ValidationError as refused:
                message = _("Line %(number)d: %(reason)s")
                params = {"number": number, "reason": refused.messages[0]}
                raise ValidationError(message, code="line", params=params) from refused
            if name:
                found.setdefault(name, phone or "")
        return found


class RosterForm(VerbForm):
    """Names to put on a roster, with their telephones where they are written."""

    names = NamesField(
        label=_("Names, one a line"),
        max_length=MOST_LEARNERS * (LONGEST_NAME + 1),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": _("Write or paste at least one name.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A list of names has no length in characters.
        self.fields["names"].validators.clear()


class LeaveForm(VerbForm):
    """A learner who does not come any more."""

    learner = forms.ModelChoiceField(None, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["learner"].queryset = course.learners.filter(left_on__isnull=True)


class CloseForm(VerbForm):
    """How many finished the course."""

    completed = forms.IntegerField(
        label=_("How many finished the course?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=number_input(),
        error_messages={"required": _("Write how many finished, 0 if nobody did.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RosterChoice(forms.ModelMultipleChoiceField):
    """Who came: one tick a learner, all of them ticked at first."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, learner: Learner) -> str:
        left = _("left on %(day)s") % {"day": date_format(learner.left_on)} if learner.left_on else ""
        said = ", ".join(filter(None, [learner.note, left]))
        return f"{learner.name} ({said})" if said else learner.name


class PresenceForm(VerbForm):
    """Who of the roster was at a session that is logged already, or was planned."""

    present = RosterChoice(None, label=_("Who came?"), required=False)
    late_reason = LineFormField(label=_("Why so late"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, activity: Activity, roster: list[tuple[Learner, bool]], **kwargs):
        ticked = [learner.pk for learner, there in roster if there]
        super().__init__(data, initial={"present": ticked, "version": activity.version}, **kwargs)
        self.fields["present"].queryset = Learner.objects.filter(pk__in=[learner.pk for learner, _there in roster])


class SessionForm(VerbForm):
    """A session of a course. `entries()` is what `log_session` takes besides the course.

    Without a course it is the form a phone keeps, which has a place for both a roster and a number.
    """

    NAMES = {"class_seconds": "class_hours"}
    FOLDED = ("class_hours", "begins_time", "ends_time", "note", "late_reason")

    begins_on = forms.DateField(
        label=_("Date"), widget=day_input(), error_messages={"required": _("Say on which day it was.")}
    )
    present = RosterChoice(None, label=_("Who came?"), required=False)
    attendance = forms.IntegerField(
        label=_("Head count"), required=False, min_value=0, validators=MOST_HEADS, widget=number_input()
    )
    class_hours = class_hours()
    begins_time = forms.TimeField(label=_("From"), required=False, widget=clock_input())
    ends_time = forms.TimeField(label=_("To"), required=False, widget=clock_input())
    note = TextFormField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    late_reason = LineFormField(label=_("Why so late"), required=False, max_length=200)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    device_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, course: Course | None = None, today: date, **kwargs):
        learners = course.learners.all() if course else Learner.objects.none()
        initial = {"begins_on": today, "class_hours": hours_of(course.class_seconds) if course else None}
        super().__init__(data, initial=initial | {"present": learners.on(today)}, **kwargs)
        self.fields["client_uuid"].initial = uuid.uuid4
        self.fields["begins_on"].widget.attrs["max"] = today.isoformat()
        self.fields["attendance"].help_text = _("Only where no roster was kept; the ticks then say nothing.")
        # Whoever has left since can be ticked for a session of before.
        self.fields["present"].queryset = learners
        if course and not learners:
            del self.fields["present"]
            attendance = self.fields["attendance"]
            attendance.required, attendance.help_text = True, ""
            attendance.error_messages["required"] = _("Write how many came, 0 if nobody did.")

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are seldom needed."""
        return [self[name] for name in self.FOLDED]

    @property
    def unfolded(self) -> bool:
        """Whether something in the folded part has a fault."""
        return any(field.errors for field in self.folded)

    def entries(self) -> dict[str, object]:
        entries = {name: self.cleaned_data[name] for name in self.fields if name not in ("class_hours", "present")}
        if "present" in self.fields and entries["attendance"] is None:
            entries["present"] = list(self.cleaned_data["present"])
        return entries | {"class_seconds": seconds_of(self.cleaned_data["class_hours"])}


def timetable_of(course: Course, today: date) -> dict[str, object]:
    """What the plan of a course's sessions begins with."""
    return {
        "title": course.title,
        "kind": Kind.objects.filter(is_session=True).first(),
        "genre": course.genre_id,
        "venue": course.room,
        "posting": course.posting_id,
        "course": course.pk,
        "begins_on": max(course.begins_on, today),
        "ends_on": course.ends_on,
        "class_hours": hours_of(course.class_seconds),
    }
