"""What the stories of guidance begin with: a professional of the centre paired with both stations, circulars that ask."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import perform
from stations.actions import (
    add_backbone,
    draft_circular,
    log_visit,
    note_presence,
    pair_station,
    plan_meeting,
    plan_training,
    record_attendance,
    record_officer,
)
from stations.models import (
    Backbone,
    Circular,
    Meeting,
    Officer,
    OfficerPosting,
    Pairing,
    PairingVisit,
    Post,
    Station,
    Training,
)
from tests.district import NOW, OPENED, TODAY, District

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


def officer(district: District, name: str, station: Station | None = None, *, since: date = OPENED) -> Officer:
    """Somebody in service at the east station, unless said otherwise."""
    station = station or district.east
    person = record_officer(actor=None, at=NOW, station=station, name=name)
    dated = {"station": station, "valid_from": since}
    post = Post.objects.create(kind="officer", name=f"文化员（{name}）", tenure="established", **dated)
    OfficerPosting.objects.create(officer=person, post=post, county=station.county, **dated)
    return person


def training(district: District, *present: Officer, on: date = TODAY, state: str = "confirmed", **entries) -> Training:
    """A training of the service section, at which these officers were, as far as `state` says."""
    values = {"title": f"业务培训 {on}", "hours": Decimal(6), "trainer": "周教授"} | entries
    planned = plan_training(actor=district.service, at=NOW, begins_on=on, **values)
    if state == "planned":
        return planned
    perform(planned, "hold", actor=district.service, at=NOW)
    if present:
        there = [{"officer": one, "present": True} for one in present]
        record_attendance(actor=district.service, at=NOW, training=planned, attendances=there)
    planned.refresh_from_db()
    if state == "confirmed":
        perform(planned, "confirm", actor=district.service, at=NOW)
    return planned


def meeting(district: District, on: date = TODAY, *, state: str = "confirmed", **entries) -> Meeting:
    """A monthly meeting with minutes, to which both stations came, as far as `state` says."""
    values = {"kind": "monthly", "title": f"站长例会 {on}", "minutes": "议定三项。", "agenda": "一、免费开放"} | entries
    planned = plan_meeting(actor=district.service, at=NOW, begins_on=on, **values)
    if state == "planned":
        return planned
    perform(planned, "hold", actor=district.service, at=NOW)
    came = [{"station": station, "status": "present"} for station in (district.east, district.west)]
    note_presence(actor=district.service, at=NOW, meeting=planned, presences=came)
    planned.refresh_from_db()
    if state == "confirmed":
        perform(planned, "confirm", actor=district.service, at=NOW)
    return planned


class Caller:
    """Speaks to the API as one account: the versions of records it has seen are sent along."""

    def __init__(self, user) -> None:
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, address: str, status: int = 200) -> dict:
        return self._answered(self.client.get(f"/api/v1/{address}"), status)

    def post(self, address: str, body: dict | None = None, status: int = 200, **headers: str) -> dict:
        """Sends If-Match for an address of one record, and a key where one is wanted."""
        sent = {"If-Match": self._seen(address), "Idempotency-Key": str(uuid.uuid4()), **headers}
        answer = self.client.post(f"/api/v1/{address}", body or {}, content_type="application/json", headers=sent)
        return self._answered(answer, status)

    def patch(self, address: str, body: dict, status: int = 200) -> dict:
        headers = {"If-Match": self._seen(address)}
        answer = self.client.patch(f"/api/v1/{address}", body, content_type="application/json", headers=headers)
        return self._answered(answer, status)

    def _seen(self, address: str) -> str:
        collection, key = (*address.split("/"), "")[:2]
        return self.client.get(f"/api/v1/{collection}/{key}/").headers.get("ETag", "") if key.isdigit() else ""

    def _answered(self, answer, status: int) -> dict:
        assert answer.status_code == status, answer.content.decode()
        return answer.json()
