"""Unified social credit codes with right check characters that no real unit has (GB 32100-2015, DOMAIN.md §8.2)."""

from __future__ import annotations

from stdnum.cn import uscc

WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
INSTITUTION, COMPANY = "12", "91"


def credit_code(category: str, county: str, serial: int) -> str:
    """The code of the demo's unit number `serial` (up to 999), registered in `county` (six digits)."""
    organisation = f"MBDEM{serial:03d}"
    number = f"{category}{county}{organisation}{_organisation_check(organisation)}"
    return number + uscc.calc_check_digit(number)


def _organisation_check(body: str) -> str:
    """The check character of an organisation code (GB 11714), the ninth."""
    rest = 11 - sum(int(character, 36) * weight for character, weight in zip(body, WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
