"""What happened at stations: code lists, activities and sessions, teams, and the monthly summary."""

from activities.models.activity import Activity, ActivityQuerySet
from activities.models.booking import VenueBooking
from activities.models.codes import Genre, Kind, KindWord
from activities.models.contacts import LearnerContact, TeamContact
from activities.models.course import Course, Learner
from activities.models.month import ActivityMonth
from activities.models.oversight import Permit, SpotCheck
from activities.models.presence import Presence
from activities.models.rating import Rating
from activities.models.receipt import Receipt
from activities.models.returns import MonthlyReturn, OpeningVisits
from activities.models.series import Series
from activities.models.star import TeamStar
from activities.models.team import Team
from activities.models.work import Prize, Work

__all__ = [
    "Activity",
    "ActivityMonth",
    "ActivityQuerySet",
    "Course",
    "Genre",
    "Kind",
    "KindWord",
    "Learner",
    "LearnerContact",
    "MonthlyReturn",
    "OpeningVisits",
    "Permit",
    "Presence",
    "Prize",
    "Rating",
    "Receipt",
    "Series",
    "SpotCheck",
    "Team",
    "TeamContact",
    "TeamStar",
    "VenueBooking",
    "Work",
]
