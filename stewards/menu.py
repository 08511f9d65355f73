"""The menu of a town: what it may order from the service lists of the contracts that cover it, and what is left of each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from stations.models import Station
from stewards.models import Contract, Delivery, ServiceLine, ServiceOrder


@dataclass(frozen=True)
class Dish:
    """A line of the menu, in the unit of its measure: what was agreed, what was delivered, what open orders still hold, what is left."""

    line: ServiceLine
    agreed: Decimal
    done: Decimal
    ordered: Decimal

    @property
    def left(self) -> Decimal:
        return max(self.agreed - self.done - self.ordered, Decimal(0))


def lines_for(station: Station) -> Sequence[ServiceLine]:
    """The lines from which a station may order, of contracts under which services are delivered."""
    rows = ServiceLine.objects.filter(
        Q(station=None) | Q(station=station),
        orderable=True,
        contract__state__in=Contract.DELIVERING,
        contract__coverage__station=station,
    )
    return list(
        rows.select_related("contract__firm__unit", "station__unit")
        .prefetch_related("supplements")
        .order_by("contract__begins_on", "contract", "number")
    )


def menu_of(station: Station, today: date) -> list[Dish]:
    """What the station may order today and later, by contract and number."""
    return dishes([line for line in lines_for(station) if line.last >= today])


def dishes(lines: Sequence[ServiceLine], *, without: ServiceOrder | None = None) -> list[Dish]:
    """How much is left of each line; as many questions for many as for one. without: an order that is not counted."""
    done = _delivered(lines)
    open_orders = ServiceOrder.objects.filter(line__in=lines, state__in=ServiceOrder.OPEN)
    if without is not None:
        open_orders = open_orders.exclude(pk=without.pk)
    ordered: dict[int, Decimal] = defaultdict(Decimal)
    still_due = still_due_of(list(open_orders.select_related("line")))
    for order, due in still_due:
        ordered[order.line_id] += due
    return [Dish(line, line.agreed, Decimal(done.get(line.pk, 0)) / line.per, ordered[line.pk]) for line in lines]


def still_due_of(orders: Sequence[ServiceOrder]) -> list[tuple[ServiceOrder, Decimal]]:
    """Orders with what is still to be delivered on each, in the unit of its line."""
    came = delivered_on(orders)
    return [(order, max(order.quantity - came[order.pk], Decimal(0))) for order in orders]


def delivered_on(orders: Iterable[ServiceOrder]) -> dict[int, Decimal]:
    """By order, how much was delivered on it, in the unit of its line."""
    listed = list(orders)
    rows = Delivery.objects.standing().filter(order__in=[order.pk for order in listed]).order_by()
    sums = dict(rows.values_list("order").annotate(Sum("amount")))
    return {order.pk: Decimal(sums.get(order.pk, 0)) / order.line.per for order in listed}


def _delivered(lines: Sequence[ServiceLine]) -> dict[int, int]:
    rows = Delivery.objects.standing().filter(line__in=[line.pk for line in lines]).order_by()
    return dict(rows.values_list("line").annotate(Sum("amount")))
