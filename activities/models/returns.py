"""The month of a station: its visits in free opening, and the return in which its head answers for the figures."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activity import Activity
from activities.models.bounds import EARLIEST, MOST_PEOPLE
from activities.models.course import Course
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station


@recorded()
class OpeningVisits(models.Model):
    """How many people came in on a day of free opening, whatever for; one row for each station and day."""

    scope = Scope("activities.visits", place="station__division__path", station="station", county="county")

    station = models.ForeignKey(
        Station, models.PROTECT, related_name="visits", verbose_name=_("Station"), db_index=False
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"), db_index=False)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"), db_index=False)
    on = models.DateField(_("Day"))
    visitors = models.PositiveIntegerField(_("Visitors"), validators=[MaxValueValidator(MOST_PEOPLE)])
    estimated = models.BooleanField(_("Estimated"), default=False)
    recorded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("Recorded by"),
        db_index=False,
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Visits in free opening")
        verbose_name_plural = _("Visits in free opening")
        ordering = ["-on", "-id"]
        indexes = [models.Index("county", "on", name="visits_of_county")]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "on"],
                name="visits_once_a_day",
                violation_error_message=_("The visits of this day are entered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.on, 'Y-m-d')}: {self.visitors}"

    def clean(self) -> None:
        """Rules of one row."""
        if self.on and self.on < EARLIEST:
            raise ValidationError({"on": _("A date from %(earliest)s on is expected.") % {"earliest": EARLIEST}})


class MonthAfter(Func):
    """The first day of the month after a date."""

    template = "(%(expressions)s + interval '1 month')::date"
    output_field = models.DateField()


class MonthlyReturnQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> MonthlyReturnQuerySet:
        """The rows the user may see, each with whether anything happened: what a head may confirm depends on it."""
        return super().visible_to(user, verb).with_happenings()

    def with_happenings(self) -> MonthlyReturnQuerySet:
        """`happened`: whether the month has a log that stands or waits, a visitor, or a course that begins in it."""
        logs = Activity.objects.filter(
            station=OuterRef("station"),
            begins_on__gte=OuterRef("month"),
            begins_on__lt=MonthAfter(OuterRef("month")),
            state__in=HAPPENED,
        )
        visits = OpeningVisits.objects.filter(
            station=OuterRef("station"),
            on__gte=OuterRef("month"),
            on__lt=MonthAfter(OuterRef("month")),
            visitors__gt=0,
        )
        courses = Course.objects.exclude(state=Course.State.VOID).filter(
            station=OuterRef("station"),
            begins_on__gte=OuterRef("month"),
            begins_on__lt=MonthAfter(OuterRef("month")),
        )
        return self.annotate(happened=Exists(logs.order_by()) | Exists(visits.order_by()) | Exists(courses.order_by()))

    def settled(self) -> MonthlyReturnQuerySet:
        """Returns by which a station has answered for its month."""
        return self.filter(state__in=MonthlyReturn.SETTLED)


# Held, and not in the figures yet: the log waits for the station, was given back, or is still to be written.
WAITING = (Activity.State.HELD, Activity.State.LOGGED, Activity.State.RETURNED)
# A log that waits is no zero either.
HAPPENED = (*WAITING, Activity.State.CONFIRMED)


@recorded()
class MonthlyReturn(models.Model):
    """A station's answer for one month. The figures are those of the logs at any time; `filed` is what they were when the head
    confirmed them, by metric code, as JSON has them. `zero`: the head has said that nothing took place.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        CONTESTED = "contested", _("Contested")
        CLOSED = "closed", pgettext_lazy("a month", "Closed")
        REOPENED = "reopened", _("Reopened")

    SETTLED = (State.CONFIRMED, State.CLOSED)

    scope = Scope("activities.returns", place="station__division__path", station="station", county="county")

    station = models.ForeignKey(
        Station, models.PROTECT, related_name="returns", verbose_name=_("Station"), db_index=False
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"), db_index=False)
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"), db_index=False)
    month = models.DateField(_("Month"), help_text=_("Its first day."))
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.OPEN, editable=False)
    zero = models.BooleanField(_("Confirmed zero"), default=False, editable=False)
    filed = models.JSONField(_("Figures as confirmed"), null=True, editable=False)
    filed_at = models.DateTimeField(_("Confirmed at"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthlyReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("Monthly return")
        verbose_name_plural = _("Monthly returns")
        ordering = ["-month", "station__division__code", "id"]
        indexes = [
            models.Index(
                "id", name="return_waiting", condition=Q(state__in=["open", "contested", "reopened", "confirmed"])
            ),
            models.Index("month", "state", name="return_of_month"),
            models.Index("county", "month", name="return_of_county"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "month"],
                name="return_once_a_month",
                violation_error_message=_("The station has a return for this month already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="return_begins_a_month",
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {date_format(self.month, 'YEAR_MONTH_FORMAT')}"

    @property
    def last_day(self) -> date:
        return month_after(self.month) - timedelta(days=1)


def month_of(day: date) -> date:
    """The first day of the month in which a day lies."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
