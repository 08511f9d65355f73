"""The standing of a station: its grades and titles as they came and went, and what its town is known for."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.oversight import ChangeFeatureForm, FeatureForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.steps import buttons, matrix_of, papers_form, take_or_keep
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.queries import QueryParameters
from stations.actions import change_feature, propose_feature
from stations.actions.features import writers_of
from stations.filters import FeatureFilter
from stations.models import Complaint, Feature, Grading, SafetyCheck, Station, Title, YearlyFacts

FEATURES = "stations.features"
LAST = 5


@page("GET")
def standing(request: HttpRequest) -> HttpResponse:
    """All of one station: grades, titles, features, safety checks, complaints and facts."""
    user = request.user
    require(user.offices, "stations", ("see",))
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    stations = Station.objects.visible_to(user).select_related("unit", "division")
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Standing")})

    def of(model) -> QuerySet:
        return model.objects.visible_to(user).filter(station=station)

    gradings = of(Grading).order_by("-valid_from", "-pk")
    context = {
        "station": station,
        "gradings": gradings,
        "matrix": matrix_of(gradings[0] if gradings else Grading),
        # Grades are decided on by the bureau, on its own page; here it is said why not here.
        "buttons": [button for button in buttons(gradings[0], user) if button.obstacle] if gradings else [],
        "titles": of(Title).order_by("-year", "-pk"),
        "features": of(Feature).exclude(state=Feature.State.VOID).order_by("-pk"),
        "checks": of(SafetyCheck).order_by("-checked_on", "-pk")[:LAST],
        "complaints": of(Complaint).order_by("-received_on", "-pk")[:LAST],
        "facts": of(YearlyFacts).order_by("-year")[:LAST],
        "may": {power: bool(may_write(user, f"stations.{power}")) for power in ("features", "safety", "facts")},
        "may_receive": bool(may_write(user, "stations.complaints", ("decide", "consent", "propose"))),
    }
    return render(request, "desk/standing.html", context)


@page("GET")
def titles(request: HttpRequest) -> HttpResponse:
    """The register of titles by year, as far as the reader sees the towns."""
    user = request.user
    require(user.offices, "stations.grading", ("see",))
    rows = Title.objects.visible_to(user).standing().select_related("station__unit", "station__division")
    by_year: dict[int, list[Title]] = {}
    for title in rows.order_by("-year", "station__division__code", "pk"):
        by_year.setdefault(title.year, []).append(title)
    return render(request, "desk/titles.html", {"years": by_year.items()})


@page("GET")
def features(request: HttpRequest) -> HttpResponse:
    """What towns are known for; void ones only when asked for."""
    user = request.user
    require(user.offices, FEATURES, ("see",))
    rows = Feature.objects.visible_to(user).select_related("station__unit", "station__division", "village")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Feature.State.VOID)
    context = {
        "listing": listed(request, rows, FeatureFilter, ("-pk",)),
        "states": [(state, Feature.State(state).label) for state in ("proposed", "returned", "recognised", "ended")],
        "may_add": bool(may_write(user, FEATURES)),
    }
    return render(request, "desk/features.html", context)


@page("GET", "POST")
def add_feature(request: HttpRequest) -> HttpResponse:
    """Propose what the town is known for."""
    user = request.user
    station, answer = entered_at(request, FEATURES, _("Propose a feature"))
    if station is None:
        return answer
    form = FeatureForm(request.POST or None, station=station)
    if request.method == "POST" and form.is_valid():
        feature = form.attempt(propose_feature, actor=user, station=station, **form.cleaned_data)
        if feature:
            messages.success(request, _("Proposed. Add photos or papers as evidence below."))
            return redirect("desk:feature", feature.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Propose a feature")})


@page("GET", "POST")
def feature(request: HttpRequest, pk: int) -> HttpResponse:
    """One feature with its evidence and the steps the user may take."""
    user = request.user
    record = _one(user, pk)
    refused = take_or_keep(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:feature", pk)
    may_change = record.state not in (Feature.State.VOID, Feature.State.ENDED) and covers(
        user, record, writers_of(record)
    )
    context = {
        "feature": record,
        "form": refused,
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "papers_form": papers_form(refused) if may_change else None,
        "may_change": may_change,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/feature.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a feature."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, FEATURES, WRITERS)
    form = ChangeFeatureForm(request.POST or None, feature=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_feature, actor=user, feature=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:feature", pk)
    return render(request, "desk/team_form.html", {"form": form, "title": record.name})


def entered_at(request: HttpRequest, power: str, title: str, verbs=WRITERS) -> tuple[Station | None, HttpResponse]:
    """The station that the user enters something at, or the page on which he chooses it. Raises PermissionDenied."""
    user = request.user
    require(user.offices, power, verbs)
    query = QueryParameters(request, known={"station"})
    chosen = query.whole("station")
    query.check()
    rows = Station.objects.none()
    for verb in verbs:
        condition = replace(Station.scope, power=power).condition(user, verb)
        rows = rows if condition is None else rows | Station.objects.filter(condition)
    stations = rows.select_related("unit", "division", "county").order_by("division__code")
    station = station_of(stations, chosen)
    return station, render(request, "desk/choose_station.html", {"stations": stations, "title": title})


def _one(user, pk: int) -> Feature:
    return one(Feature.objects.visible_to(user).select_related("station__unit", "station__division", "village"), pk)
