"""The collections of stations: stations, certificates, gradings, titles, facilities."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import CertificateFilter, FacilityFilter, GradingFilter, StationFilter, TitleFilter
from stations.models import Certificate, Facility, Grading, Station, Title
from stations.serializers import (
    CertificateSerializer,
    FacilitySerializer,
    GradingSerializer,
    StationSerializer,
    TitleSerializer,
)


class StationViewSet(ScopedViewSet):
    """Comprehensive cultural stations."""

    model = Station
    serializer_class = StationSerializer
    filterset_class = StationFilter
    change_verb = actions.change_station
    joins = ("unit", "division")
    orders = ("pk",)


class OfStationViewSet(ScopedViewSet):
    joins: tuple[str, ...] = ("station__unit",)
    orders = ("-valid_from", "pk")


class CertificateViewSet(OfStationViewSet):
    """Certificates of legal persons."""

    model = Certificate
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    create_verb = actions.register_legal_person
    key_required = True


class GradingViewSet(OfStationViewSet):
    """Grades of stations, each with the document that gave it."""

    model = Grading
    serializer_class = GradingSerializer
    filterset_class = GradingFilter
    create_verb = actions.grade_station
    key_required = True


class TitleViewSet(OfStationViewSet):
    """Titles of towns, such as Strong Cultural Town."""

    model = Title
    serializer_class = TitleSerializer
    filterset_class = TitleFilter
    create_verb = actions.award_title
    key_required = True


class FacilityViewSet(OfStationViewSet):
    """The premises of stations."""

    model = Facility
    serializer_class = FacilitySerializer
    filterset_class = FacilityFilter
    create_verb = actions.add_facility
    change_verb = actions.change_facility
    joins = ("station__unit", "station__division")
