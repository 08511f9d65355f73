"""Receipts for entries that a phone kept: found again, and given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from activities.actions.locking import claim, client_names
from activities.models import Activity, Receipt
from activities.models.bounds import CONTENT
from culture_admin.accounts.acting import acting
from culture_admin.workflow.steps import content_hash


def claim_entries(actor, entries: Iterable[UUID]) -> None:
    """Waits until no other transaction is at these entries of the actor's: the same queue may come twice at once.

    Call it inside a transaction. A log goes by its entry's id at the other doors as well.
    """
    entries = list(entries)
    claim([*(f"receipt:{actor.pk}:{entry}" for entry in entries), *client_names(entries)])


def receipts_of(actor, entries: Iterable[UUID]) -> dict[UUID, Receipt]:
    """The receipts the actor was given for the entries, by entry."""
    found = Receipt.objects.visible_to(actor).filter(entry__in=set(entries)).select_related("activity")
    return {receipt.entry: receipt for receipt in found}


def give_receipt(
    *, actor, at: datetime, entry: UUID, kind: str, digest: str, activity: Activity, device_at: datetime | None
) -> Receipt:
    """Writes down what came of an entry, in the transaction of its work."""
    with acting(actor):
        return Receipt.objects.create(
            user=actor,
            entry=entry,
            kind=kind,
            digest=digest,
            activity=activity,
            version=activity.version,
            state=activity.state,
            content_hash=content_hash({name: getattr(activity, name) for name in CONTENT}),
            device_at=device_at,
            received_at=at,
        )
