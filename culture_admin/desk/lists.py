"""Lists on pages: narrowed by the filters of the API, page after page by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from culture_admin.interfaces.filters import ScopedFilterSet
from culture_admin.interfaces.pagination import read_page
from culture_admin.interfaces.queries import QueryParameters

ROWS = 30


@dataclass(frozen=True)
class Listing:
    """One page of a list: its rows, what was asked for by name, and the query of the next page, "" on the last."""

    rows: list
    asked: dict[str, str]
    more: str


def listed(request: HttpRequest, rows: QuerySet, filters: type[ScopedFilterSet], order: Sequence[str]) -> Listing:
    """The page of `rows` that the address asks for; Problem 400 names a filter that is unknown or unreadable."""
    query = QueryParameters(request, known={"cursor", *filters.base_filters}, blanks=True)
    query.check()
    cursor = query.values.pop("cursor", None)
    asked = query.values
    narrowed = filters(asked, queryset=rows, request=request)
    narrowed.check()
    found = read_page(narrowed.qs, order, limit=ROWS, cursor=cursor, question=f"{request.path}{sorted(asked.items())}")
    return Listing(found.rows, asked, urlencode({**asked, "cursor": found.cursor}) if found.cursor else "")
