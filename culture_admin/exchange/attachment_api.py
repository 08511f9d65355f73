"""The collection of attachments: files kept with records."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.filters import NumberFilter, ScopedFilterSet
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, pointer
from culture_admin.interfaces.queries import QueryParameters, whole
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import record_of

UPLOAD: dict[str, Any] = {
    "multipart/form-data": {
        "type": "object",
        "required": ["file", "subject_kind", "subject_id"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "subject_kind": {"type": "string", "description": "activity or team"},
            "subject_id": {"type": "integer"},
        },
    }
}
NO_SUBJECT = _("There is no such record in your territory.")


class AttachmentSerializer(ScopedModelSerializer):
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True)

    class Meta:
        model = Attachment
        fields = [
            "id", "subject_kind", "subject_id", "name", "media_type", "size", "sha256", "original_sha256", "taken_at",
            "created_at",
        ]  # fmt: skip


class AttachmentFilter(ScopedFilterSet):
    subject_id = NumberFilter()

    class Meta:
        model = Attachment
        fields = []


class AttachmentViewSet(ScopedViewSet):
    """Pictures and PDFs kept with records."""

    model = Attachment
    serializer_class = AttachmentSerializer
    filterset_class = AttachmentFilter
    create_verb = attach_file
    verbs_ask = True
    joins = ("subject_type",)
    orders = ("-pk",)
    parser_classes = [MultiPartParser]

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=UPLOAD)
    def create(self, request: Request) -> HttpResponse:
        return self._write(self._attach)

    @extend_schema(responses={(200, "application/octet-stream"): bytes})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> FileResponse:
        """The file itself, always as a download."""
        QueryParameters(request, known=()).check()
        attachment = self.get_object()
        return FileResponse(
            attachment.open(), content_type=attachment.media_type, as_attachment=True, filename=attachment.name
        )

    def _attach(self) -> Outcome:
        data = self.request.data
        _refuse_strangers(data)
        upload, key = data.get("file"), whole(str(data.get("subject_id", "")))
        if not hasattr(upload, "read"):
            raise _refused("required", _("Send the file as the form field “file”."), "/file")
        subject = key and record_of(self.request.user, data.get("subject_kind"), pk=key)
        if not subject:
            raise _refused("does_not_exist", NO_SUBJECT, "/subject_id")
        attachment = attach_file(actor=self.request.user, subject=subject, name=upload.name, content=upload.read())
        return Outcome(201, self.get_serializer(attachment).data)


def _refuse_strangers(form) -> None:
    known = UPLOAD["multipart/form-data"]["properties"]
    faults = [
        Fault("unknown_field", _("There is no field of this name."), pointer(name), hint=did_you_mean(name, known))
        for name in form
        if name not in known
    ]
    if faults:
        raise Problem(400, "unknown_field", faults=faults)


def _refused(code: str, message: object, pointer: str) -> Problem:
    return Problem(400, code, faults=[Fault(code, message, pointer=pointer)])
