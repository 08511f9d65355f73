"""Ledgers from sheets: send one, look at what it would do, answer, apply, undo."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.actions.reach import stations_to_enter_at
from culture_admin.accounts.asking import require
from culture_admin.desk.forms.ledgers import AnswersForm, UploadForm
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.desk.steps import matrix_of
from culture_admin.exchange.actions import answer_import, apply_import, open_import, undo_import
from culture_admin.exchange.annotated import annotated_sheet
from culture_admin.exchange.filters import ImportFilter
from culture_admin.exchange.models import Import
from culture_admin.exchange.reader import Unreadable
from culture_admin.interfaces.spreadsheets import XLSX

SHOWN = 100
COUNTS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("Unchanged"),
    "repeated": gettext_lazy("Repeated"),
    "refused": gettext_lazy("Refused"),
}
TOTALS = {
    "person_times": gettext_lazy("Person-times on the spot"),
    "online_person_times": gettext_lazy("Person-times online"),
    "class_hours": gettext_lazy("Class hours"),
    "members": gettext_lazy("Members"),
    "budget": gettext_lazy("Budget (yuan)"),
    "planned": gettext_lazy("Planned to be paid (yuan)"),
    "floor_area": gettext_lazy("Floor area (m²)"),
    "officers": gettext_lazy("People"),
    "facts": gettext_lazy("Facts"),
    "stewards": gettext_lazy("Cultural stewards"),
    "cost": gettext_lazy("Cost of the lines (yuan)"),
    "weights": gettext_lazy("Weights together"),
    "estimated": gettext_lazy("Rows with an estimated number"),
    "not_recorded": gettext_lazy("Rows without a number"),
}
# The lists in which the rows of an applied ledger are found.
ROWS_AT = {
    "activities": ("desk:activities", "batch"),
    "teams": ("desk:teams", "batch"),
    "facilities": ("desk:premises", "station"),
    "budgets": ("desk:budgets", "station"),
    "officers": ("desk:staff", "station"),
    "facts": ("desk:years", "station"),
    "stewards": ("desk:postings", "station"),
    "service-lines": ("desk:contracts", ""),
}


@page("GET", "POST")
def imports(request: HttpRequest) -> HttpResponse:
    """Send a ledger, and find those sent before."""
    user = request.user
    require(user.offices, "exchange", ("propose",))
    stations = stations_to_enter_at(user, "exchange")
    form = UploadForm(request.POST or None, request.FILES or None, user=user, stations=stations)
    if request.method == "POST" and form.is_valid():
        opened = form.attempt(open_import, actor=user, **form.entries())
        if opened:
            return redirect("desk:import", opened[0].pk)
    listing = listed(request, _rows(user), ImportFilter, ("-pk",))
    return render(request, "desk/imports.html", {"form": form, "listing": listing})


@page("GET", "POST")
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """What a ledger would do or has done; nothing is written before it is applied."""
    batch = one(_rows(request.user), pk)
    preview = batch.preview
    form = AnswersForm(request.POST or None, questions=preview["questions"], answers=batch.answers)
    if request.method == "POST" and form.is_valid():
        act = ACTS[form.cleaned_data["act"]]
        if act(request, form, batch):
            return redirect("desk:import", pk)
    counts = preview["counts"]
    context = {
        "matrix": matrix_of(batch),
        "batch": batch,
        "form": form,
        "counts": [(code, label, counts[code]) for code, label in COUNTS.items()],
        "totals": [(label, preview["totals"][name]) for name, label in TOTALS.items() if name in preview["totals"]],
        "to_write": counts["new"] + counts["changed"],
        "refusals": preview["refusals"][:SHOWN],
        "refused": counts["refused"],
        "repeats": preview["repeats"][:SHOWN],
        "warnings": preview["warnings"],
        "notes": _grouped(preview["notes"]),
        "rows_at": _rows_at(batch),
        "waits": batch.state == Import.State.PREVIEWED,
        "may_undo": batch.state == Import.State.APPLIED,
    }
    return render(request, "desk/import.html", context)


@page("GET")
def refused_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a sheet to mend and send again, each with what is wrong beside it."""
    batch = one(Import.objects.visible_to(request.user), pk)
    try:
        sheet = annotated_sheet(batch, request.user)
    except Unreadable as gone:
        messages.error(request, gone.message)
        return redirect("desk:import", pk)
    return HttpResponse(
        sheet,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="refused-{batch.pk}.xlsx"'},
    )


def _rows_at(batch: Import) -> str:
    """The address of the list in which the rows of an applied ledger are found."""
    name, by = ROWS_AT[batch.kind]
    if not by:
        return reverse(name)
    return f"{reverse(name)}?{by}={batch.pk if by == 'batch' else batch.unit_id}"


def _rows(user):
    """The imports the user may see, without their files."""
    return Import.objects.visible_to(user).select_related("unit__division", "created_by").defer("content", "changes")


def _answer(request: HttpRequest, form: AnswersForm, batch: Import) -> bool:
    return bool(form.attempt(answer_import, actor=request.user, batch=batch, answers=form.answers()))


def _apply_all(request: HttpRequest, form: AnswersForm, batch: Import) -> bool:
    return _apply(request, form, batch, "all")


def _apply_good(request: HttpRequest, form: AnswersForm, batch: Import) -> bool:
    return _apply(request, form, batch, "good")


def _apply(request: HttpRequest, form: AnswersForm, batch: Import, rows: str) -> bool:
    done = form.attempt(apply_import, actor=request.user, batch=batch, rows=rows, answers=form.answers())
    if done is None:
        return False
    written = ngettext("%(number)d row written.", "%(number)d rows written.", done.rows_written)
    messages.success(request, written % {"number": done.rows_written})
    return True


def _undo(request: HttpRequest, form: AnswersForm, batch: Import) -> bool:
    if form.attempt(undo_import, actor=request.user, batch=batch) is None:
        return False
    messages.success(request, _("Undone: what this ledger had written is taken back."))
    return True


ACTS = {"answer": _answer, "all": _apply_all, "good": _apply_good, "undo": _undo}


def _grouped(notes: list[dict]) -> list[tuple[str, list[dict]]]:
    """Notes that say the same of many rows, as one with its rows."""
    by_message = sorted(notes, key=lambda note: note["message"])
    return [(message, list(same)) for message, same in groupby(by_message, key=lambda note: note["message"])]
