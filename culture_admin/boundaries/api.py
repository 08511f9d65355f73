"""The collection of changes of boundaries."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.boundaries.actions import change_draft, draft_change, try_change
from culture_admin.boundaries.filters import BoundaryChangeFilter
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.serializers import BoundaryChangeSerializer
from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.viewsets import ScopedViewSet


class BoundaryChangeViewSet(ScopedViewSet):
    """Divisions renamed, recoded, moved, merged and split: drawn up, tried out, checked, applied on their day."""

    model = BoundaryChange
    serializer_class = BoundaryChangeSerializer
    filterset_class = BoundaryChangeFilter
    create_verb = draft_change
    change_verb = change_draft
    verbs_ask = True
    key_required = True
    matched = ("dry_run",)
    joins = ("place",)
    orders = ("-effective_on", "pk")

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="dry-run")
    def dry_run(self, request: Request, pk: str) -> HttpResponse:
        """Carries the change out, reports what it did, and takes it back. The report is kept with the draft."""
        return self._write(self._try)

    def _try(self) -> Outcome:
        change = self.get_object()
        seen = seen_version(self.request, change)
        tried = try_change(actor=self.request.user, boundarychange=change, seen=seen)
        return Outcome(200, self.get_serializer(tried).data, self._headers(tried))
