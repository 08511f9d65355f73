"""The yearly assessment: the year, the towns in it, the panel, what it came to, objections, awards and re-checks."""

from assessments.models.assessment import Assessment, Evidence, Item
from assessments.models.awards import Award, AwardPayment, Recheck
from assessments.models.cycle import Cycle
from assessments.models.objections import Objection
from assessments.models.panel import Mark, PanelSeat
from assessments.models.results import Computation, IndicatorScore, Result

__all__ = [
    "Assessment",
    "Award",
    "AwardPayment",
    "Computation",
    "Cycle",
    "Evidence",
    "IndicatorScore",
    "Item",
    "Mark",
    "Objection",
    "PanelSeat",
    "Recheck",
    "Result",
]
