"""The buttons of a record, who decides about it, and taking a step."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from culture_admin.desk.forms.photos import PhotosForm
from culture_admin.desk.forms.steps import PickForm, StepForm
from culture_admin.workflow.actions import perform
from culture_admin.workflow.explaining import Button, buttons_of


@dataclass(frozen=True, slots=True)
class Matrix:
    """What `desk/matrix.html` explains to its reader: who decides about a record, or about records of a model."""

    model: type[Model]
    record: Model | None


def buttons(record: Model, user) -> list[Button]:
    """The steps of the record's flow: open ones, then those that are grey for this user, each with why."""
    return buttons_of(record, user)


def matrix_of(subject: Model | type[Model]) -> Matrix:
    """The question who decides: about a record where there is one, else about a model."""
    return Matrix(type(subject), subject) if isinstance(subject, Model) else Matrix(subject, None)


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


def take_or_keep(request: HttpRequest, record: Model) -> StepForm | PhotosForm | None:
    """Takes the step that was posted, or keeps the papers that were sent; the form with its faults when it was refused."""
    if "papers" not in request.POST:
        return take(request, record)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        form.keep(actor=request.user, subject=record)
    if not form.is_valid():
        return form
    messages.success(request, _("Kept."))
    return None


def papers_form(refused: object) -> PhotosForm:
    """The form for papers: what was refused of it, or an empty one."""
    return refused if isinstance(refused, PhotosForm) else PhotosForm()


def take_ticked(request: HttpRequest, form: PickForm, rows: QuerySet) -> int:
    """Takes the step on the rows that were ticked, on all of them or none; how many, and 0 where the form says why not."""
    picked = form.cleaned_data["pick"]
    records = rows.filter(pk__in=picked)
    done = form.attempt(
        perform,
        objects=records if len(records) == len(picked) else [],
        step_name=form.cleaned_data["step"],
        actor=request.user,
        comment=form.cleaned_data["comment"],
        seen=picked,
    )
    if done is not None and not done:
        form.add_error(None, _("Something you ticked is not there any more. Look again."))
    return len(done or ())
