"""Rules: a method with its parameters, read strictly from what a scheme says, and put into words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from culture_admin.scoring import methods
from culture_admin.scoring.values import NOTHING, offered

# More digits than any weight, threshold or number of people has.
DIGITS, DECIMALS = 12, 4

# What M8 compares with.
MAXIMUM, MEAN = "maximum", "mean"
COMPARED = {MAXIMUM: _("maximum"), MEAN: _("mean")}


class Takes(StrEnum):
    """What a method is given."""

    NUMBER = "number"
    # The number, and the maximum or mean of the group of comparable units.
    PEERS = "peers"
    # Four numbers.
    QUARTERS = "quarters"
    # The points of several rules.
    POINTS = "points"
    # What a first-level indicator has come to; for rescaling also what it has come to in the other units.
    LEVEL = "level"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a method needs; a list of (from, points) where it is `bands`, one of some words where it has `choices`."""

    name: str
    label: Any
    default: Decimal | None = None
    optional: bool = False
    above_nothing: bool = False
    bands: bool = False
    choices: tuple[str, ...] = ()


FULL = Parameter("full", _("Full points"), above_nothing=True)
TARGET = Parameter("target", _("Target"), above_nothing=True)
EACH = Parameter("each", _("Points each"), above_nothing=True)
MOST = Parameter("most", _("At most"), above_nothing=True)
BEST = Parameter("best", _("Best possible"), above_nothing=True)


@dataclass(frozen=True)
class Method:
    """A method of DOMAIN.md §5.3. formula: in words, with the parameters in their places; `…_points` says one as points."""

    code: str
    label: Any
    formula: Any
    takes: Takes
    function: Callable[..., Any]
    parameters: tuple[Parameter, ...] = ()
    # The parameter that says what can be reached at most; without one there is no limit.
    limit: str = ""


METHODS = {
    method.code: method
    for method in [
        Method(
            "M1",
            _("All or nothing"),
            _("%(full_points)s from %(target)s on, else %(otherwise)s"),
            Takes.NUMBER,
            methods.all_or_nothing,
            (TARGET, FULL, Parameter("otherwise", _("Points otherwise"), default=NOTHING)),
            "full",
        ),
        Method(
            "M2",
            _("Steps"),
            _("%(bands)s; each further %(step)s earns %(each)s, at most %(most)s"),
            Takes.NUMBER,
            methods.stepped,
            (
                Parameter("bands", _("Steps"), bands=True),
                Parameter("step", _("Further units"), default=NOTHING),
                Parameter("each", _("Points each"), default=NOTHING),
                Parameter("most", _("At most"), default=NOTHING),
            ),
            "bands",
        ),
        Method(
            "M3",
            _("Deduction per shortfall"),
            _("%(full_points)s, less %(each)s for every one missing of %(target)s, not below 0"),
            Takes.NUMBER,
            methods.deducted,
            (FULL, EACH, Parameter("target", _("Target"), optional=True, above_nothing=True)),
            "full",
        ),
        Method(
            "M4",
            _("In proportion to the target"),
            _("%(full_points)s × value ÷ %(target)s, at most %(full)s"),
            Takes.NUMBER,
            methods.proportional,
            (TARGET, FULL),
            "full",
        ),
        Method(
            "M5",
            _("Points per unit, with a cap"),
            _("%(each_points)s each, at most %(most)s"),
            Takes.NUMBER,
            methods.per_unit,
            (EACH, MOST),
            "most",
        ),
        Method(
            "M6",
            _("Cap of a first-level indicator"),
            _("at most %(factor)s times its weight, bonus included"),
            Takes.LEVEL,
            methods.capped,
            (Parameter("factor", _("Times the weight"), above_nothing=True),),
        ),
        Method(
            "M7",
            _("Rescaled by the best"),
            _("as it is while the best of the group has at most %(most)s; else × %(most)s ÷ the best"),
            Takes.LEVEL,
            methods.rescaled,
            (MOST,),
            "most",
        ),
        Method(
            "M8",
            _("Relative to the group"),
            _("%(full_points)s × value ÷ the group’s %(against)s, at most %(full)s"),
            Takes.PEERS,
            methods.relative,
            (FULL, Parameter("against", _("Compared with"), choices=(MAXIMUM, MEAN))),
            "full",
        ),
        Method(
            "M9",
            _("Points per unit, without a limit"),
            _("%(each_points)s each"),
            Takes.NUMBER,
            methods.unlimited,
            (EACH,),
        ),
        Method("M10", _("Veto"), _("rules out whoever it happened to"), Takes.EVENT, methods.vetoed),
        Method(
            "M11",
            _("Survey"),
            _("%(full_points)s × mean ÷ %(best)s"),
            Takes.NUMBER,
            methods.surveyed,
            (BEST, FULL),
            "full",
        ),
        Method(
            "M12", _("The higher of several"), _("the best of several, nothing twice"), Takes.POINTS, methods.highest
        ),
        Method(
            "M13",
            _("Quarters into a year"),
            _("%(full_points)s × the four quarters’ sum ÷ 4 ÷ %(best)s"),
            Takes.QUARTERS,
            methods.of_quarters,
            (BEST, FULL),
            "full",
        ),
    ]
}


