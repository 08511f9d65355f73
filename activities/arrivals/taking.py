"""Takes in what a phone has kept: each entry is done once, and answered by a receipt or by a refusal in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError as BodyInvalid

from activities.actions import change_activity, log_activity, log_session
from activities.actions.planning import FILLED, log_planned
from activities.actions.receipts import claim_entries, give_receipt, receipts_of
from activities.arrivals.conflicts import compared
from activities.arrivals.entries import EntrySerializer, digest_of, named_in
from activities.models import Activity, Genre, Kind, Receipt
from activities.serializers import ActivitySerializer, SessionSerializer
from culture_admin.interfaces.bulk import REFUSALS
from culture_admin.interfaces.etags import etag_of
from culture_admin.interfaces.problems import Problem, nothing_here
from culture_admin.interfaces.refusals import refusal_of
from culture_admin.workflow.actions import perform

JOINS = ("kind", "genre", "station__unit", "station__division", "division", "county", "steward", "posting", "team")
# The code lists a refused code is answered with, so that another can be chosen.
LISTS = {"kind": Kind, "genre": Genre}
# Others build on these, so they are done first.
FIRST = (Receipt.Kind.LOG, Receipt.Kind.SESSION)
_TAG = re.compile(r'"?v([0-9]{1,9})"?')


class Waits(Exception):
    """The entry builds on one that has not arrived yet."""

    def __init__(self, entry: UUID):
        super().__init__(str(entry))
        self.entry = entry


@dataclass
class Arrival:
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

    def seen(self, entry: Mapping[str, Any]) -> int:
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

    def conflict(self, entry: Mapping[str, Any], error: Exception) -> dict[str, Any]:
        """The record as it stands now; where it was changed meanwhile, what the sender saw and wants beside it, in words."""
        try:
            now = self.subject(entry | {"activity": entry["activity"] or entry["client_uuid"]})
        except (Waits, Problem):
            return {}
        told = {"now": {**ActivitySerializer(now, context=self.context).data, "etag": etag_of(now)}}
        if getattr(error, "code", "") in ("stale", "entry_changed"):
            told |= compared(entry, now, self._seen_state(entry, now), self.context)
        return told

    def _seen_state(self, entry: Mapping[str, Any], now: Activity) -> Any:
        """The activity in the version the sender looked at; as it is now where that is not known."""
        try:
            version = self.seen(entry)
        except (Waits, BodyInvalid):
            return now
        return now.events.filter(version=version).order_by("pgh_id").last() or now

    def _log(self, entry: Mapping[str, Any]) -> Activity:
        return self._entered(log_activity, ActivitySerializer, entry)

    def _session(self, entry: Mapping[str, Any]) -> Activity:
        return self._entered(log_session, SessionSerializer, entry)

    def _entered(self, verb, serializer, entry: Mapping[str, Any]) -> Activity:
        body = serializer(data={**entry["fields"], "client_uuid": str(entry["client_uuid"])}, context=self.context)
        body.is_valid(raise_exception=True)
        return verb(actor=self.request.user, at=self.at, **{**body.validated_data, "device_at": entry["device_at"]})

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
            seen=self.seen(entry),
            comment=comment if isinstance(comment, str) else "",
            **body.validated_data,
        )

    def _confirm(self, entry: Mapping[str, Any]) -> Activity:
        activity = self.subject(entry)
        perform(activity, "confirm", actor=self.request.user, at=self.at, seen=self.seen(entry))
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
        return log_planned(actor=self.request.user, activity=activity, at=self.at, seen=self.seen(entry), **said)


def take_in(request: Any, records: Sequence[Mapping[str, Any]], at: datetime | None = None) -> dict[str, list[dict]]:
    """Does the records of a queue, in any order, as far as they can be done: {"receipts": […], "refusals": […]}.

    Call it inside a transaction. Each record is a savepoint of its own: what is refused leaves nothing behind and stops
    nothing else. One that builds on another is done after it, or refused as `waits_for` until that one arrives.
    """
    arrival = Arrival(request, at or timezone.now(), context={"request": request})
    entries: dict[int, Mapping[str, Any]] = {}
    refusals: dict[int, dict] = {}
    for number, record in enumerate(records):
        body = EntrySerializer(data=record)
        if body.is_valid():
            entries[number] = body.validated_data
        else:
            refusals[number] = _refusal(record, BodyInvalid(body.errors))
    claim_entries(request.user, [entry["client_uuid"] for entry in entries.values()])
    arrival.known = receipts_of(request.user, named_in(entries.values()))
    receipts: dict[int, dict] = {}
    left = dict(sorted(entries.items(), key=lambda item: item[1]["kind"] not in FIRST))
    while left:
        waiting = {}
        for number, entry in left.items():
            try:
                receipts[number] = shown_receipt(arrival.take(entry))
            except Waits as waits:
                waiting[number] = entry
                refusals[number] = _waiting(records[number], waits)
            except (*REFUSALS, DataError) as error:
                refusals[number] = _refusal(records[number], error) | arrival.conflict(entry, error)
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


def _waiting(record: Mapping[str, Any], waits: Waits) -> dict[str, Any]:
    message = _("It builds on an entry that has not arrived yet, and waits for it.")
    return refusal_of(record, Problem(409, "waits_for", message)) | {"waits_for": str(waits.entry)}


def _refusal(record: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    refusal = refusal_of(record, error)
    listed = LISTS.get(refusal["field"])
    if listed:
        refusal["choices"] = [{"code": row.code, "name": str(row)} for row in listed.objects.all()]
    return refusal
