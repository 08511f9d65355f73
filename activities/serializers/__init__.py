"""How what happens at stations is shown and entered."""

from activities.serializers.activities import ActivitySerializer
from activities.serializers.courses import CourseSerializer, LearnerSerializer, SessionSerializer
from activities.serializers.plans import (
    EndSeriesSerializer,
    LogPlannedSerializer,
    PermitSerializer,
    PlanSerializer,
    SeriesSerializer,
    SpotCheckSerializer,
    VenueBookingSerializer,
)
from activities.serializers.returns import MonthlyReturnSerializer, OpeningVisitsSerializer
from activities.serializers.teams import TeamSerializer, TeamStarSerializer
from activities.serializers.works import PrizeSerializer, WorkSerializer

__all__ = [
    "ActivitySerializer",
    "CourseSerializer",
    "EndSeriesSerializer",
    "LearnerSerializer",
    "LogPlannedSerializer",
    "MonthlyReturnSerializer",
    "OpeningVisitsSerializer",
    "PermitSerializer",
    "PlanSerializer",
    "PrizeSerializer",
    "SeriesSerializer",
    "SessionSerializer",
    "SpotCheckSerializer",
    "TeamSerializer",
    "TeamStarSerializer",
    "VenueBookingSerializer",
    "WorkSerializer",
]
