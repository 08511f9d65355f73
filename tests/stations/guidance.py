"""What the stories of guidance begin with: a professional of the centre paired with both stations, circulars that ask."""

from __future__ import annotations

from datetime import date, timedelta

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import perform
from stations.actions import add_backbone, draft_circular, log_visit, pair_station
from stations.models import Backbone, Circular, Pairing, PairingVisit, Station
from tests.district import NOW, TODAY, District

QUESTIONS = [
    {"label": "开放时间", "kind": "text", "required": True},
    {"label": "读者人次", "kind": "number", "required": True, "help": "五月一日至五日合计"},
    {"label": "购书经费", "kind": "money"},
    {"label": "自查日期", "kind": "date"},
    {"label": "是否错时开放", "kind": "yes_no"},
    {"label": "开放方式", "kind": "choice", "choices": ["全天", "半天"]},
    {"label": "照片", "kind": "file"},
]
ANSWERS = {"q1": "8:30-21:00", "q2": "1,204", "q3": "￥3000", "q4": "2026-05-18", "q5": True, "q6": "全天"}


def backbone_of(district: District) -> Backbone:
    """The professional of the centre who has the account `backbone`."""
    known = Backbone.objects.filter(user=district.backbone).first()
    centre = Unit.objects.get(kind=Unit.Kind.CENTRE)
    return known or add_backbone(
        actor=district.service, unit=centre, name="林老师", speciality="舞蹈", user=district.backbone
    )


def paired(district: District, station: Station | None = None, **entries) -> Pairing:
    """The professional paired with the east station, unless said otherwise, since the first of January."""
    values = {"valid_from": date(2026, 1, 1), "planned_days": 30} | entries
    backbone = values.pop("backbone", None) or backbone_of(district)
    return pair_station(actor=district.service, backbone=backbone, station=station or district.east, **values)


def visit(district: District, pairing: Pairing, on: date = TODAY, *, confirmed: bool = True, **entries) -> PairingVisit:
    """A day at the station of the pairing, confirmed by its head unless said otherwise."""
    logged = log_visit(actor=pairing.backbone.user, at=NOW, pairing=pairing, on=on, **{"tasks": ["teams"], **entries})
    if confirmed:
        town = "east" if pairing.station_id == district.east.pk else "west"
        perform(logged, "confirm", actor=getattr(district, f"station_head_{town}"), at=NOW)
    return logged


def sent_out(district: District, **entries) -> Circular:
    """A collection the service section has sent to both stations, due in a week, unless said otherwise."""
    values = {
        "kind": "collection",
        "title": "五一开放情况",
        "body": "请各站填报。",
        "due_on": TODAY + timedelta(days=7),
        "questions": QUESTIONS,
    } | entries
    circular = draft_circular(actor=district.service, at=NOW, **values)
    perform(circular, "issue", actor=district.service, at=NOW)
    return circular
