"""Who is told of what: notices to offices and persons, how a person wants to be told, and what was sent out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator, validate_email
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.personal.fields import SealedField
from culture_admin.accounts.personal.records import PersonalModel, PersonalQuerySet
from culture_admin.accounts.roles import Role
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit
from culture_admin.workflow.models.deadlines import Deadline
from culture_admin.workflow.models.decisions import Decision


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> NoticeQuerySet:
        """What the offices a user holds today were told, and he himself; not what he did."""
        if not user.is_authenticated or not user.offices:
            return self.none()
        rows = Q(user=user.pk)
        for office in user.offices:
            rows |= Q(unit=office.unit_id, role=office.role)
        return self.filter(rows).exclude(caused_by=user.pk)

    def with_reading(self, user) -> NoticeQuerySet:
        """Each with `read`: whether this user has read it."""
        return self.annotate(read=Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)))

    def unread(self, user) -> NoticeQuerySet:
        """What still concerns somebody and this user has not read."""
        return self.filter(over_at=None).exclude(Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)))


class Notice(models.Model):
    """That an office, or a person, is told something about a record: what was decided, what waits, what is due.

    It is written in the transaction of what it tells of, and is the whole outbox: mails and messages are made from these rows
    later. It holds no words; they are found at the moment of reading, in the reader's language. `over_at`: since when it is of
    no concern any more, because the record has moved on or the duty is settled.
    """

    class Kind(models.TextChoices):
        WAITS = "waits", _("Waits for you")
        FILED = "filed", _("What you filed")
        TOLD = "told", _("For your information")
        OWED = "owed", _("A new duty")
        SOON = "soon", _("Due soon")
        TODAY = "today", _("Due today")
        OVERDUE = "overdue", _("Overdue")
        ESCALATED = "escalated", _("Overdue below you")
        MOVED = "moved", _("A due date has moved")

    kind = models.CharField(_("Kind"), max_length=9, choices=Kind)
    role = models.CharField(_("Role"), max_length=16, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Unit"), db_index=False)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Person"), db_index=False
    )
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+", db_index=False)
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    # Not checked by the database, as those of a decision: it is never deleted.
    decision = models.ForeignKey(
        Decision, models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="notices", db_index=False)
    due_on = models.DateField(_("Due"), null=True)
    at = models.DateTimeField(_("Time"), default=timezone.now)
    caused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    over_at = models.DateTimeField(null=True)
    routed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="notice_by_time"),
            models.Index("unit", "role", F("id").desc(), name="notice_of_office", condition=Q(unit__isnull=False)),
            models.Index("user", F("id").desc(), name="notice_of_person", condition=Q(user__isnull=False)),
            models.Index("id", name="notice_outbox", condition=Q(routed_at__isnull=True)),
            models.Index("subject_type", "subject_id", name="notice_waits", condition=Q(kind="waits", over_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, user__isnull=True) | Q(unit__isnull=True, user__isnull=False),
                name="notice_to_an_office_or_a_person",
            ),
            # A reminder goes out once, however often the worker looks.
            models.UniqueConstraint(
                fields=["deadline", "kind", "due_on", "unit", "role"],
                condition=Q(deadline__isnull=False),
                name="notice_once_of_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {timezone.localtime(self.at):%Y-%m-%d}"


class NoticeRead(models.Model):
    """That a person has read a notice."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="readings", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    HTTP = "http", _("Government messenger or text message")


class PreferenceQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> PreferenceQuerySet:
        """One's own."""
        return self.filter(user=user.pk)


@recorded()
class Preference(models.Model):
    """How often a person wants to be told by one channel. Without a row: once a day, where he has left an address."""

    class Mode(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DIGEST = "digest", _("Once a day")
        NONE = "none", pgettext_lazy("a channel", "Not at all")

    user = models.ForeignKey(User, models.PROTECT, related_name="preferences", verbose_name=_("Person"))
    channel = models.CharField(_("Channel"), max_length=4, choices=Channel)
    mode = models.CharField(_("How often"), max_length=7, choices=Mode, default=Mode.DIGEST)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("How a person is told")
        verbose_name_plural = _("How persons are told")
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="preference_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_channel_display()}"


class ContactQuerySet(PersonalQuerySet):
    def visible_to(self, user, verb: str = "see") -> ContactQuerySet:
        """One's own."""
        return self.filter(user=user.pk)


class Contact(PersonalModel):
    """Where a person is reached outside of these pages: the field of each channel is called like it."""

    power = "notices"
    kept = _("Until the account is closed, or the person takes it away.")

    user = models.OneToOneField(
        User, models.PROTECT, primary_key=True, related_name="contact", verbose_name=_("Person")
    )
    mail = SealedField(_("Mail address"), validators=[validate_email])
    http = SealedField(
        _("Account or number at the messenger"),
        validators=[RegexValidator(r"^[\w@.+:-]{3,60}$", _("3 to 60 letters, digits and signs of + - _ . : @."))],
    )

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("Where a person is reached")
        verbose_name_plural = _("Where persons are reached")

    def __str__(self) -> str:
        return self.concerned

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        return cls.objects.filter(user__is_active=False)

    @property
    def concerned(self) -> str:
        return str(self.user)

    @property
    def division(self) -> Division:
        return self.user.memberships.latest("valid_from").unit.division


class Message(models.Model):
    """What goes out to one person by one channel: a notice at once, or the notices of a day together.

    `key` is what the receiver knows it by: it is sent until it has been taken, so that it may come twice but never under two
    keys. The words are kept from the first attempt on. `due_at`: when it is sent, or tried again, or may be taken from a worker
    that has gone.
    """

    class State(models.TextChoices):
        GATHERING = "gathering", _("Gathering until the day's hour")
        QUEUED = "queued", pgettext_lazy("a message", "Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", pgettext_lazy("a message", "Given up")
        IDLE = "idle", _("Read before it was sent")

    scope = Scope("notices", place="unit__division__path")

    key = models.UUIDField(_("Key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, models.PROTECT, related_name="messages", verbose_name=pgettext_lazy("a message", "To")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"), db_index=False)
    channel = models.CharField(_("Channel"), max_length=4, choices=Channel)
    state = models.CharField(_("State"), max_length=9, choices=State)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    text = models.TextField(_("Text"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    answer = models.CharField(_("Answer"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Created"), default=timezone.now)
    due_at = models.DateTimeField(_("Next attempt"))
    sent_at = models.DateTimeField(_("Sent"), null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Message")
        verbose_name_plural = _("Messages")
        ordering = ["-id"]
        indexes = [models.Index("due_at", name="message_due", condition=Q(state__in=["gathering", "queued"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "channel"], condition=Q(state="gathering"), name="message_gathering_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_channel_display()} · {timezone.localtime(self.created_at):%Y-%m-%d}"


class Carried(models.Model):
    """That a message carries a notice; each person gets a notice once by each channel."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="carried")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=4, choices=Channel)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user", "channel"], name="notice_carried_once")]
