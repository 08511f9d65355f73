"""The visits of an assessor: where he is to go, and what he has scored there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from assessments.actions.panels import POWER, SITTING_IN, on_site_codes
from assessments.models import Evidence, Item, Mark, PanelSeat
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import may_write
from culture_admin.scoring.judging import said
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator, Section


@dataclass(frozen=True, slots=True)
class Visit:
    """A town that somebody is sent to, and how many of its indicators he has scored."""

    seat: PanelSeat
    scored: int
    of: int


@dataclass(frozen=True)
class Looked:
    """An indicator on the spot: its rule, what the town says and shows, and what was found. number: its place on the page."""

    number: int
    section: Section
    indicator: Indicator
    source: Source
    item: Item | None
    evidence: list[Evidence]
    wanted: str
    mark: Mark | None

    @property
    def claim(self) -> str:
        """What the town says, in words; "" where it says nothing."""
        return said(self.source, self.item.claimed, self.item.claimed_numbers) if self.item else ""

    @property
    def found(self) -> str:
        """What was found, in words."""
        return said(self.source, self.mark.found, self.mark.numbers) if self.mark else ""


def is_assessor(user) -> bool:
    """Whether the user scores on the spot at all."""
    return bool(may_write(user, POWER, ("decide",)))


def own_seats(user) -> QuerySet[PanelSeat]:
    """The seats of the user's own: what others of a panel find is not for him to know, whatever else he is."""
    rows = PanelSeat.objects.visible_to(user).filter(assessor=user)
    return rows.select_related("assessment__unit", "assessment__division", "assessment__cycle__scheme")


def is_open(seat: PanelSeat) -> bool:
    """Whether something may still be scored in the seat."""
    return seat.state == PanelSeat.State.APPOINTED and seat.assessment.state in SITTING_IN


def visits(rows: QuerySet[PanelSeat], most: int) -> list[Visit]:
    """Whom to go to first, then those that are over, latest first."""
    open_first = rows.annotate(marked=Count("marks")).order_by(F("visit_on").asc(nulls_last=True), "pk")
    seats: list[Any] = list(open_first.filter(state=PanelSeat.State.APPOINTED, assessment__state__in=SITTING_IN))
    seats += [seat for seat in rows.annotate(marked=Count("marks")).order_by("-pk")[:most] if not is_open(seat)]
    codes: dict[int, int] = {}
    for seat in seats:
        scheme = seat.assessment.cycle.scheme_id
        if scheme not in codes:
            codes[scheme] = len(on_site_codes(seat.assessment))
    return [Visit(seat, seat.marked, codes[seat.assessment.cycle.scheme_id]) for seat in seats]


def looked_at(seat: PanelSeat, user) -> list[Looked]:
    """The indicators that are scored in the seat, in the order of the scheme; so many queries however many there are."""
    body, codes = seat.assessment.cycle.scheme.content, set(on_site_codes(seat.assessment))
    items = {item.code: item for item in Item.objects.visible_to(user).filter(assessment=seat.assessment)}
    marks = {mark.code: mark for mark in Mark.objects.visible_to(user).filter(seat=seat)}
    evidence = _evidence(seat, user)
    here = [(section, one) for section, one in body.table.indicators() if one.code in codes]
    return [
        Looked(
            number=number,
            section=section,
            indicator=one,
            source=body.sources[one.code],
            item=items.get(one.code),
            evidence=evidence.get(one.code, []),
            wanted=body.evidence.get(one.code, ""),
            mark=marks.get(one.code),
        )
        for number, (section, one) in enumerate(here, start=1)
    ]


def _evidence(seat: PanelSeat, user) -> Mapping[str, list[Evidence]]:
    """The files that the town shows, by indicator, as far as the user may open them."""
    rows = Evidence.objects.visible_to(user).filter(item__assessment=seat.assessment, withdrawn=False)
    rows = rows.filter(attachment__in=Attachment.objects.visible_to(user)).select_related("attachment", "item")
    found: dict[str, list[Evidence]] = {}
    for one in rows.order_by("pk"):
        found.setdefault(one.item.code, []).append(one)
    return found
