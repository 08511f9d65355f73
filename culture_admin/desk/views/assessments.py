"""The yearly assessment for those assessed: their years, the self-assessment, one item of it, and the look before handing over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions import claim_item, show_evidence, withdraw_evidence
from assessments.actions.checklist import Weight, checklist, stops, values_of
from assessments.actions.cycles import until_of
from assessments.actions.items import indicator_of
from assessments.explaining import records_now
from assessments.models import Assessment, Cycle, Item
from culture_admin.accounts.asking import require
from culture_admin.desk.assessed import Line, line_of, node_of, sheet_of
from culture_admin.desk.forms.assessments import ClaimForm, EvidenceForm, NoteForm
from culture_admin.desk.forms.entries import VerbForm
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import buttons, matrix_of, take
from culture_admin.desk.timeline import timeline
from culture_admin.desk.years import rankings_of, years_of
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import WRITERS, covers
from culture_admin.interfaces.queries import QueryParameters

SELF = "assessments.self"
# What the page and the rules of its steps look at.
ITEMS = "items__evidence__attachment"
JOINS = ("unit", "division", "county", "station__unit", "cycle__scheme", "cycle__place", "cycle__snapshot")
NAMED_FILES = 60


@page("GET")
def assessments(request: HttpRequest) -> HttpResponse:
    """The years of one's town; whoever sees several towns looks at one year after another."""
    user = request.user
    require(user.offices, SELF, ("see",))
    query = QueryParameters(request, known={"cycle"})
    chosen = query.whole("cycle")
    query.check()
    cycles = list(Cycle.objects.visible_to(user).exclude(state=Cycle.State.DRAFT).select_related("scheme", "place"))
    rows = Assessment.objects.visible_to(user).standing().select_related(*JOINS)
    several = rows.order_by().values("division").distinct().count() > 1
    cycle = next((one for one in cycles if one.pk == chosen), cycles[0] if several and cycles else None)
    if several and cycle:
        rows = rows.filter(cycle=cycle).order_by("group", "division__code", "pk")
    else:
        rows = rows.order_by("-cycle__scheme__year", "cycle__scheme__subject", "-pk")
    context = {
        "cycles": cycles if several else [],
        "cycle": cycle,
        "several": several,
        "years": years_of(user, list(rows)),
        "rankings": rankings_of(user, [cycle] if several and cycle else cycles),
        "today": timezone.localdate(),
        # The year as such is decided on by the bureau, on its own page; here it is said why not here.
        "buttons": [button for button in buttons(cycle, user) if button.obstacle] if cycle else [],
        "matrix": matrix_of(cycle or Cycle),
    }
    return render(request, "desk/assessed/years.html", context)


@page("GET", "POST")
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One year's self-assessment, indicator by indicator, and the steps that lead on."""
    user, record = request.user, assessment_of(request.user, pk, ITEMS)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:assessment", pk)
    writes = may_write_in(user, record)
    sheet = sheet_of(record, values_of(record, until_of(record.cycle, timezone.now())), writes=writes)
    context = {
        "assessment": record,
        "sheet": sheet,
        "writes": writes,
        "stopping": len(stops(record)) if record.state in Assessment.WRITTEN else 0,
        "is_shown": record.results.filter(computation__shown_at__isnull=False).exists(),
        "is_frozen": record.cycle.snapshot_id is not None,
        "today": timezone.localdate(),
        "form": refused,
        **_acts(record, user),
        "timeline": timeline(record),
    }
    return render(request, "desk/assessed/assessment.html", context)


@page("GET", "POST")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reviewer would find, and where each of it is mended; then the step itself."""
    user, record = request.user, assessment_of(request.user, pk, ITEMS)
    refused = take(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect("desk:assessment", pk)
    codes = {item.code: item.pk for item in record.items.all()}
    found = [
        (finding, _mended_at(record, finding.room, codes.get(finding.code)))
        for finding in checklist(record, until_of(record.cycle, timezone.now()))
    ]
    context = {
        "assessment": record,
        "stops": [each for each in found if each[0].weight == Weight.STOP],
        "looks": [each for each in found if each[0].weight != Weight.STOP],
        "form": refused,
        **_acts(record, user),
    }
    return render(request, "desk/assessed/check.html", context)


@page("GET", "POST")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what is said of it and shown for it. What was saved leads back to its place among the others."""
    user = request.user
    rows = Item.objects.visible_to(user).select_related(*(f"assessment__{join}" for join in JOINS))
    record = one(rows, pk)
    refused = _write(request, record) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        messages.success(request, _("Saved."))
        return redirect(place_of(record))
    record = one(rows.prefetch_related("evidence__attachment"), pk)
    indicator, _source = indicator_of(record)
    body = record.assessment.cycle.scheme.content
    found = values_of(record.assessment, until_of(record.assessment.cycle, timezone.now())).get(record.code)
    writes = may_write_in(user, record.assessment)
    line = line_of(indicator, body, record, found, node_of(body, record, found), writes=writes)
    forms = _forms(request, record, line, refused) if writes else {}
    context = {
        "assessment": record.assessment,
        "item": record,
        "line": line,
        "is_stale": refused is not None and refused.refused_with == "stale",
        "form": refused,
        "matrix": matrix_of(record),
        "timeline": timeline(record),
        "may_show": writes,
        **forms,
    }
    return render(request, "desk/assessed/item.html", context)


