"""A firm's own page: what is missing or ends, its people, its contracts; and the files of its stewards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import listed
from culture_admin.desk.forms.firms import FirmForm, PoolMemberForm, QualificationForm, StewardForm
from culture_admin.desk.pages import one, only, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.interfaces.permissions import covers
from culture_admin.interfaces.queries import QueryParameters
from stewards import actions, codes
from stewards.actions.firms import KEEPERS, POWER
from stewards.models import Contract, Firm, FirmStanding, Penalty, PoolMember, Posting, Qualification, Steward
from stewards.qualifying import Lack, ending_soon, holds, is_expired, lacks_of

FIRMS = Firm.objects.select_related("unit__division")
PEOPLE = ("firm__unit__division",)


@dataclass(frozen=True, slots=True)
class Person:
    """A steward with what is missing and what ends soon."""

    steward: Steward
    lacks: list[Lack]
    ending: list[Qualification]


@page("GET")
def firm(request: HttpRequest) -> HttpResponse:
    """Everything of one firm that its manager has to keep an eye on."""
    user, today = request.user, timezone.localdate()
    require(user.offices, POWER, ("see",))
    query = QueryParameters(request, known={"firm"})
    chosen = query.whole("firm")
    query.check()
    firms = FIRMS.visible_to(user).order_by("unit__name_zh")
    record = one(firms, chosen) if chosen else only(firms)
    if record is None:
        return render(request, "desk/firms.html", {"firms": firms})
    people = [_person(steward, today) for steward in _stewards(user).filter(firm=record)]
    context = {
        "firm": record,
        "today": today,
        "wanting": [person for person in people if person.lacks or person.ending],
        "people": people,
        "pool": PoolMember.objects.visible_to(user).on(today).filter(firm=record),
        "penalties": Penalty.objects.visible_to(user).filter(firm=record).exclude(state=Penalty.State.VOID),
        "standings": FirmStanding.objects.visible_to(user).filter(firm=record),
        "contracts": Contract.objects.visible_to(user).filter(firm=record).exclude(state=Contract.State.VOID),
        "barred": actions.barred(record, today) if Penalty.scope.offices(user) else None,
        "may_keep": covers(user, record, KEEPERS),
        "matrix": matrix_of(Firm),
    }
    return render(request, "desk/firm.html", context)


@page("GET", "POST")
def change_firm(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said of the firm."""
    record = one(FIRMS.visible_to(request.user), pk)
    _require(request, record)
    form = FirmForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_firm, actor=request.user, firm=record, seen=seen, **form.changes()):
            return _back(request, record)
    return render(request, "desk/team_form.html", {"form": form, "title": record.name})


@page("GET", "POST")
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter somebody the firm can call on."""
    record = one(FIRMS.visible_to(request.user), pk)
    _require(request, record)
    form = PoolMemberForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.add_pool_member, actor=request.user, firm=record, **form.cleaned_data)
        if made:
            return _back(request, record)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Enter somebody in the resource pool")})


@page("GET", "POST")
def change_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a member of the pool, or end the membership."""
    member = one(PoolMember.objects.visible_to(request.user).select_related(*PEOPLE), pk)
    _require(request, member.firm)
    form = PoolMemberForm(request.POST or None, record=member)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_pool_member, actor=request.user, poolmember=member, seen=seen, **form.changes()):
            return _back(request, member.firm)
    return render(request, "desk/team_form.html", {"form": form, "title": member.name})


@page("GET", "POST")
def add_steward(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the file of a steward."""
    record = one(FIRMS.visible_to(request.user), pk)
    _require(request, record)
    form = StewardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.add_steward, actor=request.user, firm=record, **form.cleaned_data)
        if made:
            messages.success(request, _("The file is open. Add what he shows of himself."))
            return redirect("desk:steward", made.pk)
    return render(request, "desk/team_form.html", {"form": form, "title": _("Open the file of a steward")})


@page("GET")
def steward(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a steward: what is missing by the standard, what he shows, where he is posted."""
    user, today = request.user, timezone.localdate()
    record = one(_stewards(user), pk)
    words = codes.words_of("genre") if record.genres else {}
    shown = sorted(record.qualifications.all(), key=lambda one: (one.valid_from, one.pk), reverse=True)
    context = {
        "person": _person(record, today),
        "steward": record,
        "genres": listed(words.get(code, code) for code in record.genres),
        "shown": [(one, _standing(one, today)) for one in shown],
        "postings": Posting.objects.visible_to(user).filter(steward=record).select_related("station__unit"),
        "may_keep": covers(user, record, KEEPERS),
        "matrix": matrix_of(Steward),
    }
    return render(request, "desk/steward.html", context)


@page("GET", "POST")
def change_steward(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the file of a steward."""
    record = one(_stewards(request.user), pk)
    _require(request, record.firm)
    form = StewardForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if form.attempt(actions.change_steward, actor=request.user, steward=record, seen=seen, **form.changes()):
            messages.success(request, _("Changed. What stood there before is kept in the history."))
            return redirect("desk:steward", pk)
    return render(request, "desk/team_form.html", {"form": form, "title": record.name})


@page("GET", "POST")
def add_qualification(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a steward shows of himself."""
    record = one(_stewards(request.user), pk)
    _require(request, record.firm)
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.add_qualification, actor=request.user, steward=record, **form.cleaned_data)
        if made:
            messages.success(request, _("Entered."))
            return redirect("desk:steward", pk)
    context = {"form": form, "title": _("Enter a qualification"), "hint": record.name}
    return render(request, "desk/team_form.html", context)


@page("GET", "POST")
def qualification(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing a steward shows of himself, and striking it out."""
    user, today = request.user, timezone.localdate()
    record = one(Qualification.objects.visible_to(user).select_related("steward", *PEOPLE), pk)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:qualification", pk)
    context = {
        "record": record,
        "title": record.name,
        "facts": [
            (_("Cultural steward"), record.steward),
            (_("Kind"), record.get_kind_display()),
            (_("Issued by"), record.issuer),
            (_("Hours"), record.hours),
            (_("Valid from"), record.valid_from),
            (_("Valid to"), record.valid_to),
            (_("Standing"), _standing(record, today)[0]),
        ],
        "form": refused,
        "buttons": buttons(record, user),
        "matrix": matrix_of(record),
        "timeline": timeline(record),
    }
    return render(request, "desk/record.html", context)


def _stewards(user):
    return Steward.objects.visible_to(user).select_related(*PEOPLE).prefetch_related("qualifications")


def _person(steward: Steward, today: date) -> Person:
    return Person(steward, lacks_of(steward, today), ending_soon(steward, today))


def _standing(shown: Qualification, today: date) -> tuple[str, str]:
    """How it stands, in words, and the tag they wear."""
    if shown.state == Qualification.State.VOID:
        return str(shown.get_state_display()), "void"
    if is_expired(shown, today):
        return _("Expired"), "returned"
    return (_("In force"), "confirmed") if holds(shown, today) else (_("From a later day"), "planned")


def _require(request: HttpRequest, record: Firm) -> None:
    require(request.user.offices, POWER, KEEPERS, path=record.unit.division.path, unit_id=record.pk)


def _back(request: HttpRequest, record: Firm) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('desk:firm')}?firm={record.pk}")
