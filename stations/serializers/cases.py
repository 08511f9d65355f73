"""How personnel cases are shown and filed, and what time off post is, with objections and applications for titles."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import AmountField, DayField, ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.personal import MaskedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from stations.actions.cases import LARGEST_PAY
from stations.models import (
    Officer,
    OfficerPosting,
    OffPost,
    OffPostObjection,
    PersonnelCase,
    Post,
    Station,
    TitleApplication,
)
from stations.serializers.rows import OfStationSerializer


def amount(**kwargs) -> AmountField:
    """Yuan a month."""
    return AmountField(max_digits=10, decimal_places=2, min_value=0, max_value=LARGEST_PAY, **kwargs)


class PersonnelCaseSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    officer = ScopedRelatedField(queryset=Officer.objects.all(), required=False)
    officer_name = serializers.CharField(source="officer.name", read_only=True)
    name = LineField(max_length=60, required=False, write_only=True)
    identity_number = LineField(max_length=30, required=False, write_only=True)
    post = ScopedRelatedField(
        queryset=Post.objects.select_related("station__unit", "station__division"), required=False, allow_null=True
    )
    posting = ScopedRelatedField(
        queryset=OfficerPosting.objects.select_related("post"), required=False, allow_null=True
    )
    year = WholeNumberField(min_value=2000, max_value=2100, required=False, allow_null=True)
    basic = amount(required=False, write_only=True)
    performance = amount(required=False, write_only=True)
    allowances = amount(required=False, write_only=True)
    pay_proposed = MaskedField(of="pay", read_only=True, source="proposed")
    pay_determined = MaskedField(of="pay", read_only=True, source="determined")

    class Meta:
        model = PersonnelCase
        fields = [
            "id", "kind", "station", "station_name", "officer", "officer_name", "name", "identity_number", "post", "posting",
            "other_unit", "effective_on", "until", "share", "year", "grounds", "cultural", "reason", "late", "late_reason",
            "username", "document", "basic", "performance", "allowances", "pay_proposed", "pay_determined", "publicity_from",
            "publicity_until", "filed_at", "state", "actions",
        ]  # fmt: skip
        fixed = ["kind", "station", "officer", "name", "identity_number"]
        read_only_fields = ["late", "publicity_from", "publicity_until", "filed_at", "state"]


class NewCaseSerializer(PersonnelCaseSerializer):
    """A case as it is filed: the document of the decision is not the town's to write."""

    class Meta(PersonnelCaseSerializer.Meta):
        read_only_fields = [*PersonnelCaseSerializer.Meta.read_only_fields, "document"]


class DeterminePaySerializer(StrictSerializer):
    """Other amounts than were proposed, in yuan a month, and why."""

    basic = amount()
    performance = amount()
    allowances = amount()
    comment = TextField(max_length=2000)


class OffPostSerializer(OfStationSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    officer = ScopedRelatedField(queryset=Officer.objects.all())
    officer_name = serializers.CharField(source="officer.name", read_only=True)
    counts = serializers.BooleanField(read_only=True)
    personnel_case = serializers.IntegerField(source="case_id", read_only=True, allow_null=True)

    class Meta:
        model = OffPost
        fields = [
            "id", "officer", "officer_name", "station", "station_name", "reason", "valid_from", "valid_to", "due_back", "note",
            "counts", "personnel_case", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]


class ReportBackSerializer(StrictSerializer):
    """The first day back on post."""

    returned_on = DayField()


class OffPostObjectionSerializer(ScopedModelSerializer):
    off_post = ScopedRelatedField(queryset=OffPost.objects.select_related("station__division"))
    officer_name = serializers.CharField(source="off_post.officer.name", read_only=True)

    class Meta:
        model = OffPostObjection
        fields = [
            "id",
            "off_post",
            "officer_name",
            "strike",
            "left_on",
            "returned_on",
            "grounds",
            "filed_at",
            "state",
            "actions",
        ]
        read_only_fields = ["filed_at", "state"]
        extra_kwargs = {"strike": {"required": False}}


class TitleApplicationSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    officer = ScopedRelatedField(queryset=Officer.objects.all())
    officer_name = serializers.CharField(source="officer.name", read_only=True)

    class Meta:
        model = TitleApplication
        fields = [
            "id", "officer", "officer_name", "station", "station_name", "year", "sought", "note", "filed_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["filed_at", "state"]
