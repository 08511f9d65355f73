"""What was found in a service, for the firm that puts it right; and spot checks, for everybody concerned to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, papers_form, take_or_keep
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import WRITERS, covers
from stewards.filters import ServiceFindingFilter
from stewards.models import Contract, ServiceFinding, SpotCheck

POWER = "stewards.findings"
F = ServiceFinding.State
PENDING = (F.OPEN, F.RECTIFIED)


@page("GET")
def service_findings(request: HttpRequest) -> HttpResponse:
    """Findings in sight, the latest first, and the spot checks of the same contracts."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = ServiceFinding.objects.visible_to(user).select_related("contract__firm__unit", "station__unit")
    checks = SpotCheck.objects.visible_to(user).select_related("contract").order_by("-drawn_at", "-pk")
    context = {
        "listing": listed(request, rows, ServiceFindingFilter, ("-opened_on", "-pk")),
        "states": F.choices,
        "checks": checks[:5],
        "today": timezone.localdate(),
    }
    return render(request, "desk/evaluations/findings.html", context)


@page("GET")
def findings_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in the service of one contract."""
    contract = one(Contract.objects.visible_to(request.user), pk)
    return redirect(f"{reverse('desk:service_findings')}?contract={contract.pk}")


@page("GET", "POST")
def service_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with its day, what shows that it is put right, and the steps the user may take."""
    user = request.user
    rows = ServiceFinding.objects.visible_to(user).select_related(
        "contract__place", "contract__firm__unit", "station__unit", "evaluation__contract"
    )
    record = one(rows, pk)
    refused = take_or_keep(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:service_finding", pk)
    shows = record.state in PENDING and covers(user, record, WRITERS)
    context = {
        "record": record,
        "title": record.what,
        "facts": [
            (_("Contract"), record.contract.name),
            (_("Service provider"), record.contract.firm.name),
            (_("Item"), record.code),
            (_("Station"), record.station),
            (_("Found"), record.opened_on),
            (_("To be put right until"), record.due_on),
            (_("What was done about it"), record.rectification),
        ],
        "overdue": record.state == F.OPEN and record.due_on < timezone.localdate(),
        "form": refused,
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "papers_form": papers_form(refused) if shows else None,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/evaluations/finding.html", context)


@page("GET")
def service_check(request: HttpRequest, pk: int) -> HttpResponse:
    """One spot check: the seed it was drawn by, and what was found of each row."""
    record = one(SpotCheck.objects.visible_to(request.user).select_related("contract__firm__unit"), pk)
    rows = record.rows.select_related("delivery__line", "delivery__station__unit", "finding").order_by("number")
    context = {
        "record": record,
        "rows": rows,
        "buttons": buttons(record, request.user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/evaluations/check.html", context)
