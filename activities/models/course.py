"""Courses: training sessions under one title with one group of learners, and who of them came."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.bounds import EARLIEST, LONGEST_DAYS, MOST_PEOPLE, MOST_SECONDS
from activities.models.codes import Genre
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models import Station
from stewards.models import Firm, Posting, Steward

LONGEST_COURSE = 2 * LONGEST_DAYS
MOST_SESSIONS = 1000


class CourseQuerySet(ScopedQuerySet):
    def living(self) -> CourseQuerySet:
        """Courses whose sessions may be logged."""
        return self.filter(state__in=Course.LIVING)


@recorded()
class Course(models.Model):
    """A class: what is taught, by whom, from when to when. Its sessions are activities, its learners a list of names.

    `class_seconds` is what a session is planned to last, in seconds of class; `completed` how many learners finished.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        OPEN = "open", pgettext_lazy("a course", "Open")
        CLOSED = "closed", pgettext_lazy("a course", "Closed")
        VOID = "void", _("Void")

    # Those that may be changed, and whose sessions may be planned and logged.
    LIVING = (State.PROPOSED, State.OPEN)

    scope = Scope("activities", place="station__division__path", station="station", firm="firm", person="steward__user")

    station = models.ForeignKey(Station, models.PROTECT, related_name="courses", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    title = models.CharField(_("Title"), max_length=200, validators=[validate_text])
    genre = models.ForeignKey(
        Genre, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("Genre")
    )
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    sessions_planned = models.PositiveSmallIntegerField(
        _("Sessions planned"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)],
    )
    class_seconds = models.PositiveIntegerField(
        _("Class time of a session (seconds)"), null=True, blank=True, validators=[MaxValueValidator(MOST_SECONDS)]
    )
    capacity = models.PositiveIntegerField(
        _("Number of places"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    room = models.CharField(_("Classroom"), max_length=100, blank=True, validators=[validate_text])
    teacher = models.CharField(_("Teacher"), max_length=60, blank=True, validators=[validate_text])
    note = models.TextField(_("Note"), blank=True, max_length=2000, validators=[validate_text])
    completed = models.PositiveIntegerField(
        _("Finished the course"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("Posting")
    )
    steward = models.ForeignKey(
        Steward, models.PROTECT, null=True, editable=False, related_name="courses", verbose_name=_("Cultural steward")
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, editable=False, related_name="courses", verbose_name=_("Service provider")
    )
    state = models.CharField(_("State"), max_length=8, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["-begins_on", "-id"]
        indexes = [
            models.Index("id", name="course_waiting", condition=Q(state__in=["proposed"])),
            models.Index("station", F("begins_on").desc(), F("id").desc(), name="course_of_station"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="course_ends_after_start",
                violation_error_message=_("A course does not end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What it is called where numbers are told apart by it."""
        return self.title

    def clean(self) -> None:
        """Rules of one row."""
        if self.begins_on and self.begins_on < EARLIEST:
            message = _("A date from %(earliest)s on is expected.") % {"earliest": EARLIEST}
            raise ValidationError({"begins_on": ValidationError(message, code="date_range")})
        if self.begins_on and self.ends_on and (self.ends_on - self.begins_on).days >= LONGEST_COURSE:
            raise ValidationError({"ends_on": ValidationError(_("A course lasts two years at most."), code="too_long")})


class LearnerQuerySet(ScopedQuerySet):
    def on(self, day: date) -> LearnerQuerySet:
        """Learners who stand on the roster on a day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


@recorded()
class Learner(models.Model):
    """A name on a course's roster, from the day of joining until the day of leaving, which is not in it any more.

    A name and nothing else: whoever is on the list is known to the teacher, and the system need not know more.
    """

    scope = Scope(
        "activities.learners",
        place="course__station__division__path",
        station="course__station",
        firm="course__firm",
        person="course__steward__user",
    )

    course = models.ForeignKey(Course, models.PROTECT, related_name="learners", verbose_name=_("Course"))
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60, validators=[validate_text])
    joined_on = models.DateField(_("Joined"))
    left_on = models.DateField(_("Left"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True, validators=[validate_text])
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Learner")
        verbose_name_plural = _("Learners")
        ordering = ["course_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="learner_leaves_after_joining",
                violation_error_message=_("Nobody leaves before the day of joining."),
            ),
            models.UniqueConstraint(
                fields=["course", "name"],
                condition=Q(left_on__isnull=True),
                name="learner_once",
                violation_error_message=_(
                    "This name stands on the roster already; add what tells the two apart, such as 王芳（二村）."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_on_roster(self, day: date) -> bool:
        """Whether the learner stands on the roster on a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)
