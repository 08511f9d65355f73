"""The first page: what waits for me, what is due, this month beside the last, and the last logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from culture_admin.desk.figures import figures_of
from culture_admin.desk.forms.plans import LogPlannedForm
from culture_admin.desk.pages import page
from culture_admin.desk.panels import is_assessor, is_open, own_seats, visits
from culture_admin.desk.reach import is_steward, oversees, reports_for_a_firm, sees_several_stations
from culture_admin.desk.rosters import courses_in_hand
from culture_admin.desk.views import duty_days
from culture_admin.desk.views.activities import WORDS
from culture_admin.interfaces.permissions import may_write
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.inbox import MOST, numbers, owed, own_duties, waiting
from culture_admin.workflow.models import Decision

MONTH = ("activities.held", "activities.sessions", "activities.person_times", "activities.class_hours")
AHEAD = timedelta(days=30)
# What was planned and nobody has logged stays on the first page for two weeks.
OVERDUE = timedelta(days=14)
DUTIES, LAST = 10, 5
# Neither what is still to come, nor what was called off or never was, is an activity of the last days.
NOT_LAST = (*Activity.AHEAD, Activity.State.CANCELLED, Activity.State.VOID)
# Where each kind of waiting work is done.
DONE_AT = {
    ("activities.activity", "confirm"): ("desk:confirm", ""),
    ("activities.activity", "resubmit"): ("desk:activities", "?state=returned"),
    ("activities.monthlyreturn", "confirm"): ("desk:month", ""),
    ("activities.team", "register"): ("desk:teams", "?state=applied"),
    ("activities.team", "resubmit"): ("desk:teams", "?state=returned"),
    ("activities.course", "confirm"): ("desk:courses", "?state=proposed"),
    ("activities.work", "confirm"): ("desk:works", "?state=proposed"),
    ("stations.personnelcase", "resubmit"): ("desk:cases", "?state=returned"),
    ("stations.personnelcase", "consent"): ("desk:cases", "?state=submitted"),
    ("stations.feature", "resubmit"): ("desk:features", "?state=returned"),
    ("stations.complaint", "answer"): ("desk:complaints", "?state=received,returned"),
    ("stations.yearlyfacts", "submit"): ("desk:years", "?state=draft,returned"),
    ("stations.yearlyfacts", "endorse"): ("desk:years", "?state=submitted"),
    ("stations.reply", "receive"): ("desk:circulars", "?state=sent"),
    ("stations.reply", "resubmit"): ("desk:circulars", "?state=returned"),
    ("stations.pairingvisit", "confirm"): ("desk:visit_days", "?state=logged"),
    ("stations.pairingvisit", "resubmit"): ("desk:visit_days", "?state=returned"),
    ("stations.registration", "submit"): ("desk:registrations", "?state=draft"),
    ("stations.registration", "resubmit"): ("desk:registrations", "?state=returned"),
    ("stations.registration", "endorse"): ("desk:registrations", "?state=submitted"),
    ("stewards.dutyday", "confirm"): ("desk:duty_days", "?state=logged"),
    ("stewards.dutyday", "resubmit"): ("desk:duty_days", "?state=returned"),
    ("stewards.absence", "approve"): ("desk:absences", "?state=requested"),
    ("stewards.serviceorder", "agree"): ("desk:orders", "?state=ordered"),
    ("stewards.posting", "consent"): ("desk:postings", "?state=proposed"),
    ("stations.report", "resubmit"): ("desk:reports", "?state=returned"),
    ("stations.budget", "commit"): ("desk:budgets", "?state=proposed"),
    ("assessments.assessment", "seal"): ("desk:assessments", ""),
    ("stewards.evaluation", "declare"): ("desk:evaluations", "?state=open"),
    ("stewards.townrating", "give"): ("desk:evaluations", ""),
    ("stewards.servicefinding", "rectify"): ("desk:service_findings", "?state=open"),
    ("stewards.signature", "sign"): ("desk:signatures", "?state=waiting"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """So many records that wait for a step of the user."""

    label: object
    step: object
    number: str
    address: str


@page("GET")
def today(request: HttpRequest) -> HttpResponse:
    """The day's page of every role of the desk; who may not write reads."""
    user, day = request.user, timezone.localdate()
    this = Period.of(Grain.MONTH, day)
    last = Period.of(Grain.MONTH, this.start - timedelta(days=1))
    table = read(MONTH, user=user, by=["month"], period=Period(last.start, this.end))
    rows = {row.keys["month"]: row for row in table.rows}
    now, then = (figures_of(rows.get(Grain.MONTH.label(span.start)), MONTH, span) for span in (this, last))
    returned = list(
        Activity.objects.visible_to(user, "propose")
        .filter(state=Activity.State.RETURNED)
        .order_by("-begins_on", "-pk")[:LAST]
    )
    due, own = owed(user, day + AHEAD), own_duties(user)
    context = {
        "visits": [visit for visit in visits(own_seats(user), 0) if is_open(visit.seat)] if is_assessor(user) else [],
        "day": day,
        "work": _work(user),
        "returned": _with_reasons(returned),
        "duties": due.filter(own)[:DUTIES],
        "duties_of_others": due.exclude(own)[:DUTIES] if oversees(user) else [],
        "for_a_firm": reports_for_a_firm(user),
        "figures": list(zip(now, then, strict=True)),
        "units": table.units[MONTH[0]],
        "several": sees_several_stations(user),
        "planned": _to_be_logged(user, day),
        "last": _last_of(user),
        "activities": Activity.objects.visible_to(user).with_names().exclude(state__in=NOT_LAST)[:LAST],
        "may_log": bool(may_write(user, "activities")),
        "check_ins": duty_days.check_ins(user, day) if is_steward(user) else [],
        "duty_words": duty_days.words(),
        "courses": courses_in_hand(user, day).exists(),
        "may_log_visit": bool(may_write(user, "stations.visits", ("propose",))),
        "words": {name: WORDS[name] for name in ("digits", "either", "heads")},
    }
    return render(request, "desk/today.html", context)


