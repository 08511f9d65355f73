"""Five hundred clicks on one approval, from twenty windows at once, leave one decision and one effect."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from culture_admin.accounts.models import User
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from stations.models import OfficerPosting, PersonnelCase
from tests.district import NOW, TODAY, District
from tests.stations.staff import candidate, filed, staffed, steps

CLICKS, WINDOWS = 500, 20


def test_five_hundred_parallel_clicks_on_one_approval_leave_one_decision(committed_db):
    district = District()
    staff = staffed(district)
    OfficerPosting.objects.filter(officer=staff.officer).update(valid_to=TODAY)
    case = filed(district, "recruitment", candidate(district), post=staff.officer_post)
    steps(case, ("accept", district.personnel))
    seen, approver = case.version, district.personnel.pk

    def click(actor: User, number: int) -> str:
        # Each window asks with what it looked at, and every third click without saying.
        try:
            perform(PersonnelCase(pk=case.pk), "approve", actor=actor, at=NOW, seen=seen if number % 3 else None)
            return "approved"
        except StepRefused as refused:
            return refused.code

    def window(numbers: range) -> Counter[str]:
        try:
            actor = User.objects.get(pk=approver)
            return Counter(click(actor, number) for number in numbers)
        finally:
            connection.close()

    with ThreadPoolExecutor(WINDOWS) as pool:
        share = CLICKS // WINDOWS
        found = sum(pool.map(window, [range(start, start + share) for start in range(0, CLICKS, share)]), Counter())
    assert (found["approved"], found.total()) == (1, CLICKS)
    assert found.keys() == {"approved", "stale", "illegal_transition"}
    assert Decision.objects.about(case).filter(step="approve").count() == 1
    assert OfficerPosting.objects.filter(officer=case.officer).count() == 1
