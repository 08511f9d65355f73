"""The records that decisions, deadlines and notices are about, read for many rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Model, QuerySet, prefetch_related_objects

from culture_admin.workflow.steps import flow_of

# What naming a record of a model without a flow takes, as far as it has these.
NAMED_BY = ("unit", "station__unit", "station__division")


def read_subjects(rows: Sequence[Model], user=None) -> None:
    """Reads `subject` of all rows, one query for each kind of record there is.

    user: only what he may see; the subject of another row is None.
    """
    kinds = {row.subject_type_id for row in rows if row.subject_type_id}
    models = [ContentType.objects.get_for_id(kind).model_class() for kind in sorted(kinds)]
    querysets = [_of(model, user) for model in models if model]
    if querysets:
        prefetch_related_objects(rows, GenericPrefetch("subject", querysets))


def _of(model: type[Model], user) -> QuerySet:
    rows = model._default_manager.all() if user is None else model._default_manager.visible_to(user)
    flow = flow_of(model)
    known = {field.name for field in model._meta.get_fields()}
    joins = {*(flow.related if flow else ()), *(join for join in NAMED_BY if join.partition("__")[0] in known)}
    return rows.select_related(*sorted(joins)) if joins else rows
