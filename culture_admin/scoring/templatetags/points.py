"""How points are written on pages and sheets."""

from __future__ import annotations

from decimal import Decimal

from django import template

from culture_admin.scoring.rules import in_points, plain

register = template.Library()


@register.filter
def points(number: Decimal | int | None) -> str:
    """At most four decimals; a dash where there is none."""
    return "—" if number is None else plain(round(Decimal(number), 4))


register.filter(in_points)
