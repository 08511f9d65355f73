"""Where a record stands on the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse

from activities.models import Activity, Course, MonthlyReturn, Series, Team, VenueBooking, Work
from culture_admin.exchange.models import Import
from stations.models import (
    Complaint,
    Feature,
    FollowUp,
    Meeting,
    PairingVisit,
    Reply,
    Report,
    SafetyCheck,
    Training,
    YearlyFacts,
)


def _page(name: str) -> Callable[[Any], str]:
    return lambda record: reverse(f"desk:{name}", args=[record.pk])


ADDRESSES: Mapping[type[Model], Callable[[Any], str]] = {
    Activity: _page("activity"),
    Complaint: _page("complaint"),
    Course: _page("course"),
    Feature: _page("feature"),
    FollowUp: _page("follow_up"),
    Import: _page("import"),
    Meeting: _page("meeting"),
    MonthlyReturn: lambda one: f"{reverse('desk:month')}?station={one.station_id}&month={one.month:%Y-%m}",
    PairingVisit: _page("visit_day"),
    Reply: _page("reply"),
    Report: _page("report"),
    SafetyCheck: _page("check"),
    Series: _page("series"),
    Team: _page("team"),
    Training: _page("training"),
    VenueBooking: _page("booking"),
    Work: _page("work"),
    YearlyFacts: _page("year"),
}


def address_of(record: Model) -> str:
    """The page of a record on the desk; "" where it has none."""
    address = ADDRESSES.get(type(record))
    return address(record) if address else ""


def open_address_of(record: Model, user) -> str:
    """The page of a record on the desk; "" also for whoever sees no records of its kind."""
    scope = getattr(record, "scope", None)
    return address_of(record) if scope and scope.offices(user) else ""
