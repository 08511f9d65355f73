"""The collections of teams: teams, their stars, works and prizes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from activities import actions
from activities.filters import PrizeFilter, TeamFilter, TeamStarFilter, WorkFilter
from activities.models import Prize, Team, TeamStar, Work
from activities.serializers import PrizeSerializer, TeamSerializer, TeamStarSerializer, WorkSerializer
from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.fields import ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.personal import Revealing
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.interfaces.text import TextField
from culture_admin.interfaces.viewsets import ScopedViewSet


class MergeSerializer(StrictSerializer):
    """The body of a merge: which file goes, at which version it was looked at, and why."""

    doubled = ScopedRelatedField(queryset=Team.objects.select_related("station__division"))
    doubled_version = WholeNumberField(min_value=1, help_text="The number in the ETag of the double.")
    comment = TextField(max_length=2000, help_text=str(_("Why these two are one team.")))


class TeamViewSet(Revealing):
    """Mass amateur art teams. The leader's telephone is masked; `reveal` opens it with a reason."""

    personal = "contact"

    model = Team
    serializer_class = TeamSerializer
    filterset_class = TeamFilter
    create_verb = actions.register_team
    change_verb = actions.change_team
    verbs_ask = True
    joins = ("genre", "station__unit", "station__division", "contact")
    orders = ("pk", "name")
    matched = ("merge_into",)

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"], url_path="merge")
    def merge_into(self, request: Request, pk: str) -> HttpResponse:
        """Merges the file of a double into this one, which stays; If-Match is this one's version."""
        return self._write(self._merge)

    def _merge(self) -> Outcome:
        kept: Any = self.get_object()
        version = seen_version(self.request, kept)
        body = MergeSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        said = body.validated_data
        kept = actions.merge_teams(
            actor=self.request.user,
            kept=kept,
            doubled=said["doubled"],
            comment=said["comment"],
            seen=version,
            seen_doubled=said["doubled_version"],
        )
        shown = self.get_queryset().get(pk=kept.pk)
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class TeamStarViewSet(ScopedViewSet):
    """Star ratings of teams, each valid for two years."""

    model = TeamStar
    serializer_class = TeamStarSerializer
    filterset_class = TeamStarFilter
    create_verb = actions.award_star
    joins = ("team",)
    orders = ("-awarded_on", "pk")
    key_required = True


class WorkViewSet(ScopedViewSet):
    """Works of stations and teams. Only those on record count."""

    model = Work
    serializer_class = WorkSerializer
    filterset_class = WorkFilter
    create_verb = actions.record_work
    change_verb = actions.change_work
    verbs_ask = True
    joins = ("genre", "station__unit", "station__division")
    orders = ("-finished_on", "pk")


class PrizeViewSet(ScopedViewSet):
    """Prizes that works were given."""

    model = Prize
    serializer_class = PrizeSerializer
    filterset_class = PrizeFilter
    create_verb = actions.award_prize
    verbs_ask = True
    joins = ("work",)
    orders = ("-awarded_on", "pk")
