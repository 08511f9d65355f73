"""Days, amounts, numbers, choices and yes or no are written alike in the lists and on the records of the admin."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from culture_admin.bureau.numbers import LABELS
from culture_admin.interfaces.admin import day
from culture_admin.interfaces.admin.values import is_written, written
from culture_admin.statistics.register import METRICS, dimensions
from culture_admin.workflow.models import Deadline
from stations.models import Budget, Certificate, Registration, YearlyFacts
from stations.models.registration import Item


@pytest.mark.parametrize(
    ("model", "name", "value", "shown"),
    [
        (Certificate, "valid_from", date(2022, 8, 6), '<span class="day">2022-08-06</span>'),
        (Certificate, "valid_from", None, "—"),
        (Certificate, "startup_funds", Decimal("300000.00"), '<span class="number">300,000.00</span>'),
        (YearlyFacts, "books", 20100, '<span class="number">20,100</span>'),
        (YearlyFacts, "books", 0, '<span class="number">0</span>'),
        (YearlyFacts, "books", None, '<span class="number">—</span>'),
        (YearlyFacts, "year", 2025, "2025"),
        (Budget, "filed_at", datetime(2026, 3, 1, 2, 5, tzinfo=UTC), '<span class="day">2026-03-01 10:05</span>'),
        (Deadline, "provisional", False, "no"),
        (Registration, "items", [Item.NAME, Item.DOMICILE], "Registered name, Domicile"),
        (Registration, "items", [], "—"),
    ],
)
def test_a_field_is_written_in_one_way(model, name, value, shown):
    column = model._meta.get_field(name)
    assert is_written(column)
    with translation.override("en"):
        assert str(written(column, value)) == shown


def test_the_list_and_the_record_say_the_same(district, signed_in):
    certificate = Certificate.objects.filter(station=district.east).get()
    client = signed_in(district.bureau_admin)
    day = f'<span class="day">{certificate.valid_from:%Y-%m-%d}</span>'
    for address in ("/admin/stations/certificate/", f"/admin/stations/certificate/{certificate.pk}/change/"):
        assert day in client.get(address).content.decode()


def test_the_statistics_page_names_everything_rows_are_told_apart_by():
    assert set(dimensions()) <= LABELS.keys()


def test_the_day_of_a_moment_is_the_day_it_was_here():
    filed = day(datetime(2026, 11, 30, 16, 39, tzinfo=UTC))
    assert str(filed) == '<span class="day">2026-12-01</span>'
    assert filed.plain == date(2026, 12, 1)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_metrics_are_called_alike(language):
    with translation.override(language):
        names = Counter(str(metric.label) for metric in METRICS.values())
    assert names.most_common(1)[0][1] == 1
