"""The permission table of guidance, made from the matrix: the right office may, and every wrong one is told who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.steps import FLOWS, obstacles
from stations.actions import agree_follow_up, draft_circular, send_report
from stations.models import Circular, FollowUp, Meeting, PairingVisit, Reply, Report, Training
from tests.district import NOW, TODAY
from tests.stations.guidance import meeting, officer, paired, sent_out, training, visit


def follow_up(district) -> FollowUp:
    due = TODAY + timedelta(days=9)
    held, unit = meeting(district), district.east.unit
    return agree_follow_up(actor=district.service, at=NOW, meeting=held, unit=unit, task="报方案", due_on=due)


def reply(district) -> Reply:
    rows = sent_out(district).replies.select_related("unit__division", "circular", "form")
    return rows.get(unit=district.east.unit)


# A record of each model, at the east station where it is a station's.
MAKERS = {
    Training: lambda district: training(district, officer(district, "林晓"), state="held"),
    Meeting: lambda district: meeting(district, state="held"),
    FollowUp: follow_up,
    PairingVisit: lambda district: visit(district, paired(district), confirmed=False),
    Circular: lambda district: draft_circular(actor=district.service, at=NOW, kind="notice", title="通知", body="。"),
    Reply: reply,
    Report: lambda district: send_report(
        actor=district.station_head_east, unit=district.east.unit, title="信息", text="。", at=NOW
    ),
}
STEPS = [(model, name) for model in MAKERS for name in FLOWS[model].steps]


def person(district, role: str):
    if role in (Role.TOWN_OFFICER, Role.STATION_HEAD, Role.STATION_OFFICER, Role.STEWARD):
        return getattr(district, f"{role}_east")
    return getattr(district, role)


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_each_step_is_open_to_just_the_offices_of_its_line(district, model):
    record = MAKERS[model](district)
    for name, step in FLOWS[model].steps.items():
        record.state = step.sources[0]
        allowed = POWERS[step.power].roles(step.verb)
        for role in Role.values:
            told = obstacles([record], name, person(district, role))[record.pk]
            refused = told is not None and told.code == "not_your_power"
            assert refused == (role not in allowed), (name, role, told)
            if refused:
                assert str(POWERS[step.power].basis) in told.text


@pytest.mark.parametrize(("model", "step"), STEPS, ids=lambda value: getattr(value, "__name__", value))
def test_nobody_of_another_county_takes_a_step(district, model, step):
    record = MAKERS[model](district)
    before = record.state
    for stranger in (district.bureau_admin_elsewhere, district.station_head_elsewhere):
        with pytest.raises(StepRefused) as refused:
            perform(record, step, actor=stranger, at=NOW, comment="x")
        assert refused.value.code == "not_found"
    record.refresh_from_db()
    assert record.state == before
