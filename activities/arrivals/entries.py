"""Entries as a phone keeps and sends them, and the shape of what they are answered with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.models import Receipt
from culture_admin.interfaces.fields import InstantField, OneOfField, StrictUUIDField, WholeNumberField
from culture_admin.interfaces.openapi import FAULT
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.serializers import StrictSerializer

MOST_RECORDS = 200
ANSWER = {
    "type": "object",
    "required": ["receipts", "refusals"],
    "properties": {
        "receipts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["client_uuid", "id", "received_at", "content_hash", "state", "etag"],
                "properties": {
                    "client_uuid": {"type": "string", "format": "uuid"},
                    "id": {"type": "integer", "description": "The activity's."},
                    "received_at": {"type": "string", "format": "date-time"},
                    "content_hash": {"type": "string", "description": "SHA-256 of what the activity says."},
                    "state": {"type": "string"},
                    "etag": {"type": "string"},
                },
            },
        },
        "refusals": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["client_uuid", "code", "message", "field", "errors"],
                "properties": {
                    "client_uuid": {},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "field": {"type": "string"},
                    "errors": {"type": "array", "items": FAULT},
                    "waits_for": {"type": "string", "description": "The entry that has to arrive first."},
                    "choices": {"type": "array", "description": "The code list, where a code is unknown."},
                    "now": {"type": "object", "description": "The record as it stands now."},
                    "compared": {
                        "type": "array",
                        "description": "In words, per field: what was seen, what stands there now, what is wanted.",
                        "items": {"type": "object", "additionalProperties": {"type": "string"}},
                    },
                    "mine_as": {
                        "type": "string",
                        "description": (
                            "As which kind of entry on top of `now` what is wanted can still be entered; empty where it cannot."
                        ),
                    },
                },
            },
        },
    },
}


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string", "format": "uuid"}]})
class ActivityNameField(StrictUUIDField):
    """An activity by its id, or by the client id of its log where that has not arrived yet."""

    def to_internal_value(self, data):
        if type(data) is int and 0 < data <= LARGEST_KEY:
            return data
        return super().to_internal_value(data)


class EntrySerializer(StrictSerializer):
    """One entry of a queue.

    fields: what is entered, by the names of /activities/. activity: which one is changed or confirmed. seen: the ETag it
    was looked at in; without one the entry stands on what `after`, or the activity's log, left.
    """

    client_uuid = StrictUUIDField()
    kind = OneOfField(choices=Receipt.Kind.choices)
    activity = ActivityNameField(required=False, allow_null=True, default=None)
    fields_entered = serializers.DictField(default=dict)
    seen = serializers.CharField(required=False, allow_null=True, default=None, max_length=14)
    after = StrictUUIDField(required=False, allow_null=True, default=None)
    device_at = InstantField(required=False, allow_null=True, default=None)

    def get_fields(self):
        """`fields` is the serializer's own name for its fields, and the queue's for what was entered."""
        fields = super().get_fields()
        return {name.removesuffix("_entered"): one for name, one in fields.items()}


class QueueSerializer(StrictSerializer):
    """What a phone, or a file of its queue, brings. user: whose queue it is; another account does not send it."""

    user = WholeNumberField(required=False, allow_null=True, default=None)
    records = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MOST_RECORDS)


def refuse_other_user(request: Any, user: int | None) -> None:
    """On a shared phone each sends his own: whoever is signed in now would stand as the author of another's records."""
    if user is not None and user != request.user.pk:
        message = _("These records are somebody else's. Whoever entered them signs in and sends them.")
        raise Problem(409, "other_user", message)


def digest_of(entry: Mapping[str, Any]) -> str:
    """SHA-256 of what an entry asks for, whatever the order of its names."""
    asked = [entry["kind"], entry["activity"], entry["fields"], entry["seen"], entry["after"]]
    return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def named_in(entries: Any) -> Iterator[UUID]:
    """The client ids that entries name: their own and those they build on."""
    for entry in entries:
        yield from (named for named in (entry["client_uuid"], entry["after"], entry["activity"]) if type(named) is UUID)
