"""Orders from the menu: a town orders, the firm agrees to a day, deliveries close the order."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.actions import perform, record_entry
from culture_admin.workflow.locking import lock
from stations.models import Station
from stewards.actions.delivered_orders import take_up
from stewards.actions.posting_rules import refuse_faults
from stewards.menu import dishes
from stewards.models import Contract, Measure, ServiceLine, ServiceOrder

POWER = "stewards.orders"
# The least that can be ordered of what is kept in seconds or half days; of all else whole ones are ordered.
SMALLEST = {Measure.CLASS_HOURS: Decimal("0.01"), Measure.DUTY_DAYS: Decimal("0.5")}
Order = ServiceOrder.State


def place_order(
    *,
    actor,
    line: ServiceLine,
    station: Station,
    quantity: Decimal | int,
    what: str,
    wanted_on: date,
    village: Division | None = None,
    people: int | None = None,
    at: datetime | None = None,
) -> ServiceOrder:
    """A town or its station orders from the service list, as far as something of the line is left.

    Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    office = None
    if actor is not None:
        office, _verb = require(actor.offices, POWER, ("propose",), path=station.division.path)
    with acting(actor):
        # Nobody else orders from the line meanwhile.
        row = (
            ServiceLine.objects.select_for_update(of=("self",))
            .select_related("contract")
            .prefetch_related("supplements", "contract__coverage")
            .get(pk=line.pk)
        )
        order = ServiceOrder(
            line=row,
            contract=row.contract,
            firm_id=row.contract.firm_id,
            station=station,
            village=village,
            quantity=Decimal(quantity),
            what=what.strip(),
            people=people,
            wanted_on=wanted_on,
            ordered_by=actor,
            ordered_at=at,
        )
        refuse_faults(_faults(order, row, timezone.localdate(at)))
        order.full_clean()
        left = dishes([row])[0].left
        if order.quantity > left:
            message = _("Of “%(line)s” %(left)s %(unit)s are left, with what is ordered already.")
            values = {"line": row.item, "left": _plain(left), "unit": row.unit}
            raise ValidationError({"quantity": ValidationError(message % values, code="more_than_left")})
        order.save()
        # As it is kept: what is decided on later is compared with it.
        order.refresh_from_db(fields=["quantity"])
        record_entry(order, step="order", office=office, actor=actor, at=at)
    return order


def agree_order(
    *,
    actor,
    serviceorder: ServiceOrder,
    agreed_on: date | None = None,
    comment: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> ServiceOrder:
    """The firm agrees to an order, for the day it is wanted or for another. Raises ValidationError, StepRefused."""
    at = at or timezone.now()
    with acting(actor):
        row = lock(ServiceOrder.objects.select_related("line", "station__division"), serviceorder, seen)
        if agreed_on and row.state == Order.ORDERED:
            if not row.line.first <= agreed_on <= row.line.last:
                raise ValidationError({"agreed_on": _outside(row.line)})
            # Stored with the step, and gone with it where it is refused.
            row.agreed_on = agreed_on
            row.save(update_fields=["agreed_on"])
            comment = " ".join(filter(None, [_("For %(day)s.") % {"day": agreed_on}, comment.strip()]))
        perform(row, "agree", actor=actor, comment=comment, at=at)
        row.refresh_from_db()
    return row


def keep_day(orders: list[ServiceOrder], actor, at: datetime) -> None:
    """What is agreed to without another day is agreed for the day it is wanted."""
    for order in orders:
        if order.agreed_on is None:
            order.agreed_on = order.wanted_on
            order.save(update_fields=["agreed_on"])
    take_up(orders, at=at)


def _faults(order: ServiceOrder, line: ServiceLine, today: date) -> dict[str, ValidationError]:
    contract, faults = line.contract, {}
    if contract.state not in Contract.DELIVERING or not line.orderable:
        message = _("Nothing is ordered from this line: it is not on the menu, or its contract is not in force.")
        faults["line"] = ValidationError(message, code="not_on_menu")
    elif line.station_id not in (None, order.station_id) or order.station_id not in {
        one.station_id for one in contract.coverage.all()
    }:
        message = _("The line is not for %(station)s.") % {"station": order.station}
        faults["line"] = ValidationError(message, code="town_not_covered")
    if order.wanted_on < today:
        faults["wanted_on"] = ValidationError(_("%(day)s is past.") % {"day": order.wanted_on}, code="date_range")
    elif not line.first <= order.wanted_on <= line.last:
        faults["wanted_on"] = _outside(line)
    village = order.village
    if village and (village.level != Level.VILLAGE or not village.path.startswith(order.station.division.path)):
        message = _("%(village)s does not lie in this town.") % {"village": village}
        faults["village"] = ValidationError(message, code="village_elsewhere")
    smallest = SMALLEST.get(Measure(line.measure), Decimal(1))
    if order.quantity % smallest:
        message = _("Of this line %(least)s %(unit)s is the smallest that is ordered, and a multiple of it.")
        values = {"least": _plain(smallest), "unit": line.unit}
        faults["quantity"] = ValidationError(message % values, code="whole_units")
    return faults


def _outside(line: ServiceLine) -> ValidationError:
    message = _("The line is for the time from %(first)s to %(last)s.")
    return ValidationError(message % {"first": line.first, "last": line.last}, code="outside_line")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
