"""How far a contract is delivered, for everybody it concerns: a card for each line, and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from culture_admin.accounts.asking import require
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.queries import QueryParameters
from stewards.behind import with_records
from stewards.burning import Burn, burn
from stewards.burning_sheet import sheet_of
from stewards.filters import DeliveryFilter
from stewards.models import Contract, Delivery, LineAlert, ServiceLine
from stewards.sources import SOURCES
from stewards.voice import voices_of

POWER = "stewards.deliveries"
# The width of the drawing, and of the mark of what time leads to expect.
WIDE, MARK = 100.0, 0.8


@dataclass(frozen=True)
class Card:
    """A line with its drawing: how wide what is done is, and where the mark of time stands, of WIDE."""

    burn: Burn

    @property
    def filled(self) -> float:
        return min(float(self.burn.share), 1.0) * WIDE

    @property
    def mark(self) -> float:
        share = float(self.burn.expected / self.burn.target)
        return min(share * WIDE, WIDE - MARK)


@page("GET")
def burn_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Target, done, left, expected and forecast of each line of a contract, and what residents say of the service."""
    user, at = request.user, timezone.now()
    require(user.offices, POWER, ("see",))
    query = QueryParameters(request, known=("on", "format"))
    on = query.day("on") or timezone.localdate(at)
    wanted = query.choice("format", ("xlsx", "csv"))
    query.check()
    contract = one(Contract.objects.visible_to(user).select_related("firm__unit", "place"), pk)
    found = burn(contract, on=on)
    if wanted:
        return sheet_of(contract, found).answer(wanted)
    context = {
        "contract": contract,
        "on": on,
        "cards": [Card(burn) for burn in found],
        "behind": sum(burn.behind for burn in found),
        "voices": voices_of(contract, at=at),
    }
    return render(request, "desk/burn_down.html", context)


@page("GET")
def line_records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records that count on a service line, and those that did and were reversed, with why; as far as they are in sight."""
    user = request.user
    line = one(ServiceLine.objects.visible_to(user).select_related("contract", "station__unit"), pk)
    rows = Delivery.objects.visible_to(user).filter(line=line).select_related("line", "station__unit", "steward")
    listing = listed(request, rows, DeliveryFilter, ("-on", "-pk"))
    context = {
        "line": line,
        "listing": listing,
        "deliveries": [(row, SOURCES[row.source_kind].label) for row in with_records(listing.rows, user)],
    }
    return render(request, "desk/line_records.html", context)


@page("GET")
def line_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """That a line has reached a level, or fallen below it again; it follows from what is delivered."""
    user = request.user
    rows = LineAlert.objects.visible_to(user).select_related(
        "contract__place", "contract__firm__unit", "line__station__unit"
    )
    record = one(rows.select_related("line__station__division"), pk)
    context = {
        "record": record,
        "title": str(record),
        "facts": [
            (gettext("Contract"), record.contract),
            (gettext("Service line"), record.line),
            (gettext("Station"), record.line.station),
            (pgettext("of a service line", "Level"), record.get_level_display()),
            (gettext("Reached on"), timezone.localdate(record.reached_at)),
        ],
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/line_alert.html", context)
