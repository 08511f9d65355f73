"""The base of every room of the admin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast, final

from django import forms
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import flatten, flatten_fieldsets, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import NotPermitted
from culture_admin.interfaces.admin.forms import FIELDS, VerbForm
from culture_admin.interfaces.admin.history import Change, changes_of, step_label
from culture_admin.interfaces.admin.lists import CappedPaginator, ScopedChangeList
from culture_admin.interfaces.admin.rows import rows_of
from culture_admin.interfaces.admin.sheets import WithSheets
from culture_admin.interfaces.admin.steps import WithSteps
from culture_admin.interfaces.permissions import WRITERS, covers, may_write
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.refusals import problem_of
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.explaining import Explained, explain, grey
from culture_admin.workflow.models import Decision

# A verb of an app: `verb(*, actor, …) -> record`.
Verb = Callable[..., Any]


@dataclass(frozen=True)
class Panel:
    """A table below a record: rows of another model that belong to it, and where one more is entered."""

    title: object
    name: object
    columns: list[object]
    rows: list[list[object]]
    add: str


class ScopedModelAdmin(WithSheets, WithSteps):
    """The rows of one model, each read through `visible_to`, each written by a verb; nothing is deleted.

    add_action(*, actor, **fields) -> record: behind the form of a new record, `add_form` with `add_fieldsets`.
    change_action(*, actor, MODEL=record, **changes) -> record: behind the form of a record, `change_form` with
      `fieldsets`, in which only the fields named by `changeable` are open.
    the steps of the model's flow, and `acts`: buttons on the record; the steps also for a selection in the list.

    power: the line of the matrix; that of the model's scope unless said otherwise. writers: the verbs of it that open
    entering and changing. joins: what a line of the list and the name of a record need in the same query. empty_hint:
    what to do while there is nothing yet.
    """

    add_action: Verb | None = None
    change_action: Verb | None = None
    add_form: type[VerbForm] = VerbForm
    change_form: type[VerbForm] = VerbForm
    changeable: Sequence[str] = ()
    writers: Sequence[str] = WRITERS
    joins: Sequence[str] = ()
    empty_hint: object = ""

    formfield_overrides = FIELDS
    paginator = CappedPaginator
    list_per_page = 50
    list_max_show_all = 0
    list_disable_select_all = True
    list_filter_sheet = False
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    warn_unsaved_form = True
    change_form_before_template = "interfaces/admin/seen.html"
    change_form_outer_before_template = "interfaces/admin/head.html"
    change_form_outer_after_template = "interfaces/admin/life.html"

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "get_queryset" in vars(cls):
            raise ImproperlyConfigured(f"{cls.__name__}: a user's rows are those of visible_to; extend `rows` instead.")
        if cls.inlines:
            raise ImproperlyConfigured(f"{cls.__name__}: no inline saves by itself; use a panel and a verb.")

    def __init__(self, model: type[Model], admin_site):
        super().__init__(model, admin_site)
        self.power = getattr(self, "power", "") or model.scope.power

    # --- who sees and may what ---

    @final
    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows the user may see; no superuser exception."""
        rows = self.rows(rows_of(request.user, self.model, self.admin_site))
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def rows(self, rows: QuerySet) -> QuerySet:
        """The rows with what the list shows besides; for an admin to extend."""
        return rows

    def get_object(self, request, object_id, from_field=None):
        """The record; a foreign, a missing and an impossible id are answered alike."""
        record = super().get_object(request, object_id, from_field)
        if record is None:
            raise nothing_here()
        return record

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return bool(may_write(request.user, self.power, ("see",)))

    def has_add_permission(self, request):
        return self.add_action is not None and bool(may_write(request.user, self.power, self.writers))

    def has_change_permission(self, request, obj=None):
        if self.change_action is None:
            return False
        if obj is None:
            return bool(may_write(request.user, self.power, self.writers))
        return self.may_change(request, obj)

    def may_change(self, request: HttpRequest, record: Model) -> bool:
        """Whether the user's offices may write where the record lies, in its form and by its acts; for an admin to narrow."""
        return bool(may_write(request.user, self.power, self.writers)) and covers(request.user, record, self.writers)

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted; a record is voided by a step."""
        return False

    def get_urls(self):
        return [url for url in super().get_urls() if not (url.name or "").endswith("_delete")]

    # --- lists ---

    def changelist_view(self, request, extra_context=None):
        self.require_view(request)
        return super().changelist_view(request, extra_context)

    def get_changelist(self, request, **kwargs):
        return ScopedChangeList

    def lookup_allowed(self, lookup, value, request):
        """The list refuses what its filters do not name; nothing else reaches the database."""
        return True

    @admin.display(description="")
    def action_checkbox(self, obj):
        """A plain box; Unfold's has six hundred bytes of classes, on every line."""
        return format_html(
            '<input type="checkbox" class="action-select" name="{}" value="{}" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            _("Select %(record)s") % {"record": obj},
        )

    # --- forms ---

    def get_form(self, request, obj=None, change=False, **kwargs):
        base = self.change_form if change else self.add_form
        form = type(base.__name__, (base,), {"user": request.user, "refusal": getattr(request, "refusal", None)})
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def get_readonly_fields(self, request, obj=None):
        """On the page of a record everything but `changeable`."""
        if obj is None:
            return ()
        return [name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if name not in self.changeable]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the little buttons that add and change related rows in windows of their own."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget = formfield.widget.widget
        return formfield

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Begins empty where there is no default: a choice nobody made is wrong data."""
        if "choices" not in kwargs:
            empty = db_field.blank or not db_field.has_default()
            kwargs["choices"] = db_field.get_choices(include_blank=empty, blank_choice=[("", _("Choose …"))])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only the user's own rows can be chosen; a forged id is refused like one that does not exist."""
        if "queryset" not in kwargs:
            kwargs["queryset"] = rows_of(request.user, db_field.related_model, self.admin_site)
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        formfield.empty_label = _("Choose …")
        return formfield

    # --- writing ---

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what its verb refuses is rolled back and told on the same form, field by field."""
        if object_id is None:
            if self.add_action and not self.has_add_permission(request):
                raise NotPermitted(may_write(request.user, self.power, self.writers))
            extra_context = {"title": _("Add %(name)s") % {"name": self.opts.verbose_name}, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Exception as error:
            problem = problem_of(error, request)
            if request.method != "POST" or problem is None or problem.status in (404, 503):
                raise
            request.refusal = problem
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request, form, change):
        """Hands the entries to the verb; the page goes on with the record it gives."""
        if not change:
            record = cast(Verb, type(self).add_action)(actor=request.user, **form.cleaned_data)
            if not self.may_change(request, record):
                raise PermissionDenied(_("Your office covers another place."))
            return record
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if not changes:
            return form.instance
        record = self._lock(request, form.instance)
        verb = cast(Verb, type(self).change_action)
        return verb(actor=request.user, **{self.opts.model_name: record}, **changes)

    def _lock(self, request: HttpRequest, record: Model) -> Model:
        """Locks the record as it stands in the database, which must be the version the user looked at."""
        locked = rows_of(request.user, self.model, self.admin_site).select_for_update(of=("self",)).get(pk=record.pk)
        if hasattr(locked, "version") and str(locked.version) != request.POST.get("seen"):
            message = _("The record was changed since you looked at it. Read it again.")
            raise StepRefused("stale", str(message), locked.pk, locked.version)
        return locked

    def response_post_save_add(self, request, obj):
        """Onto the page of a new record that has steps: what happens to it next stands there."""
        if not self.steps:
            return super().response_post_save_add(request, obj)
        return redirect(admin_urlname(self.opts, "change"), obj.pk)

    def save_model(self, request, obj, form, change):
        """The verb has written."""

    def save_related(self, request, form, formsets, change):
        """The verb has written."""

    def log_addition(self, request, obj, message):
        """PostgreSQL keeps the history."""

    def log_change(self, request, obj, message):
        """PostgreSQL keeps the history."""

    # --- the page of a record ---

    def said(self, request: HttpRequest, record: Model | None) -> Explained:
        """Who decides here and on what basis."""
        enters = self.add_action or self.change_action or self.acts
        power = "" if self.steps else self.power
        return explain(request.user, self.model, record, power=power, writers=self.writers if enters else ())

    def panels(self, request: HttpRequest, record: Model) -> list[Panel]:
        """Tables below the record; for an admin to fill."""
        return []

    def panel(
        self,
        request: HttpRequest,
        model: type[Model],
        columns: dict,
        told: Callable[[Any], QuerySet] = lambda rows: rows,
        **belonging: Model,
    ) -> Panel:
        """The user's rows of another model that belong to the record.

        columns: by heading what gives a cell of a row. told: adds to the rows what the cells need besides. belonging: the
        field of the model by which they do.
        """
        room = self.admin_site.get_model_admin(model)
        rows = told(rows_of(request.user, model, self.admin_site).filter(**belonging))
        filled = urlencode({name: record.pk for name, record in belonging.items()})
        return Panel(
            title=model._meta.verbose_name_plural,
            name=model._meta.verbose_name,
            columns=list(columns),
            rows=[[cell(row) for cell in columns.values()] for row in rows],
            add=f"{reverse(admin_urlname(model._meta, 'add'))}?{filled}" if room.has_add_permission(request) else "",
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_continue": False, "show_save_and_add_another": add, "said": self.said(request, obj)}
        if obj is not None:
            if not self.has_change_permission(request, obj):
                context["adminform"].fieldsets = self._without_questions(context["adminform"].fieldsets)
            buttons = self.buttons(request, obj)
            made = Decision.objects.visible_to(request.user).about(obj).select_related("subject_type", "acting_for")
            acts = {
                name: act for name, act in self.acts.items() if act.offered(obj) and self.may_act(request, obj, act)
            }
            context |= {
                "buttons": buttons,
                "grey": grey([button for button in buttons if not button.is_for_later]),
                "later": grey([button for button in buttons if button.is_for_later]),
                "acts": acts,
                "step_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_step",
                "act_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_act",
                "panels": self.panels(request, obj),
                "decisions": [(decision, step_label(decision)) for decision in made],
                "seen": request.POST.get("seen") or getattr(obj, "version", ""),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _without_questions(self, fieldsets) -> list[tuple]:
        """For whoever only reads: without what a form asks and no record holds, such as the reason for a change."""

        def held(line) -> bool:
            return any(hasattr(self, name) or hasattr(self.model, name) for name in flatten([line]))

        kept = [
            (title, {**rest, "fields": [line for line in rest["fields"] if held(line)]}) for title, rest in fieldsets
        ]
        return [(title, rest) for title, rest in kept if rest["fields"]]

    def changes(self, record: Model) -> list[Change]:
        """What the history of the record tells; for an admin to narrow."""
        return changes_of(record)

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        """Who changed what, when and by which request, with what stood there before."""
        record = self.get_object(request, unquote(object_id))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(record),
            "opts": self.opts,
            "object": record,
            "changes": self.changes(record),
        }
        return TemplateResponse(request, "interfaces/admin/history.html", context)

    @property
    def media(self) -> forms.Media:
        """None of Django's scripts: there are no pop-ups and no slugs here, and bureau.js ticks the lines."""
        return forms.Media()
