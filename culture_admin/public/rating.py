"""What a resident opens by the QR code on the wall: one question about an activity, answered without an account."""

from __future__ import annotations

import secrets

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions.rating import activity_to_rate, may_be_rated, not_open, rate_activity
from activities.models import Activity, Rating
from culture_admin.interfaces.authentication import client_address
from culture_admin.interfaces.problems import Problem, nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.text import LineFormField
from culture_admin.public.languages import public_page

COOKIE = "device"
COOKIE_AGE = 365 * 24 * 60 * 60
LONGEST_COOKIE = 100


class RatingForm(forms.Form):
    """One score, and a word if one likes."""

    score = forms.TypedChoiceField(
        label=_("How satisfied were you?"),
        choices=Rating.Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    comment = LineFormField(
        label=_("What should the station know?"),
        required=False,
        max_length=200,
        help_text=_("At most 200 characters. Read by the station and the bureau only."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page()
def rate(request: HttpRequest, query: QueryParameters, token: str) -> HttpResponse:
    """The question, and the thanks; a second answer of the same device changes the first."""
    try:
        activity = activity_to_rate(token)
    except Problem as refused:
        return _refused(request, None, refused)
    if activity is None:
        raise nothing_here()
    if not may_be_rated(activity, timezone.now()):
        return _refused(request, activity, not_open())
    form = RatingForm(request.POST if request.method == "POST" else None)
    device = request.COOKIES.get(COOKIE, "")
    if not 0 < len(device) <= LONGEST_COOKIE:
        device = secrets.token_urlsafe(32)
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            rate_activity(activity=activity, device=device, address=client_address(request), **form.cleaned_data)
        except Problem as refused:
            return _refused(request, activity, refused)
        done = True
    response = render(request, "public/rate.html", {"activity": activity, "form": form, "done": done})
    response.set_cookie(
        COOKIE,
        device,
        max_age=COOKIE_AGE,
        path="/rate/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _refused(request: HttpRequest, activity: Activity | None, refused: Problem) -> HttpResponse:
    """The refusal as a page without the way to a first page that residents do not have."""
    context = {"activity": activity, "refused": refused.detail}
    response = render(request, "public/refused.html", context, status=refused.status)
    for name, value in refused.headers.items():
        response[name] = value
    return response
