"""What a town says of the service in the time of an evaluation, from 1 to 5, and that it owes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import Debt, perform, record_entry, settle
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stewards.models import Evaluation, TownRating

POWER = "stewards.ratings"
DUTY = "stewards.rating"
BASIS = gettext_lazy("Service standard of Hangzhou for cultural stewards, G1: evaluation by bureau, town and public")
RATED = ("evaluation__contract__place", "evaluation__contract__firm", "station__division", "station__unit")
# So many working days a town has for its rating.
DAYS = 10
State = Evaluation.State


def rate_service(
    *,
    actor,
    rating: TownRating,
    points: int | None,
    comment: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> TownRating:
    """Says what a town thinks of the service, from 1 to 5; it may be said otherwise until the evaluation is concluded.

    Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(TownRating.objects.visible_to(actor).select_related(*RATED), rating, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=row.station.division.path)
        if row.evaluation.state not in (State.OPEN, State.DECLARED):
            raise closed_to_change(row.evaluation)
        row.points, row.comment = points, comment
        row.clean_fields(exclude=["evaluation", "station", "rated_by"])
        if row.points is None:
            raise ValidationError({"points": ValidationError(_("Rate the service from 1 to 5."), code="required")})
        row.rated_by = actor
        first_time = row.state == TownRating.State.ASKED
        row.version += not first_time
        row.save()
        if first_time:
            perform(row, "give", actor=actor, at=at)
        else:
            record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def change_rating(
    *, actor, townrating: TownRating, seen: int | None = None, at: datetime | None = None, **changes: Any
) -> TownRating:
    """`rate_service` with what is not said again left as it was. Raises what that raises."""
    said = {"points": townrating.points, "comment": townrating.comment} | changes
    return rate_service(actor=actor, rating=townrating, seen=seen, at=at, **said)


def note_given(ratings: Sequence[TownRating], actor, at: datetime) -> None:
    settle(ratings, DUTY, at=at)


def rating_due(evaluation: Evaluation) -> date:
    """Until when the towns are asked."""
    return add_working_days(timezone.localdate(evaluation.opened_at), DAYS)[0]


def debts_of_towns(ratings: Sequence[TownRating], at: datetime) -> list[Debt]:
    """The town rates; one without a government in the register does so through its station."""
    places = [one.station.division_id for one in ratings]
    towns = dict(Unit.objects.filter(kind=Unit.Kind.TOWN, division__in=places).values_list("division_id", "pk"))
    return [
        Debt(
            towns.get(one.station.division_id, one.station_id),
            one,
            DUTY,
            _label_of_town(one)[:200],
            opened_on=timezone.localdate(at),
            working_days=DAYS,
            basis=str(BASIS),
        )
        for one in ratings
    ]


def _label_of_town(rating: TownRating) -> str:
    return _("Rate the service: %(what)s") % {"what": rating.evaluation}


DUTIES[DUTY] = Duty(_label_of_town, BASIS, name=gettext_lazy("Rating of the service"), power=POWER)
