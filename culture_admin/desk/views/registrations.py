"""A station's standing as a legal person: its certificate, its cases, their documents, and where each case is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.accounts.scope import Scope
from culture_admin.desk.forms.registrations import HINTS, CaseForm, DocumentForm, RemoveForm, ReportForm, SeenForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page, station_of
from culture_admin.desk.reach import sees_several_stations
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import covers, may_write
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.workflow.models import Deadline
from stations import actions
from stations.actions.annual_reports import known_figures
from stations.actions.certificates import current_certificates
from stations.actions.readiness import FETCHED, not_ready
from stations.actions.registration import draft_of, refusals_of
from stations.actions.rounds import report_of, rounds_of
from stations.filters import RegistrationFilter
from stations.models import (
    Certificate,
    CertificateStanding,
    LegalStanding,
    Registration,
    Sanction,
    Station,
    with_legal_standing,
)
from stations.models.documents import checklist
from stations.models.registration import WRITABLE, Item, Kind, Party, State

POWER = "stations.registration"
OF_STATION = Scope(POWER, place="division__path", station="pk")
STATES = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.ENDORSED, State.FILED, State.ACCEPTED, State.ANNOUNCED)
LONGEST_NAME = 255
OFFERED = (Kind.ESTABLISHMENT, Kind.CHANGE, Kind.RENEWAL, Kind.REISSUE, Kind.CANCELLATION, Kind.ANNUAL_REPORT)


@page("GET")
def registrations(request: HttpRequest) -> HttpResponse:
    """How the station stands as a legal person, and its cases, the newest first."""
    user, today = request.user, timezone.localdate()
    listing = listed(request, _cases(user), RegistrationFilter, ("-opened_at", "-pk"))
    stations = with_legal_standing(
        Station.objects.visible_to(user).existing(today).select_related("unit", "division"), today
    )
    own = list(stations.order_by("division__code")[:2])
    several = sees_several_stations(user) and len(own) > 1
    context = {
        "listing": listing,
        "states": [(state.value, state.label) for state in STATES],
        "several": several,
        "station": None if several or not own else own[0],
        "standing": None if several or not own else LegalStanding(own[0].legal_standing).label,
        "certificate": None if several or not own else _certificate_of(user, own[0], today),
        "sanctions": [] if several else Sanction.objects.visible_to(user).filter(state__in=Sanction.OPEN),
        "may_open": bool(may_write(user, POWER, ("propose",))),
        "today": today,
    }
    return render(request, "desk/registrations.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Open a case: first of which kind, then what that kind asks."""
    user = request.user
    require(user.offices, POWER, ("propose",))
    query = QueryParameters(request, known={"station", "kind", "year"})
    chosen, kind = query.whole("station"), query.choice("kind", OFFERED)
    year = query.whole("year", least=1980, most=2199)
    query.check()
    stations = _stations(user)
    station = station_of(stations, chosen)
    if station is None:
        return render(request, "desk/choose_station.html", {"stations": stations, "title": _("Open a case")})
    today = timezone.localdate()
    year = year or today.year - 1
    refusals = refusals_of(station, today, year) if request.method == "GET" else {}
    if kind is None or kind in refusals:
        return _choose_kind(request, station, refusals, kind)
    if kind == Kind.ANNUAL_REPORT:
        return _open_report(request, station, year)
    begun = draft_of(station, kind, today)
    form = CaseForm(request.POST or None, kind=kind, begun=begun)
    if request.method == "POST" and form.is_valid():
        case = form.attempt(actions.open_registration, actor=user, station=station, kind=kind, **form.entries())
        if case:
            messages.success(request, _("Opened. Add the documents, then file it."))
            return redirect("desk:registration", case.pk)
    context = {"form": form, "station": station, "title": Kind(kind).label, "hint": HINTS[kind]}
    return render(request, "desk/registration_form.html", context)


@page("GET", "POST")
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: what it says, what it needs, where it is, what was decided, and the steps the reader may take."""
    user = request.user
    case = one(_cases(user), pk)
    refused = take(request, case) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:registration", pk)
    return render(request, "desk/registration.html", _shown(case, user) | {"form": refused})


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on a case that was not filed yet, or was returned."""
    user = request.user
    case = one(_cases(user), pk)
    require(user.offices, POWER, ("propose",), path=case.station.division.path)
    report = report_of(case)
    form: CaseForm | ReportForm
    if report:
        form = ReportForm(request.POST or None, case=case, report=report)
    else:
        form = CaseForm(request.POST or None, kind=case.kind, case=case)
    if request.method == "POST" and form.is_valid():
        said = {"report": form.entries()} if report else form.entries()
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_registration, actor=user, registration=case, seen=seen, **said):
            messages.success(request, _("Saved."))
            return redirect("desk:registration", pk)
    context = {"form": form, "station": case.station, "case": case, "title": str(case), "figures": _figures(report)}
    return render(request, "desk/registration_form.html", context)


@page("GET", "POST")
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what the system knows by now into a report that is being written."""
    case = one(_cases(request.user), pk)
    form = SeenForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(
            actions.read_figures_again, actor=request.user, registration=case, seen=form.cleaned_data["version"]
        )
    ):
        messages.success(request, _("Read again. What you have written stays."))
        return redirect("desk:registration", pk)
    return render(request, "desk/registration.html", _shown(case, request.user) | {"form": form})


@page("GET", "POST")
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of a case: add a file from the phone, note where a document is, take one out again."""
    user = request.user
    case = one(_cases(user), pk)
    require(user.offices, POWER, ("propose",), path=case.station.division.path)
    form: DocumentForm | RemoveForm = DocumentForm()
    if request.method == "POST" and "remove" in request.POST:
        form = RemoveForm(request.POST)
        if form.is_valid() and form.attempt(
            actions.remove_document,
            actor=user,
            registration=case,
            document=form.cleaned_data["remove"],
            seen=form.cleaned_data["version"],
        ):
            messages.success(request, _("Taken out. The rounds it was filed in keep it."))
            return redirect("desk:registration", pk)
    elif request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid() and _keep(form, user, case):
            messages.success(request, _("Kept."))
            return redirect("desk:registration", pk)
    return render(request, "desk/registration.html", _shown(case, user) | {"form": form, "open_documents": True})


