"""The verbs of the ground: enter divisions, residents and units. Who may is asked by the doors above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from culture_admin.territory.models import Division, Residents, Succession, Unit, search_key


def add_division(
    *,
    code: str,
    name_zh: str,
    level: str,
    type: str,
    parent: Division | None = None,
    name_en: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Division:
    """Enters one division; raises ValidationError naming the field."""
    division = Division(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        level=level,
        type=type,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    division.full_clean()
    division.save()
    return division


def add_succession(*, predecessor: Division, successor: Division, on: date, share: Decimal = Decimal(1)) -> Succession:
    """Says what a division became; `share` in (0, 1]."""
    succession = Succession(predecessor=predecessor, successor=successor, on=on, share=share)
    succession.full_clean()
    succession.save()
    return succession


def record_residents(*, division: Division, year: int, number: int, source: str) -> Residents:
    """Enters or corrects the residents of one division and year."""
    row = Residents.objects.filter(division=division, year=year).first() or Residents(division=division, year=year)
    row.number, row.source = number, source
    row.full_clean()
    row.save()
    return row


def record_figures(rows: Sequence[Residents]) -> None:
    """The set-wise form of `record_residents`; raises ValidationError for the first that cannot be stored."""
    for row in rows:
        row.full_clean(exclude=["division"], validate_unique=False, validate_constraints=False)
    Residents.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["division", "year"], update_fields=["number", "source"]
    )


def add_unit(*, kind: str, division: Division, name_zh: str, name_en: str = "", valid_from: date | None = None) -> Unit:
    """Enters one unit; raises ValidationError naming the field."""
    unit = Unit(
        kind=kind,
        division=division,
        name_zh=name_zh,
        name_en=name_en,
        search=search_key(name_zh),
        valid_from=valid_from,
    )
    unit.full_clean()
    unit.save()
    return unit


def load_divisions(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], Division]:
    """Enters rows of a divisions sheet (code, name_zh, name_en, level, type, parent, valid_from, valid_to, successor).

    Parents come before or after their children; a successor is named by code. Returns divisions by (code, valid_from).
    """
    pending = sorted(rows, key=lambda row: (len(row["code"]), row["parent"] != "", _depth(row["level"])))
    entered: dict[tuple[str, str], Division] = {}
    by_code: dict[str, Division] = {}
    for row in pending:
        division = add_division(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            level=row["level"],
            type=row["type"],
            parent=by_code[row["parent"]] if row["parent"] else None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        entered[row["code"], row["valid_from"]] = by_code[row["code"]] = division
    for row in pending:
        if row["successor"]:
            add_succession(
                predecessor=by_code[row["code"]],
                successor=by_code[row["successor"]],
                on=date.fromisoformat(row["valid_to"]),
            )
    return entered


def _depth(level: str) -> int:
    return ["province", "prefecture", "county", "town", "village"].index(level)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
