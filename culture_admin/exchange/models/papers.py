"""Papers: the numbers of documents in their registers, and what was printed."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.exchange.models.files import random_name, reopened
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit
from culture_admin.workflow.models import Job


@recorded()
class DocumentRegister(models.Model):
    """A unit's register of outgoing documents under one word, such as 慈文广旅体; it begins anew at 1 every year."""

    scope = Scope("documents", place="unit__division__path")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registers", verbose_name=_("Unit"))
    prefix = models.CharField(
        _("Word of the issuing unit"),
        max_length=12,
        validators=[RegexValidator(r"^[一-鿿]+$", _("Chinese characters alone, such as 慈文广旅体."))],
    )
    name = models.CharField(_("What it is for"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Register of documents")
        verbose_name_plural = _("Registers of documents")
        ordering = ["unit__division__code", "prefix"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "prefix"],
                name="document_register_once",
                violation_error_message=_("The unit has a register under this word already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix} · {self.name}" if self.name else self.prefix


class DocumentNumberQuerySet(ScopedQuerySet):
    def about(self, subject: models.Model) -> DocumentNumberQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def standing(self) -> DocumentNumberQuerySet:
        return self.filter(state=DocumentNumber.State.ISSUED)


@recorded()
class DocumentNumber(models.Model):
    """A number given to a document. Serials have no gaps and are never given again; a void number stays in its register."""

    class State(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("a number", "Issued")
        VOID = "void", _("Void")

    scope = Scope("documents", place="register__unit__division__path")

    register = models.ForeignKey(DocumentRegister, models.PROTECT, related_name="numbers", verbose_name=_("Register"))
    year = models.PositiveSmallIntegerField(_("Year"))
    serial = models.PositiveIntegerField(_("Serial"))
    title = models.CharField(_("Title"), max_length=200)
    paper = models.CharField(_("Form"), max_length=40, blank=True)
    subject_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Kind of record")
    )
    subject_id = models.BigIntegerField(_("Record"), null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    issued_on = models.DateField(pgettext_lazy("a number", "Issued"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("By"))
    state = models.CharField(_("State"), max_length=6, choices=State, default=State.ISSUED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Document number")
        verbose_name_plural = _("Document numbers")
        ordering = ["-year", "-serial", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "serial"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "paper"],
                condition=models.Q(state="issued", subject_id__isnull=False),
                name="document_number_once_a_document",
                violation_error_message=_("This document has a number already."),
            ),
            models.CheckConstraint(condition=models.Q(serial__gt=0), name="document_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """慈文广旅体〔2026〕12号, the serial without idle zeros and without 第 (GB/T 9704-2012, 7.2.5); in English
        CiWenGuangLüTi [2026] No. 12, as such numbers are cited.
        """
        prefix = self.register.prefix
        if (get_language() or "zh").startswith("zh"):
            return f"{prefix}〔{self.year}〕{self.serial}号"
        spoken = "".join(part.capitalize() for part in lazy_pinyin(prefix, v_to_u=True))
        return f"{spoken} [{self.year}] No. {self.serial}"


class PrintoutQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> PrintoutQuerySet:
        """Prints of what the user may print himself: they follow their record."""
        rows = models.Q(pk__in=[])
        if user.is_authenticated:
            for code, paper in PAPERS.items():
                rows |= models.Q(paper=code, subject_id__in=paper.visible_to(user).order_by().values("pk"))
        return self.filter(rows)

    def about(self, subject: models.Model) -> PrintoutQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)


@recorded(exclude=["html"])
class Printout(models.Model):
    """A paper as it was printed once: what it said, in which language, and the PDF as soon as the worker has made it.

    The same content is one print, however often it is asked for. `job` is the work on it; its row is the truth.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    paper = models.CharField(_("Form"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("Kind of record"))
    subject_id = models.BigIntegerField(_("Record"))
    subject = GenericForeignKey("subject_type", "subject_id")
    language = models.CharField(_("Language"), max_length=7, choices=[("zh-hans", "简体中文"), ("en", "English")])
    content_hash = models.CharField(_("Content"), max_length=64)
    html = models.TextField(editable=False)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", editable=False)
    file = models.FileField(upload_to=random_name, editable=False, blank=True)
    size = models.PositiveIntegerField(_("Bytes"), null=True)
    pages = models.PositiveSmallIntegerField(_("Pages"), null=True)
    sha256 = models.CharField(_("Hash"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("Made"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    created_at = models.DateTimeField(_("Time"), default=timezone.now)

    objects = PrintoutQuerySet.as_manager()
    open = reopened

    class Meta:
        verbose_name = _("Print")
        verbose_name_plural = _("Prints")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "subject_id", "subject_type", "language", "content_hash"], name="printout_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """The first digits of the content's hash, which stand on the paper and lead back to it: 3F9A-0C1B-77D2-1E40."""
        return check_code(self.content_hash)

    @property
    def state(self) -> str:
        if self.made_at:
            return self.State.DONE
        by_job: dict[str, Printout.State] = {
            Job.State.RUNNING: self.State.RUNNING,
            Job.State.FAILED: self.State.FAILED,
        }
        return by_job.get(self.job.state if self.job else "", self.State.WAITING)

    @property
    def failure(self) -> str:
        """Why it could not be made; empty while it may still be."""
        return self.job.message if self.job and self.state == self.State.FAILED else ""

    def get_state_display(self) -> object:
        return self.State(self.state).label


def check_code(content_hash: str) -> str:
    """A hash as people read it aloud."""
    digits = content_hash[:16].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
