"""The month: its figures, the return in which the head answers for them, and the visits of each day."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.months import open_return
from activities.actions.visits import change_visits, record_visits
from activities.models import MonthlyReturn, OpeningVisits
from activities.models.returns import month_after, month_of
from culture_admin.accounts.asking import ask, require
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.forms.months import VisitsForm
from culture_admin.desk.months import Month, month_at
from culture_admin.desk.pages import page, station_of
from culture_admin.desk.reach import sees_several_stations
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces import queries
from culture_admin.interfaces.problems import Fault, Problem, shown
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.tallies import Number
from stations.models import Station

RETURNS, VISITS = "activities.returns", "activities.visits"


@page("GET", "POST")
def month(request: HttpRequest) -> HttpResponse:
    """Last month, or the one asked for, beside the present one: figures, what waits, and the steps of its return."""
    user, at = request.user, timezone.now()
    require(user.offices, RETURNS, ("see",))
    query = QueryParameters(request, known={"station", "month"})
    chosen, first = query.whole("station"), _month_asked(query, timezone.localdate(at))
    query.check()
    station = station_of(_stations(user), chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": _stations(user), "title": _("The month")})
    shown_month = month_at(user, station, first, at)
    form = _act(request, station, shown_month) if request.method == "POST" else None
    if request.method == "POST" and form is None:
        return redirect(request.get_full_path())
    filing = shown_month.filing
    context = {
        "station": station,
        "several": sees_several_stations(user),
        "month": shown_month,
        "present": month_of(timezone.localdate(at)),
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": month_after(first),
        "form": form,
        "buttons": buttons(filing, user) if filing else [],
        "may_open": not filing and shown_month.over and _may(user, station, RETURNS, "propose"),
        "may_count": _may(user, station, VISITS, "decide"),
        "may_log": _may(user, station, "activities", "decide"),
        "matrix": matrix_of(filing or MonthlyReturn),
        "timeline": timeline(filing) if filing else [],
    }
    return render(request, "desk/month.html", context)


@page("GET", "POST")
def visits(request: HttpRequest) -> HttpResponse:
    """Today's visits in two taps; the other days of the month below, each to be corrected."""
    user, today = request.user, timezone.localdate()
    require(user.offices, VISITS, ("see",))
    query = QueryParameters(request, known={"station", "on"})
    chosen, on = query.whole("station"), query.day("on") or today
    query.check()
    station = station_of(_stations(user), chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": _stations(user), "title": _("Visits")})
    days = OpeningVisits.objects.visible_to(user).filter(station=station)
    form = VisitsForm(request.POST or None, today=today, row=days.filter(on=on).first())
    if request.method == "POST" and form.is_valid() and _enter_visits(request, form, days, station):
        return redirect(request.get_full_path())
    first = month_of(on)
    rows = list(days.filter(on__gte=first, on__lt=month_after(first)).order_by("-on"))
    context = {
        "station": station,
        "form": form if _may(user, station, VISITS, "decide") else None,
        "rows": rows,
        "sum": read(
            VISITS, user=user, where={"station": station.pk}, period=Period.of(Grain.MONTH, first)
        ).total.values[VISITS],
        "first": first,
        "before": first - timedelta(days=1),
        "after": month_after(first) if month_after(first) <= today else None,
        "chosen": chosen,
        "on": on,
        "today": today,
    }
    return render(request, "desk/visits.html", context)


def _act(request: HttpRequest, station: Station, shown_month: Month) -> VerbForm | None:
    """Opens the return, or takes the step that was posted; the form with its faults when that was refused."""
    if shown_month.filing is not None:
        return take(request, shown_month.filing)
    form = VerbForm(request.POST)
    if form.is_valid():
        form.attempt(open_return, actor=request.user, station=station, month=shown_month.first)
    return form if form.errors else None


def _enter_visits(request: HttpRequest, form: VisitsForm, days: QuerySet, station: Station) -> bool:
    entries = dict(form.cleaned_data)
    seen, on = entries.pop("version"), entries["on"]
    row = days.filter(on=on).first() if seen else None
    if row:
        del entries["on"]
        done = form.attempt(change_visits, actor=request.user, openingvisits=row, seen=seen, **entries)
    else:
        done = form.attempt(record_visits, actor=request.user, station=station, **entries)
    if done is None:
        return False
    messages.success(
        request, _("Entered: %(visitors)d visitors on %(day)s.") % {"visitors": done.visitors, "day": done.on}
    )
    return True


def _sum_of_visits(user, station: Station, first: date) -> Number | None:
    """The visits of a month, as every other page tells them."""
    table = read(VISITS, user=user, where={"station": station.pk}, period=Period.of(Grain.MONTH, first))
    return table.total.values[VISITS]


def _stations(user) -> QuerySet[Station]:
    """The stations whose months the user may look at."""
    return Station.objects.visible_to(user).select_related("unit", "division", "county").order_by("division__code")


def _may(user, station: Station, power: str, verb: str) -> bool:
    return bool(ask(user.offices, power, verb, path=station.division.path))


def _month_asked(query: QueryParameters, today: date) -> date:
    """The month named like 2026-04; without one the last."""
    written = query.values.get("month")
    if not written:
        return month_of(month_of(today) - timedelta(days=1))
    found = queries.day(f"{written}-01")
    if found is None or found > today:
        message = _("Expected a time like %(example)s.") % {"example": f"{today:%Y-%m}"}
        fault = Fault("month_format", message, parameter="month", value=shown(written))
        raise Problem(400, fault.code, faults=[fault])
    return found
