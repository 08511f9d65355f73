"""Numbers of stations, and the grade of a station as a dimension of other numbers."""

from stations.metrics import findings, guidance, money, oversight, personnel, premises, registration
from stations.metrics.rows import grade_of

__all__ = ["findings", "grade_of", "guidance", "money", "oversight", "personnel", "premises", "registration"]
