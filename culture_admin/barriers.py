"""What stands between a sign-in and the rooms: a second factor not yet given, a password past its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.second_factor import is_asked_of
from culture_admin.interfaces.problems import Problem, answer

ROOMS = ("/admin/", "/desk/", "/api/")
WORN_OUT = "password_worn_out"


class BarrierMiddleware:
    """Leads a browser session to what it owes before it opens a room; keys of the API are a factor of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.path.startswith(ROOMS):
            owed = self._owed(request)
            if owed and request.path.startswith("/api/"):
                return answer(Problem(403, owed, detail=_("Finish signing in first, in the browser.")), request)
            if owed:
                return redirect(owed)
        return self.get_response(request)

    def _owed(self, request: HttpRequest) -> str | None:
        """The name of the page to be passed first."""
        user: Any = request.user
        if not user.is_authenticated:
            return None
        if is_asked_of(user) and not user.is_verified():
            return "second_factor"
        return "change_password" if request.session.get(WORN_OUT) else None
