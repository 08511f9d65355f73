"""Purging personal values whose time is over, and sealing all of them anew under the newest key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Count, Field, Func, Q, QuerySet, TextField, Value
from django.utils import timezone

from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.fields import Token
from culture_admin.accounts.personal.reading import note
from culture_admin.accounts.personal.records import (
    PersonalModel,
    fingerprint_fields,
    personal_models,
    sealed_fields,
)
from culture_admin.accounts.personal.sealing import newest_key

PIECE = 200


def purge_personal(at: datetime) -> dict[str, int]:
    """Empties the personal fields whose time is over; returns how many rows by table. Each value leaves a line in the log."""
    purged = {model._meta.label_lower: _purge(model, at) for model in personal_models()}
    return {table: rows for table, rows in purged.items() if rows}


def seal_anew(tell: Callable[[str, int], object] = lambda table, rows: None) -> int:
    """Seals every value that an older key sealed under the newest one; returns how many rows that were.

    Each piece is a transaction of its own: what is broken off goes on where it was. `tell` hears of each piece.
    """
    sealed = 0
    for model in personal_models():
        older = model.objects.exclude(_all_under(model, newest_key()))
        for piece in _pieces(older):
            for row in piece:
                for field in sealed_fields(model):
                    value = getattr(row, field.name)
                    setattr(row, field.name, value and value.in_clear())
                row.save(update_fields=[field.name for field in _kept_fields(model)])
            sealed += len(piece)
            tell(model._meta.label_lower, len(piece))
    return sealed


def keys_in_use() -> Counter[int]:
    """By the number of a key, how many stored values it alone opens or finds."""
    found: Counter[int] = Counter()
    for model in personal_models():
        for field in _kept_fields(model):
            number = Func(field.name, Value(":"), Value(1), function="split_part", output_field=TextField())
            rows = model.objects.filter(**{f"{field.name}__isnull": False}).order_by().annotate(key=number)
            for row in rows.values("key").annotate(values=Count("pk")):
                found[int(row["key"])] += row["values"]
    return found


def _purge(model: type[PersonalModel], at: datetime) -> int:
    purged = 0
    over = model.over(timezone.localdate(at)).exclude(_nothing_in(model))
    for piece in _pieces(over):
        for row in piece:
            there = [field.name for field in sealed_fields(model) if getattr(row, field.name) is not None]
            for name in there:
                setattr(row, name, None)
            row.purged_at = at
            row.save(update_fields=[*(field.name for field in _kept_fields(model)), "purged_at"])
            note(row, there, act=PersonalReading.Act.PURGED, office=None, actor=None, at=at, reason=str(row.kept))
        purged += len(piece)
    return purged


def _pieces(rows: QuerySet) -> Iterator[list[PersonalModel]]:
    """Locked rows, so many at a time, each piece in a transaction of the system's; done rows fall out of `rows`."""
    while True:
        with acting(None):
            piece = list(rows.order_by("pk").select_for_update(of=("self",), skip_locked=True)[:PIECE])
            if not piece:
                return
            yield piece


def _kept_fields(model: type[PersonalModel]) -> list[Field]:
    return [*sealed_fields(model), *fingerprint_fields(model)]


def _nothing_in(model: type[PersonalModel]) -> Q:
    return Q(**{f"{field.name}__isnull": True for field in sealed_fields(model)})


def _all_under(model: type[PersonalModel], number: int) -> Q:
    """Rows of which each value is empty or begins with the number of the key."""
    held = Q()
    for field in _kept_fields(model):
        held &= Q(**{f"{field.name}__isnull": True}) | Q(**{f"{field.name}__startswith": Token(f"{number}:")})
    return held
