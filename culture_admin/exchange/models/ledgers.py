"""Ledgers that came in as sheets, and what was asked about them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit


@recorded(exclude=["content", "preview", "changes"])
class Import(models.Model):
    """One sheet: its file, the preview that was shown, what was answered, and whether it was applied or undone."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Previewed")
        APPLIED = "applied", pgettext_lazy("an import", "Applied")
        UNDONE = "undone", _("Undone")

    scope = Scope("exchange", place="unit__division__path", station="unit")

    kind = models.CharField(_("Kind of ledger"), max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="imports", verbose_name=_("Station"))
    file_name = models.CharField(pgettext_lazy("an upload", "File"), max_length=200)
    sha256 = models.CharField(_("Hash"), max_length=64)
    content = models.BinaryField()
    preview = models.JSONField(default=dict)
    answers = models.JSONField(_("Answers"), default=dict)
    changes = models.JSONField(default=dict, editable=False, help_text=_("What changed rows said before, by key"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PREVIEWED)
    version = models.PositiveIntegerField(default=1, editable=False)
    rows_written = models.PositiveIntegerField(_("Rows written"), default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("By"))
    created_at = models.DateTimeField(_("Time"), default=timezone.now)
    applied_at = models.DateTimeField(pgettext_lazy("time of an import", "Applied"), null=True)
    undone_at = models.DateTimeField(_("Undone"), null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-id"]
        indexes = [models.Index("unit", "sha256", name="import_same_file")]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.unit}"


@recorded()
class HeaderWord(models.Model):
    """What a station means by a word at the head of a column, asked once in a preview and remembered."""

    scope = Scope("exchange", place="unit__division__path", station="unit")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="header_words", verbose_name=_("Station"))
    kind = models.CharField(_("Kind of ledger"), max_length=20)
    word = models.CharField(_("Word"), max_length=60)
    field = models.CharField(_("Field"), max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Header word")
        verbose_name_plural = _("Header words")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "word"], name="header_word_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.field}"
