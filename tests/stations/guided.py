"""A station's rows of guidance, each with a mark by which it is found again, and the desk's addresses of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import perform
from stations.actions import (
    add_backbone,
    agree_follow_up,
    draft_circular,
    log_visit,
    note_presence,
    pair_station,
    plan_meeting,
    plan_training,
    record_adoption,
    record_attendance,
    save_answers,
    send_report,
)
from stations.models import Backbone, FollowUp, Meeting, PairingVisit, Reply, Report, Training
from tests.district import NOW, OPENED, TODAY, District
from tests.stations.guidance import officer

# The first part of the desk's addresses of one record, and the model of the record.
OF_GUIDANCE: dict[str, type[Model]] = {
    "follow-ups": FollowUp,
    "meetings": Meeting,
    "replies": Reply,
    "reports": Report,
    "trainings": Training,
    "visit-days": PairingVisit,
}


def of_guidance(district: District, town: str, mark: str) -> Iterator[Model]:
    """What the bureau and the backbone do for the station, and what it answers.

    A training and a meeting are for all stations of the county: of the west there is only what is its own of them.
    """
    station, head = district.station(town), getattr(district, f"station_head_{town}")
    bureau = district.service if town != "elsewhere" else district.bureau_admin_elsewhere
    shared, common = (mark if town == "elsewhere" else "全县"), {"actor": bureau, "at": NOW}
    training = plan_training(title=shared, begins_on=TODAY, hours=6, trainer=shared, **common)
    attended = [{"officer": officer(district, mark, station), "present": True, "note": mark}]
    attendance = record_attendance(training=training, attendances=attended, **common)[0]
    meeting = plan_meeting(kind="monthly", title=shared, begins_on=TODAY, minutes=shared, **common)
    presence = note_presence(
        meeting=meeting, presences=[{"station": station, "status": "sent", "person": mark}], **common
    )[0]
    if town != "west":
        yield from (training, meeting)
    yield from (attendance, presence)
    due_on = TODAY + timedelta(days=9)
    yield agree_follow_up(meeting=meeting, unit=station.unit, task=mark, due_on=due_on, **common)
    pairing = pair_station(
        actor=bureau,
        backbone=backbone_for(district, town, shared),
        station=station,
        valid_from=OPENED,
        planned_days=9,
        aim=mark,
    )
    yield pairing
    yield log_visit(actor=pairing.backbone.user, at=NOW, pairing=pairing, on=TODAY, tasks=["teams"], summary=mark)
    circular = draft_circular(
        kind="collection", title=mark, body=mark, chosen="list", listed=[station.unit], due_on=due_on,
        questions=[{"label": mark, "kind": "text"}], **common,
    )  # fmt: skip
    perform(circular, "issue", **common)
    yield circular
    reply = circular.replies.select_related("circular", "form", "unit__division").get()
    yield save_answers(actor=head, reply=reply, answers={"q1": mark}, at=NOW)
    report = send_report(actor=head, unit=station.unit, title=mark, text=mark, at=NOW)
    yield report
    yield record_adoption(report=report, level="city", adopted_on=TODAY, bulletin=mark, **common)


def backbone_for(district: District, town: str, name: str) -> Backbone:
    """The professional of the county's centre, with an account; of the other county one of its own."""
    if town != "elsewhere":
        known = Backbone.objects.filter(user=district.backbone).first()
        centre, account = Unit.objects.get(kind=Unit.Kind.CENTRE, division=district.county), district.backbone
    else:
        known, county = None, district.elsewhere.county
        centre = add_unit(kind=Unit.Kind.CENTRE, division=county, name_zh="邻县文化馆")
        account = issue_account(actor=None, username="backbone_elsewhere", name=name)
        grant_office(actor=None, user=account, role="backbone", unit=centre, valid_from=OPENED)
    return known or add_backbone(actor=None, unit=centre, name=name, user=account)
