"""The menu of a town, and the orders from it: placed by the town, agreed to by the firm, closed by deliveries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.orders import AgreeForm, OrderForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.reach import stations_for
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from stewards.actions import agree_order, place_order
from stewards.actions.orders import POWER
from stewards.behind import with_records
from stewards.filters import ServiceOrderFilter
from stewards.menu import delivered_on, menu_of
from stewards.models import ServiceOrder
from stewards.sources import SOURCES

Order = ServiceOrder.State


@page("GET")
def menu(request: HttpRequest) -> HttpResponse:
    """What a town may order, and what is left of each line; first whose menu, where there are several."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("see",))
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = stations_for(user, POWER)
    station = station_of(stations, chosen)
    if station is None:
        context = {"stations": stations, "title": _("Menu")}
        return render(request, "desk/choose_menu.html", context)
    may_order = bool(may_write(user, POWER, ("propose",)))
    shown = {"station": station, "dishes": menu_of(station, today), "may_order": may_order}
    return render(request, "desk/menu.html", shown)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Order from a line of the menu."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("propose",))
    query = QueryParameters(request, known={"station", "line"})
    chosen, number = query.whole("station"), query.whole("line")
    query.check()
    station = station_of(stations_for(user, POWER, "propose"), chosen)
    dish = next((dish for dish in menu_of(station, today) if dish.line.pk == number), None) if station else None
    if station is None or dish is None:
        return redirect("desk:menu")
    form = OrderForm(request.POST or None, station=station, on=today)
    if request.method == "POST" and form.is_valid():
        order = form.attempt(place_order, actor=user, line=dish.line, station=station, **form.cleaned_data)
        if order:
            messages.success(request, _("Ordered. It waits for the service provider."))
            return redirect("desk:order", order.pk)
    title = _("Order: %(item)s") % {"item": dish.line.item}
    hint = _("%(left)s %(unit)s are left, until %(last)s.") % {
        "left": f"{dish.left.normalize():f}",
        "unit": dish.line.unit,
        "last": dish.line.last,
    }
    return render(request, "desk/team_form.html", {"form": form, "title": title, "hint": hint})


@page("GET")
def orders(request: HttpRequest) -> HttpResponse:
    """The orders that the reader sees: the town's own, or the firm's."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = ServiceOrder.objects.visible_to(user).select_related("line", "station__unit", "village")
    context = {
        "listing": listed(request, rows, ServiceOrderFilter, ("-wanted_on", "-pk")),
        "states": Order.choices,
        "may_order": bool(may_write(user, POWER, ("propose",))),
    }
    return render(request, "desk/orders.html", context)


@page("GET", "POST")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: what was ordered, what came of it, and the steps the user may take."""
    user = request.user
    rows = ServiceOrder.objects.visible_to(user).select_related(
        "line", "contract", "station__unit", "station__division", "village", "firm__unit"
    )
    record = one(rows, pk)
    agreeing = request.POST.get("step") == "agree"
    agree = AgreeForm(request.POST if agreeing else None, order=record)
    refused = None
    if request.method == "POST" and agreeing and agree.is_valid():
        said = {name: agree.cleaned_data[name] for name in ("agreed_on", "comment")}
        if agree.attempt(agree_order, actor=user, serviceorder=record, seen=agree.cleaned_data["version"], **said):
            messages.success(request, _("Agreed for %(day)s.") % {"day": said["agreed_on"]})
            return redirect("desk:order", pk)
    elif request.method == "POST" and not agreeing:
        refused = take(request, record)
        if refused is None:
            return redirect("desk:order", pk)
    came = with_records(record.deliveries.standing().order_by("on", "pk"), user)
    told = buttons(record, user)
    context = {
        "order": record,
        "form": agree if agreeing else refused,
        "agree": agree,
        "may_agree": any(button.name == "agree" and not button.obstacle for button in told)
        or (record.state == Order.ORDERED and bool(may_write(user, POWER, ("decide",)))),
        "deliveries": [(SOURCES[one.source_kind].label, one) for one in came],
        "delivered": delivered_on([record])[record.pk],
        "buttons": [button for button in told if button.name != "agree"],
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/order.html", context)
