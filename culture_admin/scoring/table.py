"""A scheme as it is computed: first-level indicators with weights, second-level ones with rules, and what must hold of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.scoring.rules import DECIMALS, Rule, Takes, in_points, plain
from culture_admin.scoring.values import NOTHING, Effect, Standing

LEVEL_METHODS = ("M6", "M7")


class Part(StrEnum):
    """What an indicator does to a score: it earns its points, adds to them, takes from them, or rules the unit out."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"

    @property
    def label(self) -> str:
        return str(_PARTS[self])


_PARTS = {
    Part.BASE: _("indicator"),
    Part.BONUS: _("bonus"),
    Part.DEDUCTION: _("deduction"),
    Part.VETO: _("veto"),
}


# What is made of a value that is not there, unless the scheme says otherwise.
EFFECTS: Mapping[Standing, Effect] = {
    Standing.ZERO: Effect.AS_ZERO,
    Standing.NOT_RECORDED: Effect.NO_POINTS,
    Standing.NOT_APPLICABLE: Effect.LEFT_OUT,
}


@dataclass(frozen=True)
class Indicator:
    """A second-level indicator. points: what it earns at most; of a deduction or a bonus its cap, None without one.

    answers: where only some can be given, such as yes and no or grades, each with the value that it stands for.
    """

    code: str
    label: Any
    part: Part
    rule: Rule
    points: Decimal | None = None
    effects: Mapping[Standing, Effect] = field(default_factory=lambda: EFFECTS)
    answers: tuple[tuple[Any, Decimal], ...] = ()

    @property
    def formula(self) -> str:
        """The rule in the reader's words; where only some answers can be given, what each of them earns."""
        if not self.answers or self.rule.method.takes != Takes.NUMBER:
            return self.rule.formula
        earned = [(answer, in_points(round(self.rule.points(value), DECIMALS))) for answer, value in self.answers]
        return gettext("; ").join(
            gettext("%(answer)s: %(points)s") % {"answer": answer, "points": points} for answer, points in earned
        )


@dataclass(frozen=True)
class Section:
    """A first-level indicator: what its base indicators earn together is its weight. levels: M6 and M7, in their order."""

    code: str
    label: Any
    weight: Decimal
    indicators: tuple[Indicator, ...]
    levels: tuple[Rule, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether what one unit earns hangs on what the others have: by the group's maximum or mean, or by the best of them."""
        by_value = any(one.rule.method.takes == Takes.PEERS for one in self.indicators)
        return by_value or any(rule.method.code == "M7" for rule in self.levels)


@dataclass(frozen=True)
class Table:
    """Sections that together are worth `total`; the score is rounded half up to `decimals` once, at the end."""

    total: Decimal
    decimals: int
    sections: tuple[Section, ...]

    def indicators(self) -> Iterator[tuple[Section, Indicator]]:
        for section in self.sections:
            for indicator in section.indicators:
                yield section, indicator

    def rounded(self, points: Decimal) -> Decimal:
        return points.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def check(self) -> None:
        """Raises ValidationError with every fault that stops publication, each named by the code of where it is."""
        faults = [*self._sums(), *self._codes()]
        for _section, indicator in self.indicators():
            faults += _of_indicator(indicator)
        for section in self.sections:
            faults += [
                _fault(
                    "level_method",
                    _("%(code)s: %(method)s is no rule for a first-level indicator."),
                    section.code,
                    method=rule.method.code,
                )
                for rule in section.levels
                if rule.method.takes != Takes.LEVEL
            ]
        if faults:
            raise ValidationError(faults)

    def _sums(self) -> Iterator[ValidationError]:
        weights = sum((section.weight for section in self.sections), NOTHING)
        if weights != self.total:
            message = _("The first-level indicators add up to %(sum)s, not to %(total)s.")
            yield ValidationError(message, code="weights", params={"sum": plain(weights), "total": plain(self.total)})
        for section in self.sections:
            earned = [one.points for one in section.indicators if one.part == Part.BASE and one.points is not None]
            if sum(earned, NOTHING) != section.weight:
                message = _("%(code)s: its indicators add up to %(sum)s, not to its weight %(weight)s.")
                yield _fault(
                    "weights", message, section.code, sum=plain(sum(earned, NOTHING)), weight=plain(section.weight)
                )

    def _codes(self) -> Iterator[ValidationError]:
        codes = Counter([section.code for section in self.sections] + [one.code for _section, one in self.indicators()])
        for code, times in codes.items():
            if times > 1:
                yield _fault("code_repeated", _("%(code)s stands %(times)d times."), code, times=times)


def _of_indicator(indicator: Indicator) -> Iterator[ValidationError]:
    takes, maximum = indicator.rule.method.takes, indicator.rule.maximum
    if takes == Takes.LEVEL:
        message = _("%(code)s: %(method)s is a rule for first-level indicators.")
        yield _fault("level_method", message, indicator.code, method=indicator.rule.method.code)
    if (indicator.part == Part.VETO) != (takes == Takes.EVENT):
        message = _("%(code)s: a veto has the method M10, and nothing else has it.")
        yield _fault("veto_method", message, indicator.code)
    if indicator.part != Part.BASE:
        return
    if indicator.points is None or indicator.points <= 0:
        yield _fault("points", _("%(code)s: it needs the points that can be earned."), indicator.code)
    elif takes != Takes.POINTS and maximum != indicator.points:
        message = _("%(code)s: its rule gives at most %(maximum)s, its points are %(points)s.")
        shown = _("any number") if maximum is None else maximum
        yield _fault("points", message, indicator.code, maximum=shown, points=indicator.points)
    strange = [str(effect) for standing, effect in indicator.effects.items() if not _makes_sense(standing, effect)]
    if strange or set(indicator.effects) != set(EFFECTS):
        message = _("%(code)s: say of a confirmed zero, of a gap and of what does not apply what becomes of it.")
        yield _fault("effects", message, indicator.code)


def _makes_sense(standing: Standing, effect: Effect) -> bool:
    """A confirmed zero is a value: it earns what the rule gives for it, or nothing. A gap never earns full points."""
    if standing == Standing.ZERO:
        return effect in (Effect.AS_ZERO, Effect.NO_POINTS)
    return standing == Standing.NOT_APPLICABLE or effect != Effect.FULL_POINTS


def _fault(code: str, message: Any, where: str, **params: Any) -> ValidationError:
    return ValidationError(message, code=code, params={"code": where, **params})
