"""How circulars, their forms, replies and information reports are shown and entered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import OneOfField, ScopedRelatedField, YesNoField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from culture_admin.territory.models import Division, Unit
from stations.metrics.collections import handed_in
from stations.models import Adoption, AnswerKind, Circular, Grade, Reply, Report
from stations.models.questions import LONGEST_CHOICE, LONGEST_HELP, LONGEST_LABEL, MOST_CHOICES, MOST_QUESTIONS

STANDING = ["state", "actions"]
PLAIN = (str, int, float, bool, type(None))


class QuestionSerializer(StrictSerializer):
    """One question of a form. Without a key it is given one; a revision names the keys it keeps."""

    def get_fields(self) -> dict[str, serializers.Field]:
        # Some are called as the attributes of a serializer are, so they are not declared as such.
        choice = LineField(max_length=LONGEST_CHOICE)
        return {
            "key": LineField(required=False, max_length=30),
            "label": LineField(max_length=LONGEST_LABEL),
            "kind": OneOfField(choices=AnswerKind.choices),
            "required": YesNoField(default=False),
            "help": LineField(required=False, allow_blank=True, max_length=LONGEST_HELP),
            "choices": serializers.ListField(child=choice, required=False, max_length=MOST_CHOICES, allow_empty=True),
        }


class CircularSerializer(ScopedModelSerializer):
    county = ScopedRelatedField(queryset=Division.objects.all(), required=False)
    unit = serializers.PrimaryKeyRelatedField(read_only=True)
    grades = serializers.ListField(child=OneOfField(choices=Grade.choices), required=False, max_length=len(Grade))
    listed = ScopedRelatedField(
        queryset=Unit.objects.select_related("division"), many=True, required=False, allow_empty=True
    )
    questions = serializers.ListSerializer(child=QuestionSerializer(), required=False, max_length=MOST_QUESTIONS)
    form_version = serializers.SerializerMethodField()

    class Meta:
        model = Circular
        fields = [
            "id", "county", "unit", "kind", "title", "body", "document_no", "audience", "chosen", "grades", "listed",
            "due_on", "issued_on", "questions", "form_version", *STANDING,
        ]  # fmt: skip
        fixed = ["county"]

    @extend_schema_field({"type": ["integer", "null"]})
    def get_form_version(self, circular: Circular) -> int | None:
        return circular.form.number if circular.form else None


@extend_schema_field(
    {
        "type": "object",
        "description": "By the key of the question: text, a number or an amount as text, a date, true or false, the id of a"
        " file kept with the reply; null takes an answer away.",
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    }
)
class AnswersField(serializers.Field):
    """Answers by key. Until they are handed in they are read by the unit itself alone."""

    default_error_messages = {"invalid": _("Expected an object with an answer by the key of each question.")}

    def get_attribute(self, reply: Reply) -> Reply:
        return reply

    def to_internal_value(self, data):
        if not isinstance(data, dict) or not all(isinstance(value, PLAIN) for value in data.values()):
            self.fail("invalid")
        return {key: str(value) if isinstance(value, float) else value for key, value in data.items()}

    def to_representation(self, reply: Reply) -> dict[str, object]:
        context: Any = self.context
        own = any(office.unit_id == reply.unit_id for office in context["request"].user.offices)
        return reply.answers if own else handed_in(reply)


class ReplySerializer(ScopedModelSerializer):
    circular = serializers.PrimaryKeyRelatedField(read_only=True)
    title = serializers.CharField(source="circular.title", read_only=True)
    unit = serializers.PrimaryKeyRelatedField(read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    form_version = serializers.IntegerField(source="form.number", read_only=True, allow_null=True, default=None)
    questions = QuestionSerializer(source="form.questions", many=True, read_only=True, default=[])
    answers = AnswersField()
    late = serializers.BooleanField(source="is_late", read_only=True)

    class Meta:
        model = Reply
        fields = [
            "id", "circular", "title", "unit", "unit_name", "due_on", "form_version", "questions", "answers", "received_at",
            "submitted_at", "late", "chased_at", "chases", *STANDING,
        ]  # fmt: skip
        read_only_fields = ["due_on", "received_at", "submitted_at", "chased_at", "chases"]


class ChaseSerializer(StrictSerializer):
    """What is said to those who are late."""

    comment = TextField(required=False, allow_blank=True, max_length=2000, default="")


class ReportSerializer(ScopedModelSerializer):
    unit = ScopedRelatedField(queryset=Unit.objects.select_related("division"))
    adoptions = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = ["id", "unit", "station", "title", "text", "author", "sent_on", "adoptions", *STANDING]
        read_only_fields = ["station", "sent_on"]
        fixed = ["unit"]

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_adoptions(self, report: Report) -> list[str]:
        """The levels that adopted it."""
        return [adoption.level for adoption in report.adoptions.all()]


class AdoptionSerializer(ScopedModelSerializer):
    report = ScopedRelatedField(queryset=Report.objects.select_related("unit__division"))

    class Meta:
        model = Adoption
        fields = ["id", "report", "level", "adopted_on", "bulletin"]
