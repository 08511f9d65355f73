"""The collection of uploads: files sent in pieces, over a network that breaks off."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from culture_admin.exchange.attachment_api import NO_SUBJECT
from culture_admin.exchange.models import Upload
from culture_admin.exchange.uploading import LARGEST_CHUNK, Announced, begin_upload, restart_upload, take_chunk
from culture_admin.interfaces.fields import InstantField, StrictUUIDField, WholeNumberField
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.parsers import StrictJSONParser
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import LARGEST_KEY, whole
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import record_of

MEDIA_TYPE = "application/offset+octet-stream"
SUBJECT = {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "format": "uuid"}]}
OFFSET = OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True)


class ChunkParser(BaseParser):
    """Reads the bytes of a piece; over 1 MB is 413."""

    media_type = MEDIA_TYPE

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        chunk = stream.read(LARGEST_CHUNK + 1)
        if len(chunk) > LARGEST_CHUNK:
            message = _("A piece may have %(most)d bytes.") % {"most": LARGEST_CHUNK}
            raise Problem(413, "body_too_large", message)
        parser_context["request"].body_digest = sha256(chunk).digest()
        return chunk


@extend_schema_field(SUBJECT)
class SubjectField(serializers.Field):
    """The record a file belongs to: its id, or the id the device gave it."""

    default_error_messages = {"invalid": _("Expected the id of a record, or the client id it was logged with.")}

    def to_internal_value(self, data):
        if type(data) is int and 0 < data <= LARGEST_KEY:
            return {"pk": data}
        if isinstance(data, str):
            return {"client_uuid": StrictUUIDField().run_validation(data)}
        return self.fail("invalid")

    def to_representation(self, value):
        return value


class DigestField(LineField):
    default_error_messages = {"digest": _("Expected a SHA-256 as 64 hexadecimal digits.")}

    def to_internal_value(self, data):
        digest = super().to_internal_value(data).lower()
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            self.fail("digest")
        return digest


class AnnouncedSerializer(StrictSerializer):
    """What is said of a file before it is sent."""

    client_uuid = StrictUUIDField()
    subject_kind = LineField(max_length=40, default="activity")
    subject = SubjectField()
    name = LineField(max_length=255)
    size = WholeNumberField(min_value=1, max_value=2**31 - 1)
    sha256 = DigestField(required=False)
    original_sha256 = DigestField(required=False)
    taken_at = InstantField(required=False, allow_null=True)


class UploadSerializer(ScopedModelSerializer):
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True)

    class Meta:
        model = Upload
        fields = [
            "id", "client_uuid", "subject_kind", "subject_id", "name", "size", "sha256", "offset", "attachment",
            "created_at",
        ]  # fmt: skip


class UploadViewSet(ScopedViewSet):
    """Files on their way: announced, sent piece by piece, and attached when they are complete."""

    model = Upload
    serializer_class = UploadSerializer
    create_verb = begin_upload
    verbs_ask = True
    joins = ("subject_type",)
    orders = ("-pk",)

    @classmethod
    def offers(cls, action: str) -> bool:
        return action == "partial_update" or (action != "bulk" and super().offers(action))

    def get_parsers(self):
        return [ChunkParser()] if getattr(self.request, "method", "") == "PATCH" else [StrictJSONParser()]

    @extend_schema(request=AnnouncedSerializer, responses={201: UploadSerializer})
    def create(self, request: Request) -> HttpResponse:
        """Announces a file. The same client id again gives the upload that is there, with what has arrived of it."""
        return self._write(self._begin)

    @extend_schema(request={MEDIA_TYPE: OpenApiTypes.BINARY}, parameters=[OFFSET], responses=UploadSerializer)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        """Takes the piece that begins at Upload-Offset; with the last one `attachment` is set."""
        try:
            return self._write(self._take)
        except ValidationError:
            restart_upload(actor=request.user, upload=self.get_object())
            raise

    def _begin(self) -> Outcome:
        body: Any = AnnouncedSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        entries = body.validated_data
        client_uuid, kind, key = entries.pop("client_uuid"), entries.pop("subject_kind"), entries.pop("subject")
        user = self.request.user
        subject = record_of(user, kind, **key)
        if subject is None:
            raise Problem(400, "does_not_exist", faults=[Fault("does_not_exist", NO_SUBJECT, pointer="/subject")])
        upload = begin_upload(actor=user, client_uuid=client_uuid, subject=subject, announced=Announced(**entries))
        address = self.request.build_absolute_uri(f"{self.request.path}{upload.pk}/")
        return Outcome(201, self.get_serializer(upload).data, {"Location": address})

    def _take(self) -> Outcome:
        upload = self.get_object()
        chunk: Any = self.request.data
        offset = whole(self.request.META.get("HTTP_UPLOAD_OFFSET", ""))
        if offset is None or offset < 0:
            message = _("Say in the header Upload-Offset at which byte the piece begins.")
            raise Problem(400, "upload_offset", faults=[Fault("upload_offset", message, header="Upload-Offset")])
        if not isinstance(chunk, bytes) or not chunk:
            raise Problem(400, "required", faults=[Fault("required", _("The piece is empty."), pointer="")])
        upload = take_chunk(actor=self.request.user, upload=upload, offset=offset, chunk=chunk)
        return Outcome(200, self.get_serializer(upload).data)
