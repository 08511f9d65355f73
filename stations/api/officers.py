"""The collections of posts, officers and their postings."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.personal import Revealing
from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.api.rows import OfStationViewSet
from stations.filters import OfficerFilter, OfficerPostingFilter, PostFilter
from stations.models import Officer, OfficerPosting, Post
from stations.serializers import EndPostingSerializer, OfficerPostingSerializer, OfficerSerializer, PostSerializer


class PostViewSet(OfStationViewSet):
    """The staffing plan: posts, and who holds each today. Who acts in a post does not fill it."""

    model = Post
    serializer_class = PostSerializer
    filterset_class = PostFilter
    create_verb = actions.add_post
    change_verb = actions.change_post
    writers = ("decide",)
    joins = ("station__unit", "station__division")
    orders = ("pk", "-valid_from")

    def rows(self, rows):
        return rows.with_holders(timezone.localdate())

    def enter(self, serializer):
        """The post with who holds it, as it is shown."""
        return self.get_queryset().get(pk=super().enter(serializer).pk)


class OfficerViewSet(Revealing):
    """The officers of stations. Identity number, telephone and day of birth are masked; `reveal` opens one with a reason."""

    model = Officer
    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter
    create_verb = actions.record_officer
    change_verb = actions.change_officer
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "data")
    orders = ("pk", "name")

    def rows(self, rows):
        return rows.prefetch_related("postings__post", "absences")


class OfficerPostingViewSet(ScopedViewSet):
    """Who holds which post from when to when. New postings follow from personnel cases; the bureau enters what was before."""

    model = OfficerPosting
    serializer_class = OfficerPostingSerializer
    filterset_class = OfficerPostingFilter
    create_verb = actions.record_posting
    verbs_ask = True
    key_required = True
    matched = ("end",)
    joins = ("station__unit", "station__division", "officer", "post")
    orders = ("-valid_from", "pk")

    @extend_schema(request=EndPostingSerializer, responses=OfficerPostingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> HttpResponse:
        """Ends a posting that no case ends, such as by retirement."""
        return self._write(self._end)

    def _end(self) -> Outcome:
        posting: Any = self.get_object()
        version = seen_version(self.request, posting)
        body = EndPostingSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.end_posting(actor=self.request.user, posting=posting, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))
