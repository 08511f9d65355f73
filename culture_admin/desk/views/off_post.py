"""Time off post: entering it, reporting somebody back, objecting to an entry; and applications for titles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.staff import ObjectionForm, OffPostForm, ReturnForm, TitleForm
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from stations.actions import apply_for_title, object_to, record_off_post, report_back
from stations.models import Officer, OffPost, OffPostObjection, TitleApplication
from stations.models.service import BASIS, NO_PROMOTION, SERVICE_REDUCED, eligibility

LEDGER, OBJECTIONS, PROMOTION = "stations.off_post", "stations.objections", "stations.promotion"


@page("GET", "POST")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that an officer has left the post."""
    user = request.user
    officer = _officer(user, pk)
    require(user.offices, LEDGER, WRITERS)
    form = OffPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = form.attempt(record_off_post, actor=user, officer=officer, station=officer.station, **form.cleaned_data)
        if row:
            return redirect("desk:off_post", row.pk)
    title = _("Off post: %(name)s") % {"name": officer.name}
    return render(request, "desk/team_form.html", {"form": form, "station": officer.station, "title": title})


@page("GET", "POST")
def off_post(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry of the ledger: what follows from it, and how to object to it."""
    user = request.user
    rows = OffPost.objects.visible_to(user).select_related("officer", "station__unit", "station__division", "case")
    record = one(rows, pk)
    back = ReturnForm(request.POST if "returned_on" in request.POST and "grounds" not in request.POST else None)
    objection = ObjectionForm(request.POST if "grounds" in request.POST else None)
    refused = _write(request, record, back, objection) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:off_post", pk)
    pending = record.state == OffPost.State.ON_RECORD
    back.initial["version"] = record.version
    objections = OffPostObjection.objects.visible_to(user).filter(off_post=record)
    answered = not objections.filter(state__in=OffPostObjection.OPEN).exists()
    context = {
        "row": record,
        "form": refused,
        "back": back if pending and record.valid_to is None and covers(user, record, WRITERS) else None,
        "objection": objection if pending and answered and may_write(user, OBJECTIONS, ("propose",)) else None,
        "objections": objections,
        "rules": [NO_PROMOTION, SERVICE_REDUCED] if record.counts else [],
        "basis": BASIS,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/off_post.html", context)


@page("GET", "POST")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection, and what became of it."""
    user = request.user
    rows = OffPostObjection.objects.visible_to(user).select_related(
        "off_post__officer", "off_post__station__unit", "off_post__station__division", "filed_by"
    )
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:objection", pk)
    context = {
        "row": record,
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/objection.html", context)


@page("GET", "POST")
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an officer take part in a year's promotion; what stands in the way is said before anything is written."""
    user, today = request.user, timezone.localdate()
    officer = _officer(user, pk)
    require(user.offices, PROMOTION, ("propose",))
    form = TitleForm(request.POST or None, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        row = form.attempt(apply_for_title, actor=user, officer=officer, station=officer.station, **form.cleaned_data)
        if row:
            messages.success(request, _("Done: %(state)s.") % {"state": row.get_state_display()})
            return redirect("desk:title", row.pk)
    context = {"form": form, "officer": officer, "promotion": eligibility(officer, today.year, today)}
    return render(request, "desk/apply.html", context)


@page("GET", "POST")
def title(request: HttpRequest, pk: int) -> HttpResponse:
    """An application for a title."""
    user = request.user
    rows = TitleApplication.objects.visible_to(user).select_related(
        "officer", "station__unit", "station__division", "filed_by"
    )
    record = one(rows, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:title", pk)
    context = {
        "row": record,
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/title.html", context)


def _write(request: HttpRequest, record: OffPost, back: ReturnForm, objection: ObjectionForm):
    """Does what was posted; the form with its faults when it was refused."""
    user = request.user
    if back.is_bound:
        if not back.is_valid():
            return back
        said = back.cleaned_data
        done = back.attempt(
            report_back, actor=user, offpost=record, returned_on=said["returned_on"], seen=said["version"]
        )
        return None if done else back
    if objection.is_bound:
        if not objection.is_valid():
            return objection
        if objection.attempt(object_to, actor=user, off_post=record, **objection.entries()):
            messages.success(request, _("The objection is raised and waits for an answer."))
            return None
        return objection
    return take(request, record)


def _officer(user, pk: int) -> Officer:
    rows = Officer.objects.visible_to(user).select_related("station__unit", "station__division")
    return one(rows.prefetch_related("postings__post", "absences"), pk)
