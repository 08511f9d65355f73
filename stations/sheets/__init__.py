"""The sheets that stations and the bureau keep by hand, and how their rows are read."""

from stations.sheets.budgets import BUDGETS
from stations.sheets.facilities import FACILITIES
from stations.sheets.facts import YEARLY_FACTS
from stations.sheets.officers import OFFICERS

__all__ = ["BUDGETS", "FACILITIES", "OFFICERS", "YEARLY_FACTS"]
