"""The collection of postings."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.actions.posting_rules import FETCHED
from stewards.filters import PostingFilter
from stewards.models import Posting
from stewards.serializers import EndStewardPostingSerializer, HandOverSerializer, PostingSerializer, ReplaceSerializer


class PostingViewSet(ScopedViewSet):
    """Which steward serves which station from when to when: proposed by a firm, or entered by the bureau."""

    model = Posting
    serializer_class = PostingSerializer
    filterset_class = PostingFilter
    create_verb = actions.enter_posting
    verbs_ask = True
    key_required = True
    matched = ("end", "replace", "hand_over")
    joins = ("steward", "station__unit", "station__division", "contract")
    orders = ("-valid_from", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FETCHED)

    @extend_schema(request=EndStewardPostingSerializer, responses=PostingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> HttpResponse:
        """Ends a posting on a day."""
        return self._write(self._end)

    @extend_schema(request=ReplaceSerializer, responses={201: PostingSerializer})
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, pk: str) -> HttpResponse:
        """Proposes that another steward takes over; answers the new posting, to which the town has to consent."""
        return self._write(self._replace)

    @extend_schema(request=HandOverSerializer, responses=PostingSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> HttpResponse:
        """Notes what was handed over to who has taken over; the duty to do so is settled by it."""
        return self._write(self._hand_over)

    def _end(self) -> Outcome:
        posting = self.get_object()
        seen = seen_version(self.request, posting)
        body = EndStewardPostingSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.end_posting(actor=self.request.user, posting=posting, on=body.validated_data["valid_to"], seen=seen)
        return self._shown()

    def _replace(self) -> Outcome:
        posting = self.get_object()
        seen = seen_version(self.request, posting)
        body = ReplaceSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        new = actions.replace_steward(actor=self.request.user, posting=posting, seen=seen, **body.validated_data)
        address = self.request.build_absolute_uri(
            f"{self.request.path.removesuffix(f'{posting.pk}/replace/')}{new.pk}/"
        )
        return Outcome(201, self.get_serializer(new).data, {**self._headers(new), "Location": address})

    def _hand_over(self) -> Outcome:
        posting = self.get_object()
        seen = seen_version(self.request, posting)
        body = HandOverSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.hand_over(actor=self.request.user, posting=posting, note=body.validated_data["note"], seen=seen)
        return self._shown()

    def _shown(self) -> Outcome:
        posting = self.get_object()
        return Outcome(200, self.get_serializer(posting).data, self._headers(posting))
