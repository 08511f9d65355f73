"""How registration cases, certificates and sanctions are shown and entered."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.etags import TAG
from culture_admin.interfaces.fields import DayField, ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from stations.actions.annual_reports import ENTERED as REPORTED
from stations.actions.registration import CHANGEABLE
from stations.models import AnnualReport, Certificate, CertificateStanding, Registration, Sanction, Station
from stations.models.documents import checklist
from stations.serializers.rows import SHARED, OfStationSerializer

FOLLOWING = [
    "division", "county", "sponsor", "uscc", "state", "file_by", "submitted_on", "arrived_on", "accepted_on", "decided_on",
    "announced_on", "opened_at",
]  # fmt: skip


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["code", "label", "source", "required", "counter", "missing", "there"],
            "properties": {
                "code": {"type": "string"},
                "label": {"type": "string"},
                "source": {"type": "string", "description": "The rule that asks for it."},
                "required": {"type": "boolean"},
                "counter": {"type": "boolean", "description": "Shown at the counter; no copy is kept here."},
                "missing": {"type": "boolean"},
                "there": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "attachment", "name", "note"],
                        "properties": {
                            "id": {"type": "integer"},
                            "attachment": {"type": ["integer", "null"]},
                            "name": {"type": "string"},
                            "note": {"type": "string"},
                        },
                    },
                },
            },
        },
    }
)
class ChecklistField(serializers.Field):
    """The documents a case needs, and what is there of each."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "read_only": True, "source": "*"})

    def to_representation(self, value):
        return [
            {
                "code": entry.document.code,
                "label": str(entry.document.label),
                "source": str(entry.document.source),
                "required": entry.document.required,
                "counter": entry.document.counter,
                "missing": entry.is_missing,
                "there": [
                    {
                        "id": row.pk,
                        "attachment": row.attachment_id,
                        "name": row.attachment.name if row.attachment else "",
                        "note": row.note,
                    }
                    for row in entry.there
                ],
            }
            for entry in checklist(value)
        ]


class AnnualReportSerializer(ScopedModelSerializer):
    """The content of an annual report. `figures` are the numbers of the year by metric code."""

    id: Any = None
    actions: Any = None
    figures = serializers.DictField(read_only=True)

    class Meta:
        model = AnnualReport
        fields = [*REPORTED, "figures"]


class RegistrationSerializer(ScopedModelSerializer):
    """`items` are the changed fields of a change; `turn` says who is to act; `documents` is the checklist."""

    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    report = AnnualReportSerializer(required=False)
    turn = serializers.ChoiceField(choices=Registration.Party.choices, read_only=True)
    late = serializers.BooleanField(source="is_late", read_only=True)
    documents = ChecklistField()

    class Meta:
        model = Registration
        fields = [
            "id", "station", "station_name", "kind", "year", *CHANGEABLE, *FOLLOWING, "turn", "late", "report", "documents",
            "actions",
        ]  # fmt: skip
        read_only_fields = FOLLOWING
        fixed = ["station", "kind", "year"]

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if instance.kind != Registration.Kind.ANNUAL_REPORT:
            shown["report"] = None
        return shown


class NoteSerializer(StrictSerializer):
    """A document that was handed in or shown, with where and when."""

    code = LineField(max_length=20)
    note = LineField(max_length=200)


class RemovalSerializer(StrictSerializer):
    """The document that is taken out, by the id it has in the checklist."""

    document = WholeNumberField(min_value=1, max_value=LARGEST_KEY)


class _CodeSerializer(StrictSerializer):
    """The code of one new legal person."""

    id = WholeNumberField(min_value=1, max_value=LARGEST_KEY)
    etag = serializers.RegexField(TAG)
    uscc = LineField(max_length=18)


class CodesSerializer(StrictSerializer):
    """The codes of new legal persons; all are taken or none."""

    codes = serializers.ListField(child=_CodeSerializer(), allow_empty=False, max_length=1000)


class CertificateSerializer(OfStationSerializer):
    """`standing` is how the certificate stands today: it follows from its dates, and from where the paper is."""

    standing = serializers.ChoiceField(choices=CertificateStanding.choices, read_only=True, default=None)
    ended_as = serializers.ChoiceField(choices=[("", ""), *Certificate.End.choices], read_only=True)

    class Meta:
        model = Certificate
        fields = [
            *SHARED, "uscc", "name", "legal_representative", "sponsor", "authority", "domicile", "purpose", "funding",
            "startup_funds", "number", "originals", "duplicates", "issued_on", "registration", "standing", "custody", "ended_as",
            "lapse_announced_on",
        ]  # fmt: skip
        read_only_fields = ["registration", "custody", "lapse_announced_on"]


class SanctionSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Sanction
        fields = [
            "id", "station", "station_name", "registration", "ground", "finding", "document", "warned_on", "mend_by", "state",
            "actions",
        ]  # fmt: skip
        read_only_fields = ["warned_on", "state"]
        fixed = ["station", "registration", "ground", "finding", "document"]


class LateReportsSerializer(StrictSerializer):
    """The annual reports that are late, and the letter by which their stations are warned."""

    registrations = serializers.ListField(
        child=WholeNumberField(min_value=1, max_value=LARGEST_KEY), allow_empty=False, max_length=1000
    )
    document = LineField(max_length=60)
    mend_by = DayField()
