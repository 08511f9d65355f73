"""The sheets in which offices keep what they buy, how their rows are read, and how ours are written."""

from stewards.sheets.service_lines import SERVICE_LINES, sheet_of

__all__ = ["SERVICE_LINES", "sheet_of"]
