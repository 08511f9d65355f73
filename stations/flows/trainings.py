"""The steps of a training of station staff."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy

from culture_admin.workflow.steps import Flow, Obstacle, register
from stations.actions.trainings import POWER
from stations.flows.gatherings import place_of, steps_of, when_and_where
from stations.models import Training


def training_content(training: Training) -> dict[str, object]:
    """What a decision on a training is about: when, where, what was taught, who came."""
    came = sorted((attendance.officer_id, attendance.present) for attendance in training.attendances.all())
    named = ("kind", "trainer", "content")
    return {
        **when_and_where(training),
        **{name: getattr(training, name) for name in named},
        "hours": f"{training.hours:.1f}",
        "came": came,
    }


def refuse_without_attendance(training: Training, actor) -> Obstacle | None:
    """A training counts with who came to it."""
    if any(attendance.present for attendance in training.attendances.all()):
        return None
    return Obstacle("attendance_missing", gettext("Record first who came."))


register(
    Flow(
        model=Training,
        power=POWER,
        content=training_content,
        labels={"came": pgettext_lazy("on a list", "Who came")},
        place=place_of,
        related=("county",),
        fetched=("attendances",),
        own_files=True,
        steps=steps_of(POWER, refuse_without_attendance),
    )
)
