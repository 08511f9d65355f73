"""The collections of plans: series, bookings of rooms, permits, spot checks."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from activities import actions
from activities.filters import PermitFilter, SeriesFilter, SpotCheckFilter, VenueBookingFilter
from activities.models import Permit, Series, SpotCheck, VenueBooking
from activities.serializers import (
    ActivitySerializer,
    EndSeriesSerializer,
    LogPlannedSerializer,
    PermitSerializer,
    PlanSerializer,
    SeriesSerializer,
    SpotCheckSerializer,
    VenueBookingSerializer,
)
from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.viewsets import ScopedViewSet


class PlannedActivities(ScopedViewSet):
    """What can be done with activities before and when they are held."""

    matched = ("log_plan",)

    @extend_schema(request=PlanSerializer, responses={201: ActivitySerializer})
    @action(detail=False, methods=["post"])
    def plan(self, request: Request) -> HttpResponse:
        """Plans an activity; a room that is taken, and what else stands against it, is answered 409."""
        return self._write(self._plan)

    @extend_schema(request=LogPlannedSerializer, responses=ActivitySerializer)
    @action(detail=True, methods=["post"], url_path="log")
    def log_plan(self, request: Request, pk: str) -> HttpResponse:
        """Logs what was planned: held, logged and, by the station, confirmed in one."""
        return self._write(self._log)

    def _plan(self) -> Outcome:
        body = PlanSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        activity = actions.plan_activity(actor=self.request.user, **body.validated_data)
        address = self.request.build_absolute_uri(f"{self.request.path.removesuffix('plan/')}{activity.pk}/")
        return Outcome(201, self.get_serializer(activity).data, {**self._headers(activity), "Location": address})

    def _log(self) -> Outcome:
        activity = self.get_object()
        version = seen_version(self.request, activity)
        body = LogPlannedSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.log_planned(actor=self.request.user, activity=activity, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class SeriesViewSet(ScopedViewSet):
    """Series: activities planned at once by one rule."""

    model = Series
    matched = ("end",)
    serializer_class = SeriesSerializer
    filterset_class = SeriesFilter
    create_verb = actions.plan_series
    change_verb = actions.change_series
    verbs_ask = True
    joins = ("kind", "genre")
    orders = ("-begins_on", "-pk")

    @extend_schema(request=EndSeriesSerializer, responses=SeriesSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> HttpResponse:
        """Cancels what is still planned after a day, with the reason."""
        return self._write(self._end)

    def _end(self) -> Outcome:
        series = self.get_object()
        version = seen_version(self.request, series)
        body = EndSeriesSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        series = actions.end_series(
            actor=self.request.user, series=series, seen=version, after=said["after"], reason=said["comment"]
        )
        return Outcome(200, self.get_serializer(series).data, self._headers(series))


class VenueBookingViewSet(ScopedViewSet):
    """Bookings of rooms. Those of activities follow their activities."""

    model = VenueBooking
    serializer_class = VenueBookingSerializer
    filterset_class = VenueBookingFilter
    create_verb = actions.book_room
    change_verb = actions.move_booking
    verbs_ask = True
    joins = ("facility", "station__division")
    orders = ("-begins_at", "-pk")


class PermitViewSet(ScopedViewSet):
    """Public-security permits of large events."""

    model = Permit
    serializer_class = PermitSerializer
    filterset_class = PermitFilter
    create_verb = actions.record_permit
    verbs_ask = True
    orders = ("-granted_on", "-pk")


class SpotCheckViewSet(ScopedViewSet):
    """What the bureau found on the spot. A finding changes no state."""

    model = SpotCheck
    serializer_class = SpotCheckSerializer
    filterset_class = SpotCheckFilter
    create_verb = actions.record_check
    verbs_ask = True
    orders = ("-found_on", "-pk")
