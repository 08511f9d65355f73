"""Acceptance on the spot, on the assessor's phone: his visits, and the marks he gives in one town."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.actions import mark_item
from assessments.actions.panels import POWER
from assessments.arrivals import take_in
from assessments.models import Mark, PanelSeat
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.panel import MarkForm
from culture_admin.desk.pages import one, page
from culture_admin.desk.panels import is_open, looked_at, own_seats, visits
from culture_admin.desk.queues import records_sent
from culture_admin.desk.steps import matrix_of, take
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.workflow.explaining import buttons_of

LAST = 20
# What an assessor himself does with his seat; the others are the section's.
MOST_MARKS = 200


@page("GET")
def panel(request: HttpRequest) -> HttpResponse:
    """My visits: where to go first, then where I have been."""
    QueryParameters(request, known=()).check()
    require(request.user.offices, POWER, ("decide",))
    found = visits(own_seats(request.user), LAST)
    context = {
        "ahead": [visit for visit in found if is_open(visit.seat)],
        "over": [visit for visit in found if not is_open(visit.seat)],
    }
    return render(request, "desk/panel.html", context)


@page("GET", "POST")
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """One town: every indicator that is scored on the spot, each with a form of its own; and finishing, or standing back."""
    user = request.user
    QueryParameters(request, known=()).check()
    require(user.offices, POWER, ("decide",))
    record = one(own_seats(user), pk)
    marks = looked_at(record, user)
    forms = [MarkForm(looked=looked) for looked in marks]
    step_form = None
    if request.method == "POST":
        if "step" in request.POST:
            step_form = take(request, record)
            if step_form is None:
                return redirect("desk:panel")
        else:
            at = next((at for at, form in enumerate(forms) if form["code"].value() == request.POST.get("code")), 0)
            forms[at] = MarkForm(request.POST, looked=marks[at])
            if _kept(forms[at], record, user):
                messages.success(request, _("Kept: %(code)s.") % {"code": marks[at].indicator.code})
                return redirect(f"{reverse('desk:panel_seat', args=[pk])}#mark-{at + 1}")
    context = {
        "seat": record,
        "marks": [(form.looked, form) for form in forms],
        "scored": sum(1 for looked in marks if looked.mark),
        "next": next((looked.number for looked in marks if not looked.mark), None),
        "open": is_open(record),
        "buttons": buttons_of(record, user),
        "form": step_form or next((form for form in forms if form.errors), None),
        "matrix": matrix_of(record),
        "words": words(),
    }
    return render(request, "desk/panel_seat.html", context)


def _kept(form: MarkForm, record: PanelSeat, user) -> bool:
    if not form.is_valid():
        return False
    code = form.looked.indicator.code
    if form.attempt(mark_item, actor=user, seat=record, code=code, **form.entries()):
        return True
    if form.refused_with == "stale":
        form.look_again(Mark.objects.visible_to(user).get(seat=record, code=code).version)
    return False


@page("GET", "POST")
def marks(request: HttpRequest) -> HttpResponse:
    """Where the queue of a phone brings marks; opened in a browser it leads to the visits."""
    QueryParameters(request, known=()).check()
    if request.method != "POST":
        return redirect("desk:panel")
    records = records_sent(request, MOST_MARKS)
    with acting(request.user):
        return JsonResponse(take_in(request, records))


def words() -> dict[str, object]:
    """What the page's script says, in the reader's language."""
    return {
        "saved": _("Saved on this phone, to be sent"),
        "sent": _("Sent at %(at)s"),
        "refused": _("Refused"),
        "sign_in": _("Sign in again, your records are kept."),
        "digits": _("Write a number, such as 8 or 4.5."),
        "most": _("At most %(most)s can be reached."),
        "quarters": _("Fill in every quarter."),
        "needed": _("Write a number, or say that it does not apply."),
        "theirs": _("On another device you entered: %(now)s"),
        "mine": _("Here you entered: %(mine)s"),
        "with_note": _("%(found)s, with the note “%(note)s”"),
        "left": _("Next to score (%(number)s left)"),
        "done": _("Everything is scored"),
        "unsent": _("%(number)s marks have not been sent yet. Finish when there is a network; nothing is lost."),
        "away": _("There is no network. This step needs one; what you have scored is kept on this phone."),
        "not_applicable": _("not applicable"),
    }
