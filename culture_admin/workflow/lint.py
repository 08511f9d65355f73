"""The lint of the matrix: steps that nobody can take, and powers that nobody in a district holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.checks import CheckMessage, Error
from django.db.models import Model

from culture_admin.accounts.models import Membership
from culture_admin.accounts.powers import POWERS, VERBS
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Division, Unit, in_force
from culture_admin.workflow.steps import FLOWS, Flow

VERBS_OF_STEPS = (*VERBS, "enter")


@dataclass(frozen=True)
class Vacant:
    """Offices of which a county has no holder, and what nobody can do there because of it: verbs of powers, and steps."""

    county: Division
    roles: frozenset[str]
    verbs: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]

    def __str__(self) -> str:
        may = ", ".join(f"{verb} in {power}" for verb, power in self.verbs)
        steps = f" (steps: {', '.join(self.steps)})" if self.steps else ""
        return (
            f"{self.county.name_zh}: nobody can {may}{steps}; grant one of the offices {', '.join(sorted(self.roles))}"
        )


def check_flows(**_kwargs: object) -> list[CheckMessage]:
    """Django's check: every step leads from states to a state of its model, and the matrix gives it to somebody."""
    return [
        Error(f"{flow.model._meta.label}: {fault}", hint=hint, id="workflow.E001")
        for flow in FLOWS.values()
        for fault, hint in _faults(flow)
    ]


def _faults(flow: Flow) -> Iterator[tuple[str, str]]:
    states = {value for value, _label in flow.model._meta.get_field("state").flatchoices}
    if flow.power not in POWERS:
        yield f"the flow stands under “{flow.power}”", "Add the line to accounts/powers.py."
    for name, step in flow.steps.items():
        if step.power not in POWERS:
            yield f"the step “{name}” stands under “{step.power}”", "Add the line to accounts/powers.py."
        elif step.verb not in VERBS_OF_STEPS:
            yield f"the step “{name}” asks for the verb “{step.verb}”", f"Use one of {', '.join(VERBS_OF_STEPS)}."
        elif not POWERS[step.power].roles(step.verb):
            yield f"nobody can take the step “{name}”", f"Give “{step.verb}” in “{step.power}” to a role."
        for state in {*step.sources, step.target} - states:
            yield f"the step “{name}” speaks of the state “{state}”", "Name one of the model's states."


def vacancies(on: date, counties: Sequence[Division] | None = None) -> list[Vacant]:
    """What nobody can do in each county that has a bureau, in two queries.

    An office counts where its unit lies in the county or the county in its unit's division. Of towns and stations one held
    office is enough: that a single station has no head is a matter of that station.
    """
    if counties is None:
        bureaus = Unit.objects.filter(in_force(on), kind=Unit.Kind.BUREAU).select_related("division")
        counties = list({unit.division_id: unit.division for unit in bureaus.order_by("division__code")}.values())
    held = Membership.objects.filter(in_force(on), user__is_active=True, user__is_service=False)
    paths = defaultdict(set)
    for role, path in held.values_list("role", "unit__division__path").distinct():
        paths[role].add(path)
    found = []
    for county in counties:
        here = {role for role, its in paths.items() if any(_meet(path, county.path) for path in its)}
        lacking: dict[frozenset[str], list[tuple[str, str]]] = defaultdict(list)
        for code, power in POWERS.items():
            for verb in ("decide", "consent", "propose"):
                roles = power.roles(verb)
                if roles and not roles & here:
                    lacking[roles].append((verb, code))
        for roles, verbs in lacking.items():
            steps = tuple(step for verb, code in verbs for step in _steps_of(code, verb))
            found.append(Vacant(county, roles, tuple(verbs), steps))
    return found


def headless(on: date) -> list[Unit]:
    """Stations in force at which nobody holds the office of the head."""
    heads = Membership.objects.filter(in_force(on), role=Role.STATION_HEAD, user__is_active=True)
    stations = Unit.objects.filter(in_force(on), kind=Unit.Kind.STATION).exclude(pk__in=heads.values("unit"))
    return list(stations.order_by("division__code"))


def _steps_of(power: str, verb: str) -> tuple[str, ...]:
    """The steps only this verb of the power opens, as model.step."""
    return tuple(
        f"{_name(flow.model)}.{name}"
        for flow in FLOWS.values()
        for name, step in flow.steps.items()
        if step.power == power and step.verb == verb
    )


def _name(model: type[Model]) -> str:
    return model._meta.model_name or ""


def _meet(path: str, other: str) -> bool:
    return path.startswith(other) or other.startswith(path)
