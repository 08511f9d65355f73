"""Series: activities that recur by one rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.codes import Genre, Kind
from activities.models.course import Course
from activities.models.team import Team
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Facility, Station
from stewards.models import Posting

WEEKDAYS = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}
# Once a quarter is still a rule; beyond that each one is planned by itself.
LONGEST_GAP_WEEKS = 13


def validate_weekdays(value: object) -> None:
    """Different weekdays, at least one, Monday is 1."""
    if not isinstance(value, list) or not value or any(type(day) is not int or day not in WEEKDAYS for day in value):
        raise ValidationError(_("Expected weekdays from 1, Monday, to 7, Sunday."), code="weekdays")
    if len(set(value)) != len(value):
        raise ValidationError(_("A weekday is named twice."), code="weekdays")


@recorded()
class Series(models.Model):
    """A rule by which activities were planned at once; each of them keeps its series when it is changed."""

    scope = Scope(
        "activities",
        place="station__division__path",
        station="station",
        firm="posting__firm",
        person="posting__steward__user",
    )

    station = models.ForeignKey(Station, models.PROTECT, related_name="series", verbose_name=_("Station"))
    title = models.CharField(_("Title"), max_length=200, validators=[validate_text])
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+", verbose_name=_("Kind"))
    genre = models.ForeignKey(Genre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Genre"))
    weekdays = models.JSONField(
        _("Weekdays"), default=list, validators=[validate_weekdays], help_text=_("Monday is 1, Sunday is 7.")
    )
    every = models.PositiveSmallIntegerField(
        _("Every so many weeks"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_GAP_WEEKS)],
    )
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    skips_holidays = models.BooleanField(_("Not on public holidays"), default=True)
    begins_time = models.TimeField(_("Begins at"), null=True, blank=True)
    ends_time = models.TimeField(_("Ends at"), null=True, blank=True)
    village = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Village or community")
    )
    venue = models.CharField(_("Place"), max_length=100, blank=True, validators=[validate_text])
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="series", verbose_name=_("Room")
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="series", verbose_name=_("Posting")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="series", verbose_name=_("Team"))
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="series", verbose_name=_("Course")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Series")
        verbose_name_plural = _("Series")
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="series_ends_after_start",
                violation_error_message=_("A series does not end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def days(self) -> Iterator[date]:
        """The days the rule falls on; weeks begin on Monday and are counted from that of the first day."""
        monday = self.begins_on - timedelta(days=self.begins_on.isoweekday() - 1)
        while monday <= self.ends_on:
            for weekday in sorted(self.weekdays):
                day = monday + timedelta(days=weekday - 1)
                if self.begins_on <= day <= self.ends_on:
                    yield day
            monday += timedelta(weeks=self.every)

    @property
    def weekday_names(self) -> str:
        """The weekdays in words."""
        return self.tell_weekdays(self.weekdays)

    def tell_weekdays(self, weekdays: Iterable[int]) -> str:
        return "、".join(str(WEEKDAYS[day]) for day in sorted(weekdays))
