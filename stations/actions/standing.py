"""Entering grades and titles."""

from __future__ import annotations

from datetime import date

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from stations.actions.rows import enter
from stations.models import Grading, Station, Title


def grade_station(
    *, actor, station: Station, grade: str, valid_from: date, document: str, valid_to: date | None = None
) -> Grading:
    """Enters the grade a document gave; the grade before it ends that day."""
    require_of(actor, "stations.grading", path=station.division.path)
    with acting(actor):
        Grading.objects.filter(station=station, valid_to__isnull=True, valid_from__lt=valid_from).update(
            valid_to=valid_from
        )
        return enter(Grading(station=station, grade=grade, valid_from=valid_from, valid_to=valid_to, document=document))


def award_title(
    *, actor, station: Station, title: str, year: int, issuer: str, document: str, valid_from: date
) -> Title:
    """Enters a title that a town was given."""
    require_of(actor, "stations.grading", path=station.division.path)
    with acting(actor):
        return enter(
            Title(station=station, title=title, year=year, issuer=issuer, document=document, valid_from=valid_from)
        )
