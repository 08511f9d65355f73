"""Days on duty: the steward checks in and sees his month, the station confirms, one by one or all that are ticked."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import ensure_csrf_cookie

from activities.models import Activity
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.desk.duty_months import month_of, shown_month, weeks_of
from culture_admin.desk.forms.duty import ChangeDutyForm, DutyForm
from culture_admin.desk.forms.steps import PickForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, only, page
from culture_admin.desk.queues import records_sent
from culture_admin.desk.steps import buttons, matrix_of, take, take_ticked
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters
from stewards.actions import change_duty, log_duty
from stewards.actions.duty import POWER, may_speak
from stewards.arrivals import MOST_DAYS, take_in
from stewards.filters import DutyDayFilter
from stewards.models import DutyDay, Posting

D = DutyDay.State


@page("GET", "POST")
def duty_days(request: HttpRequest) -> HttpResponse:
    """The days that the reader sees, newest first; the station confirms waiting ones here."""
    user = request.user
    require(user.offices, POWER, ("see",))
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, form):
        return redirect(request.get_full_path())
    rows = DutyDay.objects.visible_to(user).select_related("steward", "station__unit", "village")
    if not request.GET.get("state"):
        rows = rows.exclude(state=D.VOID)
    listing = listed(request, rows, DutyDayFilter, ("-day", "-pk"))
    may_confirm = bool(may_write(user, POWER, ("decide",)))
    context = {
        "listing": listing,
        "states": D.choices,
        "may_confirm": may_confirm,
        "may_log": bool(may_write(user, POWER, ("propose",))),
        "waiting": may_confirm and any(row.state == D.LOGGED for row in listing.rows),
        "form": form,
        "weeks": weeks_of(_postings(user).on(timezone.localdate())[:MOST_SHOWN], timezone.localdate()),
    }
    return render(request, "desk/duty_days.html", context)


@page("GET")
def duty_month(request: HttpRequest) -> HttpResponse:
    """One steward's month as a grid; first whose, where there are several."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("see",))
    query = QueryParameters(request, known={"posting", "on"})
    chosen, on = query.whole("posting"), query.day("on") or today
    query.check()
    shown = shown_month(on)
    postings = _postings(user).filter(valid_from__lte=shown.last).exclude(valid_to__lte=shown.first)
    posting = one(_postings(user), chosen) if chosen else only(postings)
    if posting is None:
        return render(request, "desk/choose_posting.html", {"postings": postings, "on": on, "page": "desk:duty_month"})
    same = [one for one in postings if one.steward_id == posting.steward_id] or [posting]
    weeks = month_of(same, shown, user)
    logged = [day for week in weeks for cell in week if cell.within for day in cell.days]
    context = {
        "posting": posting,
        "shown": shown,
        "weeks": weeks,
        "today": today,
        "confirmed": sum(day.halves for day in logged if day.state == D.CONFIRMED) / 2,
        "waits": sum(day.halves for day in logged if day.state == D.LOGGED) / 2,
        "week": weeks_of([posting], today)[0],
        "may_log": may_speak(user, posting),
    }
    return render(request, "desk/duty_month.html", context)


@ensure_csrf_cookie
@page("GET", "POST")
def log(request: HttpRequest) -> HttpResponse:
    """Log a day on duty; first under which posting, where there are several."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("propose",))
    query = QueryParameters(request, known={"posting", "on"})
    chosen, on = query.whole("posting"), query.day("on") or today
    query.check()
    postings = _postings(user).on(on)
    posting = one(_postings(user), chosen) if chosen else only(postings)
    if posting is None:
        return render(request, "desk/choose_posting.html", {"postings": postings, "on": on, "page": "desk:log_duty"})
    form = DutyForm(request.POST or None, posting=posting, on=on, initial={"day": on, "halves": "2"})
    if request.method == "POST" and form.is_valid():
        duty = form.attempt(log_duty, actor=user, posting=posting, **form.entries())
        if duty:
            messages.success(request, _("Logged. It waits for the station."))
            return redirect("desk:duty_day", duty.pk)
    context = {"form": form, "posting": posting, "title": _("Log a day on duty"), "kept_first": True}
    return render(request, "desk/log_duty.html", context | {"words": words()})


@page("GET", "POST")
def duty_day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day: what was done, what he led on it, and the steps the user may take."""
    user = request.user
    record = _one(user, pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:duty_day", pk)
    led = Activity.objects.visible_to(user).with_names()
    context = {
        "duty": record,
        "form": refused,
        "linked": led.filter(steward=record.steward_id, begins_on=record.day, state__in=Activity.TOOK_PLACE),
        "buttons": buttons(record, user),
        "may_change": record.state in (D.LOGGED, D.RETURNED) and may_speak(user, record),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/duty_day.html", context)


@page("GET", "POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a day that the station has not confirmed."""
    user = request.user
    record = _one(user, pk)
    require(user.offices, POWER, ("propose",))
    form = ChangeDutyForm(request.POST or None, duty=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(change_duty, actor=user, dutyday=record, seen=seen, **form.entries()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:duty_day", pk)
    context = {"form": form, "posting": record.posting, "title": _("Change a day on duty")}
    return render(request, "desk/log_duty.html", context)


@page("GET", "POST")
def arrivals(request: HttpRequest) -> HttpResponse:
    """Where the queue of a phone brings days on duty; opened in a browser it leads to the list."""
    QueryParameters(request, known=()).check()
    if request.method != "POST":
        return redirect("desk:duty_days")
    records = records_sent(request, MOST_DAYS)
    with acting(request.user):
        return JsonResponse(take_in(request, records))


# A page shows the week of so many postings.
MOST_SHOWN = 40


def words() -> dict[str, object]:
    """What the script of the check-in says, in the reader's language."""
    return {
        "day": _("Say on which day it was."),
        "future": _("What has not happened is not logged."),
        "left": _("He leaves after he arrives."),
        "placed": _("Where you are is sent along."),
        "unplaced": _("The phone does not say where it is. The day counts without."),
    }


def _decide(request: HttpRequest, form: PickForm) -> bool:
    number = take_ticked(request, form, DutyDay.objects.visible_to(request.user))
    if number:
        text = ngettext("%(number)d day decided.", "%(number)d days decided.", number)
        messages.success(request, text % {"number": number})
    return bool(number)


def _postings(user):
    rows = Posting.objects.visible_to(user).decided()
    return rows.select_related("steward", "station__unit", "station__division").order_by(
        "station__division__code", "steward__name", "pk"
    )


def _one(user, pk: int) -> DutyDay:
    rows = DutyDay.objects.visible_to(user).select_related(
        "steward", "station__unit", "station__division", "village", "posting__steward", "posting__station__division"
    )
    return one(rows, pk)


def check_ins(user, day: date):
    """The weeks of the postings under which the user logs himself today: what his first page offers."""
    own = Posting.objects.on(day).filter(steward__user=user.pk).select_related("steward", "station__unit")
    return weeks_of(own.order_by("pk"), day)
