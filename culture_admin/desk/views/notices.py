"""What one was told, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from culture_admin.desk.addresses import address_of
from culture_admin.desk.lists import listed
from culture_admin.desk.pages import one, page
from culture_admin.interfaces.deadlines import NoticeFilter
from culture_admin.interfaces.telling import keep_way, told, unread, way_forms
from culture_admin.workflow.actions import read_notices
from culture_admin.workflow.models import Notice


@page("GET", "POST")
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; all can be marked as read, and below stands by which ways they reach the reader."""
    user, forms = request.user, None
    if request.method == "POST" and "read" in request.POST:
        read_notices(actor=user)
        return redirect("desk:notices")
    if request.method == "POST":
        forms = keep_way(user, request.POST)
        if forms is None:
            messages.success(request, _("Saved."))
            return redirect("desk:notices")
    listing = listed(request, Notice.objects.visible_to(user).with_reading(user), NoticeFilter, ("-at", "-pk"))
    context = {
        "listing": listing,
        "notices": told(listing.rows, user),
        "unread": unread(user),
        "ways": forms or way_forms(user),
    }
    return render(request, "desk/notices.html", context)


@page("GET")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a notice as read and goes to the record it is about."""
    record = one(Notice.objects.visible_to(request.user), pk)
    (read,) = told([record], request.user)
    read_notices(actor=request.user, notices=[pk])
    return redirect((read.subject and address_of(read.subject)) or "desk:notices")
