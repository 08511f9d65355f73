"""The collection of attachments: files kept with records."""

from __future__ import annotations

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
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters, whole
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS

UPLOAD = {
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


class AttachmentSerializer(ScopedModelSerializer):
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True)

    class Meta:
        model = Attachment
        fields = ["id", "subject_kind", "subject_id", "name", "media_type", "size", "sha256", "created_at"]


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
            attachment.file.open(), content_type=attachment.media_type, as_attachment=True, filename=attachment.name
        )

    def _attach(self) -> Outcome:
        data = self.request.data
        upload, key = data.get("file"), whole(str(data.get("subject_id", "")))
        if not hasattr(upload, "read"):
            raise _refused("required", _("Send the file as the form field “file”."), "/file")
        model = next((model for model in FLOWS if model._meta.model_name == data.get("subject_kind")), None)
        subject = model and key and model.objects.visible_to(self.request.user).filter(pk=key).first()
        if not subject:
            raise _refused("does_not_exist", _("There is no such record in your territory."), "/subject_id")
        attachment = attach_file(actor=self.request.user, subject=subject, name=upload.name, content=upload.read())
        return Outcome(201, self.get_serializer(attachment).data)


def _refused(code: str, message: object, pointer: str) -> Problem:
    return Problem(400, code, faults=[Fault(code, message, pointer=pointer)])
