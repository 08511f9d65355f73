"""What every verb of a station's file does: find the county, check a row and write it."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

from culture_admin.territory.models import Division, Level

Row = TypeVar("Row", bound=Model)


def county_of(division: Division) -> Division:
    """The county a town or village lies in."""
    return Division.objects.get(pk__in=division.ancestry, level=Level.COUNTY)


def enter(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row
