"""Entries made once, however often and from how many sides they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.db import connection

from activities.models import Activity
from culture_admin.accounts.acting import acting

Entries = ParamSpec("Entries")
# Two statements in one round trip: the second looks after the lock is held, and sees what another transaction has committed.
_CLAIM_AND_LOOK = """
    SELECT pg_advisory_xact_lock(hashtextextended(%s, 0));
    SELECT EXISTS (SELECT FROM activities_activity WHERE client_uuid = %s)
"""
_CLAIM = """
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM (SELECT unnest(%s) AS name ORDER BY name) AS named
"""


def claim(names: Iterable[str]) -> None:
    """Waits until no other transaction is at what goes by these names, and holds them until this one ends.

    Call it inside a transaction. The order of the locks is fixed, so two callers never wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [sorted(set(names))])


def client_names(client_uuids: Iterable[UUID]) -> list[str]:
    """The names by which `claim` knows what devices have given ids to."""
    return [f"client:{client_uuid}" for client_uuid in client_uuids]


def once_per_client_id(enter: Callable[Entries, Activity]) -> Callable[Entries, Activity]:
    """A verb that enters an activity: the same `client_uuid` again, also at the same moment, gives back the row that is there."""

    @wraps(enter)
    def entered(*args: Entries.args, **entries: Entries.kwargs) -> Activity:
        client_uuid: Any = entries.get("client_uuid")
        if client_uuid is None:
            return enter(*args, **entries)
        with acting(entries["actor"]):
            if not _claim_and_look(client_uuid):
                return enter(*args, **entries)
            known = Activity.objects.visible_to(entries["actor"]).filter(client_uuid=client_uuid).first()
            return known or enter(*args, **entries)

    return entered


def _claim_and_look(client_uuid: UUID) -> bool:
    """Claims what a device has given this id to; whether it is there already."""
    (name,) = client_names([client_uuid])
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_AND_LOOK, [name, client_uuid])
        return cursor.fetchone()[0]
