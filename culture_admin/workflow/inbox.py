"""What waits for a user: records on which he may take a waiting step, and what his units owe."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet, Value

from culture_admin.accounts.roles import FIRM, Role
from culture_admin.accounts.scope import seat_of
from culture_admin.workflow.actions.notices import entrusted_with
from culture_admin.workflow.models import DUTIES, Deadline, Filed
from culture_admin.workflow.steps import DECIDING, FLOWS, Flow, Step
from culture_admin.workflow.subjects import with_subjects

MOST = 99
LOOKING_ON = (Role.ASSESSOR, Role.OBSERVER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Records of one model that wait for one step of this user."""

    model: str
    label: object
    step: str
    step_label: object
    records: QuerySet


def waiting(user) -> list[Waiting]:
    """One entry per model and step that may have work; the records are lazy and oldest first."""
    return [
        Waiting(
            model=flow.model._meta.label_lower,
            label=flow.model._meta.verbose_name_plural,
            step=name,
            step_label=step.awaited or step.label,
            records=_records(flow, step, user),
        )
        for flow in FLOWS.values()
        for name, step in flow.steps.items()
        if step.waits
    ]


def _records(flow: Flow, step: Step, user) -> QuerySet:
    """What is to be mended waits for who filed it, or for his firm, and not for everybody who might have filed it; what nobody
    has begun, such as a report that everybody owes, waits for all of them.
    """
    # The step may stand under a power of its own, as the bureau's filing of a team does.
    condition = replace(flow.model.scope, power=step.power).condition(user, step.verb)
    if issubclass(flow.model, Filed) and step.verb in DECIDING:
        # What is filed waits for the offices it was filed with, whatever the matrix gives to whom by now.
        condition = Q(entrusted__overlap=[f"{step.power}:{step.verb}:{seat_of(office)}" for office in user.offices])
    rows = flow.model.objects.none() if condition is None else flow.model.objects.filter(condition)
    records = rows.filter(state__in=step.sources).order_by("pk")
    if isinstance(step.waits, Q):
        records = records.filter(step.waits)
    if step.verb == "propose" and flow.filed_by and not user.roles <= FIRM:
        return records.filter(Q(**{flow.filed_by: user.pk}) | Q(**{flow.filed_by: None}))
    return records


def owed(user, until: date) -> QuerySet[Deadline]:
    """Open deadlines of the user's units and those below them, due up to a day; overdue ones first."""
    return with_subjects(Deadline.objects.visible_to(user).open().filter(due_on__lte=until).select_related("unit"))


def own_duties(user) -> Q:
    """Which deadlines are the user's to meet: those of his units, but for kinds that others there have the power for. A steward
    answers for nothing of his firm besides; the bureau owes nothing through an assessor it appoints, or whoever only looks on.
    """
    own = Q(pk__in=[])
    for office in user.offices:
        entrusted = {code: entrusted_with(code, office.unit_kind) for code in DUTIES}
        if office.role == Role.STEWARD:
            own |= Q(unit=office.unit_id, code__in=[code for code, roles in entrusted.items() if office.role in roles])
        elif office.role not in LOOKING_ON:
            others = [code for code, roles in entrusted.items() if roles and office.role not in roles]
            own |= Q(unit=office.unit_id) & ~Q(code__in=others)
    return own


def numbers(piles: Sequence[Waiting]) -> list[tuple[Waiting, int]]:
    """The piles of which something waits, and how much, up to one more than MOST; one question for all of them."""
    found = Counter(at for at, _pk in _asked(pile.records.order_by()[: MOST + 1] for pile in piles))
    return [(pile, found[at]) for at, pile in enumerate(piles) if at in found]


def oldest(piles: Sequence[Waiting], most: int) -> list[tuple[Waiting, list[int]]]:
    """The piles of which something waits, with the keys of the oldest records; one question for all of them."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, pk in _asked(pile.records[:most] for pile in piles):
        found[at].append(pk)
    return [(pile, sorted(found[at])) for at, pile in enumerate(piles) if at in found]


def _asked(every: Iterable[QuerySet]) -> Iterable[tuple[int, int]]:
    """Of each set of records its place and the keys."""
    sets = [records.values_list(Value(at), "pk") for at, records in enumerate(every)]
    return sets[0].union(*sets[1:], all=True) if sets else ()
