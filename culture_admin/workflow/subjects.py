"""The records that decisions, deadlines and notices are about, read for many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Model, QuerySet, prefetch_related_objects

from culture_admin.workflow.steps import flow_of

# What naming a record takes besides what its flow joins, as far as it has these.
NAMED_BY = ("unit", "station__unit", "station__division")


def with_subjects(rows: QuerySet) -> QuerySet:
    """Rows that come with their `subject`: one query for each kind of record among them."""
    return rows.prefetch_related(GenericPrefetch("subject", _subjects()))


def read_subjects(rows: Sequence[Model], user) -> None:
    """Reads `subject` of all rows as far as the user may see it; another row's subject is None."""
    kinds = {row.subject_type_id for row in rows if row.subject_type_id}
    models = [ContentType.objects.get_for_id(kind).model_class() for kind in sorted(kinds)]
    querysets = [_joined(model, model._default_manager.visible_to(user)) for model in models if model]
    if querysets:
        prefetch_related_objects(rows, GenericPrefetch("subject", querysets))


@cache
def _subjects() -> list[QuerySet]:
    """Every kind of record that lies somewhere; only those are read of which there are rows."""
    return [_joined(model, model._default_manager.all()) for model in apps.get_models() if hasattr(model, "scope")]


def _joined(model: type[Model], rows: QuerySet) -> QuerySet:
    flow = flow_of(model)
    joins = {*(flow.related if flow else ()), *(join for join in NAMED_BY if _leads(model, join.split("__")))}
    return rows.select_related(*sorted(joins)) if joins else rows


def _leads(model: type[Model] | None, names: Sequence[str]) -> bool:
    """Whether each name is a field of what the one before it leads to: a station is a Station here and a Unit there."""
    if not names:
        return True
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return names[0] in fields and _leads(fields[names[0]].related_model, names[1:])
