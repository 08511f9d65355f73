"""Findings: what is to be put right, by when, and saying that it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, papers_form, take_or_keep
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import covers
from stations.filters import FindingFilter
from stations.models import Finding, OtherUse, Spending
from stations.models.findings import PENDING

# The pages of what a finding arose from.
AROSE_AT: dict[type, str] = {OtherUse: "desk:use", Spending: "desk:spending"}


@page("GET")
def findings(request: HttpRequest) -> HttpResponse:
    """Findings at every station in sight, the latest first."""
    rows = Finding.objects.visible_to(request.user).select_related("station__unit", "debtor")
    context = {
        "listing": listed(request, rows, FindingFilter, ("-opened_on", "-pk")),
        "states": Finding.State.choices,
        "today": timezone.localdate(),
    }
    return render(request, "desk/findings.html", context)


@page("GET", "POST")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with its basis and its day, what shows that it is put right, and the steps the user may take."""
    user, today = request.user, timezone.localdate()
    rows = Finding.objects.visible_to(user).select_related("station__unit", "station__division", "debtor")
    record = one(rows, pk)
    refused = take_or_keep(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:finding", pk)
    shows = record.state in PENDING and covers(user, record, ("propose",))
    place = AROSE_AT.get(type(record.subject)) if record.subject else None
    context = {
        "record": record,
        "title": record.get_kind_display(),
        "facts": [
            (_("Station"), record.station),
            (_("What was found"), record.what),
            (_("Basis"), record.basis),
            (_("To be put right by"), record.debtor),
            (_("Found"), record.opened_on),
            (_("To be put right until"), record.due_on),
            (_("Said to be put right"), record.rectified_on),
            (_("Checked again and closed"), record.closed_on),
        ],
        "overdue": record.state == Finding.State.OPEN and record.due_on < today,
        "arose_at": reverse(place, args=[record.subject_id]) if place else "",
        "form": refused,
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "papers_form": papers_form(refused) if shows else None,
        "buttons": buttons(record, user),
        "matrix": matrix_of(Finding),
        "timeline": timeline(record),
    }
    return render(request, "desk/finding.html", context)
