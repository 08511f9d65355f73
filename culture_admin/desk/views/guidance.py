"""How the bureau guides one's stations this year: trainings, visit days, meetings, and what was agreed there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from culture_admin.accounts.asking import require
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from stations.metrics.progress import months_of_meetings, served, trained
from stations.models import Attendance, FollowUp, Meeting, MeetingPresence, Training

YEARS, SHOWN = 3, 10


@page("GET")
def guidance(request: HttpRequest) -> HttpResponse:
    """The year of one's stations beside what the rules ask, and what comes next."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "stations.trainings", ("see",))
    years = [today.year - back for back in range(YEARS)]
    query = QueryParameters(request, known={"year"})
    year = int(query.choice("year", [str(one) for one in years], default=str(today.year)) or today.year)
    query.check()
    months = months_of_meetings(user, year)
    named = bool(may_write(user, "stations.trainings.attendance", ("see",)))
    trainings = Training.objects.visible_to(user).standing().of_year(year)
    meetings = Meeting.objects.visible_to(user).standing().of_year(year).select_related("host__unit")
    context = {
        "year": year,
        "years": years,
        "officers": trained(user, year, today) if named else [],
        "people": served(user, year, today),
        "trainings": trainings.order_by("-begins_on", "-pk")[:SHOWN],
        "meetings": meetings.order_by("-begins_on", "-pk")[:SHOWN],
        "held": sum(month.meeting is not None for month in months),
        "follow_ups": FollowUp.objects.visible_to(user).filter(state__in=FollowUp.OWED).select_related("unit")[:SHOWN],
        "day": today,
    }
    return render(request, "desk/guidance.html", context)


@page("GET", "POST")
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: what, when, where, and who of one's stations was there."""
    user = request.user
    record = one(Training.objects.visible_to(user).select_related("unit", "county"), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:training", pk)
    context = {
        "form": refused,
        "buttons": buttons(record, user),
        "gathering": record,
        "attendances": Attendance.objects.visible_to(user)
        .filter(training=record)
        .select_related("officer", "station__unit"),
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "matrix": matrix_of(record),
    }
    return render(request, "desk/training.html", context)


@page("GET", "POST")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, minutes, and what one's units are to do."""
    user = request.user
    record = one(Meeting.objects.visible_to(user).select_related("unit", "host__unit", "county"), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:meeting", pk)
    context = {
        "form": refused,
        "buttons": buttons(record, user),
        "gathering": record,
        "presences": MeetingPresence.objects.visible_to(user).filter(meeting=record).select_related("station__unit"),
        "follow_ups": FollowUp.objects.visible_to(user).filter(meeting=record).select_related("unit"),
        "papers": Attachment.objects.visible_to(user).about(record).order_by("pk"),
        "matrix": matrix_of(record),
        "day": timezone.localdate(),
    }
    return render(request, "desk/meeting.html", context)


@page("GET", "POST")
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed: the unit that is responsible reports it as done."""
    user = request.user
    record = one(FollowUp.objects.visible_to(user).select_related("unit__division", "meeting"), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:follow_up", pk)
    context = {
        "follow_up": record,
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "day": timezone.localdate(),
    }
    return render(request, "desk/follow_up.html", context)
