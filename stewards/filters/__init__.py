"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.duty import AbsenceFilter, DutyDayFilter
from stewards.filters.firms import FirmFilter, StewardFilter
from stewards.filters.orders import ServiceOrderFilter
from stewards.filters.postings import PostingFilter

__all__ = ["AbsenceFilter", "DutyDayFilter", "FirmFilter", "PostingFilter", "ServiceOrderFilter", "StewardFilter"]
