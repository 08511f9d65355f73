"""What is served on the agreed day for an order belongs to it: it is closed by it, and open again when that is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from activities.actions import log_activity
from culture_admin.workflow.actions import perform
from stewards.actions import agree_order, place_order
from stewards.actions.deliveries import settle_contract
from stewards.models import Delivery, ServiceOrder
from tests.district import NOW
from tests.stewards.deals import Deal

AGREED = date(2026, 6, 6)
LATER = NOW + timedelta(days=30)


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def agreed(deal, town: str = "east", quantity: int = 1) -> ServiceOrder:
    station = deal.district.station(town)
    order = place_order(
        actor=getattr(deal.district, f"station_head_{town}"),
        line=deal.line("activities"),
        station=station,
        quantity=quantity,
        what="周末越剧专场",
        wanted_on=AGREED,
        at=NOW,
    )
    return agree_order(actor=deal.district.firm_manager, serviceorder=order, at=NOW)


def serve(deal, town: str = "east", on: date = AGREED):
    return log_activity(
        actor=getattr(deal.district, f"station_head_{town}"),
        at=LATER,
        station=deal.district.station(town),
        title="越剧专场",
        kind=deal.district.kind("PERF"),
        begins_on=on,
        posting=deal.posting(town),
    )


def state_of(order: ServiceOrder) -> str:
    return ServiceOrder.objects.get(pk=order.pk).state


def linked() -> list[int | None]:
    return list(Delivery.objects.standing().order_by("pk").values_list("order", flat=True))


def test_what_is_served_on_the_agreed_day_closes_the_order(deal):
    order = agreed(deal)
    serve(deal)
    assert (linked(), state_of(order)) == ([order.pk], "delivered")


def test_another_day_or_another_town_leaves_the_order_open(deal):
    order = agreed(deal)
    serve(deal, on=AGREED + timedelta(days=1))
    serve(deal, "west")
    assert (linked(), state_of(order)) == ([None, None], "agreed")


def test_an_order_of_two_takes_two_and_no_third(deal):
    order = agreed(deal, quantity=2)
    serve(deal)
    assert state_of(order) == "agreed"
    serve(deal)
    serve(deal)
    assert (linked(), state_of(order)) == ([order.pk, order.pk, None], "delivered")


def test_two_orders_of_one_day_are_served_one_after_the_other(deal):
    first, second = agreed(deal), agreed(deal)
    serve(deal)
    assert (state_of(first), state_of(second)) == ("delivered", "agreed")
    serve(deal)
    assert (linked(), state_of(second)) == ([first.pk, second.pk], "delivered")


def test_what_is_taken_back_opens_the_order_again(deal, district):
    order = agreed(deal)
    activity = serve(deal)
    perform(activity, "return", actor=district.station_head_east, at=LATER, comment="照片不清")
    assert (linked(), state_of(order)) == ([], "agreed")
    perform(activity, "reinstate", actor=district.station_head_east, at=LATER)
    assert (linked(), state_of(order)) == ([order.pk], "delivered")
    settle_contract(deal.contract, at=LATER)
    assert linked() == [order.pk]


def test_what_was_served_on_the_day_before_it_was_agreed_closes_the_order_at_once(deal):
    station = deal.district.east
    order = place_order(
        actor=deal.district.station_head_east,
        line=deal.line("activities"),
        station=station,
        quantity=1,
        what="邻里节",
        wanted_on=NOW.date(),
        at=NOW,
    )
    log_activity(
        actor=deal.district.station_head_east,
        at=NOW,
        station=station,
        title="邻里节",
        kind=deal.district.kind("PERF"),
        begins_on=NOW.date(),
        posting=deal.posting("east"),
    )
    assert linked() == [None]
    agreed_to = agree_order(actor=deal.district.firm_manager, serviceorder=order, at=NOW)
    assert agreed_to.state == ServiceOrder.State.DELIVERED
    assert linked() == [order.pk]
