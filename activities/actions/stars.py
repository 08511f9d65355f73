"""Award stars to a team."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Team, TeamStar
from activities.models.team import IN_REGISTER
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.workflow.days import refuse_future

YEARS_VALID = 2


def award_star(
    *,
    actor,
    team: Team,
    stars: int,
    awarded_on: date,
    document: str,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> TeamStar:
    """Enters the stars a document gave; they hold for two years or less, and end those before them (DOMAIN.md §7.3).

    Stars entered late end with those that were awarded after them.
    """
    require_of(actor, "activities.teams.filing", path=team.station.division.path)
    today = timezone.localdate(at or timezone.now())
    refuse_future("awarded_on", awarded_on, today)
    if team.state not in IN_REGISTER:
        raise _fault("team", "not_in_register", _("%(team)s does not stand in the register."), team=team)
    if awarded_on < (team.registered_on or awarded_on):
        raise _fault(
            "awarded_on",
            "before_register",
            _("The team stands in the register only from %(day)s."),
            day=team.registered_on,
        )
    longest = _years_after(awarded_on, YEARS_VALID)
    if valid_to and valid_to > longest:
        raise _fault("valid_to", "too_long", _("Stars hold for two years at most, until %(day)s."), day=longest)
    star = TeamStar(
        team=team,
        stars=stars,
        awarded_on=awarded_on,
        valid_to=valid_to or longest,
        document=document,
    )
    with acting(actor):
        star.full_clean()
        star.save(force_insert=True)
        end_overtaken(team)
        star.refresh_from_db(fields=["valid_to"])
    return star


def end_overtaken(team: Team) -> None:
    """Ends each rating of a team where the next begins, so that one is in force at a time; inside a transaction."""
    stars = TeamStar.objects.filter(team=team).order_by("awarded_on").select_for_update(of=("self",))
    for earlier, later in pairwise(stars):
        if earlier.valid_to > later.awarded_on:
            TeamStar.objects.filter(pk=earlier.pk).update(valid_to=later.awarded_on)


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _fault(field: str, code: str, message: str, **params: object) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code, params=params)})
