"""What is asked: metrics, place, period and dimensions, checked against the register before a row is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces import queries
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, shown
from culture_admin.statistics import register
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.register import (
    METRICS,
    Amount,
    Choice,
    Dimension,
    Fact,
    Levels,
    Metric,
    Ratio,
    Reference,
    Status,
)
from culture_admin.territory.models import LEVELS, Division, Level

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST_SPANS = 600
GRAINS = [grain.value for grain in Grain]
PLACES = [f"division:{level}" for level in LEVELS]


class Hierarchy(StrEnum):
    """Rows lie in the division of the day they happened, or in what that division has become by today."""

    AS_WAS = "as_was"
    CURRENT = "current"


@dataclass(frozen=True, eq=False)
class Question:
    """One question, known to make sense.

    by: as asked, in order. level, grain, dimensions: the same, told apart; of several grains the finest.
    where: for each dimension the values asked, as the lookup has them (ids for models). written: the same as asked.
    as_of: the day at which stocks are read.
    """

    metrics: tuple[Metric, ...]
    by: tuple[str, ...]
    level: str | None
    grain: Grain | None
    dimensions: tuple[str, ...]
    where: Mapping[str, list]
    written: Mapping[str, list[str]]
    division: Division | str | None
    period: Period
    as_of: date
    status: Status
    hierarchy: Hierarchy
    at: datetime

    @property
    def amounts(self) -> list[Amount]:
        """Everything to be read, once."""
        return list({amount: None for metric in self.metrics for amount in metric.amounts})

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def pose(
    metrics: str | Sequence[str],
    *,
    by: Sequence[str] = (),
    period: Period | None = None,
    as_of: date | None = None,
    where: Mapping[str, Any] | None = None,
    status: str = Status.CONFIRMED,
    hierarchy: str = Hierarchy.AS_WAS,
    at: datetime | None = None,
    keys: dict[Dimension, dict[str, object]] | None = None,
) -> Question:
    """The question in these words; Problem 400 naming the parameter that makes no sense.

    keys: the codes of dimensions that were looked up for other questions asked together with this one.
    """
    where = dict(where or {})
    division = where.pop("division", None)
    found = _metrics([metrics] if isinstance(metrics, str) else metrics)
    level, grain, names = _by(by)
    at = at or timezone.now()
    period = _period(period or Period(), where)
    for name in (*names, *where):
        _require(found, name)
    if level == Level.VILLAGE:
        _require_villages(found, by)
    stocks = [metric for metric in found if any(isinstance(amount.fact, Levels) for amount in metric.amounts)]
    _check_day(as_of, period, grain, stocks)
    _check_length(period, grain, timezone.localdate(at))
    written = {name: _words(asked) for name, asked in where.items()}
    fact = found[0].amounts[0].fact
    return Question(
        metrics=tuple(found),
        by=tuple(by),
        level=level,
        grain=grain,
        dimensions=tuple(names),
        where={
            name: _values(fact.by_name[name], words, {} if keys is None else keys) for name, words in written.items()
        },
        written=written,
        division=division,
        period=period,
        as_of=as_of or period.end or timezone.localdate(at),
        status=Status(status),
        hierarchy=Hierarchy(hierarchy),
        at=at,
    )


def known_by() -> list[str]:
    """Everything that some numbers can be told apart by."""
    return [*PLACES, *GRAINS, *register.dimensions()]


def refuse(parameter: str, code: str, message: object, *, hint: object = None, value: object = None) -> Problem:
    """The refusal of one parameter."""
    return Problem(400, code, faults=[Fault(code, message, parameter=parameter, hint=hint, value=shown(value))])


def _metrics(codes: Sequence[str]) -> list[Metric]:
    if not codes:
        raise refuse("metric", "metric_required", _("Say which metrics, separated by commas."), hint=_known(METRICS))
    for code in codes:
        if code not in METRICS:
            message = _("There is no metric “%(code)s”.") % {"code": shown(code)}
            raise refuse("metric", "unknown_metric", message, hint=did_you_mean(code, METRICS), value=code)
    asked = [METRICS[code] for code in codes]
    beside = [METRICS[metric.beside] for metric in asked if isinstance(metric, Ratio) and metric.beside]
    return list(dict.fromkeys([*asked, *beside]))


def _by(by: Sequence[str]) -> tuple[str | None, Grain | None, list[str]]:
    known = known_by()
    for name in by:
        if name not in known:
            message = _("Numbers are not told apart by “%(name)s”.") % {"name": shown(name)}
            raise refuse("by", "invalid_choice", message, hint=did_you_mean(name, known), value=name)
    places = [name for name in by if name in PLACES]
    if len(places) > 1:
        raise refuse("by", "one_level", _("One level of divisions at a time."), value=",".join(places))
    grains = sorted((Grain(name) for name in by if name in GRAINS), key=lambda grain: grain.months)
    names = [name for name in by if name not in PLACES and name not in GRAINS]
    return places[0].partition(":")[2] if places else None, grains[0] if grains else None, names


def _period(period: Period, where: dict[str, Any]) -> Period:
    """The days asked for; a year, quarter or month among the filters narrows them and is taken out."""
    for day, parameter in ((period.start, "from"), (period.end, "to")):
        _check_range(day, parameter)
    if period.is_empty:
        message = _("“%(first)s” lies behind “%(last)s”.") % {"first": "from", "last": "to"}
        raise refuse("from", "range_reversed", message, value=str(period.start))
    for grain in Grain:
        if grain not in where:
            continue
        written = ",".join(_words(where.pop(grain)))
        try:
            asked = Period.parse(written, grain)
        except ValueError as error:
            message = _("Expected a time like %(example)s.") % {"example": grain.label(date(2025, 3, 1))}
            raise refuse(grain, "period_format", message, value=written) from error
        _check_range(asked.start, grain)
        period &= asked
        if period.is_empty:
            raise refuse(grain, "outside_period", _("This time lies outside the period asked for."), value=written)
    return period


def _check_range(day: date | None, parameter: str) -> None:
    if day and not EARLIEST <= day <= LATEST:
        message = _("A date from %(earliest)s to %(latest)s is expected.") % {"earliest": EARLIEST, "latest": LATEST}
        raise refuse(parameter, "date_range", message, value=day.isoformat())


def _check_day(as_of: date | None, period: Period, grain: Grain | None, stocks: Sequence[Metric]) -> None:
    """A stock is read at one day, or by year, quarter or month at the end of each."""
    _check_range(as_of, "as_of")
    if as_of and not stocks:
        raise refuse("as_of", "no_stock", _("A day is for stocks; the metrics asked are flows. Say “from” and “to”."))
    if as_of and grain:
        raise refuse(
            "as_of", "one_day", _("“as_of” names one day; “by=%(grain)s” asks for several.") % {"grain": grain}
        )
    if stocks and grain and period.start is None:
        message = _("Say from when: “%(metric)s” is a level, read at the end of every %(grain)s.")
        raise refuse("from", "period_required", message % {"metric": stocks[0].code, "grain": grain})


def _check_length(period: Period, grain: Grain | None, today: date) -> None:
    """Every span is a row even where nothing is recorded, and for stocks a query."""
    if grain is None or period.start is None:
        return
    end = period.end or today
    months = (end.year - period.start.year) * 12 + end.month - period.start.month + 1
    if months > MOST_SPANS * grain.months:
        message = _("The period has more than %(most)d spans of a %(grain)s. Ask for fewer.")
        raise refuse("from", "too_large", message % {"most": MOST_SPANS, "grain": grain}, value=str(period.start))


def _require(metrics: Sequence[Metric], name: str) -> None:
    for metric in metrics:
        if any(name not in amount.fact.by_name for amount in metric.amounts):
            message = _("“%(metric)s” is not told apart by “%(name)s”.") % {"metric": metric.code, "name": shown(name)}
            raise refuse(name, "dimension_missing", message, hint=_known(metric.dimensions))


def _require_villages(metrics: Sequence[Metric], by: Sequence[str]) -> None:
    for metric in metrics:
        if not all(reaches_villages(amount.fact) for amount in metric.amounts):
            message = _("“%(metric)s” is not told apart by village.") % {"metric": metric.code}
            raise refuse("by", "dimension_missing", message, value=",".join(by))


def reaches_villages(fact: Fact) -> bool:
    return bool(fact.village) or (isinstance(fact, Levels) and fact.nested)


def _words(asked: Any) -> list[str]:
    return [str(word) for word in ([asked] if isinstance(asked, str | int) else asked)]


def _values(dimension: Choice | Reference, items: Sequence[str], known: dict[Dimension, dict[str, object]]) -> list:
    """The values of a filter as the lookup has them."""
    if isinstance(dimension, Choice):
        _check_choices(dimension, items, dimension.choices.values)
        return list(items)
    if dimension.key != "pk":
        if dimension not in known:
            known[dimension] = dict(dimension.of._default_manager.values_list(dimension.key, "pk"))
        keys = known[dimension]
        _check_choices(dimension, items, keys)
        return [keys[item] for item in items]
    numbers = [queries.whole(item) for item in items]
    for item, number in zip(items, numbers, strict=True):
        if number is None or number < 1:
            raise refuse(dimension.name, "id_format", _("Expected the id of a record, a whole number."), value=item)
    return numbers


def _check_choices(dimension: Choice | Reference, items: Sequence[str], known: Iterable[str]) -> None:
    for item in items:
        if item not in known:
            message = _("“%(value)s” is not one of the choices.") % {"value": shown(item)}
            raise refuse(dimension.name, "invalid_choice", message, hint=did_you_mean(item, known), value=item)


def _known(words: Iterable[str]) -> object:
    return did_you_mean("", words)