@dataclass(frozen=True)
class Rule:
    """A method with its parameters."""

    method: Method
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Rule:
        """The rule that {"method": "M4", "full": "8", "target": "24"} says. Raises ValidationError by parameter."""
        code = written.get("method")
        method = METHODS.get(code) if isinstance(code, str) else None
        if method is None:
            raise ValidationError(
                {"method": _unknown(_("method"), code, ((one.code, one.label) for one in METHODS.values()))}
            )
        known = [parameter.name for parameter in method.parameters]
        faults: dict[str, Any] = {
            name: _unknown(_("parameter"), name, ((one.name, one.label) for one in method.parameters))
            for name in written
            if name not in ("method", *known)
        }
        arguments: dict[str, Any] = {}
        for parameter in method.parameters:
            try:
                arguments[parameter.name] = _argument(parameter, written.get(parameter.name))
            except ValidationError as fault:
                faults[parameter.name] = fault
        if faults:
            raise ValidationError(faults)
        return cls(method, arguments)

    def as_written(self) -> dict[str, Any]:
        """What `read` reads, numbers as text."""
        written: dict[str, Any] = {"method": self.method.code}
        for parameter in self.method.parameters:
            argument = self.arguments[parameter.name]
            if argument == parameter.default and not parameter.bands:
                continue
            if parameter.bands:
                written[parameter.name] = [[plain(least), plain(points)] for least, points in argument]
            else:
                written[parameter.name] = argument if parameter.choices else plain(argument)
        return written

    @property
    def maximum(self) -> Decimal | None:
        """The most that it can come to; None where there is no limit, or where it is not the rule's to set one."""
        limit = self.method.limit
        if limit == "bands":
            return max(points for _least, points in self.arguments["bands"]) + self.arguments["most"]
        return self.arguments[limit] if limit else None

    @property
    def formula(self) -> str:
        """The rule in the reader's words, with its numbers."""
        if self.method.code == "M2":
            return self._steps()
        if self.method.code == "M3" and self.arguments["target"] is None:
            words = gettext("%(full_points)s, less %(each)s for every fault, not below 0")
        elif self.method.code == "M4" and self.arguments["target"] == 1:
            words = gettext("%(full_points)s × value, at most %(full)s")
        else:
            words = str(self.method.formula)
        numbers = {one.name: self._said(one) for one in self.method.parameters}
        return words % {**numbers, **{f"{name}_points": in_points(said) for name, said in numbers.items()}}

    def _said(self, parameter: Parameter) -> str:
        argument = self.arguments[parameter.name]
        return str(COMPARED[argument]) if parameter.choices else plain(argument)

    def _steps(self) -> str:
        steps = [
            gettext("from %(least)s on %(points)s") % {"least": plain(least), "points": in_points(points)}
            for least, points in sorted(self.arguments["bands"], reverse=True)
        ]
        if not self.arguments["step"]:
            return gettext("; ").join(steps)
        numbers = {name: plain(self.arguments[name]) for name in ("step", "each", "most")}
        return str(self.method.formula) % {"bands": gettext("; ").join(steps), **numbers}

    def points(self, given: Any, **circumstances: Decimal) -> Any:
        """The points for what the method takes. circumstances: `yardstick` (M8), `weight` (M6), `best` of the group (M7)."""
        return self.method.function(given, **self._numbers, **circumstances)

    @cached_property
    def _numbers(self) -> dict[str, Any]:
        """What the method is given besides the value and its circumstances."""
        return {one.name: self.arguments[one.name] for one in self.method.parameters if not one.choices}


