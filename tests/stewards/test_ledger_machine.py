"""Whatever is done in whatever order: what stands on the lines of a contract is what counts of the records, and each once."""

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
    invariant,
    rule,
    run_state_machine_as_test,
)

from activities.actions import change_activity, log_activity
from activities.actions.many import log_rows
from activities.actions.merging import merge_teams
from activities.actions.teams import change_team, register_team
from activities.actions.works import change_work, record_work
from activities.models import Activity, Team, Work
from culture_admin.exchange.actions import apply_import, open_import, undo_import
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions.deliveries import move_delivery
from stewards.burning import LEVELS
from stewards.models import Delivery, LineAlert, ServiceLine
from tests.district import NOW, TODAY, District
from tests.stewards.deals import BEGINS, Deal, service_list

# Days about the first of the contract, so that a change may carry a record into its time or out of it.
DAYS = st.integers(-4, 12).map(lambda days: BEGINS + timedelta(days=days))
ACTORS = st.sampled_from(["station_head_east", "steward_east"])
KINDS = st.sampled_from(["PERF", "TRNG", "EXHB"])
GENRES = st.sampled_from(["", "dance"])
SECONDS = st.sampled_from([None, 0, 2700, 4050])
REFUSED = (StepRefused, ValidationError, PermissionDenied, ObjectDoesNotExist)
# Few enough to be reached.
LINES = (
    {"item": "送戏", "measure": "activities", "target": 4, "unit_price": 0, "weight": 0},
    {"item": "舞蹈", "measure": "activities", "genre": "dance", "target": 3, "unit_price": 0, "weight": 0},
    {"item": "舞蹈演出", "measure": "activities", "genre": "dance", "kind": "PERF", "target": 2, "unit_price": 0, "weight": 0},
)  # fmt: skip


