"""The collections of guidance: trainings, meetings, pairings and visit days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import (
    AttendanceFilter,
    BackboneFilter,
    FollowUpFilter,
    MeetingFilter,
    MeetingPresenceFilter,
    PairingFilter,
    PairingVisitFilter,
    TrainingFilter,
)
from stations.metrics.progress import Progress, Served, served, trained
from stations.models import (
    Attendance,
    Backbone,
    FollowUp,
    Meeting,
    MeetingPresence,
    Pairing,
    PairingVisit,
    Training,
)
from stations.serializers import (
    AttendanceSerializer,
    BackboneSerializer,
    FollowUpSerializer,
    MeetingPresenceSerializer,
    MeetingSerializer,
    NotePresenceSerializer,
    PairingSerializer,
    PairingVisitSerializer,
    PlanVisitsSerializer,
    RecordAttendanceSerializer,
    TrainingSerializer,
)

YEAR = OpenApiParameter("year", int, description="The year; this one unless another is named.")
PROGRESS = {"type": "object", "required": ["results", "next"], "additionalProperties": True}
FIRST_YEAR, LAST_YEAR = 1980, 2199


class TrainingViewSet(ScopedViewSet):
    """Trainings of station staff by the bureau. Only confirmed ones count."""

    model = Training
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter
    create_verb = actions.plan_training
    change_verb = actions.change_training
    verbs_ask = True
    joins = ("county",)
    orders = ("-begins_on", "-pk")
    matched = ("attendance",)

    @extend_schema(request=RecordAttendanceSerializer, responses=TrainingSerializer)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, pk: str) -> HttpResponse:
        """Records who was there. Said again, it is put right."""
        return self._write(self._record)

    @extend_schema(parameters=[YEAR], responses={200: PROGRESS})
    @action(detail=False, methods=["get"])
    def progress(self, request: Request) -> Response:
        """The officers in service, each with the trainings of the year he was at, beside the two the rule asks."""
        year = _year(request)
        _refuse_without(request, Attendance)
        rows = trained(request.user, year, timezone.localdate())
        results = [
            {
                "officer": row.officer.pk,
                "officer_name": row.officer.name,
                "station": row.station.pk,
                "station_name": row.station.name,
                **_shown(row.progress),
            }
            for row in rows
        ]
        return Response({"year": year, "results": results, "next": None})

    def _record(self) -> Outcome:
        training: Any = self.get_object()
        version = seen_version(self.request, training)
        body = RecordAttendanceSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        actions.record_attendance(actor=self.request.user, training=training, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class AttendanceViewSet(ScopedViewSet):
    """Who was at which training; recorded with the training."""

    model = Attendance
    serializer_class = AttendanceSerializer
    filterset_class = AttendanceFilter
    joins = ("officer",)
    orders = ("-pk",)


class MeetingViewSet(ScopedViewSet):
    """Monthly and on-site meetings of station heads."""

    model = Meeting
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    create_verb = actions.plan_meeting
    change_verb = actions.change_meeting
    verbs_ask = True
    joins = ("county",)
    orders = ("-begins_on", "-pk")
    matched = ("presence",)

    @extend_schema(request=NotePresenceSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def presence(self, request: Request, pk: str) -> HttpResponse:
        """Notes which stations came. Said again, it is put right."""
        return self._write(self._note)

    def _note(self) -> Outcome:
        meeting: Any = self.get_object()
        version = seen_version(self.request, meeting)
        body = NotePresenceSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        actions.note_presence(actor=self.request.user, meeting=meeting, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class MeetingPresenceViewSet(ScopedViewSet):
    """Which station was at which meeting; noted with the meeting."""

    model = MeetingPresence
    serializer_class = MeetingPresenceSerializer
    filterset_class = MeetingPresenceFilter
    orders = ("-pk",)


class FollowUpViewSet(ScopedViewSet):
    """What was agreed at meetings: which unit does what by which day."""

    model = FollowUp
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    create_verb = actions.agree_follow_up
    verbs_ask = True
    joins = ("unit__division", "meeting")
    orders = ("due_on", "pk")


class BackboneViewSet(ScopedViewSet):
    """The professional backbone of cultural centres."""

    model = Backbone
    serializer_class = BackboneSerializer
    filterset_class = BackboneFilter
    create_verb = actions.add_backbone
    change_verb = actions.change_backbone
    joins = ("unit__division",)
    orders = ("name", "pk")


class PairingViewSet(ScopedViewSet):
    """Who of the backbone is paired with which station."""

    model = Pairing
    serializer_class = PairingSerializer
    filterset_class = PairingFilter
    create_verb = actions.pair_station
    change_verb = actions.change_pairing
    joins = ("backbone", "station__unit", "station__division")
    orders = ("-valid_from", "pk")

    @extend_schema(parameters=[YEAR], responses={200: PROGRESS})
    @action(detail=False, methods=["get"])
    def progress(self, request: Request) -> Response:
        """The people of the backbone, each with his visit days of the year, beside the more than fifty the rule asks."""
        year = _year(request)
        _refuse_without(request, Pairing)
        rows = served(request.user, year, timezone.localdate())
        return Response({"year": year, "results": [_served(row) for row in rows], "next": None})


class PairingVisitViewSet(ScopedViewSet):
    """Days that people of the backbone spend at stations. Only confirmed ones count, and a person's day once."""

    model = PairingVisit
    serializer_class = PairingVisitSerializer
    filterset_class = PairingVisitFilter
    create_verb = actions.log_visit
    change_verb = actions.change_visit
    verbs_ask = True
    joins = ("backbone", "station__division")
    orders = ("-on", "-pk")

    @extend_schema(request=PlanVisitsSerializer, responses={201: PairingVisitSerializer(many=True)})
    @action(detail=False, methods=["post"])
    def plan(self, request: Request) -> HttpResponse:
        """Enters the days on which one means to come."""
        return self._write(self._plan)

    def _plan(self) -> Outcome:
        body = PlanVisitsSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        planned = actions.plan_visits(actor=self.request.user, **body.validated_data)
        return Outcome(201, {"results": self.get_serializer(planned, many=True).data})


def _year(request: Request) -> int:
    query = QueryParameters(request, known={"year"})
    year = query.whole("year") or timezone.localdate().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        query.note("year", "date_range", f"{FIRST_YEAR}–{LAST_YEAR}")
    query.check()
    return date(year, 1, 1).year


def _refuse_without(request: Request, model: Any) -> None:
    answer = may_write(request.user, model.scope.power, ("see",))
    if not answer:
        raise Problem(403, answer.code, answer.text)


def _shown(progress: Progress) -> dict[str, object]:
    return {
        "reached": float(progress.reached) if progress.reached % 1 else int(progress.reached),
        "asked": progress.rule.number,
        "more_than": progress.rule.more_than,
        "missing": progress.missing,
        "days_left": progress.left,
        "standing": progress.standing,
        "rule": str(progress.rule.text),
        "source": str(progress.rule.source),
    }


def _served(row: Served) -> dict[str, object]:
    return {
        "backbone": row.backbone.pk,
        "backbone_name": row.backbone.name,
        "planned": row.planned,
        "stations": [
            {
                "pairing": one.pairing.pk,
                "station": one.pairing.station_id,
                "station_name": one.pairing.station.name,
                "days": float(one.days) if one.days % 1 else int(one.days),
                "planned_days": one.pairing.planned_days,
            }
            for one in row.stations
        ],
        **_shown(row.progress),
    }
