"""How personal values are shown where nobody has asked for them."""

from __future__ import annotations

HIDDEN = "••••"


def hide(value: str) -> str:
    """Nothing of the value, nor how long it is."""
    return HIDDEN


def hide_identity_number(value: str) -> str:
    """The division of birth and the last four signs: 330282••••••••002X."""
    return f"{value[:6]}{'•' * 8}{value[-4:]}" if len(value) == 18 else HIDDEN


def hide_phone(value: str) -> str:
    """The first three and the last four digits: 138••••5678."""
    return f"{value[:3]}{HIDDEN}{value[-4:]}" if len(value) >= 10 else HIDDEN
