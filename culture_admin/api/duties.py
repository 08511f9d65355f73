"""The collections of deadlines and notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.interfaces.deadlines import DeadlineFilter, NoticeFilter
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.actions import read_notices
from culture_admin.workflow.models import Deadline, DeadlineMove, Notice, Standing
from culture_admin.workflow.notice_words import read, said, why
from culture_admin.workflow.subjects import with_subjects


class MoveSerializer(serializers.ModelSerializer):
    why = serializers.CharField(source="get_why_display")

    class Meta:
        model = DeadlineMove
        fields = ["from_on", "to_on", "why", "at"]


class DeadlineSerializer(ScopedModelSerializer):
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    label: Any = serializers.CharField(source="said", read_only=True)
    basis = serializers.CharField(source="grounds", read_only=True)
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True, default=None)
    standing = serializers.SerializerMethodField()
    moves = MoveSerializer(many=True, read_only=True)

    class Meta:
        model = Deadline
        fields = [
            "id", "code", "label", "basis", "unit", "unit_name", "subject_kind", "subject_id", "opened_on", "due_on",
            "working_days", "provisional", "settled_at", "lapsed_at", "standing", "moves",
        ]  # fmt: skip
        read_only_fields = ["unit"]

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices))
    def get_standing(self, deadline) -> str:
        return deadline.stands(timezone.localdate())


class DeadlineViewSet(ScopedViewSet):
    """Who owes what by when: duties of law, plans and cases. They come from the work itself, and settle with it."""

    model = Deadline
    serializer_class = DeadlineSerializer
    filterset_class = DeadlineFilter
    joins = ("unit", "subject_type")
    orders = ("due_on", "pk")

    def rows(self, rows):
        return with_subjects(rows).prefetch_related("moves")


class NoticeSerializer(ScopedModelSerializer):
    text = serializers.SerializerMethodField()
    below = serializers.SerializerMethodField()
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True, default=None)
    read = serializers.BooleanField(read_only=True)

    class Meta:
        model = Notice
        fields = [
            "id", "kind", "text", "below", "subject_kind", "subject_id", "decision", "deadline", "due_on", "at", "over_at", "read",
        ]  # fmt: skip
        read_only_fields = ["decision", "deadline"]

    def get_text(self, notice) -> str:
        return said(notice)

    def get_below(self, notice) -> str:
        return why(notice)


class ReadSerializer(StrictSerializer):
    """The body of reading: nothing has to be said."""


class NoticeViewSet(ScopedViewSet):
    """What one's offices were told, and oneself; in the language of whoever asks."""

    model = Notice
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    joins = ("subject_type",)
    orders = ("-at", "pk")

    def rows(self, rows):
        return rows.with_reading(self.request.user)

    def get_serializer(self, *args, **kwargs):
        if args and args[0] is not None:
            rows = args[0] if kwargs.get("many") else [args[0]]
            read(rows, self.request.user)
        return super().get_serializer(*args, **kwargs)

    @extend_schema(request=ReadSerializer)
    @action(detail=True, methods=["post"], url_path="read")
    def read_one(self, request: Request, pk: str) -> HttpResponse:
        """Marks it as read by whoever asks; once is as good as twice."""
        return self._write(self._read)

    def _read(self) -> Outcome:
        body = ReadSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        notice = self.get_object()
        read_notices(actor=self.request.user, notices=[notice.pk])
        return Outcome(200, self.get_serializer(self.get_object()).data, {})
