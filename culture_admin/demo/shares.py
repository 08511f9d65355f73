"""Sharing whole numbers out."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in proportion to the weights, by largest remainder; they add up to it."""
    scale = total / sum(weights)
    parts = [int(weight * scale) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: parts[index] - weights[index] * scale)
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