class Ledger(RuleBasedStateMachine):
    """One station with a head, a steward under a contract, and a bureau that moves what is delivered."""

    logs, teams, works, imports = Bundle("logs"), Bundle("teams"), Bundle("works"), Bundle("imports")

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.district = District()
        self.station = self.district.east
        self.deal = Deal(self.district, lines=[*service_list(), *LINES])
        self.deal.performing()
        # By the record: the line on which the bureau has put it.
        self.moved: dict[tuple[str, int], int] = {}
        self.posting = self.deal.posting("east")
        self.number = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def by(self, name: str) -> dict:
        return {"actor": getattr(self.district, name), "at": NOW}

    def tried(self, verb, **asked) -> bool:
        """Whether it was done; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                verb(**asked)
        except REFUSED:
            return False
        return True

    def said(self, day, kind, genre, seconds, posted) -> dict:
        self.number += 1
        return {
            "station": self.station,
            "title": f"送戏{self.number}",
            "kind": self.district.kind(kind),
            "genre": self.district.genre(genre) if genre else None,
            "begins_on": day,
            "class_seconds": seconds,
            "late_reason": "补登",
            "posting": self.posting if posted and day >= BEGINS else None,
        }

    @rule(target=logs, day=DAYS, kind=KINDS, genre=GENRES, seconds=SECONDS, posted=st.booleans())
    def log(self, day, kind, genre, seconds, posted):
        said = self.said(day, kind, genre, seconds, posted)
        return log_activity(**said, **self.by("station_head_east")).pk

    @rule(target=logs, day=DAYS.filter(lambda day: day >= BEGINS), kind=KINDS, genre=GENRES, seconds=SECONDS)
    def report(self, day, kind, genre, seconds):
        said = self.said(day, kind, genre, seconds, False)
        return log_activity(**said, **self.by("steward_east")).pk

    @rule(rows=st.lists(st.tuples(DAYS, KINDS, GENRES, SECONDS, st.booleans()), min_size=2, max_size=4))
    def log_many(self, rows):
        self.tried(log_rows, rows=[self.said(*row) for row in rows], **self.by("station_head_east"))

    @rule(pk=logs, day=DAYS, kind=KINDS, genre=GENRES, seconds=SECONDS, posted=st.booleans(), who=ACTORS)
    def edit(self, pk, day, kind, genre, seconds, posted, who):
        said = self.said(day, kind, genre, seconds, posted)
        del said["station"]
        self.tried(change_activity, activity=Activity.objects.get(pk=pk), ends_on=day, **said, **self.by(who))

    @rule(pk=logs, step=st.sampled_from(["confirm", "return", "resubmit", "reinstate", "void"]), who=ACTORS)
    def decide(self, pk, step, who):
        self.tried(perform, objects=Activity.objects.get(pk=pk), step_name=step, comment="核对", **self.by(who))

    @rule(pks=st.lists(logs, min_size=2, max_size=4, unique=True), step=st.sampled_from(["void", "return"]))
    def decide_several(self, pks, step):
        rows = list(Activity.objects.filter(pk__in=pks))
        self.tried(perform, objects=rows, step_name=step, comment="重复", **self.by("station_head_east"))

    @rule(target=imports, day=DAYS.filter(lambda day: day >= BEGINS), steward=st.sampled_from(["陈琴", ""]))
    def bring_in(self, day, steward):
        self.number += 1
        content = f"日期,活动名称,参加人数,文化管家\n{day},台账{self.number},9,{steward}\n".encode()
        head = self.by("station_head_east")
        batch, plan = open_import(
            kind="activities", unit=self.station.unit, file_name="台账.csv", content=content, **head
        )
        return apply_import(batch=batch, plan=plan, **head)

    @rule(batch=consumes(imports))
    def take_back(self, batch):
        self.tried(undo_import, batch=batch, **self.by("station_head_east"))

    @rule(target=teams, day=st.none() | DAYS, who=ACTORS, posted=st.booleans())
    def found(self, day, who, posted):
        self.number += 1
        posting = self.posting if posted and (day or TODAY) >= BEGINS else None
        named = {"station": self.station, "name": f"队{self.number}", "founded_on": day, "posting": posting}
        return register_team(**named, **self.by("station_head_east" if day and day < BEGINS else who)).pk

    @rule(pk=teams, step=st.sampled_from(["register", "return", "resubmit", "deregister", "void"]))
    def decide_team(self, pk, step):
        head = self.by("station_head_east")
        self.tried(perform, objects=Team.objects.get(pk=pk), step_name=step, comment="核对", **head)

    @rule(pk=teams, day=DAYS)
    def correct_team(self, pk, day):
        self.tried(change_team, team=Team.objects.get(pk=pk), founded_on=day, **self.by("station_head_east"))

    @rule(pair=st.lists(teams, min_size=2, max_size=2, unique=True))
    def merge(self, pair):
        kept, doubled = (Team.objects.get(pk=pk) for pk in pair)
        self.tried(merge_teams, kept=kept, doubled=doubled, comment="同一支", **self.by("station_head_east"))

    @rule(target=works, day=DAYS.filter(lambda day: day >= BEGINS), who=ACTORS)
    def create(self, day, who):
        self.number += 1
        named = {"title": f"作品{self.number}", "kind": "original", "finished_on": day, "posting": self.posting}
        return record_work(station=self.station, **named, **self.by(who)).pk

    @rule(pk=works, step=st.sampled_from(["confirm", "void"]))
    def decide_work(self, pk, step):
        head = self.by("station_head_east")
        self.tried(perform, objects=Work.objects.get(pk=pk), step_name=step, comment="核对", **head)

    @rule(pk=works, day=DAYS)
    def correct_work(self, pk, day):
        self.tried(change_work, work=Work.objects.get(pk=pk), finished_on=day, **self.by("station_head_east"))

    @rule(which=st.integers(0, 50), number=st.sampled_from([1, 6, 7, 8]))
    def move(self, which, number):
        rows = list(Delivery.objects.standing().order_by("pk"))
        if rows:
            row, line = rows[which % len(rows)], self.deal.contract.lines.get(number=number)
            if self.tried(move_delivery, delivery=row, line=line, reason="改列", **self.by("service")):
                self.moved[row.source_kind, row.source_id] = number

    @invariant()
    def what_stands_is_what_counts(self):
        due = self.due()
        rows = Delivery.objects.standing().values_list("source_kind", "source_id", "line__number", "amount", "on")
        stood = {(kind, pk): (number, amount, on) for kind, pk, number, amount, on in rows}
        # What a person has moved stays moved as long as it stands; a session is of no use to a line of activities.
        self.moved = {key: line for key, line in self.moved.items() if key in stood and due.get(key, (2,))[0] != 2}
        due |= {key: (line, *due[key][1:]) for key, line in self.moved.items()}
        assert stood == due

    @invariant()
    def what_is_told_is_what_is_reached(self):
        told = set(LineAlert.objects.filter(state="reached").values_list("line", "level"))
        reached = set()
        for line in ServiceLine.objects.filter(contract=self.deal.contract):
            done = sum(row.amount for row in line.deliveries.standing())
            reached |= {(line.pk, level) for level in LEVELS if done * 100 >= line.target * line.per * level}
        assert told == reached

    def due(self) -> dict[tuple[str, int], tuple[int, int, date]]:
        """By the record: the number of the line it belongs to by its terms, how much of it, and its day; from the rows alone."""
        last = self.deal.contract.ends_on
        due: dict[tuple[str, int], tuple[int, int, date]] = {}
        of_posting = {"posting": self.posting}
        for row in Activity.objects.filter(state="confirmed", begins_on__range=(BEGINS, last), **of_posting):
            code, genre = row.kind.code, row.genre.code if row.genre else ""
            if code == "TRNG":
                if row.class_seconds:
                    due["activity", row.pk] = (2, row.class_seconds, row.begins_on)
                continue
            number = 1 if genre != "dance" else 8 if code == "PERF" else 7
            due["activity", row.pk] = (number, 1, row.begins_on)
        for team in Team.objects.filter(state="registered", registered_on__range=(BEGINS, last), **of_posting):
            due["team", team.pk] = (4, 1, team.registered_on)
        for work in Work.objects.filter(state="recorded", finished_on__range=(BEGINS, last), **of_posting):
            due["work", work.pk] = (5, 1, work.finished_on)
        return due


@pytest.mark.usefixtures("district")
def test_what_stands_is_what_counts_in_whatever_order_things_are_done():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
