"""Forms to print: which there are, and the page of one, with its PDF and its number."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from culture_admin.desk.forms.papers import PaperForm
from culture_admin.desk.pages import one, page
from culture_admin.exchange.models import DocumentRegister, Printout
from culture_admin.exchange.paper.api import pdf_of
from culture_admin.exchange.paper.numbers import issue_number
from culture_admin.exchange.paper.pdf import can_make
from culture_admin.exchange.paper.printing import LANGUAGES, print_paper
from culture_admin.exchange.paper.register import PAPERS, Paper
from culture_admin.exchange.paper.rendering import number_of
from culture_admin.exchange.paper.rendering import render as render_sheet
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters

# So many records are offered of each form; the others are found at their own places.
OFFERED = 5
# While the worker is at it the page is asked for again after so many seconds.
AGAIN = 2


@dataclass(frozen=True)
class Offer:
    """A form with the records it is likely wanted of."""

    paper: Paper
    records: list[tuple[Model, object]]


@page("GET")
def papers(request: HttpRequest) -> HttpResponse:
    """Every form the reader may print, with the records he looks for first."""
    offers = [
        Offer(
            paper,
            [(row, paper.beside(row)) for row in paper.visible_to(request.user).order_by(*paper.order)[:OFFERED]],
        )
        for paper in PAPERS.values()
        if may_write(request.user, paper.power, ("see",))
    ]
    return render(request, "desk/papers.html", {"offers": [offer for offer in offers if offer.records]})


@page("GET", "POST")
def paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One form of one record, as it is printed: by the browser at once, or as a PDF that the worker makes."""
    user, found = request.user, PAPERS.get(code)
    if found is None:
        raise nothing_here()
    record = one(found.visible_to(user), pk)
    query = QueryParameters(request, known={"language"})
    language = query.choice("language", LANGUAGES) or (get_language() or LANGUAGES[0])
    query.check()
    registers = _registers(user) if found.numbered else DocumentRegister.objects.none()
    form = PaperForm(request.POST or None, registers=registers)
    if request.method == "POST" and form.is_valid() and _done(request, found, record, language, form):
        return redirect(request.get_full_path())
    sheet = render_sheet(found, record, language)
    made = Printout.objects.about(record).filter(paper=code, language=language, content_hash=sheet.content_hash)
    printout = made.select_related("job").first()
    context = {
        "form": form,
        "paper": found,
        "record": record,
        "sheet": sheet,
        "printout": printout,
        "can_make": can_make(),
        "numbers": found.numbered and not number_of(found, record) and registers.exists(),
        "record_address": _in_admin(record) if user.is_staff else "",
        "languages": Printout._meta.get_field("language").choices,
    }
    response = render(request, "desk/paper.html", context)
    if printout and printout.state in (Printout.State.WAITING, Printout.State.RUNNING):
        response["Refresh"] = str(AGAIN)
    return response


@page("GET")
def pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF of a print."""
    QueryParameters(request, known=()).check()
    return pdf_of(one(Printout.objects.visible_to(request.user).select_related("job"), pk))


def _done(request: HttpRequest, paper: Paper, record: Model, language: str, form: PaperForm) -> bool:
    """Does what was asked for on the page; the form keeps what stands in the way."""
    entries = form.cleaned_data
    if entries["act"] == "pdf":
        return bool(form.attempt(print_paper, actor=request.user, paper=paper, subject=record, language=language))
    taken = form.attempt(
        issue_number,
        actor=request.user,
        register=entries["register"],
        title=f"{paper.label} · {record}"[:200],
        subject=record,
        paper=paper.code,
    )
    if taken:
        messages.success(request, _("The number is %(number)s.") % {"number": taken})
    return bool(taken)


def _in_admin(record: Model) -> str:
    """The record's page at the bureau, from where its people come."""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def _registers(user) -> QuerySet[DocumentRegister]:
    """The registers of the units at which the user may take a number."""
    at = {office.unit_id for office in user.offices}
    return DocumentRegister.objects.visible_to(user, "decide").filter(unit__in=at).select_related("unit")
