"""What the phone of an assessor has kept comes in: each mark is kept once, and answered by a receipt or by a refusal in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as BodyInvalid

from assessments.actions import mark_item
from assessments.actions.panels import POWER, SITTING_IN
from assessments.models import Mark, PanelSeat
from culture_admin.accounts.asking import require
from culture_admin.interfaces.bulk import REFUSALS
from culture_admin.interfaces.etags import etag_of
from culture_admin.interfaces.fields import AmountField, InstantField, OneOfField, StrictUUIDField, WholeNumberField
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.refusals import refusal_of
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.interfaces.text import TextField
from culture_admin.scoring.judging import Judged, said
from culture_admin.scoring.rules import plain
from culture_admin.workflow.steps import content_hash

KIND = "mark"
MOST_NUMBERS = 20
NOTHING = "—"
_TAG = re.compile(r'"?v([0-9]{1,9})"?')


class MarkFieldsSerializer(StrictSerializer):
    """What is found of one indicator in one town; numbers as text."""

    seat = WholeNumberField(min_value=1)
    code = serializers.CharField(max_length=12)
    found = OneOfField(choices=Judged.choices, default=Judged.VALUE)
    numbers = serializers.ListField(
        child=AmountField(max_digits=16, decimal_places=4), default=list, max_length=MOST_NUMBERS
    )
    note = TextField(default="", allow_blank=True, max_length=500)


class MarkEntrySerializer(StrictSerializer):
    """One mark of a queue. seen: the version of the mark that it was made on, v0 where there was none."""

    client_uuid = StrictUUIDField()
    kind = OneOfField(choices=[(KIND, KIND)])
    fields_entered = MarkFieldsSerializer()
    seen = serializers.RegexField(_TAG, max_length=14)
    device_at = InstantField(required=False, allow_null=True, default=None)

    def get_fields(self):
        """`fields` is the serializer's own name for its fields, and the queue's for what was entered."""
        fields = super().get_fields()
        return {name.removesuffix("_entered"): one for name, one in fields.items()}


def take_in(request: Any, records: Sequence[Mapping[str, Any]], at: datetime | None = None) -> dict[str, list[dict]]:
    """Keeps the marks of a queue as far as they can be kept: {"receipts": […], "refusals": […]}.

    Call it inside a transaction. Each is a savepoint of its own: what is refused leaves nothing behind and stops nothing else.
    Raises PermissionDenied where nobody of the user's offices scores on the spot.
    """
    user, at = request.user, at or timezone.now()
    require(user.offices, POWER, ("decide",))
    receipts, refusals = [], []
    for record in records:
        body = MarkEntrySerializer(data=record)
        entry: Mapping[str, Any] = {}
        try:
            body.is_valid(raise_exception=True)
            entry = body.validated_data
            with transaction.atomic():
                receipts.append(_receipt(_keep(user, entry, at), at))
        except (*REFUSALS, BodyInvalid, DataError) as error:
            refusals.append(refusal_of(record, error) | _conflict(user, entry, error))
    return {"receipts": receipts, "refusals": refusals}


def _keep(user, entry: Mapping[str, Any], at: datetime) -> Mark:
    told = entry["fields"]
    seat = PanelSeat.objects.visible_to(user).filter(assessor=user, pk=told["seat"]).first()
    if seat is None:
        raise nothing_here()
    return mark_item(
        actor=user,
        seat=seat,
        code=told["code"],
        found=told["found"],
        numbers=told["numbers"],
        note=told["note"],
        client_uuid=entry["client_uuid"],
        marked_at=entry["device_at"],
        seen=_version(entry),
        at=at,
    )


def _receipt(mark: Mark, at: datetime) -> dict[str, Any]:
    return {
        "client_uuid": str(mark.client_uuid),
        "id": mark.pk,
        "seat": mark.seat_id,
        "received_at": at,
        "content_hash": content_hash({name: getattr(mark, name) for name in ("code", "found", "numbers", "note")}),
        "state": mark.found,
        "etag": etag_of(mark),
    }


def _conflict(user, entry: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    """Where the mark was changed meanwhile: how it stands now, and what was seen and is wanted beside it, in words."""
    if getattr(error, "code", "") != "stale":
        return {}
    told = entry["fields"]
    rows = Mark.objects.visible_to(user).select_related("seat__assessment__cycle__scheme")
    now = rows.get(seat=told["seat"], code=told["code"])
    saw = now.events.filter(version=_version(entry)).order_by("pgh_id").last()
    source = now.seat.assessment.cycle.scheme.content.sources[now.code]
    sides = [{"found": said(source, one.found, one.numbers), "note": one.note} if one else {} for one in (saw, now)] + [
        {"found": said(source, told["found"], told["numbers"]), "note": told["note"]}
    ]
    rows_told = [
        {"field": name, "label": label}
        | dict(zip(("saw", "now", "yours"), (side.get(name) or NOTHING for side in sides), strict=True))
        for name, label in (("found", _("Found on the spot")), ("note", _("Note")))
        if len({side.get(name) or NOTHING for side in sides}) > 1
    ]
    open_still = now.seat.state == PanelSeat.State.APPOINTED and now.seat.assessment.state in SITTING_IN
    stands = {
        "id": now.pk,
        "etag": etag_of(now),
        "found": now.found,
        "numbers": [plain(number) for number in now.numbers],
        "note": now.note,
    }
    return {"now": stands, "compared": rows_told, "mine_as": KIND if open_still else ""}


def _version(entry: Mapping[str, Any]) -> int:
    tag = _TAG.fullmatch(entry["seen"])
    assert tag is not None
    return int(tag[1])
