"""What work counts on service lines: the kinds of records, some of which stand on a floor above, and what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db.models import Model, QuerySet

from stewards.models import Measure


@dataclass(frozen=True, slots=True)
class Served:
    """What one record of work is worth on a service line.

    source_kind, source_id: the record by the name of its kind and its key. on: the day it was served.
    amounts: by measure, in what each is kept in (seconds, half days or ones); empty where the record does not count, or not any
    more, and `why` says why not. kind, genre: codes, empty where the record has none.
    until: the day on which what was served ceased to be, such as a team that left the register; a line whose time goes on then
    does not count it.
    """

    source_kind: str
    source_id: int
    posting_id: int | None
    station_id: int
    county_id: int
    steward_id: int | None
    on: date
    amounts: Mapping[Measure, int] = field(default_factory=dict)
    kind: str = ""
    genre: str = ""
    until: date | None = None
    why: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.source_kind, self.source_id


@dataclass(frozen=True)
class Source:
    """A kind of records that count. served: what each row of a queryset of the model is worth; the model has a `posting`.

    records: the API collection that lists them.
    """

    kind: str
    model_label: str
    label: object
    served: Callable[[QuerySet], list[Served]]
    records: str = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)


SOURCES: dict[str, Source] = {}


def register(
    kind: str,
    model_label: str,
    label: object,
    *,
    served: Callable[[QuerySet], list[Served]],
    records: str = "",
) -> Source:
    """Puts a kind of records into the register; an app does this once, where it says what they are worth."""
    SOURCES[kind] = Source(kind, model_label, label, served, records)
    return SOURCES[kind]


def record_of(kind: str, pks: Collection[int]) -> dict[int, Model]:
    """The records of a kind by key, whoever may see them: whoever shows one asks `visible_to` first."""
    return SOURCES[kind].model._default_manager.in_bulk(pks)


def served_of(kind: str, pks: Collection[int]) -> list[Served]:
    """What these records of a kind are worth now."""
    source = SOURCES[kind]
    return source.served(source.model._default_manager.filter(pk__in=pks))


def served_under(postings: Collection[int] | QuerySet) -> list[Served]:
    """What all records that were made under postings are worth now, of every kind."""
    return [
        one
        for source in SOURCES.values()
        for one in source.served(source.model._default_manager.filter(posting__in=postings))
    ]
