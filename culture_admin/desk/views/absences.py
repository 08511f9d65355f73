"""Absences of stewards: asked for by him or his firm, decided by the station, which also notes who stayed away."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.duty import AbsenceForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from stewards.actions import enter_absence
from stewards.actions.duty import POWER
from stewards.filters import AbsenceFilter
from stewards.models import Absence, Posting

# Who stayed away at the end of his posting is noted up to a month later.
LATE = timedelta(days=31)


@page("GET")
def absences(request: HttpRequest) -> HttpResponse:
    """The absences that the reader sees, newest first."""
    user = request.user
    require(user.offices, POWER, ("see",))
    rows = Absence.objects.visible_to(user).select_related("steward", "station__unit")
    if not request.GET.get("state"):
        rows = rows.exclude(state=Absence.State.VOID)
    context = {
        "listing": listed(request, rows, AbsenceFilter, ("-first", "-pk")),
        "states": Absence.State.choices,
        "may_ask": bool(may_write(user, POWER, ("propose",))),
        "may_note": bool(may_write(user, POWER, ("decide",))),
    }
    return render(request, "desk/absences.html", context)


@page("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Ask for leave, or note who stayed away."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("decide", "propose"))
    noting = bool(may_write(user, POWER, ("decide",)))
    postings = (
        Posting.objects.visible_to(user).decided().filter(valid_from__lte=today).exclude(valid_to__lte=today - LATE)
    )
    postings = postings.select_related("steward", "station__unit")
    form = AbsenceForm(request.POST or None, postings=postings.order_by("station", "pk"), noting=noting)
    if request.method == "POST" and form.is_valid():
        absence = form.attempt(enter_absence, actor=user, **form.cleaned_data)
        if absence:
            messages.success(request, _("Done: %(state)s.") % {"state": absence.get_state_display()})
            return redirect("desk:absence", absence.pk)
    title = _("Note an absence without leave") if noting else _("Ask for leave")
    return render(request, "desk/team_form.html", {"form": form, "title": title})


@page("GET", "POST")
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """One absence, and the steps the user may take."""
    user = request.user
    rows = Absence.objects.visible_to(user).select_related(
        "steward", "station__unit", "station__division", "posting__station__unit"
    )
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:absence", pk)
    context = {
        "absence": record,
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/absence.html", context)
