"""A level that a line reaches is told once to those it concerns, and again only after it has fallen below."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from activities.actions import change_activity
from activities.actions.teams import register_team
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Notice
from culture_admin.workflow.notice_words import read, said
from stewards.actions import propose_supplement
from stewards.actions.alerts import tell_due_levels, tell_levels
from stewards.models import LineAlert
from tests.district import NOW
from tests.stewards.deals import Deal, service_list


@pytest.fixture
def deal(district) -> Deal:
    lines = service_list()
    lines[0] |= {"target": 10, "unit_price": 20_000}
    deal = Deal(district, lines=lines)
    deal.performing()
    return deal


def serve(district, deal, number: int, town: str = "east") -> list:
    return [
        district.log(district.station(town), posting=deal.posting(town), title=f"送戏{index}")
        for index in range(number)
    ]


def alerts() -> list[tuple[int, str]]:
    return list(LineAlert.objects.order_by("pk").values_list("level", "state"))


def told(*about: int) -> list[tuple[int, str, str]]:
    """Of notices about alerts: the level, the role, and the unit."""
    rows = Notice.objects.filter(subject_type__model="linealert").order_by("pk")
    levels = dict(LineAlert.objects.values_list("pk", "level"))
    found = [(levels[row.subject_id], row.role, row.unit.name_zh) for row in rows.select_related("unit")]
    return sorted(one for one in found if not about or one[0] in about)


def test_nothing_is_told_below_three_quarters(district, deal):
    serve(district, deal, 7)
    assert alerts() == []


def test_each_level_is_told_once_to_section_and_firm(district, deal):
    serve(district, deal, 8)
    assert alerts() == [(75, "reached"), (80, "reached")]
    parties = [
        ("bureau_admin", "试验县文化局"),
        ("firm_manager", "知音文化公司"),
        ("service", "试验县文化局"),
    ]
    assert told() == [(level, *party) for level in (75, 80) for party in parties]
    tell_levels([deal.line("activities").pk], at=NOW)
    assert len(alerts()) == 2
    serve(district, deal, 2, "west")
    assert alerts() == [(75, "reached"), (80, "reached"), (90, "reached"), (100, "reached")]


def test_a_line_of_one_town_is_told_to_that_town_too(district):
    lines = service_list()
    lines[3] |= {"target": 1, "unit_price": 40_000, "station": district.east}
    deal = Deal(district, lines=lines)
    deal.performing()
    register_team(
        actor=district.station_head_east, at=NOW, station=district.east, name="合唱队", posting=deal.posting("east")
    )
    assert [role for _level, role, _unit in told(100)] == ["bureau_admin", "firm_manager", "service", "town_officer"]
    assert ("town_officer", "东镇人民政府") in {(role, unit) for _level, role, unit in told(100)}


def test_what_is_taken_back_below_a_level_is_told_and_told_anew_when_reached(district, deal):
    rows = serve(district, deal, 8)
    perform(rows[0], "void", actor=district.station_head_east, at=NOW, comment="误报")
    assert alerts() == [(75, "left"), (80, "left")]
    serve(district, deal, 1, "west")
    assert alerts() == [(75, "left"), (80, "left"), (75, "reached"), (80, "reached")]


def test_more_that_is_agreed_lets_a_line_fall_below(district, deal):
    serve(district, deal, 8)
    supplement = propose_supplement(
        actor=district.service,
        contract=deal.contract,
        line=deal.line("activities"),
        quantity=Decimal(2),
        amount=Decimal(40_000),
        document="补充协议一",
        reason="新增两场",
        at=NOW,
    )
    perform(supplement, "sign", actor=district.bureau_leader, at=NOW)
    assert alerts() == [(75, "left"), (80, "left")]


def test_the_clock_tells_what_a_write_has_missed(district, deal):
    serve(district, deal, 8)
    LineAlert.objects.all().delete()
    assert tell_due_levels(at=NOW) == 5
    assert alerts() == [(75, "reached"), (80, "reached")]
    tell_due_levels(at=NOW)
    assert len(alerts()) == 2


def test_a_notice_says_which_line_and_which_level(district, deal):
    serve(district, deal, 8)
    [first, *_others] = read(Notice.objects.filter(subject_type__model="linealert").order_by("pk"), district.service)
    assert said(first) == "服务项提醒“75 % · 1 · 群众文化活动策划与组织”：“已达到”"


def test_nobody_says_by_himself_that_a_level_was_left(district, deal):
    serve(district, deal, 8)
    with pytest.raises(StepRefused) as refused:
        perform(LineAlert.objects.first(), "leave", actor=district.service, at=NOW)
    assert refused.value.code == "counted"


def test_a_change_within_a_line_tells_nothing_new(district, deal):
    [activity, *_others] = serve(district, deal, 8)
    change_activity(
        actor=district.station_head_east,
        activity=activity,
        at=NOW,
        begins_on=date(2026, 5, 5),
        ends_on=date(2026, 5, 5),
    )
    assert len(alerts()) == 2


def test_a_notice_leads_to_a_page_that_says_why_nothing_is_to_be_done(district, deal, signed_in):
    serve(district, deal, 8)
    alert = LineAlert.objects.get(level=80)
    for who in ("firm_manager", "town_officer_east", "station_head_east", "service"):
        page = signed_in(who).get(f"/desk/line-alerts/{alert.pk}/")
        assert page.status_code == 200
        assert f"/desk/contracts/{deal.contract.pk}/burn-down/#line-1" in page.content.decode()
    assert signed_in("station_head_elsewhere").get(f"/desk/line-alerts/{alert.pk}/").status_code == 404
