"""Three collections on the real models, declared as an app declares them: what the bases do without an app's help."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path
from rest_framework import serializers

from activities.actions import change_activity, log_activity
from activities.models import Activity, Kind
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.documents import SchemaView
from culture_admin.interfaces.fields import ScopedRelatedField, StrictUUIDField
from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet, WordFilter
from culture_admin.interfaces.problems import Problem, bad_request, forbidden, not_found, server_error
from culture_admin.interfaces.routers import Router
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from stations.actions import award_title, change_station
from stations.models import Station, Title


class ActivitySerializer(ScopedModelSerializer):
    client_uuid = StrictUUIDField(required=False)
    station = ScopedRelatedField(queryset=Station.objects.select_related("division"))
    kind = CodeField(queryset=Kind.objects)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Activity
        fields = [
            "id", "client_uuid", "title", "kind", "station", "station_name", "village", "venue", "begins_on", "begins_time",
            "ends_on", "attendance", "estimated", "note", "posting", "led_by", "device_at", "state", "actions",
        ]  # fmt: skip
        extra_kwargs = {"ends_on": {"required": False}}


class ActivityFilters(ScopedFilterSet):
    begins_from = DayFilter("begins_on", lookup_expr="gte")
    begins_to = DayFilter("begins_on", lookup_expr="lte")
    title = WordFilter("title")

    class Meta:
        model = Activity
        fields = ["station", "state", "estimated", "attendance"]
        ranges = [("begins_from", "begins_to")]


class ActivityViewSet(ScopedViewSet):
    model = Activity
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilters
    joins = ("kind", "station__unit", "station__division")
    orders = ("-begins_on", "title")
    create_verb = log_activity
    change_verb = change_activity
    verbs_ask = True


class StationSerializer(ScopedModelSerializer):
    class Meta:
        model = Station
        fields = ["id", "name", "division", "address", "telephone"]
        read_only_fields = ["division"]


class StationViewSet(ScopedViewSet):
    model = Station
    serializer_class = StationSerializer
    joins = ("unit",)
    change_verb = change_station
    writers = ("decide",)


class TitleSerializer(ScopedModelSerializer):
    class Meta:
        model = Title
        fields = ["id", "station", "title", "year", "issuer", "document", "valid_from"]


class TitleViewSet(ScopedViewSet):
    model = Title
    serializer_class = TitleSerializer
    create_verb = award_title
    key_required = True


def page_with_a_problem(request: HttpRequest):
    raise Problem(409, "closed", "The month is closed.")


def broken(request: HttpRequest):
    raise KeyError("a fault of ours")


router = Router()
router.register("activities", ActivityViewSet)
router.register("stations", StationViewSet)
router.register("titles", TitleViewSet)

urlpatterns = [
    path("api/v1/schema/", SchemaView.as_view()),
    path("api/v1/", include(router.urls)),
    path("page/", page_with_a_problem),
    path("api/v1/broken/", broken),
]
handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, server_error
