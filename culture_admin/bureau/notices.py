"""The reader's own notices in the admin, and how he wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin.lists import CappedPaginator
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.telling import keep_way, told, unread, way_forms
from culture_admin.workflow.actions import read_notices
from culture_admin.workflow.models import Notice

SHOWN = 50


def page(request: HttpRequest, context: dict) -> HttpResponse:
    """The reader's own notices, the newest first, and by which ways they reach him."""
    user, forms = request.user, None
    if request.method == "POST" and "read" in request.POST:
        read_notices(actor=user)
        return redirect("admin:notices")
    if request.method == "POST":
        forms = keep_way(user, request.POST)
        if forms is None:
            messages.success(request, gettext("Saved."))
            return redirect("admin:notices")
    query = QueryParameters(request, known={"page"})
    wanted = query.whole("page") or 1
    query.check()
    rows = CappedPaginator(Notice.objects.visible_to(user).with_reading(user), SHOWN).get_page(wanted)
    context |= {
        "title": _("Notices"),
        "pages": rows,
        "notices": told(rows.object_list, user),
        "unread": unread(user),
        "ways": forms or way_forms(user),
    }
    return TemplateResponse(request, "bureau/notices.html", context)


def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice as read and goes to the record it is about."""
    record = Notice.objects.visible_to(request.user).filter(pk=pk).first()
    if record is None:
        raise nothing_here()
    (one,) = told([record], request.user)
    read_notices(actor=request.user, notices=[pk])
    return redirect(_address(one.subject))


def _address(record: Model | None) -> str:
    """The page of a record in the admin; the notices where it has none."""
    if record is not None:
        try:
            return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        except NoReverseMatch:
            pass
    return reverse("admin:notices")
