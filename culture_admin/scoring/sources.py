"""Where an indicator's value comes from: a metric that is counted, or a judgement that is entered with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.roles import listed
from culture_admin.interfaces.problems import Problem, did_you_mean
from culture_admin.scoring.rules import read_number
from culture_admin.scoring.values import offered
from culture_admin.statistics.questions import pose
from culture_admin.statistics.register import METRICS, Choice, Ratio, Reference
from culture_admin.territory.models import named


class Origin(StrEnum):
    """A metric is counted and never typed; all others are entered by whoever reviews, with their evidence."""

    METRIC = "metric"
    JUDGED = "judged"
    SURVEY = "survey"
    YES_NO = "yes_no"
    GRADED = "graded"

    @property
    def label(self) -> str:
        return str(_ORIGINS[self])


_ORIGINS = {
    Origin.METRIC: gettext_lazy("counted from records"),
    Origin.JUDGED: gettext_lazy("judged by evidence"),
    Origin.SURVEY: gettext_lazy("survey"),
    Origin.YES_NO: gettext_lazy("yes or no"),
    Origin.GRADED: gettext_lazy("one of several grades"),
}


class Check(StrEnum):
    """How a value that is not counted comes about: from the evidence handed in, or from what assessors find on the spot."""

    PAPERS = "papers"
    ON_SITE = "on_site"

    @property
    def label(self) -> str:
        return str(_CHECKS[self])


_CHECKS = {
    Check.PAPERS: gettext_lazy("reviewed by its papers"),
    Check.ON_SITE: gettext_lazy("scored on the spot"),
}


class Span(StrEnum):
    """The time a metric is read for: the year of the scheme, its quarters one by one, or its last day."""

    YEAR = "year"
    QUARTERS = "quarters"
    YEAR_END = "year_end"

    @property
    def label(self) -> str:
        return str(_SPANS[self])


_SPANS = {
    Span.YEAR: gettext_lazy("in the year"),
    Span.QUARTERS: gettext_lazy("quarter by quarter"),
    Span.YEAR_END: gettext_lazy("at the end of the year"),
}


@dataclass(frozen=True, slots=True)
class Grade:
    """One of several grades and the value it stands for."""

    name_zh: str
    value: Decimal
    name_en: str = ""

    @property
    def name(self) -> str:
        return named(self.name_zh, self.name_en)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Source:
    """metric, per: codes of metrics, the second a denominator; where: what the metric is narrowed to, as the API has it."""

    origin: Origin
    metric: str = ""
    per: str = ""
    span: Span = Span.YEAR
    where: Mapping[str, str] = field(default_factory=dict)
    grades: tuple[Grade, ...] = ()

    @property
    def is_counted(self) -> bool:
        return self.origin == Origin.METRIC

    @property
    def answers(self) -> tuple[tuple[Any, Decimal], ...]:
        """What alone can be said of it, each with the value it stands for: yes and no, or grades."""
        if self.origin == Origin.YES_NO:
            return (gettext_lazy("yes"), Decimal(1)), (gettext_lazy("no"), Decimal(0))
        return tuple((grade, grade.value) for grade in self.grades)

    def said(self) -> str:
        """In the reader's words."""
        if not self.is_counted:
            return self.origin.label
        words = str(METRICS[self.metric].label)
        if self.per:
            words = _("%(number)s per %(unit)s") % {"number": words, "unit": METRICS[self.per].label}
        narrowed = listed(
            _called(self.metric, name, value) for name, values in self.where.items() for value in values.split(",")
        )
        return f"{words} ({narrowed}) · {self.span.label}" if narrowed else f"{words} · {self.span.label}"


def metrics_of(source: Source) -> list[str]:
    """The metrics a source is read from: itself, what it is divided by, and of a ratio its two sides."""
    metric = METRICS[source.metric]
    sides = [metric.numerator, metric.denominator] if isinstance(metric, Ratio) and not source.per else []
    return [source.metric, *([source.per] if source.per else sides)]


def _called(metric: str, name: str, value: str) -> str:
    """What a value of a dimension is called; a value that is no more, as it is written."""
    dimension = METRICS[metric].amounts[0].fact.by_name.get(name)
    if isinstance(dimension, Choice):
        return str(dict(dimension.choices.choices).get(value, value))
    if isinstance(dimension, Reference):
        row: Any = dimension.of._default_manager.filter(**{dimension.key: value}).first()
        return str(row.name) if row else value
    return value


# What may stand in a source, by its origin.
KNOWN = {
    Origin.METRIC: ("metric", "per", "span", "where"),
    Origin.GRADED: ("grades",),
}


def read_source(written: Mapping[str, Any]) -> tuple[Source | None, list[tuple[str, str, str]]]:
    """The source that {"origin": "metric", "metric": "activities.held"} says, or what is wrong: member, code, sentence."""
    try:
        origin = Origin(str(written.get("origin", "")))
    except ValueError:
        message = _("“%(read)s” is no source. Known: %(known)s.")
        known = offered((one, one.label) for one in Origin)
        return None, [("origin", "invalid_choice", message % {"read": str(written.get("origin"))[:40], "known": known})]
    known_members = KNOWN.get(origin, ())
    faults = [
        (name, "unknown_field", _("This says nothing of a source that is “%(origin)s”.") % {"origin": origin.label})
        for name in written
        if name not in ("origin", *known_members)
    ]
    if origin == Origin.GRADED:
        grades, wrong = _grades(written.get("grades"))
        return (Source(origin, grades=grades), faults) if not (faults or wrong) else (None, faults + wrong)
    if origin != Origin.METRIC:
        return (None, faults) if faults else (Source(origin), [])
    faults += _of_metric(written)
    if faults:
        return None, faults
    span = Span(written.get("span", Span.YEAR))
    return Source(origin, written["metric"], written.get("per", ""), span, dict(written.get("where", {}))), []


def _of_metric(written: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    codes = {name: written.get(name) for name in ("metric", "per") if name in written or name == "metric"}
    unknown = False
    for name, code in codes.items():
        if not isinstance(code, str) or code not in METRICS:
            unknown = True
            message = _("There is no metric “%(read)s”. %(known)s")
            known = did_you_mean(str(code)[:60], list(METRICS))
            yield name, "unknown_metric", message % {"read": str(code)[:60], "known": known}
    span = written.get("span", Span.YEAR)
    if span not in list(Span):
        message = _("Expected one of %(known)s.") % {"known": offered((one, one.label) for one in Span)}
        yield "span", "invalid_choice", message
    where = written.get("where", {})
    if not isinstance(where, dict) or not all(isinstance(value, str) for value in where.values()):
        yield "where", "invalid", _("Expected names of dimensions and their values.")
    elif where and not unknown:
        try:
            pose([str(code) for code in codes.values()], where=where)
        except Problem as problem:
            yield "where", problem.faults[0].code if problem.faults else problem.code, str(problem.detail)


def _grades(written: Any) -> tuple[tuple[Grade, ...], list[tuple[str, str, str]]]:
    wrong = [("grades", "grades", _("Expected at least two grades, each with its name and value."))]
    if not isinstance(written, list) or len(written) < 2:
        return (), wrong
    grades = []
    for one in written:
        if not isinstance(one, dict) or set(one) - {"name_zh", "name_en", "value"} or not one.get("name_zh"):
            return (), wrong
        value = read_number(one.get("value"))
        if value is None:
            return (), wrong
        grades.append(Grade(str(one["name_zh"])[:60], value, str(one.get("name_en", ""))[:60]))
    return tuple(grades), []
