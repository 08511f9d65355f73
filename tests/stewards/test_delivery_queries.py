"""Settling deliveries asks the database as much for many rows as for few, and nothing where no steward is behind them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.bulk import log_activities
from culture_admin.workflow.actions import perform
from tests.district import NOW
from tests.stewards.deals import Deal, service_list


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def confirming(district, number: int) -> int:
    rows = [district.log(actor=district.steward_east, title=f"送戏{index}") for index in range(number)]
    with CaptureQueriesContext(connection) as queries:
        perform(rows, "confirm", actor=district.station_head_east, at=NOW)
    return len(queries)


def test_many_rows_ask_no_more_than_few(district):
    lines = service_list()
    lines[0] |= {"target": 4_000, "unit_price": 50}
    Deal(district, lines=lines).performing()
    confirming(district, 1)
    assert confirming(district, 3) == confirming(district, 30)


def test_a_ledger_without_stewards_asks_nothing_of_contracts(district, deal):
    columns = {
        "title": ["送戏", "送书"],
        "kind_id": [district.kind("PERF").pk] * 2,
        "begins_on": [date(2026, 5, 6)] * 2,
        "posting": [None, None],
    }
    with CaptureQueriesContext(connection) as queries:
        log_activities(actor=district.station_head_east, at=NOW, station=district.east, columns=columns)
    assert not [query["sql"] for query in queries if "stewards_" in query["sql"]]


def test_a_posting_without_a_contract_costs_one_query(district):
    with CaptureQueriesContext(connection) as bare:
        district.log(title="送戏", kind=district.kind("PERF"))
    posting, kind = district.posting("east"), district.kind("PERF")
    with CaptureQueriesContext(connection) as with_posting:
        district.log(title="送书", kind=kind, posting=posting)
    extra = [query["sql"] for query in with_posting if "stewards_" in query["sql"]]
    assert len([sql for sql in extra if "stewards_contract" in sql or "contract_id" in sql]) == 1
    assert not any("stewards_" in query["sql"] for query in bare)
