"""What the records say of a contract, for the items of its standard that are counted: each metric once, never item by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from culture_admin.scoring.sources import Source, Span, metrics_of
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value, carried
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import Row, read
from culture_admin.statistics.register import METRICS, STATION
from stewards.models import Contract, Evaluation

MONTHS, QUARTERS = 12, 4


@dataclass(frozen=True, slots=True)
class Counted:
    """The values an item is judged by, and what they were made of.

    numerator, denominator: as they were read, of what is divided; of all else the numerator is the number itself. months: how
    many of a year's months stand behind a number that was brought to a whole year; 0 where it was not.
    """

    values: tuple[Value, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    months: int = 0


@dataclass(frozen=True)
class _Question:
    """A metric and what it is narrowed to; by quarter, or for the whole time."""

    metric: str
    where: tuple[tuple[str, tuple[Any, ...]], ...]
    by: tuple[str, ...] = ()


Answers = Mapping[_Question, list[Row]]


def counted(evaluation: Evaluation, codes: Iterable[str] | None = None) -> dict[str, Counted]:
    """By the code of the item; a handful of readings, one for all metrics that are narrowed alike."""
    contract, body = evaluation.contract, evaluation.scheme.content
    wanted = set(codes) if codes is not None else set(body.sources)
    sources = {code: source for code, source in body.sources.items() if source.is_counted and code in wanted}
    ask = partial(_question, contract, stations_of(contract))
    asked = {code: [ask(source, metric) for metric in metrics_of(source)] for code, source in sources.items()}
    answers = _read(evaluation, {one for questions in asked.values() for one in questions})
    return {code: _counted(evaluation, source, asked[code], answers) for code, source in sources.items()}


def stations_of(contract: Contract) -> list[int]:
    """The keys of the stations a contract covers."""
    return sorted(contract.coverage.order_by().values_list("station_id", flat=True))


def narrowed(contract: Contract, stations: list[int], metric: str) -> dict[str, Any]:
    """What a metric is narrowed to for a contract: as closely as its rows can be told apart.

    What knows of contracts is the contract's own; all else is the firm's at the stations the contract covers.
    """
    known = METRICS[metric].dimensions
    if "contract" in known:
        return {"contract": [contract.pk]}
    where: dict[str, Any] = {}
    if "firm" in known:
        where["firm"] = [contract.firm_id]
    if STATION in known:
        where[STATION] = stations
    return where or {"division": [contract.place]}


def months_of(evaluation: Evaluation) -> int:
    """How many months an evaluation's time touches, the term's first and last included."""
    first, last = evaluation.first, evaluation.last
    return (last.year - first.year) * MONTHS + last.month - first.month + 1


def is_scaled(source: Source) -> bool:
    """Whether a number of a part of a year is brought to a whole one, because the standard says how many a year there should
    be: what is added up over time is, a level or a quotient of two sums is not.
    """
    if source.span != Span.YEAR or METRICS[source.metric].kind != "flow":
        return False
    return not source.per or METRICS[source.per].kind != "flow"


def _question(contract: Contract, stations: list[int], source: Source, metric: str) -> _Question:
    where = narrowed(contract, stations, metric)
    known = METRICS[metric].dimensions
    where |= {
        name: value.split(",") for name, value in source.where.items() if metric == source.metric or name in known
    }
    by = (Grain.QUARTER.value,) if source.span == Span.QUARTERS else ()
    return _Question(metric, tuple((name, tuple(values)) for name, values in sorted(where.items())), by)


def _read(evaluation: Evaluation, asked: Iterable[_Question]) -> Answers:
    alike: dict[tuple, list[_Question]] = defaultdict(list)
    for one in sorted(asked, key=lambda one: one.metric):
        alike[one.where, one.by].append(one)
    answers: dict[_Question, list[Row]] = {}
    for (where, by), questions in alike.items():
        table = read(
            [one.metric for one in questions],
            by=by,
            period=Period(evaluation.first, evaluation.last),
            where=where_of(where),
            exact=True,
        )
        for one in questions:
            answers[one] = table.rows if by else [table.total]
    return answers


def where_of(narrowed: Iterable[tuple[str, Iterable[Any]]]) -> dict[str, Any]:
    """As `read` has it: of a division there is one."""
    return {name: next(iter(values)) if name == "division" else [*values] for name, values in narrowed}


def _counted(evaluation: Evaluation, source: Source, questions: list[_Question], answers: Answers) -> Counted:
    if source.span == Span.QUARTERS:
        return Counted(_quarters(evaluation, questions[0], answers))
    first, *others = [_value(answers[one][0], one.metric) for one in questions]
    months = months_of(evaluation) if is_scaled(source) else 0
    months = 0 if months == MONTHS else months
    if not others:
        return Counted((_scaled(first, months),), first.number, None, months)
    if source.per:
        (below,) = others
        if first == NOT_APPLICABLE:
            return Counted((NOT_APPLICABLE,))
        if first.number is None or not below.number:
            return Counted((NOT_RECORDED,), first.number, below.number)
        return Counted((_scaled(first, months, below.number),), first.number, below.number, months)
    above, below = others
    return Counted((first,), above.number, below.number)


def _scaled(value: Value, months: int, below: Decimal = Decimal(1)) -> Value:
    """A number by its denominator, brought to a whole year; divided once, at the end."""
    if value.number is None or (not months and below == 1):
        return value
    return Value.of(carried(value.number * (MONTHS if months else 1) / (below * (months or 1))))


def _quarters(evaluation: Evaluation, question: _Question, answers: Answers) -> tuple[Value, ...]:
    """The four of the year; where a single quarter is evaluated, it stands for all of them."""
    by_quarter = {str(row.keys[Grain.QUARTER.value]): _value(row, question.metric) for row in answers[question]}
    if evaluation.quarter:
        name = f"{evaluation.year:04}-Q{evaluation.quarter}"
        return (by_quarter.get(name, NOT_RECORDED),) * QUARTERS
    return tuple(by_quarter.get(f"{evaluation.year:04}-Q{number}", NOT_RECORDED) for number in range(1, QUARTERS + 1))


def _value(row: Row, metric: str) -> Value:
    if metric in row.not_applicable:
        return NOT_APPLICABLE
    number = row.values.get(metric)
    return NOT_RECORDED if number is None else Value.of(Decimal(number))
