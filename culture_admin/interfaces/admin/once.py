"""A page with a secret that nobody can look up afterwards; it is in no message, cookie or address."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse


def shown_once(request: HttpRequest, room: Any, *, original: Model, **told: object) -> HttpResponse:
    """`told`: title, explanation and secret of the record `original`.

    The same form sent again leads to the record, without the secret.
    """
    context = {**room.admin_site.each_context(request), "opts": room.opts, "original": original, **told}
    response: Any = TemplateResponse(request, "interfaces/admin/shown_once.html", context)
    response.done_at = reverse(admin_urlname(room.opts, "change"), args=[original.pk])
    return response
