"""Orders from the menu: ordered by a town, agreed to by the firm, closed by what is delivered."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.territory.models import Division
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import agree_order, place_order
from stewards.menu import menu_of
from stewards.models import ServiceLine, ServiceOrder
from tests.district import NOW, TODAY
from tests.stewards.deals import ENDS, Deal

JUNE = date(2026, 6, 6)
Order = ServiceOrder.State


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def placed(deal, **said) -> ServiceOrder:
    usual = {
        "actor": deal.district.station_head_east, "line": deal.line("activities"), "station": deal.district.east,
        "quantity": 2, "what": "周末越剧专场", "wanted_on": JUNE, "at": NOW,
    }  # fmt: skip
    return place_order(**usual | said)


def code_of(refused, field: str) -> str:
    return refused.value.error_dict[field][0].code


def left_of(deal, measure="activities") -> Decimal:
    return next(dish.left for dish in menu_of(deal.district.east, TODAY) if dish.line.measure == measure)


def test_the_menu_of_a_town_is_what_its_contracts_hold_for_it(deal, district):
    assert [dish.line.measure for dish in menu_of(district.east, TODAY)] == [
        "activities", "class_hours", "duty_days", "teams", "works",
    ]  # fmt: skip
    ServiceLine.objects.filter(contract=deal.contract, measure="teams").update(station=district.west)
    ServiceLine.objects.filter(contract=deal.contract, measure="duty_days").update(orderable=False)
    assert [dish.line.measure for dish in menu_of(district.east, TODAY)] == ["activities", "class_hours", "works"]
    assert menu_of(district.elsewhere, TODAY) == []
    assert menu_of(district.east, ENDS + timedelta(days=1)) == []


def test_an_order_is_placed_agreed_to_and_closed_by_deliveries(deal, district):
    order = placed(deal)
    assert (order.state, order.firm, left_of(deal)) == (Order.ORDERED, district.firm, Decimal(38))
    agree_order(actor=district.firm_manager, serviceorder=order, agreed_on=TODAY, at=NOW)
    order.refresh_from_db()
    assert (order.state, order.agreed_on) == (Order.AGREED, TODAY)
    held = [
        district.log(
            actor=district.station_head_east, posting=deal.posting("east"), begins_on=TODAY, title=f"第{number}场"
        )
        for number in (1, 2)
    ]
    order.refresh_from_db()
    assert (order.state, left_of(deal)) == (Order.DELIVERED, Decimal(38))
    assert order.deliveries.count() == 2
    perform(held[1], "return", actor=district.station_head_east, comment="没有演", at=NOW)
    order.refresh_from_db()
    assert (order.state, left_of(deal)) == (Order.AGREED, Decimal(38))
    perform(held[1], "reinstate", actor=district.station_head_east, at=NOW)
    order.refresh_from_db()
    assert order.state == Order.DELIVERED


def test_the_day_that_is_wanted_is_agreed_to_if_no_other_is_said(deal, district):
    order = placed(deal)
    perform(order, "agree", actor=district.firm_manager, at=NOW)
    order.refresh_from_db()
    assert order.agreed_on == JUNE


def test_nobody_agrees_to_a_day_that_is_over(deal, district):
    order = placed(deal, wanted_on=TODAY)
    later = NOW + timedelta(days=1)
    with pytest.raises(StepRefused) as refused:
        perform(order, "agree", actor=district.firm_manager, at=later)
    assert refused.value.code == "day_over"
    with pytest.raises(ValidationError) as outside:
        agree_order(actor=district.firm_manager, serviceorder=order, agreed_on=ENDS + timedelta(days=1), at=later)
    assert code_of(outside, "agreed_on") == "outside_line"
    agree_order(actor=district.firm_manager, serviceorder=order, agreed_on=JUNE, at=later)


def test_what_is_left_of_a_line_counts_open_orders_and_deliveries(deal, district):
    placed(deal, quantity=38)
    with pytest.raises(ValidationError) as refused:
        placed(deal, quantity=3)
    assert code_of(refused, "quantity") == "more_than_left"
    assert "2" in refused.value.error_dict["quantity"][0].message
    last = placed(deal, actor=district.town_officer_west, station=district.west, quantity=2)
    with pytest.raises(ValidationError):
        placed(deal, quantity=1)
    perform(last, "decline", actor=district.firm_manager, comment="档期已满", at=NOW)
    assert left_of(deal) == 2


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"quantity": 0}, "quantity", None),
        ({"quantity": -1}, "quantity", None),
        ({"quantity": Decimal("1.5")}, "quantity", "whole_units"),
        ({"wanted_on": TODAY - timedelta(days=1)}, "wanted_on", "date_range"),
        ({"wanted_on": ENDS + timedelta(days=1)}, "wanted_on", "outside_line"),
        ({"what": "  "}, "what", None),
        ({"people": 100_001}, "people", None),
    ],
)
def test_what_cannot_be_ordered_is_refused_by_field(deal, said, field, code):
    with pytest.raises(ValidationError) as refused:
        placed(deal, **said)
    assert field in refused.value.error_dict
    assert code is None or code_of(refused, field) == code


def test_half_days_and_parts_of_class_hours_may_be_ordered(deal):
    assert placed(deal, line=deal.line("duty_days"), quantity=Decimal("0.5")).quantity == Decimal("0.5")
    assert placed(deal, line=deal.line("class_hours"), quantity=Decimal("1.25"))
    assert left_of(deal, "class_hours") == Decimal("238.75")


def test_a_town_orders_for_itself_from_lines_that_are_for_it(deal, district):
    stranger = Division.objects.get(code="990101102201")
    with pytest.raises(ValidationError) as village:
        placed(deal, village=stranger)
    assert code_of(village, "village") == "village_elsewhere"
    with pytest.raises(PermissionDenied):
        placed(deal, actor=district.station_head_west)
    with pytest.raises(PermissionDenied):
        placed(deal, actor=district.firm_manager)
    with pytest.raises(ValidationError) as elsewhere:
        placed(deal, actor=district.station_head_elsewhere, station=district.elsewhere)
    assert code_of(elsewhere, "line") == "town_not_covered"


def test_nothing_is_ordered_from_a_contract_that_is_not_in_force(district):
    deal = Deal(district)
    deal.draft()
    with pytest.raises(ValidationError) as refused:
        placed(deal)
    assert code_of(refused, "line") == "not_on_menu"


def test_an_order_is_closed_by_deliveries_alone(deal, district):
    order = placed(deal)
    perform(order, "agree", actor=district.firm_manager, at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(order, "deliver", actor=district.firm_manager, at=NOW)
    assert refused.value.code == "by_deliveries"
    perform(order, "withdraw", actor=district.town_officer_east, at=NOW)
    assert (order.state, left_of(deal)) == (Order.WITHDRAWN, Decimal(40))


def test_a_firm_declines_with_a_reason(deal, district):
    with pytest.raises(StepRefused) as refused:
        perform(placed(deal), "decline", actor=district.firm_manager, at=NOW)
    assert refused.value.code == "comment_required"


@pytest.mark.parametrize("number", [3, 30])
def test_the_menu_asks_as_many_questions_for_many_orders_as_for_few(deal, district, number, django_assert_num_queries):
    for _each in range(number):
        placed(deal, quantity=1)
    with django_assert_num_queries(5):
        menu_of(district.east, TODAY)
