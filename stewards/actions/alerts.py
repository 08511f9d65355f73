"""Tell that a service line has reached a share of its target, and that it has fallen below again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from culture_admin.accounts.acting import who_acts
from culture_admin.accounts.models import User
from culture_admin.workflow.actions import follow, record_each
from stewards.burning import done_on, levels_of
from stewards.models import Contract, LineAlert, ServiceLine


def tell_levels(lines: Collection[int], *, at: datetime) -> None:
    """Tells of every level that these lines have reached since it was told last, once; where they have fallen below one again
    that is told too, and it will be told anew when it is reached.

    What is told is for all that was served, whenever that was. The number of queries does not grow with the lines.
    """
    rows = list(
        ServiceLine.objects.filter(pk__in=lines)
        .select_related("contract__place", "station__division")
        .prefetch_related("supplements")
        .order_by("pk")
    )
    if not rows:
        return
    told: dict[int, dict[int, int]] = defaultdict(dict)
    alerts = LineAlert.objects.filter(line__in=rows, state=LineAlert.State.REACHED)
    for pk, line_id, level in alerts.values_list("pk", "line", "level"):
        told[line_id][level] = pk
    done = done_on([row.pk for row in rows])
    reached: list[LineAlert] = []
    left: list[int] = []
    for row in rows:
        now, before = levels_of(row, done.get(row.pk, 0)), told[row.pk]
        new = [level for level in now if level not in before]
        reached += [LineAlert(line=row, contract=row.contract, level=level, reached_at=at) for level in new]
        left += [pk for level, pk in before.items() if level not in now]
    _tell(reached, at)
    if left:
        _take_back(left, at)


def tell_due_levels(*, at: datetime) -> int:
    """`tell_levels` for every line on which services are delivered: what two who wrote at once did not see of each other, and
    what has changed by a supplement. Returns how many lines were looked at.
    """
    lines = list(ServiceLine.objects.filter(contract__state__in=Contract.DELIVERING).values_list("pk", flat=True))
    tell_levels(lines, at=at)
    return len(lines)


def acting_user() -> User | None:
    """Whoever acts in this transaction; None for the system."""
    return User.objects.filter(pk=who_acts() or 0).first()


def _take_back(alerts: list[int], at: datetime) -> None:
    comment = _("Deliveries were taken back, or more was agreed.")
    follow(LineAlert.objects.filter(pk__in=alerts), "leave", actor=acting_user(), at=at, comment=comment)


def _tell(alerts: list[LineAlert], at: datetime) -> None:
    """Enters alerts, which tells of them. It is nobody's act: whoever wrote the record that led here hears of it too."""
    if not alerts:
        return
    LineAlert.objects.bulk_create(alerts)
    record_each(alerts, step="reach", actor=None, at=at, offices=[None] * len(alerts))
