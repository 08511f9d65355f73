"""Who can be sent to a town: the assessors of the county, and of those who cannot why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.panels import POWER, SITTING_IN, assessors_of
from assessments.models import Assessment, PanelSeat
from culture_admin.accounts.asking import ask
from culture_admin.accounts.models import Membership, User


@dataclass(frozen=True)
class Candidate:
    """An assessor of the county; why_not: the reason for which he cannot be sent."""

    user: User
    why_not: str


def candidates(assessment: Assessment) -> list[Candidate]:
    """The assessors whose office covers the town, those who can go first; so many questions however many they are."""
    people = {user.pk: user for user in assessors_of(assessment, timezone.localdate())}
    begun, path = date(assessment.cycle.year, 1, 1), assessment.division.path
    own = set(
        Membership.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=begun), user__in=people, unit__division__path__startswith=path
        ).values_list("user_id", flat=True)
    )
    sitting = set(assessment.seats.filter(state__in=PanelSeat.SITTING).values_list("assessor_id", flat=True))
    stood_back = set(assessment.seats.filter(state=PanelSeat.State.RECUSED).values_list("assessor_id", flat=True))
    found = []
    for pk, user in people.items():
        why = ""
        if pk in own:
            why = _("holds an office in this town, or held one in the year")
        elif pk in sitting:
            why = _("assesses this town already")
        elif pk in stood_back:
            why = _("stood back here")
        found.append(Candidate(user, why))
    return sorted(found, key=lambda one: bool(one.why_not))


def may_appoint(user, assessment: Assessment) -> bool:
    return assessment.state in SITTING_IN and bool(ask(user.offices, POWER, "propose", path=assessment.division.path))
