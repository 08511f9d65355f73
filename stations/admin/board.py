"""The board of a batch: which station is where with its case; steps, codes and warnings for all that are ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culture_admin.interfaces.admin import ScopedModelAdmin
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.queries import QueryParameters, day, whole
from culture_admin.interfaces.text import clean_line
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.models import Deadline, Decision
from stations import actions
from stations.actions.registration import TO_BE_CODED
from stations.models import Registration, Station
from stations.models.documents import checklist
from stations.models.registration import OPEN, VAIN, Kind, Party, State

POWER, SANCTIONS = "stations.registration", "stations.sanctions"
MOST_BATCHES = 30
NO_CASE = "none"
# The name of the field of a code, before the key of its case; more than is shown of what stands there is no code.
CODE, MOST_WRITTEN = "code-", 40


@dataclass(frozen=True)
class Asked:
    """What the board shows: the cases of a kind, of reports a year, or of a batch; narrowed to one state."""

    kind: str
    year: int | None
    batch: str
    state: str

    @property
    def query(self) -> str:
        values = {"kind": self.kind, "year": self.year, "batch": self.batch}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def without(self) -> str:
        """What is said of a station without a case: of most kinds only open ones stand on the board."""
        return _("No case yet") if self.kind == Kind.ANNUAL_REPORT else _("No open case")


@dataclass
class Line:
    """A station on the board, with its case if it has one."""

    station: Station
    case: Registration | None = None
    since: date | None = None
    due: Deadline | None = None
    missing: list[str] = field(default_factory=list)
    # The code as it was written last, right or wrong.
    code: str = ""

    @property
    def turn(self) -> object:
        return Party(self.case.turn).label if self.case else ""

    @property
    def state(self) -> str:
        return self.case.state if self.case else NO_CASE

    @property
    def wants_code(self) -> bool:
        return self.case is not None and self.case.kind == Kind.ESTABLISHMENT and self.case.state in TO_BE_CODED


@dataclass(frozen=True)
class Column:
    """A state with how many stations are in it, and where only those are shown."""

    label: object
    number: int
    party: object
    address: str
    chosen: bool


def page(room: ScopedModelAdmin, request: HttpRequest, written: Mapping[int, str] | None = None) -> HttpResponse:
    """Who is where; so many questions however many stations there are. `written`: codes that were not taken."""
    room.require_view(request)
    today, asked = timezone.localdate(), _asked(request)
    lines = lines_of(request.user, asked, today)
    for line in lines:
        line.code = (written or {}).get(line.case.pk, line.case.uscc) if line.case else ""
    shown = [line for line in lines if not asked.state or line.state == asked.state]
    user, steps = request.user, room.get_actions(request)
    may_open = bool(may_write(user, POWER, ("propose",))) and asked.kind
    may_warn = bool(may_write(user, SANCTIONS, ("decide",))) and asked.kind == Kind.ANNUAL_REPORT
    context = {
        **room.admin_site.each_context(request),
        "title": _("Board"),
        "opts": room.opts,
        "asked": asked,
        "today": today,
        "kinds": [(value, label, value == asked.kind) for value, label in Kind.choices],
        "years": [today.year - back for back in range(1, 5)],
        "batches": _batches(user),
        "columns": _columns(lines, asked),
        "lines": shown,
        "number": len(lines),
        "steps": steps,
        # Whoever only looks has nothing to tick.
        "ticks": bool(steps or may_open or may_warn),
        "selected": ACTION_CHECKBOX_NAME,
        "may_open": may_open,
        "may_code": bool(may_write(user, POWER, ("decide",))) and any(line.wants_code for line in shown),
        "may_warn": may_warn,
    }
    return TemplateResponse(request, "stations/board.html", context)


def lines_of(user, asked: Asked, today: date) -> list[Line]:
    """The stations of the board in the order of their codes; of a batch those that are in it."""
    cases = {case.station_id: case for case in _cases(user, asked)}
    stations = Station.objects.visible_to(user).existing(today).select_related("unit", "division")
    if asked.batch:
        stations = Station.objects.visible_to(user).filter(pk__in=cases).select_related("unit", "division")
    since, due = _since(cases.values()), _due(cases.values())
    lines = []
    for station in stations.order_by("division__code", "pk"):
        case = cases.get(station.pk)
        lines.append(
            Line(
                station=station,
                case=case,
                since=since.get(case.pk) if case else None,
                due=due.get(case.pk) if case else None,
                missing=[str(entry.document.label) for entry in checklist(case) if entry.is_missing] if case else [],
            )
        )
    return lines


def open_cases(room: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """Opens a case of the kind for every station that is ticked, all or none."""
    return _done(request, _open) or page(room, request)


def enter_codes(room: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """Enters the codes that were written beside new legal persons, all or none; what is refused stays as it was written."""
    return _done(request, _code) or page(room, request, _written(request))


def warn_late(room: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    """Warns the stations that are ticked of their late annual reports, by one letter."""
    return _done(request, _warn) or page(room, request)


def _done(request: HttpRequest, work: Callable[[HttpRequest], str]) -> HttpResponse | None:
    """Back to the board with what was done; None where it was refused, which is said."""
    try:
        messages.success(request, work(request))
    except StepRefused as refused:
        messages.error(request, str(refused.text))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        return redirect(f"{reverse('admin:stations_registration_board')}?{request.GET.urlencode()}")
    return None


def _open(request: HttpRequest) -> str:
    kind, keys = request.POST.get("kind", ""), _keys(request, "station")
    if kind not in Kind.values or kind == Kind.CHANGE:
        raise ValidationError(_("A change is opened by each station, which says what has changed."))
    if not keys:
        raise ValidationError(_("Tick at least one."))
    stations = Station.objects.visible_to(request.user).filter(pk__in=keys).select_related("unit", "division", "county")
    opened = actions.open_registrations(
        actor=request.user,
        stations=list(stations.order_by("pk")),
        kind=kind,
        year=whole(request.POST.get("year", "")) if kind == Kind.ANNUAL_REPORT else None,
        batch=clean_line(request.POST.get("batch", ""), max_length=60),
    )
    return ngettext("%(number)d case opened.", "%(number)d cases opened.", len(opened)) % {"number": len(opened)}


def _code(request: HttpRequest) -> str:
    written = _written(request)
    cases = {case.pk: case for case in Registration.objects.visible_to(request.user).filter(pk__in=written)}
    fresh = {pk: code for pk, code in written.items() if pk not in cases or cases[pk].uscc != code}
    if not fresh:
        raise ValidationError(_("No new code was written."))
    try:
        actions.assign_codes(actor=request.user, codes=fresh)
    except ValidationError as refused:
        names = {str(pk): str(case.station) for pk, case in cases.items()}
        told = {key: " ".join(messages) for key, messages in refused.message_dict.items()}
        raise ValidationError([f"{names.get(key, key)}: {text}" for key, text in told.items()]) from refused
    return ngettext("%(number)d code entered.", "%(number)d codes entered.", len(fresh)) % {"number": len(fresh)}


def _written(request: HttpRequest) -> dict[int, str]:
    """The codes that stand beside cases, by the key of the case."""
    named = {name.removeprefix(CODE): value.strip() for name, value in request.POST.items() if name.startswith(CODE)}
    return {key: value[:MOST_WRITTEN] for name, value in named.items() if value and (key := whole(name)) and key > 0}


def _warn(request: HttpRequest) -> str:
    mend_by = day(request.POST.get("mend_by", ""))
    document = clean_line(request.POST.get("document", ""), max_length=60)
    if mend_by is None or not document:
        raise ValidationError(_("Write the number of the letter and the day by which it is to be mended."))
    rows = Registration.objects.visible_to(request.user).filter(pk__in=_keys(request, ACTION_CHECKBOX_NAME))
    cases = list(rows.select_related("station__unit", "station__division", "county").order_by("pk"))
    if not cases:
        raise ValidationError(_("Tick at least one."))
    made = actions.warn_late_reports(actor=request.user, registrations=cases, document=document, mend_by=mend_by)
    return ngettext("%(number)d station warned.", "%(number)d stations warned.", len(made)) % {"number": len(made)}


def _asked(request: HttpRequest) -> Asked:
    query = QueryParameters(request, known={"kind", "year", "batch", "state"}, blanks=True)
    kind = query.choice("kind", Kind.values)
    year = query.whole("year", least=1980, most=2199)
    state = query.choice("state", [NO_CASE, *State.values])
    query.check()
    batch = query.values.get("batch", "")
    if not (kind or batch):
        kind = Kind.ANNUAL_REPORT
    if kind == Kind.ANNUAL_REPORT and not (year or batch):
        year = timezone.localdate().year - 1
    return Asked(kind or "", year if kind == Kind.ANNUAL_REPORT else None, batch, state or "")


def _cases(user, asked: Asked) -> QuerySet:
    """Of each station its newest case; what came to nothing is not shown where there is another."""
    rows = Registration.objects.visible_to(user).select_related("station__unit", "county", "report")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.batch:
        rows = rows.filter(batch=asked.batch)
    elif asked.kind != Kind.ANNUAL_REPORT:
        # A board of a kind is about what is going on; what is over is found in the list.
        rows = rows.filter(state__in=(*OPEN, State.ISSUED))
    return rows.exclude(state__in=VAIN).prefetch_related("documents").order_by("station", "pk")


def _since(cases) -> dict[int, date]:
    """By case the day since which it is in its state."""
    moved = Decision.objects.filter(
        subject_type=ContentType.objects.get_for_model(Registration), subject_id__in=[case.pk for case in cases]
    )
    last = moved.order_by().values("subject_id").annotate(last=Max("at")).values_list("subject_id", "last")
    return {pk: timezone.localdate(at) for pk, at in last}


def _due(cases) -> dict[int, Deadline]:
    """By case the first day on which something about it is due."""
    rows = Deadline.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(Registration), subject_id__in=[case.pk for case in cases]
    )
    return {deadline.subject_id: deadline for deadline in rows.select_related("unit").order_by("-due_on", "-pk")}


def _columns(lines: list[Line], asked: Asked) -> list[Column]:
    """The states in their order, with how many stations are in each."""
    numbers = Counter(line.state for line in lines)
    turns = {line.state: Party(line.case.turn).label for line in lines if line.case}
    labels = {NO_CASE: asked.without, **dict(State.choices)}
    return [
        Column(
            label=label,
            number=numbers[state],
            party=turns.get(state, ""),
            address=f"?{asked.query}" + ("" if asked.state == state else f"&state={state}"),
            chosen=asked.state == state,
        )
        for state, label in labels.items()
        if numbers[state]
    ]


def _batches(user) -> list[str]:
    rows = Registration.objects.visible_to(user).exclude(batch="").order_by()
    named = rows.values("batch").annotate(last=Max("opened_at")).order_by("-last").values_list("batch", flat=True)
    return list(named[:MOST_BATCHES])


def _keys(request: HttpRequest, name: str) -> list[int]:
    found = [whole(value) for value in request.POST.getlist(name)]
    return [key for key in found if key and key > 0]
