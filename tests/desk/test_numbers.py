"""My numbers: the same as everywhere, none without its rows, and what is not recorded is no zero."""

from __future__ import annotations

from datetime import date

import pytest

from culture_admin.desk.figures import FLOWS
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import perform


@pytest.fixture
def year(district):
    """Performances and sessions of two months, one of them uncounted, one unconfirmed."""
    district.log(begins_on=date(2026, 4, 3), attendance=40)
    district.log(begins_on=date(2026, 5, 2), attendance=None)
    district.log(begins_on=date(2026, 5, 3), attendance=80)
    district.log(begins_on=date(2026, 5, 4), kind=district.kind("TRNG"), class_seconds=4050, attendance=20)
    district.log(begins_on=date(2026, 5, 5), actor=district.steward_east, attendance=1000)


@pytest.mark.parametrize("by", ["month", "quarter", "year"])
def test_the_page_gives_what_statistics_give(head, district, year, by):
    context = head.get(f"/desk/numbers/?by={by}&year=2026").context
    period = Period(date(2022 if by == "year" else 2026, 1, 1), date(2026, 12, 31))
    table = read(FLOWS, user=district.station_head_east, by=[by], period=period)
    given = {row.keys[by]: [row.values[code] for code in FLOWS] for row in table.rows}
    shown = {span.label: [figure.value for figure in span.figures] for span in context["spans"]}
    assert {label: values for label, values in shown.items() if label in given} == {
        label: values for label, values in given.items() if label in shown
    }
    assert [figure.value for figure in context["sums"]] == [table.total.values[code] for code in FLOWS]


def test_every_figure_leads_to_its_rows(head, year):
    context = head.get("/desk/numbers/?year=2026").context
    may = next(span for span in context["spans"] if span.label == "2026-05")
    rows = {figure.code: head.get(figure.address).context["listing"].rows for figure in may.figures}
    assert [figure.value for figure in may.figures[:2]] == [2, 1]
    assert [len(rows["activities.held"]), len(rows["activities.sessions"])] == [2, 1]
    assert sum(row.attendance or 0 for row in rows["activities.person_times"]) == 100


def test_what_nobody_recorded_is_a_dash_and_not_a_zero(head, district):
    district.log(begins_on=date(2026, 5, 2), attendance=None)
    may = next(span for span in head.get("/desk/numbers/?year=2026").context["spans"] if span.label == "2026-05")
    values = {figure.code: figure.value for figure in may.figures}
    assert (values["activities.held"], values["activities.person_times"]) == (1, None)
    assert '–</span><span class="unseen">not recorded' in head.get("/desk/numbers/?year=2026").content.decode()


def test_a_steward_reads_his_own_numbers(steward, district, year):
    own = district.log(actor=district.steward_east, begins_on=date(2026, 5, 6), attendance=7)
    perform(own, "confirm", actor=district.station_head_east)
    may = next(span for span in steward.get("/desk/numbers/?year=2026").context["spans"] if span.label == "2026-05")
    assert {figure.code: figure.value for figure in may.figures}["activities.person_times"] == 7
