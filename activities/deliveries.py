"""Takes in what a phone has kept: each entry is done once, and answered by a receipt or by a refusal in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as BodyInvalid

from activities.actions import change_activity, log_activity
from activities.actions.logging import CHANGEABLE
from activities.actions.planning import FILLED, log_planned
from activities.actions.receipts import claim_entries, give_receipt, receipts_of
from activities.models import Activity, Genre, Kind, Receipt
from activities.serializers import ActivitySerializer
from culture_admin.interfaces.admin.history import Names
from culture_admin.interfaces.bulk import REFUSALS
from culture_admin.interfaces.etags import etag_of
from culture_admin.interfaces.fields import InstantField, OneOfField, StrictUUIDField, WholeNumberField
from culture_admin.interfaces.openapi import FAULT
from culture_admin.interfaces.problems import Fault, Problem, nothing_here, shown
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.refusals import problem_of
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.workflow.actions import perform

MOST_RECORDS = 200
JOINS = ("kind", "genre", "station__unit", "station__division", "division", "county", "steward", "posting", "team")
# What a conflict is shown in.
COMPARED = (*CHANGEABLE, "state")
# The code lists a refused code is answered with, so that another can be chosen.
LISTS = {"kind": Kind, "genre": Genre}
DELIVERED = {
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
                },
            },
        },
    },
}
_TAG = re.compile(r'"?v([0-9]{1,9})"?')


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


class DeliverySerializer(StrictSerializer):
    """What a phone, or a file of its queue, brings. user: whose queue it is; another account does not deliver it."""

    user = WholeNumberField(required=False, allow_null=True, default=None)
    records = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MOST_RECORDS)


class Waits(Exception):
    """The entry builds on one that has not arrived yet."""

    def __init__(self, entry: UUID):
        super().__init__(str(entry))
        self.entry = entry


@dataclass
class Delivery:
    """One user's records on their way in. `request` is whose: `.user`, whichever door it came through."""

    request: Any
    at: datetime
    known: dict[UUID, Receipt] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    def take(self, entry: Mapping[str, Any]) -> Receipt:
        """Does a valid entry, or finds that it was done; raises what the verbs raise, and Waits."""
        digest = digest_of(entry)
        receipt = self.known.get(entry["client_uuid"])
        if receipt is None:
            with transaction.atomic():
                activity = getattr(self, f"_{entry['kind']}")(entry)
                receipt = give_receipt(
                    actor=self.request.user,
                    at=self.at,
                    entry=entry["client_uuid"],
                    kind=entry["kind"],
                    digest=digest,
                    activity=activity,
                    device_at=entry["device_at"],
                )
            self.known[receipt.entry] = receipt
        if receipt.digest != digest:
            raise Problem(
                409, "entry_changed", _("This entry arrived before with other contents, and stands as it was.")
            )
        return receipt

    def subject(self, entry: Mapping[str, Any]) -> Activity:
        """The activity an entry is about, by its id or by the client id of its log."""
        named = entry["activity"]
        rows = Activity.objects.visible_to(self.request.user).select_related(*JOINS)
        if named is None:
            raise BodyInvalid({"activity": [_("Say which activity: its id, or the client id of its log.")]})
        if isinstance(named, int):
            activity = rows.filter(pk=named).first()
            if activity is None:
                raise nothing_here()
            return activity
        activity = rows.filter(client_uuid=named).first()
        if activity is None:
            raise Waits(named)
        return activity

    def _log(self, entry: Mapping[str, Any]) -> Activity:
        given = {**entry["fields"], "client_uuid": str(entry["client_uuid"])}
        body = ActivitySerializer(data=given, context=self.context)
        body.is_valid(raise_exception=True)
        return log_activity(
            actor=self.request.user, at=self.at, **{**body.validated_data, "device_at": entry["device_at"]}
        )

    def _change(self, entry: Mapping[str, Any]) -> Activity:
        activity = self.subject(entry)
        fields = dict(entry["fields"])
        comment = fields.pop("comment", "")
        body = ActivitySerializer(activity, data=fields, partial=True, context=self.context)
        body.is_valid(raise_exception=True)
        return change_activity(
            actor=self.request.user,
            at=self.at,
            activity=activity,
            seen=self._seen(entry),
            comment=comment if isinstance(comment, str) else "",
            **body.validated_data,
        )

    def _confirm(self, entry: Mapping[str, Any]) -> Activity:
        activity = self.subject(entry)
        perform(activity, "confirm", actor=self.request.user, at=self.at, seen=self._seen(entry))
        return activity

    def _hold(self, entry: Mapping[str, Any]) -> Activity:
        activity = self.subject(entry)
        body = ActivitySerializer(activity, data=dict(entry["fields"]), partial=True, context=self.context)
        body.is_valid(raise_exception=True)
        strangers = set(body.validated_data) - {*FILLED, "attendance", "late_reason", "present"}
        if strangers:
            raise BodyInvalid(
                {name: [_("This stays as it was planned; correct the plan for it.")] for name in strangers}
            )
        said = {**body.validated_data, "device_at": entry["device_at"]}
        return log_planned(actor=self.request.user, activity=activity, at=self.at, seen=self._seen(entry), **said)

    def _seen(self, entry: Mapping[str, Any]) -> int:
        """The version the entry was made on: the one it names, or the one that an entry before it left."""
        tag = _TAG.fullmatch(entry["seen"] or "")
        if tag:
            return int(tag[1])
        before = entry["after"] or (entry["activity"] if isinstance(entry["activity"], UUID) else None)
        if entry["seen"] or before is None:
            raise BodyInvalid({"seen": [_("Name the version you looked at, such as v3.")]})
        if before not in self.known:
            raise Waits(before)
        return self.known[before].version


