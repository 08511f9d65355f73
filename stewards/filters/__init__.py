"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.firms import FirmFilter, StewardFilter
from stewards.filters.postings import PostingFilter

__all__ = ["FirmFilter", "PostingFilter", "StewardFilter"]