def _argument(parameter: Parameter, written: Any) -> Any:
    if written is None:
        if parameter.default is None and not parameter.optional:
            raise ValidationError(_("This is needed."), code="required")
        return parameter.default
    if parameter.choices:
        if written not in parameter.choices:
            raise _unknown(parameter.label, written, ((one, COMPARED[one]) for one in parameter.choices))
        return written
    if not parameter.bands:
        return _number(written, above_nothing=parameter.above_nothing)
    if not isinstance(written, Sequence) or isinstance(written, str) or not written:
        raise ValidationError(_("Expected a list of steps, each with where it begins and its points."), code="bands")
    bands = tuple(_band(band) for band in written)
    rising = sorted(bands)
    if len({least for least, _points in bands}) < len(bands):
        raise ValidationError(_("Two steps begin at the same value."), code="bands_repeated")
    if any(upper[1] < lower[1] for lower, upper in pairwise(rising)):
        raise ValidationError(_("A higher step earns less than a lower one."), code="bands_falling")
    return bands


def _band(written: Any) -> methods.Band:
    if not isinstance(written, Sequence) or isinstance(written, str) or len(written) != 2:
        raise ValidationError(_("Expected a list of steps, each with where it begins and its points."), code="bands")
    least, points = written
    return _number(least), _number(points)


def _number(written: Any, *, above_nothing: bool = False) -> Decimal:
    number = read_number(written)
    if number is None:
        message = _("“%(read)s” is no number of at most %(digits)d digits, %(decimals)d of them behind the point.")
        params = {"read": str(written)[:40], "digits": DIGITS, "decimals": DECIMALS}
        raise ValidationError(message, code="number_format", params=params)
    if above_nothing and number <= 0:
        raise ValidationError(_("Expected a number above 0."), code="number_range")
    return number


def read_number(written: Any) -> Decimal | None:
    """A number of a scheme, as text or as a whole number; None for anything else, and for one that is longer than any here.

    A float is refused: 0.1 is not a tenth there.
    """
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    digits, exponent = len(number.as_tuple().digits), int(number.as_tuple().exponent)
    return None if -exponent > DECIMALS or digits + max(0, exponent) > DIGITS else number


def _unknown(kind: Any, written: Any, known: Iterable[tuple[str, Any]]) -> ValidationError:
    message = _("“%(read)s” is no %(kind)s. Known: %(known)s.")
    params = {"read": str(written)[:40], "kind": kind, "known": offered(known) or "–"}
    return ValidationError(message, code="invalid_choice", params=params)


def plain(number: Decimal | None) -> str:
    """A number as people write it: 8, neither 8.00 nor 8E+2."""
    return "" if number is None else f"{number.normalize():f}"


def in_points(number: Decimal | str) -> str:
    """A number of points in words: 1 point, 0.5 points."""
    said = number if isinstance(number, str) else plain(number)
    return ngettext("%(points)s point", "%(points)s points", 1 if said.lstrip("+-") == "1" else 2) % {"points": said}
