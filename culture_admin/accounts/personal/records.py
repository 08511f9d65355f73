"""What every table of personal fields is: apart from the record it belongs to, without copies in the history."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.personal.fields import FingerprintField, SealedField
from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.territory.models import Division


class PersonalQuerySet(ScopedQuerySet):
    def having(self, name: str, value: str) -> PersonalQuerySet:
        """Rows in which the sealed field that the fingerprint `name` is of has this value."""
        field: Any = self.model._meta.get_field(name)
        return self.filter(**{f"{name}__in": field.of_value(value)})


class PersonalModel(models.Model):
    """Personal fields about one record. Its primary key is that record, so that a value can be sealed for its row.

    power: the line of the matrix whose `decide` opens a value in clear; `scope` says who sees the masks.
    kept: until when the values are kept, in words; `over` gives the rows of which that time is over.
    """

    power = ""
    kept: Any = ""

    purged_at = models.DateTimeField(_("Purged"), null=True, editable=False)

    objects: ClassVar[Any] = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def over(cls, today: date) -> models.QuerySet:
        """The rows whose values nobody needs any more on this day."""
        raise NotImplementedError

    @property
    def concerned(self) -> str:
        """Whom the values are about, as the read log names him."""
        raise NotImplementedError

    @property
    def division(self) -> Division:
        """Where the record lies."""
        raise NotImplementedError


def personal_models() -> list[type[PersonalModel]]:
    """Every table of personal fields."""
    return [model for model in apps.get_models() if issubclass(model, PersonalModel)]


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def fingerprint_fields(model: type[models.Model]) -> list[FingerprintField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, FingerprintField)]
