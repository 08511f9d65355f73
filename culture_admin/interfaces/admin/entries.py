"""The pages of payments: what was entered wrongly is taken back there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from culture_admin.interfaces.admin.cells import chip, yuan
from culture_admin.interfaces.admin.doing import done, line
from culture_admin.interfaces.admin.model_admin import ScopedModelAdmin
from culture_admin.interfaces.entries import Entry
from culture_admin.interfaces.permissions import covers


class PaymentAdmin(ScopedModelAdmin):
    """Payments are added to, and taken back by an entry of their own.

    reverse_action(*, actor, MODEL=record, reason): takes one back. pays: the field of what it is paid for, which is owed
    again; reversed_said: in words.
    """

    reverse_action: Callable[..., Any]
    pays: str
    reversed_said: object
    writers = ("decide",)
    ordering = ("-on", "-pk")
    sortable_by = ("on", "sum")
    change_form_outer_before_template = "interfaces/admin/payment.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_reverse"
        view = self.admin_site.admin_view(require_POST(self.reverse_view))
        return [path("<path:object_id>/reverse/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            standing = not (obj.reverses_id or obj.is_reversed)
            context["reversible"] = standing and covers(request.user, obj, self.writers)
            context["reverse_url"] = admin_urlname(self.opts, "reverse")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def reverse_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes a payment back that was entered wrongly."""
        payment: Any = self.get_object(request, unquote(object_id))

        def work() -> str:
            named = {str(self.opts.model_name): payment}
            type(self).reverse_action(actor=request.user, reason=line(request, "comment", 200), **named)
            return str(self.reversed_said)

        done(request, work)
        paid = getattr(payment, self.pays)
        return redirect(admin_urlname(paid._meta, "change"), paid.pk)

    @admin.display(description=gettext_lazy("Amount (yuan)"), ordering="amount")
    def sum(self, row):
        return yuan(row.amount)

    @admin.display(description=gettext_lazy("Remarks"))
    def marks(self, row):
        return marks_of(row)


def marks_of(row: Entry) -> object:
    if row.reverses_id:
        return chip(_("takes a payment back"), "off")
    return chip(_("taken back"), "off") if row.is_reversed else ""
