"""Model fields of personal values: what is in them is sealed when it is stored, and shows its mask when it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from culture_admin.accounts.personal.masks import HIDDEN, hide
from culture_admin.accounts.personal.sealing import Unreadable, fingerprint, fingerprints, seal, unseal


class Token(str):
    """A value as it stands in the database, sealed."""

    __slots__ = ()


class Sealed:
    """A personal value as programs carry it about: pages, sheets, logs and answers show its mask.

    It is opened by `in_clear`, which only the verbs that note the reading call, and what checks or files a fresh value.
    """

    __slots__ = ("_hide", "_place", "_text", "_token")

    def __init__(self, hide: Callable[[str], str], *, text: str | None = None, token: str = "", place: str = ""):
        self._hide, self._text, self._token, self._place = hide, text, token, place

    def __str__(self) -> str:
        try:
            return self._hide(self.in_clear())
        except Unreadable:
            return HIDDEN

    def __repr__(self) -> str:
        return f"<Sealed {self}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.in_clear() == other.in_clear()

    def __hash__(self) -> int:
        return hash(self.in_clear())

    def in_clear(self) -> str:
        """The value itself. Raises Unreadable."""
        if self._text is None:
            self._text = unseal(self._token, self._place).decode()
        return self._text

    def for_place(self, place: str) -> str:
        """What is kept of it at a place: still sealed where it comes from there, else the value itself."""
        return Token(self._token) if self._token and self._place == place else self.in_clear()


class SealedAttribute(DeferredAttribute):
    """Gives a Sealed, or None where nothing is recorded; takes plain text, None or a Sealed."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if instance is None or value is None:
            return value
        if isinstance(value, Token):
            return Sealed(self.field.hide, token=value, place=self.field.place(instance))
        return Sealed(self.field.hide, text=value)

    def __set__(self, instance, value) -> None:
        if isinstance(value, Sealed):
            value = value.for_place(self.field.place(instance))
        instance.__dict__[self.field.attname] = value or None


class SealedField(models.TextField):
    """A personal value: AES-GCM under FIELD_KEYS, bound to table, row and field. NULL is not recorded, or purged.

    hide: how it is shown. Such fields stand in models whose primary key is known before they are stored.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, hide: Callable[[str], str] = hide, **kwargs: Any):
        super().__init__(*args, **{**kwargs, "null": True, "blank": True, "editable": False})
        self.hide = hide

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for always in ("null", "blank", "editable"):
            del kwargs[always]
        return name, path, args, kwargs

    @property
    def place_of_column(self) -> str:
        return f"{self.model._meta.db_table}|{self.column}"

    def place(self, instance: models.Model) -> str:
        """Where the value stands; sealed at one place it opens at no other."""
        return f"{self.place_of_column}|{instance.pk}"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Token(value)

    def to_python(self, value):
        return value

    def clean(self, value, model_instance):
        """Runs the validators on what is fresh; what was stored has passed them."""
        stored = isinstance(model_instance.__dict__.get(self.attname), Token)
        if not stored and value is not None:
            super().clean(value.in_clear() if isinstance(value, Sealed) else value, model_instance)
        return value

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        if value is not None and not isinstance(value, Token):
            if model_instance.pk is None:
                raise ValueError(f"{self}: a value is sealed for its row, whose key has to be known first.")
            value = Token(seal(value.encode(), self.place(model_instance)))
            model_instance.__dict__[self.attname] = value
        return value

    def get_prep_value(self, value):
        """Only what is sealed reaches the database: no update and no condition carries a value in clear."""
        if value is None or isinstance(value, Token):
            return value
        raise TypeError(f"{self}: set it on its row; find rows by its fingerprint.")


class FingerprintField(models.CharField):
    """The fingerprint of a sealed field of the same row, which finds equal values and holds them apart."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any):
        super().__init__(*args, **{**kwargs, "max_length": 80, "null": True, "blank": True, "editable": False})
        self.of = of

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for always in ("max_length", "null", "blank", "editable"):
            del kwargs[always]
        return name, path, args, kwargs | {"of": self.of}

    @property
    def source(self) -> SealedField:
        return cast(SealedField, self.model._meta.get_field(self.of))

    def pre_save(self, model_instance, add):
        sealed = getattr(model_instance, self.of)
        value = None if sealed is None else fingerprint(sealed.in_clear(), self.source.place_of_column)
        setattr(model_instance, self.attname, value)
        return value

    def of_value(self, value: str) -> list[str]:
        """What the field may hold in rows with the value, one for each key there is."""
        return fingerprints(value, self.source.place_of_column)
