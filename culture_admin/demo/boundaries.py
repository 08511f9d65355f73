"""Changes of boundaries in the demo: that of 2021 on record, two that are being drawn up, and the registers of the bureaus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from culture_admin.boundaries.actions import draft_change, record_past_change, try_change
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.demo.districts import County
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.territory.models import Division, Succession
from culture_admin.workflow.actions import perform
from stations.models import Finding

# Zhejiang put five subdistricts of Xiaoshan under the new district of Qiantang (DOMAIN.md §0.3).
QIANTANG_SINCE = date(2021, 4, 9)
DOCUMENT_OF_2021 = "浙政发〔2021〕8号（演示文号）"
# Neither is planned by anybody: they show how a draft looks.
SUPPOSED = "（演示用拟稿，并非实际区划调整）"
# How long a draft lies ahead, in days.
AHEAD = 90
WORDS = {"cixi": "慈文广旅体", "xiaoshan": "萧文广旅体"}
NOTICE = "rectification-notice"


def tell(cixi: County, xiaoshan: County, villages: Mapping[str, Sequence[Division]], at: datetime) -> None:
    """Writes it all as it stands at `at`."""
    record_past_change(
        actor=None,
        kind=BoundaryChange.Kind.MOVE,
        effective_on=QIANTANG_SINCE,
        document=DOCUMENT_OF_2021,
        reason="设立杭州市钱塘区，萧山区五街道划归钱塘区管辖。",
        successions=list(
            Succession.objects.filter(on=QIANTANG_SINCE, predecessor__path__startswith=xiaoshan.division.path)
            .select_related("predecessor", "successor")
            .order_by("predecessor__code")
        ),
        at=at,
    )
    on = timezone.localdate(at) + timedelta(days=AHEAD)
    _split(cixi, villages["330282107"], on, at)
    _recode(xiaoshan, on, at)
    for county in (cixi, xiaoshan):
        _number(county, at)


def _split(county: County, villages: Sequence[Division], on: date, at: datetime) -> None:
    """A draft of the bureau, tried out: a part of Guanhaiwei becomes a town of its own; the station stays with the larger."""
    town = county.towns["guanhaiwei"]
    drawn = draft_change(
        actor=county.people["bureau"],
        kind=BoundaryChange.Kind.SPLIT,
        effective_on=on,
        document=SUPPOSED,
        reason="以鸣鹤古镇保护片区析置新镇，按户籍人口约四比一划分。",
        units=[town.division.pk],
        outcomes=[
            {"code": town.division.code, "name_zh": town.name, "name_en": town.division.name_en, **_part(town.division, "0.8")},
            {"code": "330282125", "name_zh": "鸣鹤镇", "name_en": "Minghe Town", **_part(town.division, "0.2")},
        ],
        children=[
            {"division": village.pk, "outcome": int(village.name_zh in ("鸣鹤村", "双湖村"))} for village in villages
        ],
        stations=[{"station": town.station.pk, "fate": "moves", "outcome": 0}],
        at=at,
    )  # fmt: skip
    try_change(actor=county.people["bureau"], boundarychange=drawn, at=at)


def _part(division: Division, share: str) -> dict[str, object]:
    return {"type": "town", "shares": [{"unit": division.pk, "share": share}]}


def _recode(county: County, on: date, at: datetime) -> None:
    """A town becomes a subdistrict, whose code is another: drawn up and tried out, and now before the bureau's leader."""
    town = county.towns["dangwan"]
    drawn = draft_change(
        actor=county.people["bureau"],
        kind=BoundaryChange.Kind.RECODE,
        effective_on=on,
        document=SUPPOSED,
        reason="撤镇设街道。",
        units=[town.division.pk],
        outcomes=[
            {
                "shares": [{"unit": town.division.pk, "share": "1"}],
                "code": "330109016",
                "name_zh": "党湾街道",
                "name_en": "Dangwan Subdistrict",
                "type": "subdistrict",
            }
        ],
        at=at,
    )
    tried = try_change(actor=county.people["bureau"], boundarychange=drawn, at=at)
    perform(tried, "propose", actor=county.people["bureau"], at=at)


def _number(county: County, at: datetime) -> None:
    """The register of the bureau, and the numbers of its first notices this year."""
    bureau = county.people["bureau"]
    register = open_register(actor=bureau, unit=county.bureau, prefix=WORDS[county.key], name="业务发文")
    paper = PAPERS[NOTICE]
    for finding in Finding.objects.filter(station__county=county.division).order_by("opened_on", "pk")[:2]:
        title = f"{paper.label} · {finding}"[:200]
        issue_number(actor=bureau, register=register, title=title, subject=finding, paper=NOTICE, at=at)
