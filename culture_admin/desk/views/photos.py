"""Photos of an activity: look at them, add some; and the poster by which residents rate it."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from activities.actions.rating import OPEN_FOR, rating_token
from activities.models import Activity
from culture_admin.accounts.asking import require
from culture_admin.desk.evidence import evidence_of
from culture_admin.desk.forms.photos import PhotosForm
from culture_admin.desk.pages import one, page
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.pictures import JPEG, small
from culture_admin.interfaces.permissions import WRITERS
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters


@page("GET", "POST")
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Add photos without scripts; what is refused is named, and the others are kept."""
    activity = one(Activity.objects.visible_to(request.user).with_names(), pk)
    require(request.user.offices, "activities", WRITERS)
    form = PhotosForm(request.POST, request.FILES) if request.method == "POST" else PhotosForm()
    if request.method == "POST" and form.is_valid():
        number = len(form.keep(actor=request.user, subject=activity))
        if number:
            text = ngettext("%(number)d photo kept.", "%(number)d photos kept.", number)
            messages.success(request, text % {"number": number})
        if form.is_valid():
            return redirect("desk:activity", pk)
    context = {"activity": activity, "form": form, **evidence_of(activity, request.user, form)}
    return render(request, "desk/add_photos.html", context)


@page("GET")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture to be looked at; with `size=small` for a row of them. Other files are only downloaded."""
    query = QueryParameters(request, known={"size"})
    size = query.choice("size", ["small"])
    query.check()
    attachment = one(Attachment.objects.visible_to(request.user).pictures(), pk)
    try:
        with attachment.open() as kept:
            content = small(kept) if size else kept.read()
    except FileNotFoundError as error:
        raise nothing_here() from error
    return HttpResponse(content, content_type=JPEG)


@page("GET")
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to print and hang up: scan it, and say how it was."""
    activity = one(Activity.objects.visible_to(request.user).with_names(), pk)
    context = {"activity": activity, "address": rating_address(request, activity), "days": OPEN_FOR.days}
    return render(request, "desk/poster.html", context)


@page("GET")
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code of the address at which residents rate the activity, as SVG."""
    activity = one(Activity.objects.visible_to(request.user), pk)
    drawn = io.BytesIO()
    code = segno.make(rating_address(request, activity), error="m", micro=False)
    code.save(drawn, kind="svg", scale=8, border=4, light="#fff", svgclass=None, lineclass=None)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def rating_address(request: HttpRequest, activity: Activity) -> str:
    return request.build_absolute_uri(reverse("public:rate", args=[rating_token(activity)]))
