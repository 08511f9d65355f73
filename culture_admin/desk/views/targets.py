"""My targets of a year: what is to be reached, what has been, and what is missing by when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from culture_admin.accounts.asking import require
from culture_admin.desk.pages import page
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.statistics.models import Target
from culture_admin.statistics.progress import days_left, progress_of

YEARS = 3


@page("GET")
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of one's town and station in a year; what is furthest from being reached comes first."""
    user, today = request.user, timezone.localdate()
    require(user.offices, "targets", ("see",))
    years = [today.year + 1 - back for back in range(YEARS + 1)]
    query = QueryParameters(request, known={"year"})
    year = int(query.choice("year", [str(one) for one in years], default=str(today.year)) or today.year)
    query.check()
    rows = Target.objects.visible_to(user).filter(year=year, state=Target.State.SET).select_related("place", "station")
    found = progress_of(rows, user=user)
    lines = sorted(((row, found[row.pk]) for row in rows), key=lambda line: (line[1].percent, str(line[0]), line[0].pk))
    context = {"year": year, "years": years, "lines": lines, "left": days_left(year, today)}
    return render(request, "desk/targets.html", context)
