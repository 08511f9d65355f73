"""What can be done with a record besides changing it: the steps of its flow, one by one or for a set, and acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from unfold.admin import ModelAdmin

from culture_admin.interfaces.permissions import covers, may_write
from culture_admin.interfaces.queries import whole
from culture_admin.interfaces.text import clean_text
from culture_admin.workflow.actions import StepRefused, perform, perform_each
from culture_admin.workflow.explaining import Button, buttons_of
from culture_admin.workflow.steps import Step, flow_of

PREFIX = "step-"
LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Act:
    """Something done to a record by one click that is no step of a flow, such as revoking a key.

    run: does it and may answer with a page of its own. offered: whether the record is in a state for it. verbs: those of the
    matrix that open it, where it is not for everybody who may change the record.
    """

    label: object
    run: Callable[[HttpRequest, Model], HttpResponse | None]
    offered: Callable[[Model], bool] = lambda record: True
    verbs: Sequence[str] = ()
    danger: bool = False


class WithSteps(ModelAdmin):
    """The buttons of a record and the actions of a list, all made from the model's flow and the matrix.

    steps_alone: whether a step is all there is to do; an import is applied by its verb, which takes the step itself.
    """

    acts: dict[str, Act] = {}
    steps_alone = True

    @property
    def steps(self) -> dict[str, Step]:
        """The steps of the model's flow that stand as buttons."""
        flow = flow_of(self.model)
        return flow.steps if flow and self.steps_alone else {}

    def get_urls(self):
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/steps/<slug:step>/", view(self._posted(self.step_view)), name=f"{name}_step"),
            path("<path:object_id>/acts/<slug:act>/", view(self._posted(self.act_view)), name=f"{name}_act"),
            *super().get_urls(),
        ]

    def _posted(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """What does something is sent; whoever comes to its address again, by another language or anew, is at the record."""

        @require_http_methods(["GET", "HEAD", "POST"])
        def answered(request: HttpRequest, object_id: str, **kwargs: str) -> HttpResponse:
            if request.method == "POST":
                return view(request, object_id, **kwargs)
            return self._back(request, self.get_object(request, unquote(object_id)))

        return answered

    def buttons(self, request: HttpRequest, record: Model) -> list[Button]:
        """Every step of the record's flow, open and grey."""
        return buttons_of(record, request.user, self.steps)

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """Takes one step on one record and comes back to it, or to where the reader came from."""
        record = self.get_object(request, unquote(object_id))
        if step not in self.steps:
            raise Http404
        # Who does not say what he looked at has looked at nothing: no record has the version 0.
        seen = whole(request.POST.get("seen", "")) or 0
        self._perform(request, [record], step, seen=seen)
        return self._back(request, record)

    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        """Does one of the model's acts."""
        record = self.get_object(request, unquote(object_id))
        if act not in self.acts or not self.acts[act].offered(record):
            raise Http404
        if not self.may_act(request, record, self.acts[act]):
            raise PermissionDenied(may_write(request.user, self.power, self.acts[act].verbs or self.writers).text)
        return self.acts[act].run(request, record) or self._back(request, record)

    def may_act(self, request: HttpRequest, record: Model, act: Act) -> bool:
        """Whether the user may do this with the record."""
        return covers(request.user, record, act.verbs) if act.verbs else self.may_change(request, record)

    def get_actions(self, request: HttpRequest) -> dict:
        """The steps the reader's offices may take at all, each for a whole selection."""
        return {
            f"{PREFIX}{name}": (_set_wise(name, step), f"{PREFIX}{name}", str(step.label))
            for name, step in self.steps.items()
            if may_write(request.user, step.power, (step.verb,))
        }

    def take_step(self, request: HttpRequest, records: QuerySet, name: str, step: Step) -> HttpResponse | None:
        """Takes a step on the selected records; asks for the reason first where the step wants one.

        Where something stands in the way of some, nothing is done: they are named with why, and the others are offered.
        """
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": step.label,
            "step": step,
            "action": f"{PREFIX}{name}",
            "records": records,
            "selected": ACTION_CHECKBOX_NAME,
            "longest": LONGEST_COMMENT,
            "next": request.POST.get("next", ""),
        }
        if step.comment and "comment" not in request.POST:
            return TemplateResponse(request, "interfaces/admin/reason.html", context)
        given = list(records)
        try:
            comment = clean_text(request.POST.get("comment", ""), max_length=LONGEST_COMMENT)
            with transaction.atomic():
                taken = perform_each(given, name, actor=request.user, comment=comment)
                transaction.set_rollback(bool(taken.refusals))
        except (StepRefused, ValidationError) as refused:
            self.message_user(request, _refusal(refused), messages.ERROR)
            return None
        if not taken.refusals:
            self._tell(request, step, len(given))
            return self._onward(request)
        if len(given) == 1:
            [alone] = taken.refusals.values()
            self.message_user(request, _refusal(alone), messages.ERROR)
            return self._onward(request)
        context["records"] = [record for record in given if record.pk not in taken.refusals]
        context["refused"] = [
            (record, taken.refusals[record.pk].text) for record in given if record.pk in taken.refusals
        ]
        context["comment"] = comment
        return TemplateResponse(request, "interfaces/admin/refused.html", context)

    def _perform(self, request: HttpRequest, records: list[Model], name: str, *, seen: int | None = None) -> None:
        step = self.steps[name]
        try:
            comment = clean_text(request.POST.get("comment", ""), max_length=LONGEST_COMMENT)
            perform(records, name, actor=request.user, comment=comment, seen=seen)
        except (StepRefused, ValidationError) as refused:
            self.message_user(request, _refusal(refused), messages.ERROR)
            return
        self._tell(request, step, len(records))

    def _tell(self, request: HttpRequest, step: Step, number: int) -> None:
        many = ngettext("%(step)s: %(number)d record.", "%(step)s: %(number)d records.", number)
        done = many if number > 1 else _("%(step)s: done.")
        self.message_user(request, done % {"step": step.label, "number": number}, messages.SUCCESS)

    def _onward(self, request: HttpRequest) -> HttpResponse | None:
        """To the page of ours that the reader came from."""
        back = request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
            return redirect(back)
        return None

    def _back(self, request: HttpRequest, record: Model) -> HttpResponse:
        return self._onward(request) or redirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        )


def _set_wise(name: str, step: Step) -> Callable:
    def act(model_admin: WithSteps, request: HttpRequest, records: QuerySet) -> HttpResponse | None:
        return model_admin.take_step(request, records, name, step)

    return act


def _refusal(refused: StepRefused | ValidationError) -> str:
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused.text)
