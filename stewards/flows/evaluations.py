"""The steps of an evaluation, of a town's rating, of a finding and of a spot check."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stewards.actions import ratings, service_findings
from stewards.actions.evaluations import POWER, asked, freeze, note_declared, owe_again, take_back
from stewards.flows.contracts import contract_place
from stewards.models import Acceptance, Evaluation, EvaluationItem, ServiceFinding, SpotCheck, TownRating

E, T, F, C = Evaluation.State, TownRating.State, ServiceFinding.State, SpotCheck.State
OF_CONTRACT = ("contract__place", "contract__firm__unit")


def content(evaluation: Evaluation) -> dict[str, object]:
    """What the firm declares: by which edition of the standard, and what it says of every item."""
    said: dict[str, object] = {"scheme": evaluation.scheme_id, "first": evaluation.first, "last": evaluation.last}
    for item in sorted(evaluation.items.all(), key=lambda item: item.pk):
        numbers = " ".join(f"{number.normalize():f}" for number in item.claimed_numbers)
        said[item.code] = " ".join(part for part in (item.claimed, numbers, item.note) if part)
    return said


def refuse_unsaid(evaluation: Evaluation, actor) -> Obstacle | None:
    """The firm has said something of every item that is asked of it."""
    missing = _missing(evaluation, "claimed")
    return Obstacle("not_said", gettext("Nothing is said yet of: %(codes)s.") % {"codes": missing}) if missing else None


def refuse_unreviewed(evaluation: Evaluation, actor) -> Obstacle | None:
    """The review has said something of every item."""
    missing = _missing(evaluation, "reviewed")
    if missing:
        return Obstacle("not_reviewed", gettext("Not reviewed yet: %(codes)s.") % {"codes": missing})
    return None


def too_early(evaluation: Evaluation, day: date) -> Obstacle | None:
    """Nothing is concluded before its time is over, nor while towns still may rate."""
    if day <= evaluation.last:
        text = gettext("Its time runs until %(day)s.")
        return Obstacle("not_over", text % {"day": evaluation.last})
    due_on = ratings.rating_due(evaluation)
    waiting = [one for one in evaluation.ratings.all() if one.state == T.ASKED]
    if waiting and day <= due_on:
        text = gettext("%(number)d towns have not rated yet; they may until %(day)s.")
        return Obstacle("ratings_missing", text % {"number": len(waiting), "day": due_on})
    return None


def refuse_used(evaluation: Evaluation, actor) -> Obstacle | None:
    """What is paid by it stays as it is."""
    gone = (Acceptance.State.VOID, Acceptance.State.REFUSED)
    if all(one.state in gone for one in evaluation.acceptances.all()):
        return None
    return Obstacle("used", gettext("An acceptance stands on this evaluation; take that back first."))


def _missing(evaluation: Evaluation, name: str) -> str:
    items = {item.code: item for item in evaluation.items.all()}
    codes = [one.code for one in asked(evaluation) if one.code in items and not getattr(items[one.code], name)]
    return ", ".join(codes)


def refuse_unrated(rating: TownRating, actor) -> Obstacle | None:
    """It is given with its points."""
    return None if rating.points else Obstacle("points_missing", gettext("Rate the service from 1 to 5."))


def refuse_unlooked(check: SpotCheck, actor) -> Obstacle | None:
    """It is done when every row was looked at."""
    left = sum(not row.outcome for row in check.rows.all())
    return (
        Obstacle("rows_left", gettext("%(number)d rows are still to be looked at.") % {"number": left})
        if left
        else None
    )


def place_of_rating(rating: TownRating) -> Place:
    station = rating.station
    return Place(station.division.path, station.division_id, station.pk)


def _no_file(item: EvaluationItem) -> Obstacle | None:
    """Evidence is shown as long as the firm writes, and while it is reviewed."""
    if item.evaluation.state in (E.OPEN, E.DECLARED):
        return None
    text = gettext("The evaluation is “%(state)s”; nothing is added any more.")
    return Obstacle("closed", text % {"state": item.evaluation.get_state_display()})


register(
    Flow(
        model=Evaluation,
        power=POWER,
        content=content,
        place=lambda evaluation: contract_place(evaluation.contract),
        labels={"scheme": _("Service standard")},
        related=(*OF_CONTRACT, "scheme"),
        fetched=(
            Prefetch("items", EvaluationItem.objects.order_by("pk")),
            Prefetch("ratings", TownRating.objects.order_by("pk")),
            Prefetch("acceptances", Acceptance.objects.order_by("pk")),
        ),
        steps={
            "declare": Step(
                pgettext_lazy("an evaluation", "Hand in"),
                [E.OPEN],
                E.DECLARED,
                POWER,
                verb="propose",
                refuse=refuse_unsaid,
                after=note_declared,
                waits=True,
            ),
            "send_back": Step(_("Send back"), [E.DECLARED], E.OPEN, POWER, comment=True, after=owe_again),
            "conclude": Step(
                pgettext_lazy("an evaluation", "Conclude"),
                [E.DECLARED],
                E.CONCLUDED,
                POWER,
                refuse=refuse_unreviewed,
                untimely=too_early,
                after=freeze,
                waits=True,
            ),
            "void": Step(
                _("Void"),
                [E.OPEN, E.DECLARED, E.CONCLUDED],
                E.VOID,
                POWER,
                comment=True,
                refuse=refuse_used,
                after=take_back,
                danger=True,
            ),
        },
    )
)
register(
    Flow(
        model=EvaluationItem,
        power=POWER,
        content=lambda item: {
            name: getattr(item, name)
            for name in ("code", "claimed", "claimed_numbers", "note", "reviewed", "reviewed_numbers", "remark")
        },
        place=lambda item: contract_place(item.evaluation.contract),
        related=("evaluation__contract__place", "evaluation__contract__firm__unit", "evaluation__scheme"),
        files=_no_file,
        many=True,
        steps={},
    )
)
register(
    Flow(
        model=TownRating,
        power=ratings.POWER,
        content=lambda rating: {name: getattr(rating, name) for name in ("evaluation_id", "points", "comment")},
        place=place_of_rating,
        related=(
            "station__division",
            "station__unit",
            "evaluation__contract__place",
            "evaluation__contract__firm__unit",
        ),
        steps={
            "give": Step(
                pgettext_lazy("a rating", "Give"),
                [T.ASKED],
                T.GIVEN,
                ratings.POWER,
                refuse=refuse_unrated,
                after=ratings.note_given,
                waits=True,
            ),
        },
    )
)
register(
    Flow(
        model=ServiceFinding,
        power=service_findings.POWER,
        content=lambda finding: {
            name: getattr(finding, name) for name in ("contract_id", "code", "station_id", "what", "opened_on")
        },
        place=lambda finding: contract_place(finding.contract),
        related=(*OF_CONTRACT, "station__unit"),
        steps={
            "rectify": Step(
                _("Say what was done about it"),
                [F.OPEN],
                F.RECTIFIED,
                service_findings.POWER,
                verb="propose",
                comment=True,
                asks=_("What was done about it"),
                after=service_findings.note_rectified,
                waits=True,
            ),
            "accept": Step(
                _("Checked again: put right"),
                [F.RECTIFIED],
                F.CLOSED,
                service_findings.POWER,
                waits=True,
                awaited=_("To be checked again"),
            ),
            "reject": Step(
                _("Checked again: not put right"),
                [F.RECTIFIED],
                F.OPEN,
                service_findings.POWER,
                comment=True,
                after=service_findings.owe_again,
            ),
            "withdraw": Step(
                _("Withdraw the finding"),
                [F.OPEN, F.RECTIFIED],
                F.WITHDRAWN,
                service_findings.POWER,
                comment=True,
                after=service_findings.note_withdrawn,
                danger=True,
            ),
        },
    )
)
register(
    Flow(
        model=SpotCheck,
        power=service_findings.POWER,
        content=lambda check: {
            name: getattr(check, name) for name in ("contract_id", "first", "last", "size", "seed", "population")
        },
        place=lambda check: contract_place(check.contract),
        related=OF_CONTRACT,
        fetched=("rows",),
        steps={
            "finish": Step(
                pgettext_lazy("a sample", "Done"),
                [C.DRAWN],
                C.DONE,
                service_findings.POWER,
                refuse=refuse_unlooked,
            ),
        },
    )
)
