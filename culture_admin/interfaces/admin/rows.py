"""The rows a user may see and choose, for lists, forms and filters of the admin."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.db.models import Model, QuerySet


def rows_of(user, model: type[Model], site: AdminSite) -> QuerySet:
    """The user's rows of a model, with what naming them needs; code lists, which belong to everybody, are whole."""
    manager = model._default_manager
    rows = manager.visible_to(user) if hasattr(manager, "visible_to") else manager.all()
    try:
        joins = site.get_model_admin(model).joins
    except NotRegistered:
        return rows
    return rows.select_related(*joins) if joins else rows
