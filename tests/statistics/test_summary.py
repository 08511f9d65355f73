"""The monthly summary equals the activities after whatever is written, by one or by many at once."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity, ActivityMonth, Kind
from activities.models.summary import differences, fold, purge
from culture_admin.statistics.reading import read
from stations.models import Station

DAYS = st.dates(date(2025, 11, 28), date(2026, 2, 3))
HEADS = st.none() | st.integers(0, 500)
STATES = st.sampled_from(["logged", "confirmed", "returned", "void"])
KINDS = st.sampled_from(["PERF", "TRNG", "EXHB"])
ROW = st.fixed_dictionaries(
    {
        "begins_on": DAYS,
        "attendance": HEADS,
        "online_attendance": HEADS,
        "class_seconds": st.none() | st.integers(0, 13500),
        "state": STATES,
        "kind": KINDS,
        "town": st.sampled_from(["east", "west", "elsewhere"]),
    }
)
CHANGES = (
    st.fixed_dictionaries({"attendance": HEADS})
    | st.fixed_dictionaries({"state": STATES})
    | st.fixed_dictionaries({"begins_on": DAYS})
    | st.fixed_dictionaries({"kind": KINDS, "class_seconds": st.none() | st.integers(0, 13500)})
)
STEPS = st.lists(
    st.tuples(st.just("insert"), st.lists(ROW, min_size=1, max_size=6))
    | st.tuples(st.just("update"), st.integers(1, 4), CHANGES)
    | st.tuples(st.just("shift"), st.integers(1, 4))
    | st.tuples(st.just("delete"), st.integers(1, 4))
    | st.tuples(st.just("fold"))
    | st.tuples(st.just("purge")),
    min_size=1,
    max_size=12,
)


def rows_of(rows: list[dict]) -> list[Activity]:
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    stations = dict(zip(["east", "west", "elsewhere"], Station.objects.order_by("division__code"), strict=True))
    return [
        Activity(
            title="村晚",
            station=(station := stations[row["town"]]),
            division_id=station.division_id,
            county_id=station.county_id,
            ends_on=date(2026, 12, 31),
            kind=kinds[row["kind"]],
            **{name: value for name, value in row.items() if name not in ("town", "kind")},
        )
        for row in rows
    ]


def take(name: str, *asked) -> None:
    if name == "insert":
        Activity.objects.bulk_create(rows_of(*asked))
    elif name == "update":
        every, changes = asked
        if "kind" in changes:
            changes = changes | {"kind": Kind.objects.get(code=changes["kind"])}
        chosen(every).update(**changes)
    elif name == "shift":
        chosen(*asked).update(begins_on=F("begins_on") + timedelta(days=17), attendance=F("attendance") + 1)
    elif name == "delete":
        chosen(*asked).delete()
    else:
        {"fold": fold, "purge": purge}[name]()


def chosen(every: int):
    return Activity.objects.filter(
        pk__in=[pk for pk in Activity.objects.values_list("pk", flat=True) if pk % every == 0]
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_summary_equals_the_activities_after_any_writes(district, steps):
    with transaction.atomic():
        for step in steps:
            take(*step)
            assert list(differences()) == []
        fold()
        assert list(differences()) == []
        assert not ActivityMonth.objects.filter(fresh=True).exists()
        transaction.set_rollback(True)


def test_a_fold_leaves_one_row_a_cell_and_a_purge_no_empty_one(district):
    for _time in range(3):
        district.log()
    gone = district.log(begins_on=date(2026, 4, 6))
    Activity.objects.filter(pk=gone.pk).delete()
    assert ActivityMonth.objects.count() == 5
    assert fold() == 5
    assert sorted(ActivityMonth.objects.values_list("month", "number", "fresh")) == [
        (date(2026, 4, 1), 0, False),
        (date(2026, 5, 1), 3, False),
    ]
    assert purge() == 1
    assert list(ActivityMonth.objects.values_list("number", flat=True)) == [3]


def test_verification_names_the_cell_that_differs(district, capsys):
    district.log()
    call_command("verify_statistics")
    ActivityMonth.objects.update(attendance=F("attendance") + 1)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_statistics")
    assert stopped.value.code == 1
    shown = capsys.readouterr()
    assert f"station_id {district.east.pk}, " in shown.out
    assert "1 cells differ." in shown.err


@pytest.mark.usefixtures("committed_db")
class TestManyAtOnce:
    """Eight writers, a folder and a reader, each on a connection of its own."""

    WRITERS, TRANSACTIONS = 8, 50

    def test_no_deadlock_and_no_difference_in_any_snapshot(self):
        self.writing = self.WRITERS
        self.faults: list[Exception] = []
        self.looks = 0
        writers = [threading.Thread(target=self.run, args=(self.write, seed)) for seed in range(self.WRITERS)]
        others = [threading.Thread(target=self.run, args=(work,)) for work in (self.fold, self.look)]
        for thread in [*writers, *others]:
            thread.start()
        for thread in writers:
            thread.join()
        self.writing = 0
        for thread in others:
            thread.join()
        assert self.faults == []
        assert self.looks > 3
        fold()
        assert list(differences()) == []
        assert Activity.objects.count() > self.WRITERS

    def run(self, work: Callable, *asked) -> None:
        with closing(connection):
            try:
                work(*asked)
            except Exception as fault:
                self.faults.append(fault)

    def write(self, seed: int) -> None:
        random = Random(seed)
        stations = list(Station.objects.order_by("pk"))
        kinds = list(Kind.objects.order_by("pk")[:4])
        for _number in range(self.TRANSACTIONS):
            with transaction.atomic():
                for _statement in range(2):
                    self.write_once(random, stations, kinds)

    def write_once(self, random: Random, stations: list[Station], kinds: list[Kind]) -> None:
        """Logs rows, or corrects or takes back some of those that nobody else holds."""
        if random.random() < 0.5:
            rows = []
            for _row in range(random.randint(1, 8)):
                station = random.choice(stations)
                rows.append(
                    Activity(
                        title="村晚",
                        kind=random.choice(kinds),
                        station=station,
                        division_id=station.division_id,
                        county_id=station.county_id,
                        begins_on=date(2026, 1, 1) + timedelta(days=random.randrange(90)),
                        ends_on=date(2026, 12, 31),
                        attendance=random.choice([None, 0, 40, 132]),
                        class_seconds=random.choice([None, 2025, 4050]),
                        state=random.choice(["logged", "confirmed"]),
                    )
                )
            Activity.objects.bulk_create(rows)
            return
        free = list(Activity.objects.select_for_update(skip_locked=True).order_by("?").values_list("pk", flat=True)[:6])
        if random.random() < 0.8:
            Activity.objects.filter(pk__in=free).update(
                attendance=random.randrange(200),
                state="confirmed",
                begins_on=F("begins_on") + timedelta(days=20),
                ends_on=F("ends_on") + timedelta(days=20),
            )
        else:
            Activity.objects.filter(pk__in=free).delete()

    def fold(self) -> None:
        while self.writing:
            fold()
            purge()

    def look(self) -> None:
        while self.writing:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                table = read("activities.person_times", by=["month"])
                assert list(differences()) == []
                heads = Activity.objects.counted().aggregate(heads=Sum("attendance"))["heads"]
                assert table.total.values["activities.person_times"] == heads
            self.looks += 1
