"""For each list of guidance in the admin how one more row of it is made."""

from __future__ import annotations

from datetime import timedelta

from culture_admin.territory.actions import add_unit
from culture_admin.territory.models import Unit
from stations.actions import add_backbone, agree_follow_up, draft_circular, note_presence, record_adoption, send_report
from stations.models import (
    Adoption,
    Attendance,
    Backbone,
    Circular,
    FollowUp,
    Meeting,
    MeetingPresence,
    Pairing,
    PairingVisit,
    Reply,
    Report,
    Training,
)
from tests.district import NOW, TODAY, District
from tests.stations.guidance import meeting, officer, paired, sent_out, training, visit


def backbone(district: District, number: int) -> Backbone:
    centre = Unit.objects.get(kind=Unit.Kind.CENTRE, name_zh="试验县文化馆")
    return add_backbone(actor=district.service, unit=centre, name=f"老师{number}")


def visited(district: District, number: int) -> PairingVisit:
    pairing = Pairing.objects.first() or paired(district)
    return visit(district, pairing, TODAY - timedelta(days=number))


def agreed(district: District, number: int) -> FollowUp:
    held, due_on = meeting(district), TODAY + timedelta(days=number)
    unit = district.east.unit
    return agree_follow_up(actor=district.service, at=NOW, meeting=held, unit=unit, task=f"事项{number}", due_on=due_on)


def reply(district: District, number: int) -> Reply:
    circular = Circular.objects.first() or sent_out(district)
    unit = add_unit(kind="station", division=district.town("east"), name_zh=f"站{number}")
    return Reply.objects.create(circular=circular, unit=unit, form=circular.form, due_on=TODAY)


def report(district: District, number: int) -> Report:
    return send_report(
        actor=district.station_head_east, unit=district.east.unit, title=f"信息{number}", text="。", at=NOW
    )


OF_GUIDANCE = {
    Training: lambda district, number: training(district, state="planned", title=f"培训{number}"),
    Attendance: lambda district, number: training(district, officer(district, f"文化员{number}"), state="held"),
    Meeting: lambda district, number: meeting(district, state="planned", title=f"例会{number}"),
    MeetingPresence: lambda district, number: note_presence(
        actor=district.service, at=NOW, meeting=meeting(district, state="held"),
        presences=[{"station": district.east, "status": "absent"}],
    ),
    FollowUp: agreed,
    Backbone: backbone,
    Pairing: lambda district, number: paired(district, backbone=backbone(district, number)),
    PairingVisit: visited,
    Circular: lambda district, number: draft_circular(
        actor=district.service, at=NOW, kind="notice", title=f"通知{number}", body="。"
    ),
    Reply: reply,
    Report: report,
    Adoption: lambda district, number: record_adoption(
        actor=district.service, at=NOW, report=report(district, number), level="city", adopted_on=TODAY
    ),
}  # fmt: skip
