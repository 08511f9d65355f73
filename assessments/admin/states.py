"""How the states of a yearly assessment look in the admin, and how points and places are written there."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from assessments.models import Assessment, Award, Cycle, Objection, PanelSeat, Recheck, Result
from culture_admin.interfaces.admin import chip, in_column
from culture_admin.interfaces.admin.cells import DASH, Cell
from culture_admin.scoring.explained import scored
from culture_admin.scoring.rules import plain

C, A, P, Said = Cycle.State, Assessment.State, PanelSeat.State, Objection.State
TONES = {
    Cycle: {C.TOTALLED: "wait", C.PUBLICISED: "wait", C.FINAL: "good", C.ARCHIVED: "off", C.VOID: "off"},
    Assessment: {
        A.RETURNED: "warn",
        A.DECLARED: "wait",
        A.SEALED: "wait",
        A.ACCEPTED: "wait",
        A.CHECKED: "good",
        A.PUBLICISED: "good",
        A.FINAL: "good",
        A.VOID: "off",
    },
    Objection: {Said.RAISED: "wait", Said.UPHELD: "good", Said.DISMISSED: "off", Said.WITHDRAWN: "off"},
    PanelSeat: {P.APPOINTED: "wait", P.FINISHED: "good", P.RECUSED: "off", P.RELEASED: "off"},
    Award: {Award.State.GRANTED: "wait", Award.State.PAID: "good", Award.State.VOID: "off"},
    Recheck: {Recheck.State.DUE: "wait", Recheck.State.KEPT: "good", Recheck.State.WITHDRAWN: "warn"},
}


def state_of(record: Cycle | Assessment | Objection | PanelSeat | Award | Recheck) -> Cell:
    return chip(record.get_state_display(), TONES[type(record)].get(record.state, ""))


def points(number: Decimal | None) -> Cell:
    """Points at the right of their column: at most four decimals."""
    return in_column(DASH if number is None else plain(round(number, 4)), number)


def score(number: Decimal) -> Cell:
    """A score at the right of its column."""
    shown = scored(number)
    return in_column(shown, Decimal(shown))


def place_of(result: Result) -> Cell:
    """A place among how many; beside the ranking, that it is."""
    if result.is_beside:
        return chip(_("beside the ranking"), "off")
    return in_column(format_html('{} <span class="muted">/ {}</span>', result.place, result.among), result.place)


def moved_places(now: int | None, before: int | None) -> Cell:
    """By how many places somebody went up or down; a dash where there is nothing to compare."""
    if now is None or before is None:
        return in_column(DASH, None)
    if now == before:
        return in_column(_("as before"), 0)
    tone, sign = ("good", "↑") if now < before else ("warn", "↓")
    return in_column(chip(f"{sign} {abs(now - before)}", tone), before - now)


def beside_why(result: Result) -> str:
    """Why somebody is not ranked."""
    text = _("Too little is known: %(known)d of %(asked)d indicators recorded.")
    return text % {"asked": result.asked, "known": result.known}
