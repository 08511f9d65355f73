"""Circulars of a bureau, the form that goes with one, and the replies of the units it is addressed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import listed
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit
from stations.models.gatherings import DOCUMENT_NO
from stations.models.questions import Question, shown
from stations.models.standing import Grade


def validate_grades(value: object) -> None:
    """Different grades of stations."""
    if not isinstance(value, list) or any(grade not in Grade.values for grade in value):
        raise ValidationError(
            _("Expected some of: %(known)s."), code="grades", params={"known": ", ".join(Grade.values)}
        )
    if len(set(value)) != len(value):
        raise ValidationError(_("A grade is named twice."), code="grades")


class OfCircular(models.TextChoices):
    """The states of a circular."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", pgettext_lazy("a circular", "Issued")
    CLOSED = "closed", pgettext_lazy("a circular", "Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CircularQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> CircularQuerySet:
        """The bureau's own, and for everybody else those that are addressed to somebody whose replies he sees."""
        rows: Any = super().visible_to(user, verb)
        if verb != "see":
            return rows
        return rows | self.filter(pk__in=Reply.objects.visible_to(user).order_by().values("circular"))


@recorded()
class Circular(models.Model):
    """A notice, or a task with a small form, that the bureau sends to stations or towns (Cixi, 2013: a smooth channel)."""

    State = OfCircular

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        COLLECTION = "collection", _("Collection")

    class Audience(models.TextChoices):
        STATIONS = "stations", _("Stations")
        TOWNS = "towns", _("Town governments and subdistrict offices")

    class Chosen(models.TextChoices):
        ALL = "all", _("All of the county")
        GRADE = "grade", _("By grade of the station")
        LIST = "list", _("Those on the list")

    scope = Scope("stations.circulars", place="county__path")

    county = models.ForeignKey(Division, models.PROTECT, related_name="circulars", verbose_name=_("County"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="circulars", editable=False, verbose_name=_("Issued by (unit)")
    )
    kind = models.CharField(_("Kind of circular"), max_length=10, choices=Kind)
    title = models.CharField(pgettext_lazy("a document", "Title"), max_length=100, validators=[validate_text])
    body = models.TextField(_("Text"), max_length=20_000, validators=[validate_text])
    document_no = models.CharField(_("Document number"), max_length=60, blank=True, validators=[DOCUMENT_NO])
    audience = models.CharField(_("Addressed to"), max_length=8, choices=Audience, default=Audience.STATIONS)
    chosen = models.CharField(_("Which of them"), max_length=5, choices=Chosen, default=Chosen.ALL)
    grades = models.JSONField(_("Grades"), default=list, blank=True, validators=[validate_grades])
    listed = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("List"))
    due_on = models.DateField(_("Due"), null=True, blank=True)
    issued_on = models.DateField(pgettext_lazy("a circular", "Issued on"), null=True, editable=False)
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Drafted by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("Circular")
        verbose_name_plural = _("Circulars")
        ordering = ["-id"]
        indexes = [
            models.Index("id", name="circular_waiting", condition=Q(state__in=["draft"])),
            models.Index("county", F("id").desc(), name="circular_of_county"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "document_no"],
                condition=~Q(document_no="") & ~Q(state="withdrawn"),
                name="circular_document_no_once",
                violation_error_message=_("A circular of this unit has this document number already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="notice") | Q(due_on__isnull=False),
                name="collection_has_a_due_date",
                violation_error_message=_("A collection says by when it is to be answered."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def tell_grades(self, grades: Sequence[str]) -> str:
        return listed(Grade(grade).label for grade in grades)

    @property
    def asks(self) -> bool:
        """Whether there is something to answer, and not only to take note of."""
        return self.kind == self.Kind.COLLECTION

    @property
    def form(self) -> CircularForm | None:
        """The form in its latest version."""
        return max(self.forms.all(), key=lambda form: form.number, default=None)

    @property
    def questions(self) -> list[Question]:
        """What is asked in the latest version of the form."""
        return self.form.questions if self.form else []


@recorded()
class CircularForm(models.Model):
    """One version of the questions of a collection. From the day it goes out PostgreSQL refuses to change it."""

    scope = Scope("stations.circulars", place="circular__county__path")

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="forms", verbose_name=_("Circular"))
    number = models.PositiveSmallIntegerField(_("Version of the form"), default=1)
    kept = models.JSONField(pgettext_lazy("a form", "Questions"), default=list)
    sealed_at = models.DateTimeField(_("Sent out"), null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Form of a collection")
        verbose_name_plural = _("Forms of collections")
        ordering = ["circular", "number"]
        constraints = [models.UniqueConstraint(fields=["circular", "number"], name="circular_form_once")]
        triggers = [
            pgtrigger.Protect(
                name="sealed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sealed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.circular} v{self.number}"

    @property
    def questions(self) -> list[Question]:
        return [Question.of(kept) for kept in self.kept]


class OfReply(models.TextChoices):
    """The states of a reply: what a unit has done about a circular, and what the bureau says of it."""

    SENT = "sent", pgettext_lazy("a circular to a unit", "Not received yet")
    RECEIVED = "received", pgettext_lazy("a circular by a unit", "Received")
    SUBMITTED = "submitted", pgettext_lazy("a reply", "Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", pgettext_lazy("a reply", "Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReplyQuerySet(ScopedQuerySet):
    def owed(self) -> ReplyQuerySet:
        """Replies that the unit still has to give: to a collection the answers, to a notice its receipt."""
        of_notices = Q(circular__kind=Circular.Kind.NOTICE, state=OfReply.SENT)
        of_collections = Q(circular__kind=Circular.Kind.COLLECTION, state__in=Reply.OPEN)
        return self.filter(of_notices | of_collections, circular__state=OfCircular.ISSUED)

    def late(self, on: date) -> ReplyQuerySet:
        """Replies that are owed and were due before the day."""
        return self.owed().filter(due_on__lt=on)


@recorded()
class Reply(models.Model):
    """One unit's side of a circular: when it was received, what was answered, how often it was chased.

    due_on: that of the circular; of a reply that was returned it may be later. answers: by the key of the question, as
    `questions.read_answer` keeps them. late: it came after the day it was due.
    """

    State = OfReply
    # The unit may still write.
    OPEN = (OfReply.SENT, OfReply.RECEIVED, OfReply.RETURNED)

    scope = Scope("stations.replies", place="unit__division__path", station="unit", unit="unit")

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="replies", verbose_name=_("Circular"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="replies", verbose_name=_("Unit"))
    form = models.ForeignKey(
        CircularForm, models.PROTECT, null=True, related_name="replies", verbose_name=_("Version of the form")
    )
    due_on = models.DateField(_("Due"), null=True, editable=False)
    answers = models.JSONField(_("Answers"), default=dict, editable=False)
    received_at = models.DateTimeField(pgettext_lazy("a circular by a unit", "Received"), null=True, editable=False)
    submitted_at = models.DateTimeField(pgettext_lazy("a reply", "Submitted"), null=True, editable=False)
    late = models.BooleanField(_("Late"), default=False, editable=False)
    chased_at = models.DateTimeField(_("Last chased up"), null=True, editable=False)
    chases = models.PositiveSmallIntegerField(_("Times chased up"), default=0, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.SENT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Reply")
        verbose_name_plural = _("Replies")
        ordering = ["circular", "unit__division__code", "id"]
        indexes = [
            models.Index("id", name="reply_waiting", condition=Q(state__in=["sent", "submitted", "returned"])),
            models.Index("unit", F("id").desc(), name="reply_of_unit"),
        ]
        constraints = [models.UniqueConstraint(fields=["circular", "unit"], name="reply_once")]

    def __str__(self) -> str:
        return f"{self.circular} · {self.unit}"

    def tell_answers(self, answers: Mapping[str, object]) -> str:
        """What was answered, each beside its question."""
        questions = self.form.questions if self.form else []
        told = ((question.label, shown(question, answers.get(question.key))) for question in questions)
        return "; ".join(f"{label} {answer}" for label, answer in told if answer)

    @property
    def is_late(self) -> bool:
        """Given late, or owed today although its day is over."""
        return self.late or (self.is_owed and self.due_on is not None and self.due_on < timezone.localdate())

    @property
    def is_owed(self) -> bool:
        if self.circular.state != OfCircular.ISSUED:
            return False
        return self.state in self.OPEN if self.circular.asks else self.state == OfReply.SENT
