"""Targets of this year, and the figures of a year that is over, kept as they are read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from culture_admin.demo.assessed import YEAR_OF_CIXI, YEARS_OF_XIAOSHAN
from culture_admin.demo.districts import County
from culture_admin.statistics.actions import set_target
from culture_admin.statistics.snapshots import Asked, take

# By what the demo's targets of every station are measured in a year, and how much of it.
OF_STATIONS = {"activities.held": Decimal(24), "activities.sessions": Decimal(36)}
OF_THE_COUNTY = {"activities.person_times": Decimal(60_000), "activities.teams": Decimal(120)}
# Of which year the ledgers of each county tell most.
KNOWN = {"cixi": YEAR_OF_CIXI, "xiaoshan": YEARS_OF_XIAOSHAN[-1]}
FIGURES = ("activities.held", "activities.sessions", "activities.person_times", "activities.class_hours")
LEVELS = ("activities.teams", "stations.floor_area", "territory.residents")


def tell(county: County, at: datetime) -> None:
    """What the bureau asks of its stations and of the county this year; figures of a year that is known, town by town."""
    year, bureau = timezone.localdate(at).year, county.people["service"]
    source = f"{county.division.name_zh}{year}年公共文化服务工作要点（示例）"
    common: dict[str, Any] = {"actor": bureau, "at": at, "year": year, "source": source}
    for town in county.towns_of_today:
        for metric, number in OF_STATIONS.items():
            set_target(station=town.station.unit, metric=metric, number=number, **common)
    for metric, number in OF_THE_COUNTY.items():
        set_target(place=county.division, metric=metric, number=number, **common)
    known = KNOWN[county.key]
    first, last = date(known, 1, 1), date(known, 12, 31)
    asked = [Asked(FIGURES, ("division:town",), first, last), Asked(LEVELS, ("division:town",), last=last, as_of=last)]
    take(actor=bureau, place=county.division, asked=asked, name=f"{known}年度群众文化统计数据", at=at)
