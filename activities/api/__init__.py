"""The collections of activities."""

from activities.api.activities import ActivityViewSet, ReceiptsView
from activities.api.courses import CourseViewSet, LearnerViewSet
from activities.api.plans import PermitViewSet, SeriesViewSet, SpotCheckViewSet, VenueBookingViewSet
from activities.api.returns import MonthlyReturnViewSet, OpeningVisitsViewSet
from activities.api.teams import PrizeViewSet, TeamStarViewSet, TeamViewSet, WorkViewSet

__all__ = [
    "ActivityViewSet",
    "CourseViewSet",
    "LearnerViewSet",
    "MonthlyReturnViewSet",
    "OpeningVisitsViewSet",
    "PermitViewSet",
    "PrizeViewSet",
    "ReceiptsView",
    "SeriesViewSet",
    "SpotCheckViewSet",
    "TeamStarViewSet",
    "TeamViewSet",
    "VenueBookingViewSet",
    "WorkViewSet",
]
