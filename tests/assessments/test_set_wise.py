"""A year is computed, explained and ranked in a fixed number of statements, however many are assessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.actions.computing import frozen, standings
from assessments.actions.cycles import draft_cycle
from assessments.actions.keeping import store
from assessments.actions.subjects import assess_all
from assessments.models import Computation, Cycle, IndicatorScore, Result
from culture_admin.accounts.acting import acting
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.territory.actions import add_division, add_unit
from culture_admin.workflow.actions import perform
from culture_admin.workflow.bulk import copy_rows
from stations.actions import open_station
from tests.assessments.years import SELF_UNTIL, with_records
from tests.district import NOW, OPENED, TODAY, District

SAMPLE = Path("culture_admin/demo/data/schemes/strong-town.json")
MOST = 60


def more_towns(district: District, numbers: Sequence[int]) -> None:
    for number in numbers:
        town = add_division(
            code=f"990101{200 + number}", name_zh=f"第{number}镇", level="town", type="town", parent=district.county
        )
        add_unit(kind="town", division=town, name_zh=f"第{number}镇人民政府")
        open_station(actor=None, division=town, name_zh=f"第{number}镇综合文化站", opened_on=OPENED)


def computed(cycle: Cycle) -> int:
    """How many statements the whole takes: read, computed, ranked, and kept down to the last leaf."""
    with CaptureQueriesContext(connection) as queries, acting(None):
        snapshot = frozen(cycle, until=TODAY, actor=None, at=NOW)
        made = standings(cycle, until=TODAY, snapshot=snapshot)
        store(cycle, made, snapshot, kind=Computation.Kind.INTERIM, until=TODAY, actor=None, at=NOW)
    return len(queries)


@pytest.fixture
def cycle(district: District) -> Cycle:
    """A year by the sample of a hundred points."""
    with_records(district)
    body = json.loads(SAMPLE.read_text())
    scheme = draft_scheme(
        actor=district.service, at=NOW, place=district.county, subject="town", year=2026, name_zh="样表", sample=True,
        total=Decimal(100), **body,
    )  # fmt: skip
    Scheme.objects.filter(pk=scheme.pk).update(state="published")
    scheme.refresh_from_db()
    return draft_cycle(actor=district.service, scheme=scheme, self_until=SELF_UNTIL, at=NOW)


def test_thirty_towns_take_as_many_statements_as_three(cycle: Cycle, district: District):
    # One of the few has recorded nothing, as most of the many: who has reported is asked for either.
    more_towns(district, [0])
    assess_all(cycle, NOW)
    few = computed(cycle)
    more_towns(district, range(1, 28))
    perform(cycle, "void", actor=district.service, at=NOW, comment="重来")
    again = draft_cycle(actor=district.service, scheme=cycle.scheme, self_until=SELF_UNTIL, at=NOW)
    assess_all(again, NOW)

    many = computed(again)

    assert many == few <= MOST
    assert Result.objects.filter(computation=Computation.objects.latest("pk")).count() == 30
    leaves = IndicatorScore.objects.filter(result__computation=Computation.objects.latest("pk"))
    assert leaves.filter(node="indicator").count() == 30 * 32


def test_a_leaf_of_no_result_is_refused_and_an_indicator_counts_once(cycle: Cycle):
    assess_all(cycle, NOW)
    computed(cycle)
    leaf = IndicatorScore.objects.filter(node="indicator").latest("pk")
    for wrong, said in [({"result_id": 123456789}, "result_id 123456789 names no row"), ({}, "indicator_score_once")]:
        columns = {
            "result_id": leaf.result_id,
            "node": leaf.node,
            "code": leaf.code,
            "section": "",
            "standing": "",
            "effect": "",
        }
        values = {name: [value] for name, value in {**columns, "numbers": (), "points": leaf.points, **wrong}.items()}
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            copy_rows(IndicatorScore, values)


def test_texts_arrive_as_they_were_whatever_is_in_them(cycle: Cycle):
    assess_all(cycle, NOW)
    computed(cycle)
    result = Result.objects.latest("pk")
    another = Computation.objects.get(pk=result.computation_id)
    another.pk, another.number = None, 2
    another.save()
    odd = ("a,b", 'c"d', "{e}", "f\\g", "NULL", "h\ti", "")
    values = {field.column: getattr(result, field.attname) for field in Result._meta.concrete_fields}
    changes = {"id": result.pk + 1, "computation_id": another.pk, "vetoes": odd, "title": "".join(odd), "earned": "{}"}

    copy_rows(Result, {column: [value] for column, value in (values | changes).items()})

    copied = another.results.get()
    assert (copied.vetoes, copied.title, copied.total) == (list(odd), "".join(odd), result.total)
