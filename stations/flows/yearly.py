"""The steps of a year's facts: the station hands in, the town consents, the bureau confirms."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import listed
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.yearly import CHANGEABLE, POWER, leaps, note_submitted
from stations.models import YearlyFacts

F = YearlyFacts.State


def unexplained(facts: YearlyFacts, actor) -> Obstacle | None:
    """Something is recorded, and what differs much from last year, or was spent beyond the income, has a note."""
    if len(facts.missing) == len(CHANGEABLE) - 1:
        return Obstacle("nothing_recorded", gettext("Nothing is recorded yet."))
    if facts.note:
        return None
    if facts.income is not None and facts.expenditure is not None and facts.expenditure > facts.income:
        return Obstacle("note_missing", gettext("More was spent than came in: explain it in the note."))
    names = [facts._meta.get_field(name).verbose_name for name in leaps(facts)]
    if not names:
        return None
    text = gettext("These differ by more than half from the year before: %(names)s. Explain it in the note.")
    return Obstacle("note_missing", text % {"names": listed(names)})


register(
    Flow(
        model=YearlyFacts,
        power=POWER,
        content=lambda facts: {name: getattr(facts, name) for name in ("station_id", "year", *CHANGEABLE)},
        place=lambda facts: Place(facts.station.division.path, facts.division_id, facts.station_id),
        related=("station__division", "station__unit"),
        steps={
            "submit": Step(
                _("Hand in"),
                [F.DRAFT, F.RETURNED],
                F.SUBMITTED,
                POWER,
                verb="propose",
                refuse=unexplained,
                after=note_submitted,
                waits=True,
            ),
            "endorse": Step(_("Consent"), [F.SUBMITTED], F.ENDORSED, POWER, verb="consent", waits=True),
            "send_back": Step(
                _("Send back to the station"), [F.SUBMITTED], F.RETURNED, POWER, verb="consent", comment=True
            ),
            "confirm": Step(_("Confirm"), [F.ENDORSED], F.CONFIRMED, POWER, waits=True),
            "return": Step(_("Return"), [F.SUBMITTED, F.ENDORSED, F.CONFIRMED], F.RETURNED, POWER, comment=True),
        },
    )
)
