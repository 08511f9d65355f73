"""The whole matrix in the admin, and what nobody in the reader's districts can decide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import listed, role_names
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.explaining import whole_matrix
from culture_admin.workflow.lint import vacancies


def page(request: HttpRequest, context: dict) -> HttpResponse:
    """A table of power by verb; below 800 pixels each power is a card."""
    lacking = vacancies(timezone.localdate(), _counties(request.user))
    context |= {
        "title": _("Who decides what"),
        "powers": whole_matrix(request.user),
        "lacking": [
            (
                vacant.county,
                role_names(vacant.roles),
                listed({POWERS[code].label: None for _verb, code in vacant.verbs}),
            )
            for vacant in lacking
        ],
    }
    return TemplateResponse(request, "bureau/matrix.html", context)


def _counties(user) -> list[Division]:
    """The counties of the reader's offices; of an office above them, those with land in it are not gone through."""
    keys = {key for office in user.offices for key in map(int, office.path.strip("/").split("/"))}
    return list(Division.objects.filter(pk__in=keys, level=Level.COUNTY).order_by("code"))
