"""The bureau's rehearsal: other points and targets, a few things more of a town, and whom that would move. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from assessments.admin.states import moved_places
from assessments.models import Assessment, Computation, Cycle
from assessments.naming import group_name
from assessments.rehearsing import Rehearsed, rehearse
from culture_admin.interfaces.admin import ScopedModelAdmin
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.scoring.rules import plain, read_number
from culture_admin.scoring.table import Indicator

# What can be supposed of an indicator, as the fields of the form begin.
POINTS, TARGET, MORE = "points", "target", "more"


@dataclass
class Field:
    """One indicator of the form: what stands in its fields, and what the scheme says."""

    indicator: Indicator
    written: dict[str, str]

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def points(self) -> str:
        return plain(self.indicator.points)

    @property
    def target(self) -> str:
        return plain(self.indicator.rule.arguments.get("target"))

    @property
    def is_supposed(self) -> bool:
        return any(self.written.values())


@dataclass(frozen=True)
class Line:
    """A town before and after."""

    assessment: Assessment
    before: Decimal
    after: Decimal
    place_before: int | None
    place_after: int | None
    moved: object
    own: bool

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def page(room: ScopedModelAdmin, request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The form, and beside it the ranking as it is and as it would be; a plain address that can be passed on."""
    body = cycle.scheme.content
    indicators = [indicator for _section, indicator in body.table.indicators()]
    names = [f"{kind}-{one.code}" for one in indicators for kind in (POINTS, TARGET, MORE)]
    query = QueryParameters(request, known={"group", "town", *names}, blanks=True)
    towns = list(
        Assessment.objects.visible_to(request.user)
        .standing()
        .filter(cycle=cycle)
        .select_related("unit", "division")
        .order_by("group", "division__code", "pk")
    )
    groups = list(dict.fromkeys(one.group for one in towns))
    town = query.whole("town")
    group = query.choice("group", groups)
    query.check()
    own = next((one for one in towns if one.pk == town), None)
    fields = [
        Field(one, {kind: query.values.get(f"{kind}-{one.code}", "") for kind in (POINTS, TARGET, MORE)})
        for one in indicators
    ]
    chosen = own.group if own else group or (groups[0] if groups else "")
    computation = Computation.objects.visible_to(request.user).filter(cycle=cycle).order_by("-number").first()
    faults: list[str] = []
    rehearsed = _rehearsed(cycle, own, chosen, fields, computation, faults)
    context = {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": _("Rehearsal"),
        "cycle": cycle,
        "computation": computation,
        "groups": [(code, group_name(cycle.scheme, code), code == chosen) for code in groups],
        "towns": [(one, one == own) for one in towns],
        "own": own,
        "group": group_name(cycle.scheme, chosen),
        "fields": fields,
        "faults": faults,
        "lines": _lines(rehearsed, own) if rehearsed else [],
        "rehearsed": rehearsed,
        "supposed": any(one.is_supposed for one in fields),
    }
    return TemplateResponse(request, "assessments/rehearsal.html", context, status=400 if faults else 200)


def _rehearsed(
    cycle: Cycle,
    own: Assessment | None,
    group: str,
    fields: Sequence[Field],
    computation: Computation | None,
    faults: list[str],
) -> Rehearsed | None:
    """The rehearsal of what stands in the fields; what cannot be supposed is told in `faults`."""
    if computation is None:
        return None
    told = {kind: _numbers(fields, kind, faults) for kind in (POINTS, TARGET, MORE)}
    if told[MORE] and own is None:
        faults.append(_("Choose the town of which there would be more."))
    if faults:
        return None
    try:
        return rehearse(
            cycle,
            own=own,
            group=group,
            more=told[MORE],
            points=told[POINTS],
            targets=told[TARGET],
            computation=computation,
        )
    except ValidationError as refused:
        faults += [f"{code}: {' '.join(texts)}" for code, texts in refused.message_dict.items()]
        return None


def _numbers(fields: Sequence[Field], kind: str, faults: list[str]) -> dict[str, Decimal]:
    found = {}
    for one in fields:
        written = one.written[kind].strip()
        if not written:
            continue
        number = read_number(written)
        if number is None or (number < 0 and kind != MORE):
            faults.append(
                _("%(code)s: “%(read)s” is no number of this kind.") % {"code": one.code, "read": written[:40]}
            )
            continue
        found[one.code] = number
    return found


def _lines(rehearsed: Rehearsed, own: Assessment | None) -> list[Line]:
    """By the places as they would be; whoever stands beside the ranking at the end."""
    lines = [
        Line(
            assessment,
            rehearsed.before[pk],
            rehearsed.after[pk],
            rehearsed.place_before[pk],
            rehearsed.place_after[pk],
            moved_places(rehearsed.place_after[pk], rehearsed.place_before[pk]),
            assessment == own,
        )
        for pk, assessment in rehearsed.assessments.items()
    ]
    return sorted(lines, key=lambda one: (one.place_after is None, one.place_after or 0, one.assessment.division.code))
