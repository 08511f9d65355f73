"""Visit days: the professional plans and logs his own, the station confirms them, one by one or all that are ticked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.steps import PickForm
from culture_admin.desk.forms.visits import ChangeVisitForm, PlanVisitsForm, VisitForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, only, page
from culture_admin.desk.steps import buttons, matrix_of, take, take_ticked
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from stations.actions import change_visit, log_visit, plan_visits
from stations.actions.visits import is_own
from stations.filters import PairingVisitFilter
from stations.metrics.progress import served
from stations.models import Pairing, PairingVisit

POWER = "stations.visits"
V = PairingVisit.State
STATES = ("planned", "logged", "confirmed", "returned")


@page("GET", "POST")
def visit_days(request: HttpRequest) -> HttpResponse:
    """How far the year has come for each person, and the days until today, newest first; waiting ones can be confirmed here.

    What is planned is asked for by its state and comes the nearest first.

    Who is paired himself sees his own.
    """
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("see",))
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, form):
        return redirect(request.get_full_path())
    rows = PairingVisit.objects.visible_to(user).select_related("backbone", "station__unit", "station__division")
    if not request.GET.get("state"):
        rows = rows.exclude(state=V.VOID).exclude(state=V.PLANNED, on__gt=today)
    own = _pairings_of(user).exists()
    if own:
        rows = rows.filter(backbone__user=user)
    order = ("on", "pk") if request.GET.get("state") == V.PLANNED else ("-on", "-pk")
    listing, may_confirm = listed(request, rows, PairingVisitFilter, order), bool(may_write(user, POWER, ("decide",)))
    people = served(user, today.year, today)
    context = {
        "listing": listing,
        "states": [(state, V(state).label) for state in STATES],
        "first": _("Until today"),
        "people": [row for row in people if row.backbone.user_id == user.pk] if own else people,
        "own": own,
        "may_confirm": may_confirm,
        "waiting": may_confirm and any(row.state == V.LOGGED for row in listing.rows),
        "form": form,
        "year": today.year,
        "day": today,
    }
    return render(request, "desk/visit_days.html", context)


@page("GET", "POST")
def log(request: HttpRequest) -> HttpResponse:
    """Log a day at a station one is paired with; first at which, where there are several."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("propose",))
    query = QueryParameters(request, known={"pairing", "on"})
    chosen, on = query.whole("pairing"), query.day("on")
    query.check()
    pairings = _pairings_of(user)
    pairing = one(pairings, chosen) if chosen else only(pairings.on(today))
    if pairing is None:
        return render(request, "desk/choose_pairing.html", {"pairings": pairings.on(today)})
    form = VisitForm(request.POST or None, user=user, pairing=pairing, initial={"on": on or today})
    if request.method == "POST" and form.is_valid():
        visit = form.attempt(log_visit, actor=user, pairing=pairing, **form.entries())
        if visit:
            messages.success(request, _("Logged; it waits for the station."))
            return redirect("desk:visit_day", visit.pk)
    return render(request, "desk/log_visit.html", {"form": form, "pairing": pairing, "title": _("Log a visit day")})


@page("GET", "POST")
def plan(request: HttpRequest) -> HttpResponse:
    """Say on which days one means to come."""
    user = request.user
    require(user.offices, POWER, ("propose",))
    form = PlanVisitsForm(request.POST or None, pairings=_pairings_of(user).on(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        planned = form.attempt(plan_visits, actor=user, **form.cleaned_data)
        if planned:
            text = ngettext("%(number)d day planned.", "%(number)d days planned.", len(planned))
            messages.success(request, text % {"number": len(planned)})
            return redirect("desk:visit_days")
    return render(request, "desk/team_form.html", {"form": form, "title": _("Plan visit days")})


@page("GET", "POST")
def visit_day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day: what was done, and the steps the user may take."""
    user = request.user
    record = _one(user, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:visit_day", pk)
    context = {
        "visit": record,
        "form": refused,
        "linked": Activity.objects.visible_to(user).with_names().filter(pk__in=record.activities),
        "buttons": buttons(record, user),
        "may_change": record.state not in (V.CONFIRMED, V.VOID) and is_own(user, record),
        "may_log": record.state == V.PLANNED and record.on <= timezone.localdate() and is_own(user, record),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/visit_day.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a day that the station has not confirmed."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, ("propose",))
    form = ChangeVisitForm(request.POST or None, user=user, visit=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_visit, actor=user, pairingvisit=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:visit_day", pk)
    context = {"form": form, "pairing": record.pairing, "title": _("Change a visit day")}
    return render(request, "desk/log_visit.html", context)


def _decide(request: HttpRequest, form: PickForm) -> bool:
    number = take_ticked(request, form, PairingVisit.objects.visible_to(request.user))
    if number:
        text = ngettext("%(number)d day decided.", "%(number)d days decided.", number)
        messages.success(request, text % {"number": number})
    return bool(number)


def _pairings_of(user):
    """The user's own pairings."""
    rows = Pairing.objects.visible_to(user).filter(backbone__user=user.pk)
    return rows.select_related("backbone", "station__unit", "station__division").order_by(
        "station__division__code", "pk"
    )


def _one(user, pk: int) -> PairingVisit:
    rows = PairingVisit.objects.visible_to(user).select_related(
        "backbone", "station__unit", "station__division", "pairing__station__division", "pairing__backbone"
    )
    return one(rows, pk)
