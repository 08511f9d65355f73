"""The command palette: pages of the menu and records by name, pinyin or initials, among the reader's own rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from culture_admin.bureau.menu import MENU
from culture_admin.interfaces.admin.lists import LONGEST_SEARCH
from culture_admin.interfaces.text import clean_line
from culture_admin.territory.models import search_key

# The registers worth naming by hand; of each the first few.
SEARCHED = (
    "stations.station",
    "stewards.steward",
    "activities.team",
    "stewards.firm",
    "accounts.user",
    "territory.division",
)
SHOWN = 5


@dataclass(frozen=True)
class Found:
    """One result as Unfold's palette draws it."""

    title: str
    description: str
    link: str
    icon: str


def results(request: HttpRequest, site) -> HttpResponse:
    """What the palette shows for `s`; nothing for what cannot be searched for."""
    try:
        term = clean_line(request.GET.get("s", ""), max_length=LONGEST_SEARCH).lower()
    except ValidationError:
        term = ""
    if not term:
        return HttpResponse()
    found = [*_pages(request, term), *_records(request, site, term)]
    return TemplateResponse(request, "bureau/found.html", {"results": found})


def _pages(request: HttpRequest, term: str) -> list[Found]:
    return [
        Found(str(entry.label), str(group), entry.link, entry.icon)
        for group, entries in MENU
        for entry in entries
        if entry.is_open_to(request.user) and term in search_key(str(entry.label)).lower()
    ]


def _records(request: HttpRequest, site, term: str) -> list[Found]:
    found = []
    for model, room in site._registry.items():
        if model._meta.label_lower not in SEARCHED or not room.has_view_permission(request):
            continue
        rows, repeated = room.get_search_results(request, room.get_queryset(request), term)
        for record in (rows.distinct() if repeated else rows)[:SHOWN]:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
            found.append(Found(str(record), str(model._meta.verbose_name), address, "arrow_outward"))
    return found