@page("GET")
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records that a counted indicator's number stands on now, and those that were looked at and do not count."""
    user = request.user
    rows = Item.objects.visible_to(user).select_related(*(f"assessment__{join}" for join in JOINS))
    record = one(rows, pk)
    indicator, source = indicator_of(record)
    until = until_of(record.assessment.cycle, timezone.now())
    context = {
        "assessment": record.assessment,
        "item": record,
        "label": indicator.label,
        "source": source.said() if source.is_counted else "",
        "until": until,
        "parts": records_now(record.assessment, record.code, user, until),
    }
    return render(request, "desk/assessed/records.html", context)


def assessment_of(user, pk: int, *children: str) -> Assessment:
    """The assessment of the key, as far as the user sees it; else 404. children: what is read with it."""
    return one(Assessment.objects.visible_to(user).select_related(*JOINS).prefetch_related(*children), pk)


def may_write_in(user, record: Assessment) -> bool:
    """Whether the user says something in it, and shows evidence."""
    return record.state in Assessment.WRITTEN and covers(user, record, WRITERS)


def place_of(record: Item) -> str:
    """Where the item stands among the others."""
    return f"{reverse('desk:assessment', args=[record.assessment_id])}#item-{record.code}"


def _acts(record: Assessment, user) -> dict[str, object]:
    return {"buttons": buttons(record, user), "matrix": matrix_of(record)}


def _write(request: HttpRequest, record: Item) -> Any:
    """Does what was posted; the form with its faults when it was refused."""
    user, posted = request.user, request.POST
    if posted.get("act") == "withdraw":
        form = VerbForm(posted)
        evidence = one(record.evidence.filter(withdrawn=False), _key(posted.get("evidence", "")))
        return None if form.is_valid() and form.attempt(withdraw_evidence, actor=user, evidence=evidence) else form
    if posted.get("act") == "show":
        form = EvidenceForm(posted, request.FILES, files=files_of(user, record))
        if form.is_valid() and form.attempt(show_evidence, actor=user, item=record, **form.entries()):
            return None
        return form
    claim = _claim_form(record, posted)
    if claim.is_valid():
        seen = claim.cleaned_data["version"]
        if claim.attempt(claim_item, actor=user, item=record, seen=seen, **claim.entries()):
            return None
    return claim


def _claim_form(record: Item, posted=None) -> ClaimForm | NoteForm:
    indicator, source = indicator_of(record)
    if source.is_counted:
        return NoteForm(posted, item=record)
    return ClaimForm(posted, item=record, indicator=indicator, source=source)


def _forms(request: HttpRequest, record: Item, line: Line, refused: Any) -> dict[str, object]:
    """The forms of an item, one of them perhaps refused; what was written on an old version may be saved over the new one."""
    claim = refused if isinstance(refused, ClaimForm | NoteForm) else _claim_form(record)
    if claim.refused_with == "stale":
        claim.data = claim.data.copy()
        claim.data["version"] = record.version
    files = files_of(request.user, record)
    evidence = refused if isinstance(refused, EvidenceForm) else EvidenceForm(files=files)
    return {"claim_form": claim, "evidence_form": evidence}


def files_of(user, record: Item):
    """The files that the town keeps already, the newest first, without those shown for the item."""
    shown = record.evidence.filter(withdrawn=False).values("attachment")
    rows = Attachment.objects.visible_to(user).filter(unit__division=record.assessment.division_id)
    newest = rows.exclude(pk__in=shown).order_by("-pk").values("pk")[:NAMED_FILES]
    return Attachment.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by("-pk")


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _mended_at(record: Assessment, room: str, item_pk: int | None) -> str:
    """The page on which what was found is put right."""
    year = record.cycle.year
    if room == "items":
        return reverse("desk:item", args=[item_pk]) if item_pk else reverse("desk:assessment", args=[record.pk])
    if room == "numbers" and item_pk:
        return reverse("desk:item_records", args=[item_pk])
    if room == "activities":
        return f"{reverse('desk:activities')}?state=held,logged,returned&from={year}-01-01&to={year}-12-31"
    if room == "returns":
        return f"{reverse('desk:month')}?station={record.station_id}" if record.station_id else reverse("desk:month")
    if room == "certificates":
        return reverse("desk:registrations")
    return ""
