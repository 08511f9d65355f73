"""Batch entry: a grid of a month's activities, filled by hand or by a block copied from a sheet."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.reach import stations_to_enter_at
from activities.models import Kind
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.grid import GridForm
from culture_admin.desk.grids import COLUMNS, MORE, MOST, ROWS, Grid, pasted
from culture_admin.desk.pages import page, station_of
from culture_admin.interfaces.queries import QueryParameters
from stations.models import Station


@page("GET", "POST")
def grid(request: HttpRequest) -> HttpResponse:
    """Rows of date, title, kind, people and class hours. Nothing is stored while a row is faulty, or the good ones alone."""
    user, at = request.user, timezone.now()
    require(user.offices, "activities", ("decide",))
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = stations_to_enter_at(user, "activities")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Enter many at once")})
    form = GridForm(request.POST or None, initial={"rows": ROWS})
    shown = Grid([])
    if request.method == "POST":
        shown = _posted(request, form)
        if form.is_valid() and not form.errors:
            stored = _act(form, shown, station, user, at)
            if stored:
                said = ngettext("%(number)d activity logged.", "%(number)d activities logged.", stored)
                messages.success(request, said % {"number": stored})
                if not shown.faulty:
                    return redirect("desk:activities")
                shown = shown.left()
                shown.read(station, user, at, timezone.localdate(at))
    context = {
        "station": station,
        "form": form,
        "grid": shown,
        "headings": [label for _name, label, _word in COLUMNS],
        "kinds": Kind.objects.all(),
        "rows": len(shown.lines),
        "may_add": len(shown.lines) < MOST,
    }
    return render(request, "desk/grid.html", context)


def _posted(request: HttpRequest, form: GridForm) -> Grid:
    """The grid as it came; with a block that was pasted into its field, and with more rows where they are asked for."""
    if not form.is_valid():
        return Grid([])
    entries = form.cleaned_data
    found = Grid.posted(request.POST, entries["rows"])
    if entries["act"] == "more":
        return Grid([[cell.written for cell in line.cells] for line in found.lines], min(MOST, entries["rows"] + MORE))
    if entries["act"] == "read":
        rows = [[cell.written for cell in line.cells] for line in found.filled] + pasted(entries["pasted"])
        if len(rows) > MOST:
            message = _("At most %(most)d rows at a time; a longer ledger comes in as a file.") % {"most": MOST}
            form.add_error("pasted", message)
            return found
        return Grid(rows, max(ROWS, len(rows)))
    return found


def _act(form: GridForm, shown: Grid, station: Station, user, at: datetime) -> int:
    """Reads the grid, and stores it where that is asked for and nothing stands against it; how many rows were stored."""
    act, reason = form.cleaned_data["act"], form.cleaned_data["late_reason"]
    if act not in ("more", "read") and not shown.filled:
        form.add_error(None, _("Write at least one row."))
    if act == "more" or not shown.filled:
        return 0
    shown.read(station, user, at, timezone.localdate(at))
    if shown.refused:
        form.add_error(None, shown.refused)
    if act == "read" or not shown.good or (act == "save" and shown.faulty):
        return 0
    if shown.late and not reason:
        form.add_error("late_reason", _("Some of these days are long past: say why they come so late."))
        return 0
    return form.attempt(shown.store, station=station, actor=user, at=at, late_reason=reason) or 0
