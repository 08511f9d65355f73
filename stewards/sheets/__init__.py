"""The sheets that bring in what firms send: one file a subject."""

from stewards.sheets.service_lines import SERVICE_LINES, sheet_of
from stewards.sheets.stewards import STEWARDS

__all__ = ["SERVICE_LINES", "STEWARDS", "sheet_of"]
