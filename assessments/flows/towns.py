"""The steps of one town's assessment: said by the station, sealed by the town, reviewed by the bureau, accepted on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.actions.checklist import stops
from assessments.actions.items import REVIEW, SELF
from assessments.actions.panels import on_site_codes
from assessments.agreement import FEWEST, agreed
from assessments.models import Assessment, Cycle, Evidence, Item, Mark, PanelSeat
from culture_admin.scoring.sources import Check
from culture_admin.scoring.table import Part
from culture_admin.workflow.actions import owe, settle
from culture_admin.workflow.models import DUTIES, Duty
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

S = Assessment.State
# By their keys alone: in the order of the models everything above them would be joined, up to the scheme.
FETCHED = (
    Prefetch("items", Item.objects.order_by("pk")),
    Prefetch("items__evidence", Evidence.objects.select_related("attachment").order_by("pk")),
    Prefetch("seats", PanelSeat.objects.order_by("pk")),
    Prefetch("seats__marks", Mark.objects.order_by("pk")),
)
BASIS = _("The announcement of the year's assessment")
NAMED = 3


def place_of(assessment: Assessment) -> Place:
    """Where a town's assessment lies, and all that belongs to it."""
    return Place(assessment.division.path, assessment.division_id, assessment.station_id, unit_id=assessment.unit_id)


def content(assessment: Assessment) -> dict[str, object]:
    """What the town seals: everything said of every item, and the files shown for it."""
    said: dict[str, object] = {"unit": assessment.unit.name_zh}
    for item in sorted(assessment.items.all(), key=lambda item: item.pk):
        numbers = " ".join(f"{number.normalize():f}" for number in item.claimed_numbers)
        files = " ".join(sorted(one.attachment.sha256 for one in item.evidence.all() if not one.withdrawn))
        said[item.code] = " ".join(part for part in (item.claimed, numbers, item.note, files) if part)
    return said


def refuse_unsaid(assessment: Assessment, actor) -> Obstacle | None:
    """What a reviewer would stop at is mended before it is handed over."""
    found = stops(assessment)
    if not found:
        return closed_year(assessment)
    text = " ".join(one.text for one in found[:NAMED])
    more = len(found) - NAMED
    if more > 0:
        text += " " + ngettext("And %(number)d more.", "And %(number)d more.", more) % {"number": more}
    return Obstacle("unfinished", text)


def closed_year(assessment: Assessment, actor=None) -> Obstacle | None:
    """Totals that are drawn up take nobody in any more."""
    if assessment.cycle.state in (Cycle.State.OPEN, Cycle.State.LOCKED):
        return None
    text = gettext("The assessment of the year is “%(state)s”.")
    return Obstacle("year_closed", text % {"state": assessment.cycle.get_state_display()})


def refuse_unreviewed(assessment: Assessment, actor) -> Obstacle | None:
    """The first review has said something of every item that is judged by its papers."""
    body = assessment.cycle.scheme.content
    items: dict[str, Item] = {item.code: item for item in assessment.items.all()}
    missing = [
        one.code
        for _section, one in body.table.indicators()
        if one.part == Part.BASE
        and not body.sources[one.code].is_counted
        and body.checks.get(one.code) != Check.ON_SITE
        and not (items[one.code].reviewed if one.code in items else "")
    ]
    if not missing:
        return closed_year(assessment)
    return Obstacle("not_reviewed", gettext("Not reviewed yet: %(codes)s.") % {"codes": ", ".join(missing)})


def refuse_disagreed(assessment: Assessment, actor) -> Obstacle | None:
    """At least two assessors have finished, and are near enough to one another; else one more is sent."""
    codes = on_site_codes(assessment)
    if not codes:
        return closed_year(assessment)
    seats = [seat for seat in assessment.seats.all() if seat.state in PanelSeat.SITTING]
    finished = [seat for seat in seats if seat.state == PanelSeat.State.FINISHED]
    if len(finished) < FEWEST or len(finished) < len(seats):
        text = gettext("%(finished)d of %(seats)d assessors have finished; at least %(fewest)d are needed.")
        told = {"finished": len(finished), "seats": len(seats), "fewest": FEWEST}
        return Obstacle("panel_unfinished", text % told)
    scheme = assessment.cycle.scheme
    indicators = {one.code: one for _section, one in scheme.content.table.indicators()}
    apart = [
        code
        for code in codes
        if not agreed(
            indicators[code],
            [mark.values for seat in finished for mark in seat.marks.all() if mark.code == code],
            scheme.spread,
        ).within
    ]
    if not apart:
        return closed_year(assessment)
    text = gettext("The assessors differ by more than %(spread)d %% at %(codes)s: send one more.")
    return Obstacle("spread", text % {"spread": scheme.spread, "codes": ", ".join(apart)})


