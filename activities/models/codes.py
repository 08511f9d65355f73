"""Code lists: kinds of activity, art genres, and the words a station uses for kinds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import PublicQuerySet, Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Named
from stations.models import Station
from stewards import codes


@recorded()
class Kind(Named):
    """A kind of activity (DOMAIN.md §7.1). Training sessions are a kind of their own and counted apart."""

    code = models.CharField(_("Code"), max_length=4, unique=True)
    is_session = models.BooleanField(_("Training session"), default=False)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kind of activity")
        verbose_name_plural = _("Kinds of activity")
        ordering = ["position", "code"]


@recorded()
class Genre(Named):
    """An art genre (DOMAIN.md §7.2)."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("Genre")
        verbose_name_plural = _("Genres")
        ordering = ["position", "code"]


@recorded()
class KindWord(models.Model):
    """What a station means by a word in its ledgers, asked once in an import's preview and remembered."""

    scope = Scope("activities", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="kind_words", verbose_name=_("Station"))
    word = models.CharField(_("Word"), max_length=60)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="words", verbose_name=_("Kind of activity"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word for a kind")
        verbose_name_plural = _("Words for kinds")
        constraints = [models.UniqueConstraint(fields=["station", "word"], name="kind_word_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.kind}"


codes.register("kind", Kind.objects.all)
codes.register("genre", Genre.objects.all)
