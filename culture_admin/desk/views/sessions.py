"""Log a session of a course: choose the course, with or without a network; and the rosters a phone keeps for that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from culture_admin.accounts.asking import require
from culture_admin.desk.forms.courses import SessionForm
from culture_admin.desk.pages import page
from culture_admin.desk.rosters import courses_in_hand, rosters_to_keep
from culture_admin.desk.views.activities import WORDS
from culture_admin.interfaces.permissions import WRITERS
from culture_admin.interfaces.queries import QueryParameters

SHOWN = 60
# What the form's script says without asking the server; the server says the same.
SAID = ("begins_on", "future", "ends", "digits", "heads")


@page("GET")
def sessions(request: HttpRequest) -> HttpResponse:
    """Of which course? The page is kept on the phone without a name in it, and its form takes any course that is kept."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "activities", WRITERS)
    QueryParameters(request, known=()).check()
    context = {
        "courses": courses_in_hand(user, today)[:SHOWN],
        "form": SessionForm(today=today),
        "today": today,
        "words": {name: WORDS[name] for name in SAID},
    }
    return render(request, "desk/sessions.html", context)


@page("GET")
def rosters(request: HttpRequest) -> HttpResponse:
    """The rosters of the courses in hand, for the phone's own store."""
    QueryParameters(request, known=()).check()
    kept = rosters_to_keep(request.user, timezone.localdate())
    return JsonResponse({"user": request.user.pk, "rosters": kept})
