"""Whatever is done in whatever order: sums equal their rows, states are legal, nothing is lost, and no figure moves unseen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from activities.actions import change_activity, log_activity
from activities.actions.courses import change_course, open_course
from activities.actions.months import FILED_FLOWS, differences, figures_of, open_month
from activities.actions.visits import VisitsExist, record_visits
from activities.models import Activity, Course, MonthlyReturn
from activities.models.summary import differences as summary_differences
from activities.models.summary import fold
from culture_admin.exchange.actions import apply_import, open_import, undo_import
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from tests.district import NOW, District

# The last days of April and the first of May: days that a change may carry over the border of a month.
FIRST = date(2026, 4, 24)
DAYS = st.integers(0, 12).map(lambda days: FIRST + timedelta(days=days))
HEADS = st.none() | st.integers(0, 300)
ACTORS = st.sampled_from(["station_head_east", "steward_east"])
LEGAL = {
    "": {"confirmed", "logged"},
    "logged": {"logged", "confirmed", "returned", "void"},
    "confirmed": {"confirmed", "returned", "void"},
    "returned": {"returned", "logged", "confirmed", "void"},
    "open": {"confirmed", "contested"},
    "contested": {"confirmed", "reopened"},
    "confirmed return": {"closed", "reopened"},
    "closed": {"reopened"},
    "reopened": {"confirmed", "contested"},
}
REFUSED = (StepRefused, ValidationError, PermissionDenied, ObjectDoesNotExist)


class Station(RuleBasedStateMachine):
    """One station over two months: a head, a steward whose logs wait for him, a bureau that closes."""

    logs = Bundle("logs")
    imports = Bundle("imports")
    courses = Bundle("courses")

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.district = District()
        self.station = self.district.east
        self.kinds = {code: self.district.kind(code) for code in ("PERF", "TRNG")}
        self.people = {
            name: getattr(self.district, name) for name in ("station_head_east", "steward_east", "bureau_admin")
        }
        self.made: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    @initialize()
    def open_april(self) -> None:
        open_month(month=date(2026, 4, 1), at=NOW, stations=[self.station.pk])

    @property
    def filing(self) -> MonthlyReturn:
        return MonthlyReturn.objects.get(station=self.station)

    def by(self, name: str) -> dict:
        return {"actor": self.people[name], "at": NOW}

    def tried(self, verb, **asked) -> bool:
        """Whether it was done; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                verb(**asked)
        except REFUSED:
            return False
        return True

    @rule(target=logs, day=DAYS, heads=HEADS, who=ACTORS, kind=st.sampled_from(["PERF", "TRNG"]))
    def log(self, day, heads, who, kind):
        seconds = 4050 if kind == "TRNG" else None
        made = log_activity(
            station=self.station, title="村晚", kind=self.kinds[kind], begins_on=day, attendance=heads, class_seconds=seconds,
            **self.by(who),
        )  # fmt: skip
        self.made.add(made.pk)
        return made.pk

    @rule(pk=logs, day=DAYS, heads=HEADS, who=ACTORS)
    def edit(self, pk, day, heads, who):
        changes = {"begins_on": day, "ends_on": day, "attendance": heads}
        self.tried(change_activity, activity=Activity.objects.get(pk=pk), **self.by(who), **changes)

    @rule(pk=logs, step=st.sampled_from(["confirm", "return", "resubmit", "reinstate", "void"]), who=ACTORS)
    def decide(self, pk, step, who):
        self.tried(perform, objects=Activity.objects.get(pk=pk), step_name=step, comment="核对", **self.by(who))

    @rule(pks=st.lists(logs, min_size=2, max_size=4, unique=True))
    def void_several(self, pks):
        rows = list(Activity.objects.filter(pk__in=pks))
        self.tried(perform, objects=rows, step_name="void", comment="重复", **self.by("station_head_east"))

    @rule(day=DAYS, visitors=st.integers(0, 50))
    def count(self, day, visitors):
        try:
            with transaction.atomic():
                record_visits(station=self.station, on=day, visitors=visitors, **self.by("station_head_east"))
        except VisitsExist:
            pass

    @rule(target=courses, day=DAYS, who=ACTORS)
    def teach(self, day, who):
        return open_course(station=self.station, title="书法", begins_on=day, **self.by(who)).pk

    @rule(pk=courses, day=DAYS, who=ACTORS)
    def move_course(self, pk, day, who):
        self.tried(change_course, course=Course.objects.get(pk=pk), begins_on=day, **self.by(who))

    @rule(pk=courses, step=st.sampled_from(["confirm", "reopen", "void"]), who=ACTORS)
    def decide_course(self, pk, step, who):
        self.tried(perform, objects=Course.objects.get(pk=pk), step_name=step, comment="核对", **self.by(who))

    @rule(step=st.sampled_from(["confirm", "confirm_zero", "contest"]))
    def answer(self, step):
        self.tried(perform, objects=self.filing, step_name=step, comment="有出入", **self.by("station_head_east"))

    @rule(step=st.sampled_from(["close", "reopen"]))
    def rule_on(self, step):
        self.tried(perform, objects=self.filing, step_name=step, comment="请核对", **self.by("bureau_admin"))

    @rule(target=imports, day=DAYS, heads=st.integers(1, 99))
    def bring_in(self, day, heads):
        content = f"日期,活动名称,参加人数\n{day},台账{len(self.made)},{heads}\n".encode()
        head = self.by("station_head_east")
        batch, plan = open_import(
            kind="activities", unit=self.station.unit, file_name="台账.csv", content=content, **head
        )
        batch = apply_import(batch=batch, plan=plan, **head)
        self.made |= set(Activity.objects.filter(batch=batch).values_list("pk", flat=True))
        return batch

    @rule(batch=consumes(imports))
    def take_back(self, batch):
        self.tried(undo_import, batch=batch, **self.by("station_head_east"))

    @rule()
    def fold_sums(self):
        fold()

    @invariant()
    def the_summary_is_the_sum_of_the_rows(self):
        assert list(summary_differences()) == []

    @invariant()
    def nothing_is_lost(self):
        assert set(Activity.objects.filter(station=self.station).values_list("pk", flat=True)) == self.made

    @invariant()
    def every_state_was_reached_by_a_decision_from_the_one_before(self):
        decisions = Decision.objects.filter(subject_type__model__in=["activity", "monthlyreturn"]).order_by("id")
        last: dict[tuple, str] = {}
        for power, pk, before, after in decisions.values_list("power", "subject_id", "from_state", "to_state"):
            of_month = power == "activities.returns"
            assert before == last.get((power, pk), "open" if of_month else ""), (power, pk)
            named = "confirmed return" if of_month and before == "confirmed" else before
            assert after in LEGAL[named], (before, after)
            last[power, pk] = after
        stood = {("activities", row.pk): row.state for row in Activity.objects.filter(pk__in=self.made)}
        assert {key: state for key, state in last.items() if key[0] == "activities"} == stood

    @invariant()
    def a_month_answered_for_is_what_was_answered(self):
        for one in MonthlyReturn.objects.settled():
            assert differences(one, figures_of([one], NOW)[one.pk]) == []
            assert not (one.zero and any(one.filed.get(code) for code in FILED_FLOWS))


@pytest.mark.usefixtures("district")
def test_sums_states_and_months_hold_in_whatever_order_things_are_done():
    run_state_machine_as_test(
        Station,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
