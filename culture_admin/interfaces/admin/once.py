"""A page with a secret that nobody can look up afterwards; it is in no message, cookie or address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def shown_once(request: HttpRequest, room: Any, **told: object) -> HttpResponse:
    """`told`: title, explanation, secret, and the record it is of as `original`."""
    context = {**room.admin_site.each_context(request), "opts": room.opts, **told}
    return TemplateResponse(request, "interfaces/admin/shown_once.html", context)
