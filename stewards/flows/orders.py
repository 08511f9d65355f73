"""The steps of an order: a town orders, the firm agrees or declines; deliveries close it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions.orders import POWER, keep_day
from stewards.models import ServiceOrder

Order = ServiceOrder.State


def order_content(order: ServiceOrder) -> dict[str, object]:
    """What the firm agrees to; for which day it does is said with the step."""
    named = ("line_id", "station_id", "village_id", "quantity", "what", "people", "wanted_on")
    return {name: getattr(order, name) for name in named}


def refuse_past(order: ServiceOrder, day: date) -> Obstacle | None:
    """Nobody agrees to a day that is over."""
    on = order.agreed_on or order.wanted_on
    if on >= day:
        return None
    return Obstacle("day_over", gettext("%(day)s is over; agree to another day.") % {"day": on})


def only_by_deliveries(order: ServiceOrder, actor) -> Obstacle | None:
    """An order is closed, and opened again, by what is delivered on it."""
    return Obstacle("by_deliveries", gettext("This follows from the deliveries that the station confirms."))


register(
    Flow(
        model=ServiceOrder,
        power=POWER,
        content=order_content,
        place=lambda order: Place(
            order.station.division.path, order.station.division_id, order.station_id, order.firm_id
        ),
        related=("station__division", "station__unit", "line"),
        filed_by="ordered_by",
        struck=(Order.WITHDRAWN, Order.DECLINED),
        own_files=True,
        steps={
            "agree": Step(
                pgettext_lazy("an order", "Agree"),
                [Order.ORDERED],
                Order.AGREED,
                POWER,
                untimely=refuse_past,
                after=keep_day,
                waits=True,
            ),
            "decline": Step(pgettext_lazy("an order", "Decline"), [Order.ORDERED], Order.DECLINED, POWER, comment=True),
            "deliver": Step(
                pgettext_lazy("an order", "Close as delivered"),
                [Order.AGREED],
                Order.DELIVERED,
                POWER,
                refuse=only_by_deliveries,
            ),
            "reopen": Step(
                pgettext_lazy("an order", "Open again"),
                [Order.DELIVERED],
                Order.AGREED,
                POWER,
                refuse=only_by_deliveries,
            ),
            "withdraw": Step(
                _("Withdraw"), [Order.ORDERED, Order.AGREED], Order.WITHDRAWN, POWER, verb="propose", danger=True
            ),
        },
    )
)