def refuse_other_user(request: Any, user: int | None) -> None:
    """On a shared phone each sends his own: whoever is signed in now would stand as the author of another's records."""
    if user is not None and user != request.user.pk:
        message = _("These records are somebody else's. Whoever entered them signs in and sends them.")
        raise Problem(409, "other_user", message)


def take_in(request: Any, records: Sequence[Mapping[str, Any]], at: datetime | None = None) -> dict[str, list[dict]]:
    """Does the records of a queue, in any order, as far as they can be done: {"receipts": […], "refusals": […]}.

    Call it inside a transaction. Each record is a savepoint of its own: what is refused leaves nothing behind and stops
    nothing else. One that builds on another is done after it, or refused as `waits_for` until that one arrives.
    """
    delivery = Delivery(request, at or timezone.now(), context={"request": request})
    entries: dict[int, Mapping[str, Any]] = {}
    refusals: dict[int, dict] = {}
    for number, record in enumerate(records):
        body = EntrySerializer(data=record)
        if body.is_valid():
            entries[number] = body.validated_data
        else:
            refusals[number] = _refusal(record, _faults_of(BodyInvalid(body.errors)))
    claim_entries(request.user, [entry["client_uuid"] for entry in entries.values()])
    delivery.known = receipts_of(request.user, _named_in(entries.values()))
    receipts: dict[int, dict] = {}
    left = dict(sorted(entries.items(), key=lambda item: item[1]["kind"] != Receipt.Kind.LOG))
    while left:
        waiting = {}
        for number, entry in left.items():
            try:
                receipts[number] = shown_receipt(delivery.take(entry))
            except Waits as waits:
                waiting[number] = entry
                refusals[number] = _waiting(records[number], waits)
            except (*REFUSALS, DataError) as error:
                refusals[number] = _refusal(records[number], _faults_of(error)) | _standing(delivery, entry, error)
        if len(waiting) == len(left):
            break
        left = waiting
    kept = {number: refusal for number, refusal in sorted(refusals.items()) if number not in receipts}
    return {"receipts": [receipts[number] for number in sorted(receipts)], "refusals": list(kept.values())}


