"""The collection of snapshots: taken once, read for ever, compared with what is read today."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.statistics.filters import SnapshotFilter
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.serializers import SnapshotSerializer
from culture_admin.statistics.snapshots import differences, is_intact, may_read, take, written

NUMBER: dict[str, Any] = {"type": ["integer", "string", "null"], "description": "What is not whole is text."}
CONTENT = {
    "type": "object",
    "required": ["place", "tables"],
    "properties": {"place": {"type": "object"}, "tables": {"type": "array", "items": {"type": "object"}}},
}
DIFFERENCES = {
    "type": "object",
    "required": ["digest", "intact", "differences"],
    "properties": {
        "digest": {"type": "string"},
        "intact": {"type": "boolean", "description": "Whether the content still is what its digest says."},
        "differences": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["metric", "keys", "before", "after", "of_version"],
                "properties": {
                    "metric": {"type": "string"},
                    "keys": {"type": "object", "description": "What tells the row apart."},
                    "before": NUMBER,
                    "after": NUMBER,
                    "of_version": {"type": "boolean", "description": "Whether the metric is counted otherwise by now."},
                    "before_applicable": {"type": "boolean"},
                    "after_applicable": {"type": "boolean"},
                },
            },
        },
    },
}


class SnapshotViewSet(ScopedViewSet):
    """Numbers as they were read on a day, with the bytes and the digest by which that can be shown for ever."""

    model = Snapshot
    serializer_class = SnapshotSerializer
    filterset_class = SnapshotFilter
    create_verb = take
    verbs_ask = True
    joins = ("place", "taken_by")
    orders = ("-taken_at", "-pk")

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.defer("content") if self.action == "list" else rows

    @extend_schema(responses={(200, "application/json"): CONTENT}, filters=False)
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str) -> HttpResponse:
        """The stored bytes; the ETag is their SHA-256."""
        QueryParameters(request, known=()).check()
        snapshot = self._open()
        return HttpResponse(
            snapshot.content.encode(), content_type="application/json", headers={"ETag": f'"{snapshot.digest}"'}
        )

    @extend_schema(responses={(200, "application/json"): DIFFERENCES}, filters=False)
    @action(detail=True, methods=["get"])
    def differences(self, request: Request, pk: str) -> Response:
        """What the same questions are answered otherwise now."""
        QueryParameters(request, known=()).check()
        snapshot = self._open()
        found = [
            {**asdict(one), "before": written(one.before), "after": written(one.after)} for one in differences(snapshot)
        ]
        return Response({"digest": snapshot.digest, "intact": is_intact(snapshot), "differences": found})

    def _open(self) -> Snapshot:
        """The snapshot of the address, of whose metrics the user's offices may read every one."""
        snapshot: Any = self.get_object()
        if not may_read(self.request.user, snapshot):
            raise Problem(403, "not_your_power", _("Some of its metrics are not open to your office."))
        return snapshot
