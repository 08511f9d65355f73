"""What the pages about staff show alike: posts with their holders, head and representative, and what time off post does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from culture_admin.workflow.models import Deadline
from stations.actions.representative import open_duties
from stations.models import Officer, OfficerPosting, PersonnelCase, Post, Station
from stations.models.heads import Heads, Leadership
from stations.models.service import Eligibility, Service, eligibility, service


@dataclass(frozen=True, slots=True)
class StationStaff:
    """The people of one station on a day."""

    station: Station
    leadership: Leadership
    late_paper: Deadline | None
    posts: Sequence[Post]
    officers: Sequence[Officer]
    late_cases: int


def staff_of(user, station: Station, today: date) -> StationStaff:
    """Posts with who holds them, everybody who is posted, and how many cases of this year were filed late."""
    there = Heads.of(station).on(today)
    posts = (
        Post.objects.visible_to(user).existing(today).filter(station=station).with_holders(today).order_by("kind", "pk")
    )
    lasting = OfficerPosting.objects.lasting(today).filter(station=station).values("officer")
    officers = Officer.objects.visible_to(user).filter(pk__in=lasting).select_related("data")
    cases = PersonnelCase.objects.visible_to(user).late().filter(station=station, filed_at__year=today.year)
    return StationStaff(
        station=station,
        leadership=there,
        late_paper=open_duties(station).filter(opened_on__lte=today).first() if there.differ_since else None,
        posts=list(posts),
        officers=list(with_ledger(officers).order_by("pk")),
        late_cases=cases.count(),
    )


def with_ledger(officers: QuerySet[Officer]) -> QuerySet[Officer]:
    """Officers with what their rights are counted from."""
    return officers.prefetch_related("postings__post", "postings__station__unit", "absences")


def rights_of(officer: Officer, today: date) -> tuple[Eligibility, Service | None]:
    """Whether he takes part in this year's promotion, and his years of service."""
    return eligibility(officer, today.year, today), service(officer, today)
