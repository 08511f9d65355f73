"""Who owes what by when: my duties, those of my territory, and the calendar of both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.desk.calendars import MONTH, Shown
from culture_admin.desk.duties import days_of, month_of_duties
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import page
from culture_admin.desk.reach import reports_for_a_firm
from culture_admin.interfaces.deadlines import DeadlineFilter
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.workflow.inbox import own_duties
from culture_admin.workflow.models import DUTIES, Deadline, Standing
from culture_admin.workflow.subjects import with_subjects

YEARS_BACK, YEARS_AHEAD = 20, 10


@page("GET")
def duties(request: HttpRequest) -> HttpResponse:
    """By day, the nearest first; without a question in the address those that are open."""
    user, today = request.user, timezone.localdate()
    rows = with_subjects(Deadline.objects.visible_to(user).select_related("unit"))
    if not request.GET:
        rows = rows.open()
    listing = listed(request, rows, DeadlineFilter, ("due_on", "pk"))
    context = {
        "listing": listing,
        "duties": [(duty, duty.stands(today)) for duty in listing.rows],
        "standings": Standing.choices,
        "kinds": sorted(((code, str(duty.name)) for code, duty in DUTIES.items()), key=lambda kind: kind[1]),
        "several": True,
        "for_a_firm": reports_for_a_firm(user),
        "day": today,
    }
    return render(request, "desk/duties.html", context)


@page("GET")
def duty_calendar(request: HttpRequest) -> HttpResponse:
    """One month: `on` says which, `mine` leaves out what others owe."""
    user, today = request.user, timezone.localdate()
    query = QueryParameters(request, known={"on", "mine"}, blanks=True)
    on, mine = query.day("on") or today, query.choice("mine", ["true"])
    query.check()
    if not today.year - YEARS_BACK <= on.year <= today.year + YEARS_AHEAD:
        raise Problem(400, "date_range", _("The calendar of duties reaches ten years ahead and twenty back."))
    shown, rows = Shown.of(MONTH, on), Deadline.objects.visible_to(user)
    if mine:
        rows = rows.filter(own_duties(user))
    weeks, cut = month_of_duties(shown, rows, {"mine": "true"} if mine else {})
    context = {
        "shown": shown,
        "weeks": weeks,
        "days": list(days_of(weeks)),
        "today": today,
        "mine": mine,
        "for_a_firm": reports_for_a_firm(user),
        "cut": cut,
    }
    return render(request, "desk/duty_calendar.html", context)
