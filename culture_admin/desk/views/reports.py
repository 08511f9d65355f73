"""Information reports: what one's town tells the bureau, and what was adopted of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import may, require
from culture_admin.desk.forms.reports import ChangeReportForm, ReportForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, papers_form, take_or_keep
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import covers, may_write
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.territory.models import Unit
from stations.actions import change_report, send_report
from stations.filters import ReportFilter
from stations.models import Report

POWER, ADOPTED = "stations.reports", "stations.reports_adopted"
STATES = ("sent", "returned", "adopted", "noted")


@page("GET")
def reports(request: HttpRequest) -> HttpResponse:
    """What was sent in, newest first, and how many were adopted this year."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Report.objects.visible_to(user).select_related("unit").prefetch_related("adoptions")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Report.State.VOID)
    year = Period.of(Grain.YEAR, timezone.localdate())
    context = {
        "listing": listed(request, rows, ReportFilter, ("-pk",)),
        "states": [(state, Report.State(state).label) for state in STATES],
        "adopted": read(ADOPTED, user=user, period=year).total.values[ADOPTED],
        "may_add": bool(may_write(user, POWER, ("propose",))),
    }
    return render(request, "desk/reports.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Send in a report of one's own unit."""
    user = request.user
    require(user.offices, POWER, ("propose",))
    unit = Unit.objects.get(pk=next(office.unit_id for office in user.offices if may(office, POWER, "propose")))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = form.attempt(send_report, actor=user, unit=unit, **form.cleaned_data)
        if report:
            messages.success(request, _("Sent in. Photos and papers can be added below."))
            return redirect("desk:report", report.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Send in a report")})


@page("GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its text, its papers, who adopted it."""
    user = request.user
    record = _one(user, pk)
    refused = take_or_keep(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:report", pk)
    may_change = record.state in Report.OPEN and covers(user, record, ("propose",))
    context = {
        "report": record,
        "form": refused,
        "adoptions": record.adoptions.all(),
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "papers_form": papers_form(refused) if may_change else None,
        "buttons": buttons(record, user),
        "may_change": may_change,
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/report.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a report that nobody has taken up yet."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, ("propose",))
    form = ChangeReportForm(request.POST or None, report=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_report, actor=user, report=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:report", pk)
    return render(request, "desk/team_form.html", {"form": form, "title": record.title})


def _one(user, pk: int) -> Report:
    return one(Report.objects.visible_to(user).select_related("unit__division", "station__unit"), pk)