def shown_receipt(receipt: Receipt) -> dict[str, Any]:
    """A receipt as it is answered, however often it is asked for."""
    return {
        "client_uuid": str(receipt.entry),
        "id": receipt.activity_id,
        "received_at": receipt.received_at,
        "content_hash": receipt.content_hash,
        "state": receipt.state,
        "etag": f'"v{receipt.version}"',
    }


def digest_of(entry: Mapping[str, Any]) -> str:
    """SHA-256 of what an entry asks for, whatever the order of its names."""
    asked = [entry["kind"], entry["activity"], entry["fields"], entry["seen"], entry["after"]]
    return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _named_in(entries: Any) -> Iterator[UUID]:
    for entry in entries:
        yield from (named for named in (entry["client_uuid"], entry["after"], entry["activity"]) if type(named) is UUID)


def _faults_of(error: Exception) -> Problem:
    problem = problem_of(error)
    assert problem is not None
    return problem


def _waiting(record: Mapping[str, Any], waits: Waits) -> dict[str, Any]:
    message = _("It builds on an entry that has not arrived yet, and waits for it.")
    return _refusal(record, Problem(409, "waits_for", message)) | {"waits_for": str(waits.entry)}


def _refusal(record: Mapping[str, Any], problem: Problem) -> dict[str, Any]:
    faults = problem.faults or (Fault(problem.code, problem.detail, pointer=""),)
    first = faults[0]
    refusal: dict[str, Any] = {
        "client_uuid": shown(record.get("client_uuid")),
        "code": problem.code if len(faults) > 1 or not first.code else first.code,
        "message": str(first.message),
        "field": (first.pointer or "").rpartition("/")[2],
        "errors": [fault.as_dict() for fault in faults],
    }
    listed = LISTS.get(refusal["field"])
    if listed:
        refusal["choices"] = [{"code": row.code, "name": str(row)} for row in listed.objects.all()]
    return refusal


def _standing(delivery: Delivery, entry: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    """The record as it stands now, and beside it what the sender looked at and what he wants, in words."""
    try:
        now = delivery.subject(entry | {"activity": entry["activity"] or entry["client_uuid"]})
    except (Waits, Problem):
        return {}
    shown_now = {**ActivitySerializer(now, context=delivery.context).data, "etag": etag_of(now)}
    if getattr(error, "code", "") not in ("stale", "entry_changed"):
        return {"now": shown_now}
    return {
        "now": shown_now,
        "compared": compared(now, _seen_state(delivery, entry, now), _wanted(delivery, entry, now)),
    }


def _seen_state(delivery: Delivery, entry: Mapping[str, Any], now: Activity) -> Any:
    """The activity in the version the sender looked at; as it is now where that is not known."""
    try:
        version = delivery._seen(entry)
    except (Waits, BodyInvalid):
        return now
    return now.events.filter(version=version).order_by("pgh_id").last() or now


def _wanted(delivery: Delivery, entry: Mapping[str, Any], now: Activity) -> Activity:
    """The activity as the sender would have it."""
    wanted = Activity.objects.get(pk=now.pk)
    left_out = {"comment", *ActivitySerializer.Meta.fixed}
    fields = {name: value for name, value in entry["fields"].items() if name not in left_out}
    body = ActivitySerializer(now, data=fields, partial=True, context=delivery.context)
    if body.is_valid():
        for name, value in body.validated_data.items():
            setattr(wanted, name, value)
    if entry["kind"] in (Receipt.Kind.CONFIRM, Receipt.Kind.HOLD):
        wanted.state = Activity.State.CONFIRMED
    return wanted


def compared(now: Activity, saw: Any, wanted: Activity) -> list[dict[str, str]]:
    """Field by field in words what was seen, what stands there and what is wanted, as far as these differ."""
    names = Names(now, [saw, now, wanted])
    rows = []
    for name in COMPARED:
        column = Activity._meta.get_field(name)
        values = [getattr(state, column.attname) for state in (saw, now, wanted)]
        if len(set(values)) > 1:
            words = [names.text(column, value) for value in values]
            rows.append({"field": name, "label": str(column.verbose_name), **dict(zip(SIDES, words, strict=True))})
    return rows


SIDES = ("saw", "now", "yours")
