"""Residents by year: the few published figures, and estimates of the demo for the rest, which say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from culture_admin.demo.districts import CIXI, XIAOSHAN
from culture_admin.demo.shares import apportion
from culture_admin.territory.actions import record_figures
from culture_admin.territory.models import Division, Residents, Succession

ESTIMATE = "演示数据估算，非统计公报"
CENSUS = "第七次全国人口普查（2020年）"
BULLETIN = "萧山区统计公报（2021年末）"
CENSUS_YEAR = 2020
CENSUS_FIGURES = {"330109113": 233_000, "330109100": 23_500}
COUNTY_2021 = 2_056_000
YEARLY_GROWTH = 0.012


def record(divisions: Mapping[str, Division], stations: Sequence[Mapping[str, str]], present: int) -> None:
    """Enters the residents of every town with a station, for the years the demo tells of and up to `present`."""
    before = {succession.successor: succession.predecessor for succession in Succession.objects.all()}
    county = {row["code"]: int(row["residents"]) for row in stations if row["code"].startswith(XIAOSHAN)}
    in_2021 = dict(zip(county, apportion(COUNTY_2021, list(county.values())), strict=True))
    figures = [Residents(division=divisions[XIAOSHAN], year=2021, number=COUNTY_2021, source=BULLETIN)]
    for row in stations:
        code, base = row["code"], int(row["residents"])
        is_cixi = code.startswith(CIXI)
        years = {2012} if is_cixi else {2018, 2019, 2020, 2021}
        for year in sorted(years | {present - 1, present}):
            division = divisions[code]
            if division.valid_from and year < division.valid_from.year:
                division = before[division]
            number = round(base * (1 + YEARLY_GROWTH) ** (year - CENSUS_YEAR), -2)
            source = ESTIMATE
            if year == CENSUS_YEAR and code in CENSUS_FIGURES:
                number, source = CENSUS_FIGURES[code], CENSUS
            elif year == 2021 and code in in_2021:
                number = in_2021[code]
            figures.append(Residents(division=division, year=year, number=int(number), source=source))
    record_figures(figures)