@page("GET")
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate as it was issued, and how it stands today."""
    rows = Certificate.objects.visible_to(request.user).with_standing(timezone.localdate())
    row = one(rows.select_related("station__unit", "station__division", "registration"), pk)
    fields = [
        (row._meta.get_field(name).verbose_name, getattr(row, name))
        for name in (
            "uscc", "name", "legal_representative", "purpose", "domicile", "funding", "startup_funds", "sponsor", "authority",
            "number", "originals", "duplicates", "issued_on",
        )
    ]  # fmt: skip
    standing = CertificateStanding(row.standing).label
    context = {
        "certificate": row,
        "standing": standing,
        "fields": fields,
        "may_see_case": may_write(request.user, POWER, ("see",)),
    }
    return render(request, "desk/certificate.html", context)


def _stations(user):
    """The stations for which the user may file."""
    condition = OF_STATION.condition(user, "propose")
    rows = Station.objects.none() if condition is None else Station.objects.filter(condition)
    return rows.select_related("unit", "division", "county").order_by("division__code")


def _cases(user):
    rows = Registration.objects.visible_to(user).select_related(
        "station__unit", "station__division", "county", "filed_by", "report"
    )
    return rows.prefetch_related(*FETCHED)


def _shown(case: Registration, user) -> dict[str, object]:
    """What the page of a case says."""
    today, report = timezone.localdate(), report_of(case)
    writable = case.state in WRITABLE and covers(user, case, ("propose",))
    lacking = not_ready(case, today) if case.state in WRITABLE else None
    due = Deadline.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(Registration), subject_id=case.pk
    )
    return {
        "case": case,
        "turn": Party(case.turn).label,
        "items": [Item(item).label for item in case.items],
        "facts": _facts(case),
        "checklist": checklist(case),
        "writable": writable,
        "lacking": lacking,
        "due": due.select_related("unit").order_by("due_on"),
        "report": report,
        "figures": _figures(report),
        "said": [
            (field.verbose_name, getattr(report, field.name))
            for field in report._meta.concrete_fields
            if field.editable and not field.primary_key
        ]
        if report
        else [],
        "rounds": rounds_of(case),
        "certificate": Certificate.objects.visible_to(user).filter(registration=case).first(),
        "buttons": buttons(case, user),
        "matrix": matrix_of(case),
        "timeline": timeline(case),
        "day": today,
    }


def _facts(case: Registration) -> list[tuple[object, object]]:
    """What the case says, as far as it says anything."""
    shown = ["ground", "event_on", "liquidation_from", "liquidation_to"]
    if case.kind in Registration.CERTIFYING:
        shown += case.items if case.kind == Kind.CHANGE else [*Item.values, "duplicates"]
        shown += ["sponsor", "uscc"]
    shown += ["note", "batch", "file_by", "submitted_on", "arrived_on", "accepted_on", "decided_on", "announced_on"]
    facts = []
    for name in shown:
        display = getattr(case, f"get_{name}_display", None)
        value = display() if display else getattr(case, name)
        if value not in ("", None):
            facts.append((case._meta.get_field(name).verbose_name, value))
    return facts


def _figures(report) -> list[tuple[object, object, object]]:
    if report is None:
        return []
    return [(metric.label, value, metric.unit) for metric, value in known_figures(report)]


def _certificate_of(user, station: Station, today) -> Certificate | None:
    newest = current_certificates([station], today).get(station.pk)
    rows = Certificate.objects.visible_to(user).with_standing(today)
    return rows.filter(pk=newest.pk).first() if newest else None


def _choose_kind(request: HttpRequest, station: Station, refusals, kind: str | None) -> HttpResponse:
    """The kinds of cases, each with what stands in its way; of a kind that was asked for, the case there is already."""
    there = refusals[kind].pk if kind else None
    if kind and refusals[kind].text:
        messages.warning(request, refusals[kind].text)
    if there:
        return redirect("desk:registration", there)
    kinds = [(value, Kind(value).label, HINTS[value], refusals.get(value)) for value in OFFERED]
    return render(request, "desk/choose_kind.html", {"station": station, "kinds": kinds})


def _open_report(request: HttpRequest, station: Station, year: int) -> HttpResponse:
    """An annual report is opened at once: all it asks stands in its own form."""
    form = RemoveForm()
    if request.method == "POST":
        kind = Kind.ANNUAL_REPORT
        case = form.attempt(actions.open_registration, actor=request.user, station=station, kind=kind, year=year)
        if case:
            return redirect("desk:change_registration", case.pk)
    context = {"station": station, "year": year, "form": form if request.method == "POST" else None}
    return render(request, "desk/open_report.html", context)


def _keep(form: DocumentForm, user, case: Registration) -> object:
    said = form.cleaned_data
    common = {"actor": user, "registration": case, "code": said["code"], "seen": said["version"]}
    if said["file"]:
        upload = said["file"]
        return form.attempt(actions.attach_document, name=upload.name[-LONGEST_NAME:], content=upload.read(), **common)
    return form.attempt(actions.note_document, note=said["note"], **common)
