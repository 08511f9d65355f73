"""Jobs: the row is the truth, Redis only wakes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from culture_admin.workflow import jobs
from culture_admin.workflow.actions import enqueue, owe, settle
from culture_admin.workflow.inbox import owed, waiting
from culture_admin.workflow.models import Deadline, Job
from tests.district import NOW, TODAY


@pytest.fixture
def counted(monkeypatch):
    calls = []
    monkeypatch.setitem(jobs.KINDS, "test.count", lambda job: calls.append(job.pk) or "done")
    monkeypatch.setitem(jobs.KINDS, "test.fail", lambda job: 1 / 0)
    return calls


def test_a_job_is_done_once(district, counted):
    job = enqueue("test.count", {}, actor=district.observer)
    assert jobs.run(job.pk).state == "done"
    assert jobs.run(job.pk) is None
    assert counted == [job.pk]


def test_a_job_whose_worker_died_is_taken_again_when_its_lease_has_run_out(district, counted):
    job = enqueue("test.count", {}, actor=district.observer)
    assert jobs.take(job.pk)
    assert jobs.take(job.pk) is None
    assert jobs.take(job.pk, timezone.now() + timedelta(minutes=1)).attempts == 2


def test_a_poisoned_job_is_given_up_after_five_attempts_and_says_why(district, counted):
    job = enqueue("test.fail", {}, actor=district.observer)
    for _attempt in range(5):
        Job.objects.filter(pk=job.pk).update(run_at=timezone.now())
        with pytest.raises(ZeroDivisionError):
            jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 5)
    assert "ZeroDivisionError" in job.message


def test_what_is_owed_twice_is_owed_once_and_settled(district):
    for _ in range(2):
        owe(district.east.unit, code="report", label="月报", opened_on=TODAY, working_days=5, subject=district.east)
    deadline = Deadline.objects.get(code="report")
    assert list(owed(district.station_head_east, deadline.due_on)) == [deadline]
    assert not owed(district.station_head_west, deadline.due_on).exists()
    assert settle(district.east, "report", at=NOW) == 1
    assert not owed(district.station_head_east, deadline.due_on).exists()


def test_the_inbox_holds_what_one_may_decide_and_nothing_else(district):
    log = district.log(actor=district.steward_east)
    district.log(district.west, actor=district.steward_west)

    def records(user):
        return [record for entry in waiting(user) for record in entry.records]

    assert records(district.station_head_east) == [log]
    assert records(district.bureau_admin) == []
    assert records(district.firm_manager) == []