def only_with_year(assessment: Assessment, actor) -> Obstacle | None:
    return Obstacle("only_with_year", gettext("This goes with the assessment of the year, for everybody at once."))


def settle_said(assessments: Sequence[Assessment], actor, at: datetime) -> None:
    settle(assessments, SELF, at=at)


def owe_again(assessments: Sequence[Assessment], actor, at: datetime) -> None:
    """What is returned is owed once more."""
    today = timezone.localdate(at)
    for one in assessments:
        owe(
            one.station.unit if one.station else one.unit,
            code=SELF,
            label=_label(one),
            basis=str(BASIS),
            opened_on=today,
            due_on=max(one.cycle.self_until, today),
            subject=one,
            again=True,
        )


def _label(assessment: Assessment) -> str:
    return gettext("Self-assessment for %(cycle)s") % {"cycle": assessment.cycle}


def _no_file(item: Item) -> Obstacle | None:
    """Evidence is shown as long as the town writes."""
    if item.assessment.state in Assessment.WRITTEN:
        return None
    text = gettext("The assessment is “%(state)s”; evidence is shown before it is handed over.")
    return Obstacle("closed", text % {"state": item.assessment.get_state_display()})


DUTIES[SELF] = Duty(_label, BASIS, name=_("Self-assessment"), power=SELF, ahead=10)

register(
    Flow(
        model=Assessment,
        power=SELF,
        content=content,
        labels={"unit": _("Assessed")},
        place=place_of,
        related=("division", "unit", "station__unit", "cycle__scheme", "cycle__place"),
        fetched=FETCHED,
        filed_by="filed_by",
        steps={
            "declare": Step(
                _("Hand over to the town"),
                [S.OPEN, S.RETURNED],
                S.DECLARED,
                SELF,
                verb="propose",
                refuse=refuse_unsaid,
                submits=True,
            ),
            "seal": Step(_("Seal"), [S.DECLARED], S.SEALED, SELF, refuse=closed_year, after=settle_said, waits=True),
            "send_back": Step(
                _("Send back to the station"), [S.DECLARED], S.RETURNED, SELF, comment=True, refuse=closed_year
            ),
            "return": Step(
                _("Return"), [S.SEALED], S.RETURNED, REVIEW, comment=True, refuse=closed_year, after=owe_again
            ),
            "accept": Step(
                _("Pass the first review"),
                [S.SEALED],
                S.ACCEPTED,
                REVIEW,
                refuse=refuse_unreviewed,
                waits=True,
                awaited=_("First review"),
            ),
            "conclude": Step(
                _("Conclude the acceptance"), [S.ACCEPTED], S.CHECKED, REVIEW, refuse=refuse_disagreed, waits=True
            ),
            "revisit": Step(
                _("Take up again"), [S.CHECKED], S.ACCEPTED, REVIEW, comment=True, refuse=closed_year, danger=True
            ),
            "publicise": Step(_("Show the results"), [S.CHECKED], S.PUBLICISED, "assessments", refuse=only_with_year),
            "reopen": Step(
                _("Take the publicity back"), [S.PUBLICISED], S.CHECKED, "assessments", refuse=only_with_year
            ),
            "finalise": Step(_("Make final"), [S.PUBLICISED], S.FINAL, "assessments", refuse=only_with_year),
            "void": Step(
                _("Void"),
                [S.OPEN, S.RETURNED, S.DECLARED, S.SEALED, S.ACCEPTED, S.CHECKED],
                S.VOID,
                REVIEW,
                comment=True,
                danger=True,
            ),
        },
    )
)
register(
    Flow(
        model=Item,
        power=SELF,
        content=lambda item: {
            name: getattr(item, name)
            for name in ("code", "claimed", "claimed_numbers", "note", "reviewed", "reviewed_numbers", "remark")
        },
        place=lambda item: place_of(item.assessment),
        related=("assessment__division", "assessment__unit", "assessment__cycle__scheme"),
        files=_no_file,
        many=True,
        steps={},
    )
)
