"""Personal fields in the admin: masked on every page, opened one by one with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from culture_admin.accounts.personal.reading import reveal
from culture_admin.accounts.personal.records import sealed_fields
from culture_admin.interfaces.admin.cells import DASH, Cell
from culture_admin.interfaces.admin.once import shown_once
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.personal import personal_of
from culture_admin.interfaces.text import LineFormField


class ReasonForm(forms.Form):
    """For what purpose a value is opened."""

    reason = LineFormField(
        label=_("For what purpose?"),
        max_length=200,
        widget=UnfoldAdminTextInputWidget({"autofocus": True}),
        error_messages={"required": _("Say for what purpose you need it.")},
    )


class WithPersonal(ModelAdmin):
    """A room whose records have a table of personal fields, called `personal`."""

    personal = "data"

    def get_urls(self):
        view = self.admin_site.admin_view(self.reveal_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        return [path("<path:object_id>/reveal/<slug:field>/", view, name=name), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        """Who may not change the record has no use for fields that can only be written into."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        form: Any = type(self).change_form
        entered = set(form.declared_fields)
        return [
            (title, options | {"fields": [line for each in options["fields"] if (line := _shown(each, entered))]})
            for title, options in fieldsets
        ]

    def masked(self, record: Model, field: str) -> str:
        """The mask of a value, with the way to open it."""
        data = personal_of(record, self.personal)
        value = data and getattr(data, field)
        if value is None:
            return DASH
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_reveal", args=[record.pk, field])
        shown = format_html('{} <a class="plain" href="{}">{}</a>', value, address, _("Open …"))
        return Cell.of(shown, str(value))

    def reveal_view(self, request: HttpRequest, object_id: str, field: str) -> HttpResponse:
        """Asks for the purpose, and then shows the value on a page that is kept nowhere."""
        record = self.get_object(request, unquote(object_id))
        data = personal_of(record, self.personal)
        column = next((one for one in sealed_fields(type(data)) if one.name == field), None) if data else None
        if column is None:
            raise Http404
        answer = may_write(request.user, data.power, ("decide",))
        form = ReasonForm(request.POST or None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": column.verbose_name,
            "original": record,
            "mask": getattr(data, field) or DASH,
            "form": form,
            "refusal": "" if answer else answer.text,
        }
        if request.method == "POST" and form.is_valid():
            try:
                value = reveal(actor=request.user, record=data, field=field, reason=form.cleaned_data["reason"])
            except ValidationError as refused:
                form.add_error("reason", refused.messages)
            else:
                explanation = _("That you have opened it, and why, stands in the read log.")
                told = {"title": f"{column.verbose_name} · {record}", "explanation": explanation, "secret": value}
                return shown_once(request, self, original=record, **told)
        return TemplateResponse(request, "interfaces/admin/reveal.html", context)


def _shown(line: str | tuple[str, ...], entered: set[str]) -> str | tuple[str, ...]:
    """A line of a page without the fields that are only entered."""
    if isinstance(line, str):
        return "" if line in entered else line
    return tuple(name for name in line if name not in entered)
