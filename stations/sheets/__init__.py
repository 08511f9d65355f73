"""What a row of a facility register and of a budget holds, and how offices call its columns."""

from stations.sheets.budgets import BUDGETS
from stations.sheets.facilities import FACILITIES

__all__ = ["BUDGETS", "FACILITIES"]
