"""The rows a user may see and choose, for lists, forms and filters of the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.db.models import Model, Q, QuerySet

from culture_admin.accounts.asking import may
from culture_admin.interfaces.permissions import WRITERS
from culture_admin.territory.models import Division


def rows_of(user, model: type[Model], site: AdminSite) -> QuerySet:
    """The user's rows of a model, with what naming them needs; code lists, which belong to everybody, are whole."""
    manager = model._default_manager
    rows = manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()
    try:
        joins = site.get_model_admin(model).joins
    except NotRegistered:
        return rows
    return rows.select_related(*joins) if joins else rows


def territory_of(user, power: str, verbs: Sequence[str] = WRITERS) -> QuerySet[Division]:
    """The divisions in which the user's offices have one of `verbs` in the power."""
    within = Q(pk__in=[])
    for office in user.offices:
        if any(may(office, power, verb) for verb in verbs):
            within |= Q(path__startswith=office.path)
    return Division.objects.filter(within)