def _to_be_logged(user, day: date) -> list[Activity]:
    """What is planned for today, or was in the last days, and has not been logged by those who may.

    Each has its `figures_form`: the page is kept on the phone, and is all there is where there is no network.
    """
    if not may_write(user, "activities"):
        return []
    rows = Activity.objects.visible_to(user, "enter").with_names().select_related("facility")
    open_states = (Activity.State.PLANNED, Activity.State.PUBLISHED, Activity.State.HELD)
    rows = rows.filter(planned=True, state__in=open_states, begins_on__range=(day - OVERDUE, day))
    planned = list(rows.order_by("begins_on", "begins_time", "pk")[:DUTIES])
    for activity in planned:
        activity.figures_form = LogPlannedForm(activity=activity, auto_id=f"id_{activity.pk}_%s")
    return planned


def _last_of(user) -> Activity | None:
    """What the user logged last."""
    mine = Activity.objects.visible_to(user).filter(recorded_by=user).exclude(state__in=NOT_LAST)
    return mine.order_by("-pk").first()


def _work(user) -> list[Work]:
    found = []
    for wait, number in numbers([wait for wait in waiting(user) if (wait.model, wait.step) in DONE_AT]):
        page_name, asked = DONE_AT[wait.model, wait.step]
        shown = f"{MOST}+" if number > MOST else str(number)
        found.append(Work(wait.label, wait.step_label, shown, reverse(page_name) + asked))
    return found


def _with_reasons(returned: list[Activity]) -> list[tuple[Activity, str]]:
    """Returned logs, each with why."""
    reasons = dict(
        Decision.objects.filter(power="activities", step="return", subject_id__in=[record.pk for record in returned])
        .order_by("id")
        .values_list("subject_id", "comment")
    )
    return [(record, reasons.get(record.pk, "")) for record in returned]
