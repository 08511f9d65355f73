"""The sheets that bring in what firms send: one file a subject."""

from stewards.sheets.stewards import STEWARDS

__all__ = ["STEWARDS"]
