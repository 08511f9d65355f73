"""What every page of the desk does alike: who is signed in, one record or 404, and a refusal as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from culture_admin.interfaces.idempotency import once_of_page
from culture_admin.interfaces.problems import answer, nothing_here
from culture_admin.interfaces.refusals import problem_of
from stations.models import Station

Record = TypeVar("Record", bound=Model)


def page(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page for whoever is signed in. What a verb or the database refuses is answered as a page, never as a fault.

    What its forms do they do once, however often a thumb taps.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @require_http_methods(["HEAD", *methods])
        @login_required
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                if request.method == "POST":
                    return once_of_page(request, lambda: view(request, *args, **kwargs))
                return view(request, *args, **kwargs)
            except Exception as refusal:
                problem = problem_of(refusal)
                if problem is None:
                    raise
                return answer(problem, request)

        return answered

    return decorate


def one(rows: QuerySet[Record], pk: int) -> Record:
    """The row of the key among rows the user may see; a foreign and a missing one are answered alike."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise nothing_here()
    return row


def only(rows: QuerySet[Record]) -> Record | None:
    """The only row there is; None where there is none, or a choice."""
    first_two = list(rows[:2])
    return first_two[0] if len(first_two) == 1 else None


def station_of(stations: QuerySet[Station], chosen: int | None) -> Station | None:
    """The station asked for, or the only one there is; None where the user has to choose."""
    if chosen:
        return one(stations, chosen)
    return only(stations)
