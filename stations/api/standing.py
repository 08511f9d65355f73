"""The collections of grades and titles."""

from __future__ import annotations

from stations import actions
from stations.api.rows import OfStationViewSet
from stations.filters import GradingFilter, TitleFilter
from stations.models import Grading, Title
from stations.serializers import (
    GradingSerializer,
    TitleSerializer,
)

# What a step looks at.
JOINS = ("station__unit", "station__division")


class GradingViewSet(OfStationViewSet):
    """Grades of stations, each with the document that gave it."""

    model = Grading
    serializer_class = GradingSerializer
    filterset_class = GradingFilter
    create_verb = actions.grade_station
    joins = JOINS
    key_required = True


class TitleViewSet(OfStationViewSet):
    """Titles of towns, such as Strong Cultural Town."""

    model = Title
    serializer_class = TitleSerializer
    filterset_class = TitleFilter
    create_verb = actions.award_title
    joins = JOINS
    key_required = True
