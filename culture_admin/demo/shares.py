"""Sharing whole numbers out."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in proportion to the weights, in their order; they add up to it.

    What rounding leaves goes on to the next part, so that small weights in a row have their turn.
    """
    whole = sum(weights)
    parts, seen, given = [], 0.0, 0
    for weight in weights:
        seen += weight
        part = round(total * seen / whole) - given
        parts.append(part)
        given += part
    return parts
