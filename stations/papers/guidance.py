"""What is printed of guidance: the sheet officers sign at a training, and a circular under its red head."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import Scope
from culture_admin.exchange.paper.register import Paper, register
from stations.actions.trainings import staff_on
from stations.models import Circular, Training


def attendance_of(training: Training) -> dict[str, object]:
    """Who came, as it was recorded; before that, the officers in service on the first day, for them to sign."""
    recorded = list(training.attendances.select_related("officer", "station__unit", "station__division"))
    expected = [] if recorded else list(staff_on(training.county, training.begins_on).values())
    return {
        "rows": [(row.station, row.officer, row) for row in recorded]
        + [(posting.station, posting.officer, None) for posting in expected],
        "recorded": bool(recorded),
        "came": sum(row.present for row in recorded),
    }


def circular_of(circular: Circular) -> dict[str, object]:
    """The questions that go with it are its annex."""
    return {
        "paragraphs": [line.strip() for line in circular.body.splitlines() if line.strip()],
        "questions": circular.questions,
        "listed": circular.listed.order_by("division__code", "pk"),
    }


register(
    Paper(
        code="training-attendance",
        label=_("Attendance sheet of a training"),
        model=Training,
        # Whose name stands on it is not everybody's business, as the announcement of the training is.
        power="stations.trainings.attendance",
        scope=Scope("stations.trainings.attendance", place="county__path"),
        template="attendance.html",
        context=attendance_of,
        related=("county", "unit"),
        order=("-begins_on", "-pk"),
        beside=lambda training: training.begins_on,
    )
)
register(
    Paper(
        code="circular",
        label=_("Circular"),
        model=Circular,
        power="stations.circulars",
        template="circular.html",
        context=circular_of,
        related=("county", "unit"),
        beside=lambda circular: circular.get_state_display(),
        numbered=True,
        own_number=lambda circular: circular.document_no,
    )
)
