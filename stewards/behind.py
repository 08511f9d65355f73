"""The records behind deliveries, as far as a reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Model

from culture_admin.workflow.steps import flow_of
from stewards.models import Delivery
from stewards.sources import SOURCES


def with_records(deliveries: Iterable[Delivery], user) -> Sequence[Delivery]:
    """Deliveries, each with `record`: what was served, or None where `user` may not see it. A query for each kind of record."""
    rows = list(deliveries)
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.source_kind].add(row.source_id)
    found: dict[tuple[str, int], Model] = {}
    for kind, keys in wanted.items():
        model = SOURCES[kind].model
        flow = flow_of(model)
        seen = (
            model._default_manager.visible_to(user).filter(pk__in=keys).select_related(*(flow.related if flow else ()))
        )
        found |= {(kind, one.pk): one for one in seen}
    for row in rows:
        row.record = found.get((row.source_kind, row.source_id))
    return rows
