"""The register of papers: what can be printed, from which record, for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model, Q, QuerySet

from culture_admin.accounts.scope import Scope


@dataclass(frozen=True, eq=False)
class Paper:
    """One form, printed from one record or from the list that belongs to it.

    power: the line of the matrix whose `see` opens it, to whoever sees the record besides. scope: where the record lies, for a
    model that does not say so itself. template: below templates/paper. context(record): what the template is filled with; it
    speaks of the record alone, so that two readers print the same. related: joins that `context` needs. order: the record
    looked for first. beside(record): what tells it apart in a list, besides its name. only: of which records it is printed; of all
    unless it says otherwise. numbered: it bears a document number. own_number(record): the number that the record states
    itself; such a document is given no other.
    """

    code: str
    label: object
    model: type[Model]
    power: str
    template: str
    context: Callable[[Any], Mapping[str, object]]
    scope: Scope | None = None
    related: Sequence[str] = ()
    order: Sequence[str] = ("-pk",)
    beside: Callable[[Any], object] = field(default=lambda record: "")
    only: Q = field(default_factory=Q)
    numbered: bool = False
    own_number: Callable[[Any], str] = field(default=lambda record: "")

    def visible_to(self, user) -> QuerySet:
        """The records of which the user may print it."""
        model: Any = self.model
        rows = model.objects.visible_to(user).filter(self.only).select_related(*self.related)
        scope = replace(self.scope or model.scope, power=self.power)
        if scope == model.scope:
            return rows
        condition = scope.condition(user)
        return rows.none() if condition is None else rows.filter(condition)


PAPERS: dict[str, Paper] = {}


def register(paper: Paper) -> Paper:
    """Puts a paper into the register; an app does this once for each in its papers.py."""
    PAPERS[paper.code] = paper
    return paper


def papers_of(record: Model, user) -> list[Paper]:
    """The papers the user may print of a record."""
    return [
        paper
        for paper in PAPERS.values()
        if isinstance(record, paper.model) and paper.visible_to(user).filter(pk=record.pk).exists()
    ]
