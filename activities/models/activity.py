"""Activities and training sessions: one row for everything that happened, logged once."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.bounds import EARLIEST, LONGEST_DAYS, MOST_PEOPLE, MOST_SECONDS
from activities.models.codes import Genre, Kind
from activities.models.course import Course
from activities.models.links import LINK_TRIGGERS
from activities.models.series import Series
from activities.models.summary import SUMMARY_TRIGGERS
from activities.models.team import Team
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Facility, Station
from stewards.models import Firm, Posting, Steward

# The indexes are those that readers walk, and the links are checked once for all rows of a statement (links.py): an index
# and a check of its own for each of twelve links would cost every row of a ledger more than the rest of its writing.
LINK: dict[str, Any] = {"db_index": False, "db_constraint": False}


class ActivityQuerySet(ScopedQuerySet):
    def counted(self) -> ActivityQuerySet:
        """The only meaning of “counts”: confirmed by the station."""
        return self.filter(state=Activity.State.CONFIRMED)

    def published(self) -> ActivityQuerySet:
        """What residents may see: plans that were published, and what became of them."""
        hidden = (Activity.State.PLANNED, Activity.State.VOID)
        return self.filter(planned=True, published_at__isnull=False).exclude(state__in=hidden)

    def to_be_rated(self) -> ActivityQuerySet:
        """What whoever holds the link to rate may read the name of: what took place, and what was published."""
        return self.filter(state__in=Activity.TOOK_PLACE) | self.published()

    def with_records(self) -> ActivityQuerySet:
        """With `has_record`, whether a picture or a file is kept with it."""
        of_activities = Attachment.objects.filter(subject_type=ContentType.objects.get_for_model(Activity))
        return self.annotate(has_record=Exists(of_activities.filter(subject_id=OuterRef("pk"))))

    def within(self, start: date, end: date) -> ActivityQuerySet:
        """Activities that begin from `start` to `end`, both included."""
        return self.filter(begins_on__gte=start, begins_on__lte=end)

    def with_names(self) -> ActivityQuerySet:
        """With everything a list shows, in one query."""
        return self.select_related(
            "kind",
            "genre",
            "station__unit",
            "station__division",
            "division",
            "steward",
            "firm__unit",
            "team",
            "village",
        )


@recorded()
class Activity(models.Model):
    """An activity or a training session at a station.

    It freezes the division and county of the day it happened; access follows the station's present authority. Heads and
    minutes are integers, NULL where not recorded and 0 where confirmed to be none. The event's own date, the device's clock
    and the server's clock are three fields.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published")
        HELD = "held", _("Held")
        LOGGED = "logged", _("Waiting for the station")
        CONFIRMED = "confirmed", _("Confirmed")
        RETURNED = "returned", _("Returned")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")
        VOID = "void", _("Void")

    class LedBy(models.TextChoices):
        STATION = "station", _("Station")
        STEWARD = "steward", _("Steward")

    class CountedBy(models.TextChoices):
        HEADS = "heads", _("Head count")
        ROSTER = "roster", _("Roster")

    # Not yet held: these may lie in the future, and may be changed, moved, published and cancelled.
    AHEAD = (State.PLANNED, State.PUBLISHED, State.POSTPONED)
    TOOK_PLACE = (State.HELD, State.LOGGED, State.CONFIRMED)

    scope = Scope(
        "activities",
        place="station__division__path",
        station="station",
        county="county",
        firm="firm",
        person="steward__user",
    )

    client_uuid = models.UUIDField(_("Client id"), unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("Title"), max_length=200, validators=[validate_text])
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="activities", verbose_name=_("Kind"), **LINK)
    genre = models.ForeignKey(
        Genre, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Genre"), **LINK
    )
    station = models.ForeignKey(Station, models.PROTECT, related_name="activities", verbose_name=_("Station"), **LINK)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"), **LINK)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"), **LINK)
    village = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Village or community"),
        **LINK,
    )
    venue = models.CharField(_("Place"), max_length=100, blank=True, validators=[validate_text])
    begins_on = models.DateField(_("Date"))
    begins_time = models.TimeField(_("Begins at"), null=True, blank=True)
    ends_on = models.DateField(_("Until"))
    ends_time = models.TimeField(_("Ends at"), null=True, blank=True)
    attendance = models.PositiveIntegerField(
        _("Attendance on the spot"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    online_attendance = models.PositiveIntegerField(
        _("Attendance online"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE * 100)]
    )
    estimated = models.BooleanField(_("Estimated"), default=False)
    class_seconds = models.PositiveIntegerField(
        _("Class time (seconds)"), null=True, blank=True, validators=[MaxValueValidator(MOST_SECONDS * LONGEST_DAYS)]
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Posting"), **LINK
    )
    steward = models.ForeignKey(
        Steward,
        models.PROTECT,
        null=True,
        related_name="activities",
        editable=False,
        verbose_name=_("Cultural steward"),
        **LINK,
    )
    firm = models.ForeignKey(
        Firm,
        models.PROTECT,
        null=True,
        related_name="activities",
        editable=False,
        verbose_name=_("Service provider"),
        **LINK,
    )
    led_by = models.CharField(_("Led by"), max_length=7, choices=LedBy, default=LedBy.STATION, editable=False)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Team"), **LINK
    )
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    content = models.TextField(_("What was done"), blank=True, max_length=2000, validators=[validate_text])
    effect = models.TextField(_("What came of it"), blank=True, max_length=2000, validators=[validate_text])
    expected = models.PositiveIntegerField(
        _("Expected people"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("Room"), **LINK
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="activities",
        verbose_name=_("Series"),
        **LINK,
    )
    course = models.ForeignKey(
        Course,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("Course"),
        **LINK,
    )
    counted_by = models.CharField(
        _("Counted by"), max_length=6, choices=CountedBy, default=CountedBy.HEADS, editable=False
    )
    planned = models.BooleanField(_("Was planned here"), default=False, editable=False)
    published_at = models.DateTimeField(_("Published"), null=True, editable=False)
    late = models.BooleanField(_("Logged late"), default=False, editable=False)
    late_reason = models.CharField(_("Why so late"), max_length=200, blank=True, validators=[validate_text])
    state = models.CharField(_("State"), max_length=9, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    device_at = models.DateTimeField(_("Device's clock"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Recorded by"), **LINK
    )
    batch = models.ForeignKey(
        "exchange.Import", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Import"), **LINK
    )
    batch_row = models.PositiveIntegerField(null=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Activity")
        verbose_name_plural = _("Activities")
        ordering = ["-begins_on", "-id"]
        triggers = [*SUMMARY_TRIGGERS, *LINK_TRIGGERS]
        indexes = [
            models.Index(F("begins_on").desc(), F("id").desc(), name="activity_newest"),
            models.Index("station", F("begins_on").desc(), F("id").desc(), name="activity_of_station"),
            models.Index("county", F("begins_on").desc(), F("id").desc(), name="activity_of_county"),
            models.Index(
                "firm", F("begins_on").desc(), F("id").desc(), name="activity_of_firm", condition=Q(firm__isnull=False)
            ),
            models.Index("steward", "begins_on", name="activity_of_steward", condition=Q(steward__isnull=False)),
            models.Index("team", "begins_on", name="activity_of_team", condition=Q(team__isnull=False)),
            models.Index("course", "begins_on", name="activity_of_course", condition=Q(course__isnull=False)),
            models.Index("recorded_by", "id", name="activity_recorded_by"),
            models.Index("station", "begins_on", name="activity_planned", condition=Q(planned=True)),
            models.Index("batch", name="activity_of_batch", condition=Q(batch__isnull=False)),
            # What waits for the station is asked on every first page, and is few rows among all.
            models.Index(
                "station", "begins_on", name="activity_waiting", condition=Q(state__in=["logged", "returned"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="activity_ends_after_start",
                violation_error_message=_("An activity does not end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(led_by="steward", steward__isnull=False, firm__isnull=False)
                | Q(led_by="station", steward__isnull=True, firm__isnull=True),
                name="activity_led_by_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What it is called where numbers are told apart by it."""
        return self.title

    def is_new(self) -> None:
        """Notes what is known of a row just entered, so that nobody asks: it has no file, and nobody has rated it."""
        self.has_record, self.is_rated = False, False

    def clean(self) -> None:
        """Rules of one row; actions/bulk.py asks the same functions column by column."""
        if self.begins_on and self.ends_on:
            faults = span_faults(self.begins_on, self.begins_time, self.ends_on, self.ends_time)
            if faults:
                raise ValidationError(faults)


def span_faults(begins_on: date, begins_time: time | None, ends_on: date, ends_time: time | None) -> dict[str, object]:
    """What is wrong with the time an activity takes, by field."""
    if begins_on < EARLIEST:
        return {"begins_on": _("A date from %(earliest)s on is expected.") % {"earliest": EARLIEST}}
    if ends_on < begins_on:
        return {"ends_on": _("An activity does not end before it begins.")}
    if (ends_on - begins_on).days >= LONGEST_DAYS:
        return {"ends_on": _("An activity lasts a year at most.")}
    if begins_on == ends_on and begins_time and ends_time and ends_time < begins_time:
        return {"ends_time": _("An activity does not end before it begins.")}
    return {}
