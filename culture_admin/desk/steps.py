"""The buttons of a record: which steps its flow offers this user, who decides otherwise, and taking one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Role
from culture_admin.desk.forms.steps import StepForm
from culture_admin.workflow.actions import perform
from culture_admin.workflow.steps import FLOWS, Step, obstacles


@dataclass(frozen=True, slots=True)
class Button:
    """A step the user may take now."""

    name: str
    step: Step


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who has the power over a record, and on what basis."""

    label: object
    basis: object
    decide: str
    propose: str


def buttons(record: Model, user) -> list[Button]:
    """The steps nothing stands in the way of, dangerous ones last."""
    steps = FLOWS[type(record)].steps
    open_steps = [
        Button(name, step) for name, step in steps.items() if obstacles([record], name, user)[record.pk] is None
    ]
    return sorted(open_steps, key=lambda button: button.step.danger)


def matrix_of(model: type[Model]) -> Matrix:
    """The line of the dual-authority matrix that a model's records stand under."""
    return matrix_of_power(FLOWS[model].power)


def matrix_of_power(power: str) -> Matrix:
    """A line of the matrix in words."""
    line = POWERS[power]
    return Matrix(line.label, line.basis, _names(line.roles("decide")), _names(line.roles("propose")))


def take(request: HttpRequest, record: Model) -> StepForm | None:
    """Takes the step that was posted; the form with its faults when it was refused."""
    form = StepForm(request.POST)
    if not form.is_valid():
        return form
    entries = form.cleaned_data
    done = form.attempt(
        perform,
        objects=record,
        step_name=entries["step"],
        actor=request.user,
        comment=entries["comment"],
        seen=entries["version"],
    )
    if done is None:
        return form
    messages.success(request, _("Done: %(state)s.") % {"state": record.get_state_display()})
    return None


def _names(roles: frozenset) -> str:
    return "、".join(str(Role(role).label) for role in sorted(roles))
