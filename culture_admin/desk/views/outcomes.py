"""What a result has earned: an award with its payments, and the re-check of a title."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.models import Award, Recheck
from assessments.naming import title_name
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.desk.views.assessments import JOINS

JOINED = tuple(f"assessment__{join}" for join in JOINS)


@page("GET", "POST")
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """An award, and what was paid of it by which document."""
    record = one(Award.objects.visible_to(request.user).select_related(*JOINED), pk)
    title = title_name(record.assessment.cycle.scheme, record.title)
    facts = [
        (_("Assessed"), record.assessment.unit.name),
        (pgettext("of a town", "Title"), title),
        (_("Amount (yuan)"), record.amount),
        (pgettext("an award", "Granted on"), record.granted_on),
        (_("Document"), record.document),
        (_("Paid so far (yuan)"), record.paid),
    ]
    return _page(request, record, "desk:award", _("Award: %(title)s") % {"title": title}, facts)


@page("GET", "POST")
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a title that was given is kept."""
    record = one(Recheck.objects.visible_to(request.user).select_related(*JOINED), pk)
    title = title_name(record.assessment.cycle.scheme, record.title)
    facts = [
        (_("Assessed"), record.assessment.unit.name),
        (pgettext("of a town", "Title"), title),
        (_("Due on"), record.due_on),
    ]
    return _page(request, record, "desk:recheck", _("Re-check: %(title)s") % {"title": title}, facts)


def _page(
    request: HttpRequest, record: Award | Recheck, shown_at: str, title: str, facts: list[tuple[str, object]]
) -> HttpResponse:
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect(shown_at, record.pk)
    context = {
        "record": record,
        "title": title,
        "facts": facts,
        "payments": record.payments.select_related("reversal").order_by("on", "pk")
        if isinstance(record, Award)
        else [],
        "form": refused,
        "buttons": buttons(record, request.user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/assessed/outcome.html", context)
