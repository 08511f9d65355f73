"""Sample schemes: how towns and stations could be scored (DOMAIN.md §2.7, §5.5). Nobody's document; they are labelled so."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from culture_admin.demo.districts import County
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform

HERE = Path(__file__).parent / "data/schemes"
TOWNS = {"name_zh": "文化强镇（街道）考核办法", "name_en": "Assessment of Cultural Strong Towns", "total": Decimal(100)}
STATIONS = {"name_zh": "综合文化站评估标准", "name_en": "Grading of cultural stations", "total": Decimal(1000)}


def tell(county: County, at: datetime) -> None:
    """Last year's scheme of towns and this year's of stations are published; this year's of towns waits for the leader."""
    year = timezone.localdate(at).year
    towns, stations = (json.loads((HERE / f"{name}.json").read_text()) for name in ("strong-town", "station-grading"))
    for scheme in (
        _draft(county, "town", year - 1, TOWNS | towns, at),
        _draft(county, "station", year, STATIONS | stations, at),
    ):
        perform(scheme, "propose", actor=county.people["service"], at=at)
        perform(scheme, "publish", actor=county.people["leader"], at=at)
    waiting = _draft(county, "town", year, TOWNS | towns, at)
    perform(waiting, "propose", actor=county.people["service"], at=at)


def _draft(county: County, subject: str, year: int, said: dict, at: datetime) -> Scheme:
    return draft_scheme(
        actor=county.people["service"], at=at, place=county.division, subject=subject, year=year, sample=True, **said
    )
