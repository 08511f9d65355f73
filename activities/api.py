"""The collections of activities: activities, teams."""

from __future__ import annotations

from activities import actions
from activities.filters import ActivityFilter, TeamFilter
from activities.models import Activity, Team
from activities.serializers import ActivitySerializer, TeamSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet


class ActivityViewSet(ScopedViewSet):
    """Activities and training sessions. Only confirmed ones count."""

    model = Activity
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    create_verb = actions.log_activity
    change_verb = actions.change_activity
    verbs_ask = True
    joins = ("kind", "genre", "station__unit", "station__division", "division", "steward")
    orders = ("-begins_on", "-pk")


class TeamViewSet(ScopedViewSet):
    """Mass amateur art teams."""

    model = Team
    serializer_class = TeamSerializer
    filterset_class = TeamFilter
    create_verb = actions.register_team
    change_verb = actions.change_team
    verbs_ask = True
    joins = ("genre", "station__unit", "station__division")
    orders = ("pk",)
