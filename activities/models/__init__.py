"""What happened at stations: code lists, activities and sessions, teams, and the monthly summary."""

from activities.models.activity import Activity, ActivityQuerySet
from activities.models.codes import Genre, Kind, KindWord
from activities.models.course import Course
from activities.models.month import ActivityMonth
from activities.models.series import Series
from activities.models.team import Team

__all__ = ["Activity", "ActivityMonth", "ActivityQuerySet", "Course", "Genre", "Kind", "KindWord", "Series", "Team"]
