"""What every verb of a station's file does: find the county, lock the row it changes, check it and write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Division, Level

Row = TypeVar("Row", bound=Model)
# What is written into a record by the system itself is a paper of the office, whatever the language of who has caused it.
OFFICIAL = "zh-hans"


def county_of(division: Division) -> Division:
    """The county a town or village lies in."""
    return Division.objects.get(pk__in=division.ancestry, level=Level.COUNTY)


def enter(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row


def enter_each(rows: Sequence[Row], changed: Sequence[str] = ()) -> None:
    """The set-wise form of `enter`, for new rows, or for rows of which the fields `changed` were set.

    What is wrong with a row by itself is a ValidationError; what stands against a constraint is an IntegrityError, unless
    the row is alone: `enter` finds the words for it.
    """
    if len(rows) == 1:
        enter(rows[0])
        return
    for row in rows:
        row.clean_fields(exclude=[field.name for field in row._meta.concrete_fields if field.is_relation])
        row.clean()
    if rows and changed:
        type(rows[0])._default_manager.bulk_update(rows, changed)
    elif rows:
        type(rows[0])._default_manager.bulk_create(rows)


def office_of(actor, power: str, *verbs: str, path: str) -> Office | None:
    """The office in which the actor has the first of `verbs` at the place; None for the system itself.

    Raises PermissionDenied with the matrix's sentence.
    """
    return require(actor.offices, power, verbs or ("decide",), path=path)[0] if actor is not None else None
