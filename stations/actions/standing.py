"""Entering grades and titles, and what striking out a grade gives back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from culture_admin.accounts.acting import acting
from culture_admin.workflow.actions import record_entry
from stations.actions.rows import enter, office_of
from stations.models import Grading, Station, Title

POWER = "stations.grading"


def grade_station(
    *,
    actor,
    station: Station,
    grade: str,
    valid_from: date,
    document: str,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Grading:
    """Enters the grade a document gave; the grade before it ends that day. Raises ValidationError, PermissionDenied."""
    office = office_of(actor, POWER, path=station.division.path)
    with acting(actor):
        before = Grading.objects.standing().filter(station=station, valid_to__isnull=True, valid_from__lt=valid_from)
        before.update(valid_to=valid_from)
        grading = enter(
            Grading(station=station, grade=grade, valid_from=valid_from, valid_to=valid_to, document=document)
        )
        record_entry(grading, step="register", office=office, actor=actor, at=at or timezone.now())
        return grading


def award_title(
    *,
    actor,
    station: Station,
    title: str,
    year: int,
    issuer: str,
    document: str,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Title:
    """Enters a title that a town was given. Raises ValidationError, PermissionDenied."""
    office = office_of(actor, POWER, path=station.division.path)
    with acting(actor):
        given = enter(
            Title(
                station=station,
                title=title,
                year=year,
                issuer=issuer,
                document=document,
                valid_from=valid_from,
                valid_to=valid_to,
            )
        )
        record_entry(given, step="register", office=office, actor=actor, at=at or timezone.now())
        return given


def take_up_before(gradings: Sequence[Grading], actor, at: datetime) -> None:
    """A grade that never was ended no other: the one before it goes on as far as the struck-out one was said to."""
    for voided in gradings:
        before = Grading.objects.standing().filter(station=voided.station_id, valid_to=voided.valid_from)
        before.update(valid_to=voided.valid_to)
