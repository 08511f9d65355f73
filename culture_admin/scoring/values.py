"""What an indicator is judged by: a number, none at all, nothing recorded, or nothing that could be recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import listed

# Points are carried to so many places: a division that never ends is cut off there, and what is added up afterwards is exact, in
# whatever order it is added. What people are shown is rounded from the sum, once, as the scheme says.
PLACES = Decimal("1e-12")
NOTHING = Decimal(0)


class Standing(StrEnum):
    """What is known of a value. Zero is a fact when somebody has confirmed it, and otherwise a gap."""

    VALUE = "value"
    ZERO = "zero"
    NOT_RECORDED = "not_recorded"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Standing.VALUE: _("value"),
    Standing.ZERO: _("confirmed zero"),
    Standing.NOT_RECORDED: pgettext_lazy("of a value", "not recorded"),
    Standing.NOT_APPLICABLE: _("not applicable"),
}


class Effect(StrEnum):
    """What a scheme makes of a value that is not there."""

    AS_ZERO = "as_zero"
    NO_POINTS = "no_points"
    FULL_POINTS = "full_points"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        return str(_EFFECTS[self])


_EFFECTS = {
    Effect.AS_ZERO: _("counts as 0"),
    Effect.NO_POINTS: _("earns nothing"),
    Effect.FULL_POINTS: _("earns the full points"),
    Effect.LEFT_OUT: _("is left out, the others earn its points"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its standing; `number` is None exactly where the standing knows none."""

    standing: Standing
    number: Decimal | None = None

    def __post_init__(self) -> None:
        known = self.standing in (Standing.VALUE, Standing.ZERO)
        if known != (self.number is not None):
            raise ValueError(f"{self.standing} and {self.number}: a number stands where one is known, and only there.")

    @classmethod
    def of(cls, number: Decimal | int) -> Value:
        """A number that is known, which may be nought."""
        exact = Decimal(number)
        return cls(Standing.VALUE if exact else Standing.ZERO, exact)


NOT_RECORDED, NOT_APPLICABLE = Value(Standing.NOT_RECORDED), Value(Standing.NOT_APPLICABLE)


def offered(choices: Iterable[tuple[str, Any]]) -> str:
    """Codes with what each is called on pages and sheets, as a message offers them."""
    return listed(gettext("%(label)s (%(code)s)") % {"label": label, "code": code} for code, label in choices)


def carried(number: Decimal) -> Decimal:
    """A number of points as it is carried on."""
    return number.quantize(PLACES, ROUND_HALF_UP)
