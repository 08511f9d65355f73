"""Whole numbers shared out, so that the parts add up again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

# Shares are kept with four decimals.
UNITS_OF_SHARE = 10_000


def shared_out(total: int, weights: Sequence[Decimal | int]) -> list[int]:
    """Whole parts of `total` in proportion to the weights, in their order; what rounding leaves goes to the largest remainders."""
    whole = sum(weights)
    exact = [total * Decimal(weight) / Decimal(whole) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def shares_of(weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Shares in proportion to the weights, which add up to exactly 1."""
    return [Decimal(part) / UNITS_OF_SHARE for part in shared_out(UNITS_OF_SHARE, weights)]
