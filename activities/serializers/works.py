"""How works and prizes are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from activities.actions.works import CHANGEABLE
from activities.models import Genre, Prize, Work
from activities.serializers.activities import EntryStationField
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer

ENTERED = ["station", "title", "kind", "genre", "author", "team", "finished_on", "note", "posting"]
FOLLOWING = ["division", "county", "steward", "firm", "state"]


class PrizeSerializer(ScopedModelSerializer):
    work = ScopedRelatedField(queryset=Work.objects.select_related("station__division"))
    work_title = serializers.CharField(source="work.title", read_only=True)

    class Meta:
        model = Prize
        fields = ["id", "work", "work_title", "name", "level", "rank", "awarded_on", "document"]


class WorkSerializer(ScopedModelSerializer):
    station = EntryStationField("activities.works")
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Work
        fields = ["id", *ENTERED, *FOLLOWING, "station_name", "actions"]
        read_only_fields = FOLLOWING
        fixed = [name for name in ENTERED if name not in CHANGEABLE]
