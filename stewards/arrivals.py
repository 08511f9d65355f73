"""What the phone of a steward has kept comes in: each day is logged once, and answered by a receipt or by a refusal in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as BodyInvalid

from culture_admin.accounts.asking import require
from culture_admin.interfaces.bulk import REFUSALS
from culture_admin.interfaces.etags import etag_of
from culture_admin.interfaces.fields import InstantField, OneOfField, StrictUUIDField
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.refusals import refusal_of
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.workflow.steps import FLOWS, content_hash
from stewards.actions import log_duty
from stewards.actions.duty import POWER
from stewards.models import DutyDay
from stewards.serializers import DutyDaySerializer

KIND = "duty"
MOST_DAYS = 200


class DutyEntrySerializer(StrictSerializer):
    """One day of a queue; `fields` are those of /duty-days/."""

    client_uuid = StrictUUIDField()
    kind = OneOfField(choices=[(KIND, KIND)])
    fields_entered = serializers.DictField()
    device_at = InstantField(required=False, allow_null=True, default=None)

    def get_fields(self):
        """`fields` is the serializer's own name for its fields, and the queue's for what was entered."""
        fields = super().get_fields()
        return {name.removesuffix("_entered"): one for name, one in fields.items()}


def take_in(request: Any, records: Sequence[Mapping[str, Any]], at: datetime | None = None) -> dict[str, list[dict]]:
    """Logs the days of a queue as far as they can be logged: {"receipts": […], "refusals": […]}.

    Call it inside a transaction. Each is a savepoint of its own: what is refused leaves nothing behind and stops nothing else.
    Raises PermissionDenied where no office of the user logs days on duty.
    """
    user, at = request.user, at or timezone.now()
    require(user.offices, POWER, ("propose",))
    context = {"request": request}
    receipts, refusals = [], []
    for record in records:
        body = DutyEntrySerializer(data=record)
        try:
            body.is_valid(raise_exception=True)
            with transaction.atomic():
                receipts.append(_receipt(_log(user, body.validated_data, context, at), at))
        except (*REFUSALS, BodyInvalid, DataError) as error:
            refusals.append(refusal_of(record, error))
    return {"receipts": receipts, "refusals": refusals}


def _log(user, entry: Mapping[str, Any], context: dict, at: datetime) -> DutyDay:
    named = {"client_uuid": str(entry["client_uuid"])}
    body = DutyDaySerializer(data={**entry["fields"], **named}, context=context)
    body.is_valid(raise_exception=True)
    said = {**body.validated_data, "device_at": entry["device_at"]}
    duty = log_duty(actor=user, at=at, **said)
    if any(getattr(duty, name) != said[name] for name in ("posting", "day", "halves") if name in said):
        text = _("This entry arrived before with other contents, and stands as it was.")
        raise Problem(409, "entry_changed", text)
    return duty


def _receipt(duty: DutyDay, at: datetime) -> dict[str, Any]:
    return {
        "client_uuid": str(duty.client_uuid),
        "id": duty.pk,
        "duty": duty.pk,
        "received_at": at,
        "content_hash": content_hash(FLOWS[DutyDay].content(duty)),
        "state": duty.state,
        "etag": etag_of(duty),
    }
