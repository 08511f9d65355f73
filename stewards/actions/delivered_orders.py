"""Which orders what is delivered belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from culture_admin.workflow.actions import follow
from stewards.menu import delivered_on
from stewards.models import Delivery, ServiceLine, ServiceOrder

Spot = tuple[int, int, date]


class Orders:
    """The agreed orders of some lines, stations and days, and what is still to be delivered of each; read at once."""

    def __init__(self, spots: Collection[Spot]) -> None:
        self.open: dict[Spot, list[tuple[int, Decimal]]] = defaultdict(list)
        if not spots:
            return
        lines, stations, days = (set(part) for part in zip(*spots, strict=True))
        rows = ServiceOrder.objects.filter(
            state=ServiceOrder.State.AGREED, line__in=lines, station__in=stations, agreed_on__in=days
        )
        done = Sum("deliveries__amount", filter=Q(deliveries__reversed_at=None), default=0)
        for row in rows.select_related("line").annotate(done=done).order_by("pk"):
            left = row.quantity - Decimal(row.done) / row.line.per
            self.open[row.line_id, row.station_id, row.agreed_on].append((row.pk, left))

    def take(self, line: ServiceLine, station_id: int, on: date, amount: int) -> int | None:
        """The order that a delivery belongs to: the first of which something is still to be delivered."""
        waiting = self.open.get((line.pk, station_id, on), [])
        for index, (order, left) in enumerate(waiting):
            if left > 0:
                waiting[index] = (order, left - Decimal(amount) / line.per)
                return order
        return None


def take_up(orders: Collection[ServiceOrder], *, at: datetime) -> None:
    """What was served on the agreed day before it was agreed belongs to the order too."""
    spots = {(order.line_id, order.station_id, order.agreed_on) for order in orders if order.agreed_on}
    if not spots:
        return
    waiting = Orders(spots)
    lines, stations, days = (set(part) for part in zip(*spots, strict=True))
    free = Delivery.objects.standing().filter(order=None, line__in=lines, station__in=stations, on__in=days)
    taken = []
    for row in free.select_related("line").order_by("pk"):
        row.order_id = waiting.take(row.line, row.station_id, row.on, row.amount)
        if row.order_id:
            taken.append(row)
    Delivery.objects.bulk_update(taken, ["order"])
    settle_orders({row.order_id for row in taken if row.order_id}, at=at)


def settle_orders(orders: Collection[int], *, at: datetime) -> None:
    """Closes the orders of which all is delivered, and opens those again of which something was reversed."""
    if not orders:
        return
    rows = list(
        ServiceOrder.objects.filter(
            pk__in=orders, state__in=(ServiceOrder.State.AGREED, ServiceOrder.State.DELIVERED)
        ).select_related("line")
    )
    came = delivered_on(rows)
    comment = _("By the deliveries that are confirmed.")
    for step, moved in (
        ("deliver", [order.pk for order in rows if came[order.pk] >= order.quantity]),
        ("reopen", [order.pk for order in rows if came[order.pk] < order.quantity]),
    ):
        follow(ServiceOrder.objects.filter(pk__in=moved), step, actor=None, at=at, comment=comment)
