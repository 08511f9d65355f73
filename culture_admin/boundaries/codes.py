"""Codes of divisions: what a code below a parent looks like, and the codes that children bear under a new one."""

from __future__ import annotations

from collections.abc import Container

from culture_admin.territory.models import LEVELS, Division, Level

# Digits of a code, and how many of them are its parent's (GB/T 2260, GB/T 10114; DOMAIN.md §8.1).
DIGITS = {Level.PROVINCE: 6, Level.PREFECTURE: 6, Level.COUNTY: 6, Level.TOWN: 9, Level.VILLAGE: 12}
OF_PARENT = {Level.PROVINCE: 0, Level.PREFECTURE: 2, Level.COUNTY: 4, Level.TOWN: 6, Level.VILLAGE: 9}
OWN_DIGITS = 3
# The last three digits of a town's or village's code by its type (DOMAIN.md §8.1).
SEGMENTS = {
    Division.Type.SUBDISTRICT: range(1, 100),
    Division.Type.TOWN: range(100, 200),
    Division.Type.TOWNSHIP: range(200, 400),
    Division.Type.ZONE: range(400, 600),
    Division.Type.COMMUNITY: range(1, 200),
    Division.Type.VILLAGE: range(200, 400),
}
TYPES = {
    Level.COUNTY: (Division.Type.COUNTY,),
    Level.TOWN: (Division.Type.TOWN, Division.Type.SUBDISTRICT, Division.Type.TOWNSHIP, Division.Type.ZONE),
    Level.VILLAGE: (Division.Type.VILLAGE, Division.Type.COMMUNITY),
}


def level_below(level: str) -> str | None:
    """The level of the children of a level; None below villages."""
    position = LEVELS.index(level) + 1
    return LEVELS[position] if position < len(LEVELS) else None


def is_of_parent(code: str, level: str, parent_code: str) -> bool:
    """Whether a code has the digits of its level and begins like its parent's."""
    return (
        code.isascii()
        and code.isdigit()
        and len(code) == DIGITS[level]
        and code[: OF_PARENT[level]] == parent_code[: OF_PARENT[level]]
    )


def fits_type(code: str, type: str) -> bool:
    """Whether the last digits are those of the type."""
    return type not in SEGMENTS or int(code[-OWN_DIGITS:]) in SEGMENTS[type]


def code_below(old: str, level: str, type: str, parent_code: str, taken: Container[str]) -> str | None:
    """The code of a child under a new parent: its own last digits, or else the next free ones of its type; None if all are taken.

    Below a county, towns and villages have digits of their own; a county's are two, and stay.
    """
    prefix, digits = parent_code[: OF_PARENT[level]], DIGITS[level] - OF_PARENT[level]
    kept = prefix + old[-digits:]
    if kept not in taken:
        return kept
    free = (f"{prefix}{number:0{digits}}" for number in SEGMENTS.get(Division.Type(type), range(1, 10**digits)))
    return next((code for code in free if code not in taken), None)
