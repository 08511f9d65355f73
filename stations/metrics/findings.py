"""Numbers of findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Choice, Levels, Reporting, stock
from stations.models import Finding


def not_yet(rows: Sequence[Finding], day: date) -> dict[int, tuple[str, object]]:
    """Findings that were opened later."""
    return {
        row.pk: ("not_yet", gettext("Opened on %(day)s.") % {"day": date_format(row.opened_on, "Y-m-d")})
        for row in rows
        if row.opened_on > day
    }


FINDINGS = stock(
    "stations.findings",
    ROWS,
    of=Levels(
        model=Finding,
        on=Finding.objects.standing,
        why=not_yet,
        division="station__division",
        county="station__county",
        dimensions=(Choice("finding", "kind", Finding.Kind),),
        reporting=Reporting.REGISTER,
        records="findings",
    ),
    label=_("Findings at stations"),
    unit=_("findings"),
    definition=_("Findings opened by the day and not yet closed on it, withdrawn ones left out."),
)
