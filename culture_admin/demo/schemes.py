"""Sample schemes: how towns, stations and contracts could be scored (DOMAIN.md §1.3, §2.7, §5.2, §5.5). Nobody's document; they are labelled so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from culture_admin.demo.districts import CIXI, XIAOSHAN, County
from culture_admin.demo.entries import moment
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.actions import perform

HERE = Path(__file__).parent / "data/schemes"
TOWNS = {
    "name_zh": "文化强镇（街道）考核办法（示例）",
    "name_en": "Assessment of Cultural Strong Towns (sample)",
    "total": Decimal(100),
}
STATIONS = {
    "name_zh": "综合文化站评估标准（示例）",
    "name_en": "Grading of cultural stations (sample)",
    "total": Decimal(1000),
}
CAPPED = {
    "name_zh": "镇（街道）文旅工作考核细则（加分封顶式）（示例）",
    "name_en": "Assessment of towns with bonuses under a cap (sample)",
    "total": Decimal(100),
}
DEDUCTED = {
    "name_zh": "镇（街道）文体工作考核细则（扣分式）（示例）",
    "name_en": "Assessment of towns by deductions (sample)",
    "total": Decimal(100),
}
STANDARD = {
    "name_zh": "文化管家服务规范（示例）",
    "name_en": "Service standard for cultural stewards (sample)",
    "total": Decimal(100),
}
# By the name of its file, each sample's particulars.
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "strong-town": TOWNS,
    "station-grading": STATIONS,
    "capped-bonus": CAPPED,
    "deductions": DEDUCTED,
    "service-standard": STANDARD,
}
# Other ways to score towns, by county: a draft for next year, to look at.
OTHERS = {CIXI: "capped-bonus", XIAOSHAN: "deductions"}


def tell(county: County, at: datetime) -> None:
    """Last year's scheme of towns and this year's of stations are published; this year's of towns waits for the leader, and
    for the next there is a draft of another kind.
    """
    year = timezone.localdate(at).year
    issue(county, "town", year - 1, "strong-town", moment(date(year - 1, 2, 15)))
    issue(county, "station", year, "station-grading", min(moment(date(year, 3, 1)), at))
    waiting = _draft(county, "town", year, "strong-town", at)
    perform(waiting, "propose", actor=county.people["service"], at=at)
    _draft(county, "town", year + 1, OTHERS[county.division.code], at)


def issue(county: County, subject: str, year: int, name: str, at: datetime) -> Scheme:
    """A sample that is published, and counts for the year."""
    scheme = _draft(county, subject, year, name, at)
    perform(scheme, "propose", actor=county.people["service"], at=at)
    perform(scheme, "publish", actor=county.people["leader"], at=at)
    return scheme


def standard_of(county: County, year: int, at: datetime) -> Scheme:
    """The service standard of a year, published; it is the same sample each year."""
    known = Scheme.objects.of(county.division, Scheme.Subject.CONTRACT, year).filter(state=Scheme.State.PUBLISHED)
    return known.first() or issue(county, Scheme.Subject.CONTRACT, year, "service-standard", at)


def read_sample(name: str) -> dict[str, Any]:
    """What a sample says: its particulars, sections, groups and titles."""
    return {**SAMPLES[name], **json.loads((HERE / f"{name}.json").read_text())}


def _draft(county: County, subject: str, year: int, name: str, at: datetime) -> Scheme:
    return draft_scheme(
        actor=county.people["service"],
        at=at,
        place=county.division,
        subject=subject,
        year=year,
        sample=True,
        **read_sample(name),
    )
