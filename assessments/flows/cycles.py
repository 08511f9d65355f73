"""The steps of a year's assessment: planned and carried through by the section, shown and made final by the leader."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assessments.actions.awards import settle_results
from assessments.actions.cycles import POWER, freeze, open_up, publicise, strike, take_back, thaw, total
from assessments.actions.items import REVIEW
from assessments.actions.subjects import subjects
from assessments.models import Assessment, Award, Cycle, Objection
from culture_admin.scoring.models import Scheme
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

S = Cycle.State
NAMED = 3


def content(cycle: Cycle) -> dict[str, object]:
    """What is decided on: the scheme and its days. What was frozen and judged cannot change while it lies before the leader."""
    return {
        "scheme": f"{cycle.scheme.name_zh} {cycle.scheme.year}/{cycle.scheme.edition}",
        "self_until": cycle.self_until,
    }


def replaced(cycle: Cycle, actor=None) -> Obstacle | None:
    """A scheme that was replaced or withdrawn mid-year is not gone on with unnoticed."""
    if cycle.scheme.state == Scheme.State.PUBLISHED:
        return None
    text = gettext("The scheme is “%(state)s” by now. Take over the edition in force first, or give the assessment up.")
    return Obstacle("scheme_replaced", text % {"state": cycle.scheme.get_state_display()})


def refuse_empty(cycle: Cycle, actor) -> Obstacle | None:
    """Somebody has to be assessed."""
    shut = replaced(cycle)
    if shut or next(subjects(cycle.scheme, timezone.localdate(cycle.recorded_at)), None):
        return shut
    return Obstacle("nobody_assessed", gettext("The groups of the scheme hold nobody of this county."))


def too_early(cycle: Cycle, day: date) -> Obstacle | None:
    """Numbers of a year are frozen when its self-assessment is over, or when everybody has handed it in."""
    unsealed = [*Assessment.WRITTEN, Assessment.State.DECLARED]
    if day > cycle.self_until or not any(one.state in unsealed for one in cycle.assessments.all()):
        return None
    text = gettext("The self-assessment goes on until %(day)s, and not everybody has handed it in.")
    return Obstacle("self_assessment_open", text % {"day": cycle.self_until})


def refuse_unready(cycle: Cycle, actor) -> Obstacle | None:
    """Totals are drawn up once everybody was reviewed and every formula has its denominator."""
    shut = replaced(cycle)
    if shut:
        return shut
    done = (Assessment.State.CHECKED, Assessment.State.VOID)
    units = [one.unit.name for one in cycle.assessments.all() if one.state not in done]
    if not units:
        return failing(cycle)
    named, more = ", ".join(units[:NAMED]), len(units) - NAMED
    if more <= 0:
        return Obstacle("not_accepted", gettext("Not accepted yet: %(units)s.") % {"units": named})
    text = ngettext(
        "Not accepted yet: %(units)s and %(more)d more.", "Not accepted yet: %(units)s and %(more)d more.", more
    )
    return Obstacle("not_accepted", text % {"units": named, "more": more})


def failing(cycle: Cycle, actor=None) -> Obstacle | None:
    """A formula without a denominator stops totals and publicity; the sentence says where."""
    if not cycle.failures:
        return None
    unit, code = cycle.failures[0]
    name = next((one.unit.name for one in cycle.assessments.all() if one.unit_id == unit), "")
    text = gettext(
        "%(code)s of %(unit)s cannot be computed: its denominator is not recorded, or 0. There are %(number)d such. Record what is"
        " missing, lift the freeze, and freeze the numbers anew."
    )
    return Obstacle("formula_fails", text % {"code": code, "unit": name, "number": len(cycle.failures)})


def refuse_shown(cycle: Cycle, actor) -> Obstacle | None:
    """What is shown can be computed, by the scheme in force, and nothing in it is contested."""
    return replaced(cycle) or failing(cycle) or contested_still(cycle)


def contested_still(cycle: Cycle) -> Obstacle | None:
    """Objections that nobody has answered yet."""
    contested = sum(
        objection.state in Objection.OPEN for one in cycle.assessments.all() for objection in one.objections.all()
    )
    if contested:
        text = ngettext(
            "%(number)d objection is not decided yet.", "%(number)d objections are not decided yet.", contested
        )
        return Obstacle("objections_open", text % {"number": contested})
    return None


def refuse_contested(cycle: Cycle, actor) -> Obstacle | None:
    """What is contested is not final, and what is final has its document."""
    shut = contested_still(cycle)
    if shut:
        return shut
    if not cycle.document:
        return Obstacle("document_missing", gettext("Name the document by which the results are announced."))
    return None


def in_publicity(cycle: Cycle, day: date) -> Obstacle | None:
    """Results are final when the working days of their publicity are over."""
    if cycle.objections_until is None or day > cycle.objections_until:
        return None
    text = gettext("The results are shown until %(day)s; until then they can be objected to.")
    return Obstacle("in_publicity", text % {"day": cycle.objections_until})


def refuse_unpaid(cycle: Cycle, actor) -> Obstacle | None:
    """A year is closed when its awards are paid out."""
    unpaid = sum(award.state == Award.State.GRANTED for one in cycle.assessments.all() for award in one.awards.all())
    if not unpaid:
        return None
    text = ngettext("%(number)d award is not paid out yet.", "%(number)d awards are not paid out yet.", unpaid)
    return Obstacle("awards_unpaid", text % {"number": unpaid})


register(
    Flow(
        model=Cycle,
        power=POWER,
        content=content,
        labels={"scheme": _("Scheme")},
        place=lambda cycle: Place(cycle.place.path, cycle.place_id, below=cycle.state in (S.OPEN, *Cycle.SHOWN)),
        related=("place", "scheme", "snapshot"),
        fetched=("assessments__unit", "assessments__objections", "assessments__awards"),
        filed_by="filed_by",
        steps={
            "open": Step(
                pgettext_lazy("an assessment", "Open"),
                [S.DRAFT],
                S.OPEN,
                POWER,
                verb="propose",
                refuse=refuse_empty,
                after=open_up,
            ),
            "lock": Step(
                _("Freeze the numbers"),
                [S.OPEN],
                S.LOCKED,
                POWER,
                verb="propose",
                refuse=replaced,
                untimely=too_early,
                after=freeze,
            ),
            "thaw": Step(
                _("Lift the freeze"),
                [S.LOCKED],
                S.OPEN,
                REVIEW,
                comment=True,
                refuse=replaced,
                after=thaw,
                danger=True,
            ),
            "total": Step(
                _("Draw up the totals"),
                [S.LOCKED],
                S.TOTALLED,
                POWER,
                verb="propose",
                refuse=refuse_unready,
                after=total,
                submits=True,
            ),
            "publicise": Step(
                _("Show the results"),
                [S.TOTALLED],
                S.PUBLICISED,
                POWER,
                refuse=refuse_shown,
                after=publicise,
                waits=True,
            ),
            "return": Step(_("Return"), [S.TOTALLED], S.LOCKED, POWER, comment=True),
            "take_back": Step(
                _("Take the publicity back"),
                [S.PUBLICISED],
                S.LOCKED,
                POWER,
                comment=True,
                after=take_back,
                danger=True,
            ),
            "finalise": Step(
                _("Make final"),
                [S.PUBLICISED],
                S.FINAL,
                POWER,
                refuse=refuse_contested,
                untimely=in_publicity,
                after=settle_results,
                waits=True,
            ),
            "archive": Step(
                pgettext_lazy("an assessment", "Archive"),
                [S.FINAL],
                S.ARCHIVED,
                REVIEW,
                refuse=refuse_unpaid,
            ),
            "void": Step(
                _("Void"),
                [S.DRAFT, S.OPEN, S.LOCKED],
                S.VOID,
                REVIEW,
                comment=True,
                after=strike,
                danger=True,
            ),
        },
    )
)
