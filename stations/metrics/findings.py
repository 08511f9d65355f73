"""Numbers of findings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Choice, Levels, Reporting, stock
from stations.models import Finding

FINDINGS = stock(
    "stations.findings",
    ROWS,
    of=Levels(
        model=Finding,
        on=Finding.objects.standing,
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
