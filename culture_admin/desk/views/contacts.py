"""The telephone of a team's leader or of a learner: masked, opened for a purpose, entered anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions import change_learner, change_team
from activities.models import Learner, LearnerContact, Team, TeamContact
from culture_admin.accounts.asking import ask, require
from culture_admin.accounts.personal.reading import reveal
from culture_admin.desk.forms.contacts import PhoneForm, RevealForm
from culture_admin.desk.pages import one, page

POWER = "activities.contacts"


@page("GET", "POST")
def team_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """That of a team's leader."""
    rows = Team.objects.visible_to(request.user).select_related("station__unit", "station__division")
    team = one(rows, pk)
    contact = TeamContact.objects.filter(pk=pk).select_related("team__station__division").first()
    return _phone(request, team, contact, reverse("desk:team", args=[pk]))


@page("GET", "POST")
def learner_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """That of a learner, for whoever sees the roster."""
    require(request.user.offices, "activities.learners", ("see",))
    learner = one(Learner.objects.visible_to(request.user).select_related("course__station__division"), pk)
    contact = LearnerContact.objects.filter(pk=pk).select_related("learner__course__station__division").first()
    return _phone(request, learner, contact, reverse("desk:roster", args=[learner.course_id]))


def _phone(
    request: HttpRequest, record: Team | Learner, contact: TeamContact | LearnerContact | None, back: str
) -> HttpResponse:
    user, posted = request.user, request.method == "POST"
    entering = posted and "phone" in request.POST
    reading, entry = (
        RevealForm(request.POST if posted and not entering else None),
        PhoneForm(request.POST if entering else None),
    )
    if entering and entry.is_valid():
        verb, named = (change_team, "team") if isinstance(record, Team) else (change_learner, "learner")
        entries = {named: record, "seen": record.version, "phone": entry.cleaned_data["phone"]}
        if entry.attempt(verb, actor=user, **entries):
            messages.success(request, _("The telephone is kept sealed."))
            return redirect(back)
    phone = None
    if reading.is_bound and contact and reading.is_valid():
        phone = reading.attempt(
            reveal, actor=user, record=contact, field="phone", reason=reading.cleaned_data["reason"]
        )
    station = record.station if isinstance(record, Team) else record.course.station
    answer = ask(user.offices, POWER, "decide", path=station.division.path)
    context = {
        "record": record,
        "mask": contact.phone if contact else None,
        "phone": phone,
        "refusal": "" if answer else answer.text,
        "form": entry if entering else reading,
        "reading": reading,
        "entry": entry,
        "back": back,
    }
    return render(request, "desk/phone.html", context)
