"""What the demo is built from, and what happens when it cannot be loaded."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from stdnum.cn import uscc

from culture_admin.demo import loading
from culture_admin.demo.accounts import demo_accounts_present
from culture_admin.demo.codes import credit_code
from culture_admin.demo.days import Days
from culture_admin.demo.shares import apportion
from culture_admin.demo.station_files import certificate_terms
from culture_admin.territory.models import Division


def test_a_load_that_is_broken_off_leaves_nothing(db, monkeypatch):
    def break_off(*_args):
        assert Division.objects.filter(code="330282").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "found_county", break_off)
    with pytest.raises(KeyboardInterrupt):
        loading.load(datetime(2026, 5, 20, tzinfo=UTC), print)
    assert not Division.objects.filter(code="330282").exists()


def test_it_does_not_mix_with_other_divisions(district):
    assert not demo_accounts_present()
    with pytest.raises(CommandError, match="other divisions"):
        call_command("load_demo")


def test_it_does_not_go_into_a_real_installation(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="real installation"):
        call_command("load_demo")


@pytest.mark.parametrize("written", ["yesterday", "2026-02-30", "2012-11-30"])
def test_its_today_is_a_day_after_its_past(db, written):
    with pytest.raises(CommandError, match="--today"):
        call_command("load_demo", today=written)


def test_its_codes_pass_the_check_and_name_the_county():
    codes = {credit_code("12", "330282", serial) for serial in range(1, 50)}
    assert len(codes) == 49
    assert all(uscc.is_valid(code) and code.startswith("12330282") for code in codes)


def test_parts_add_up_and_small_weights_have_their_turn():
    assert apportion(10, [1, 1, 1]) == [3, 4, 3]
    assert apportion(3, [1] * 12) == [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0]
    assert apportion(5, [0, 1, 0]) == [0, 5, 0]


def test_certificates_follow_one_another_until_today():
    first, today = date(2012, 6, 18), date(2026, 5, 20)
    terms = certificate_terms(first, today)
    assert terms[0] == (first, date(2017, 6, 18))
    assert terms[-1][0] <= today < terms[-1][1]
    ends_on = date(2026, 6, 7)
    early = certificate_terms(first, today, ends_on)
    assert early[-1] == (date(2021, 6, 7), ends_on)
    for chain in (terms, early):
        assert all(before[1] == after[0] for before, after in pairwise(chain))


def test_months_of_a_span_are_cut_to_it():
    months = list(Days(date(2019, 12, 17), date(2020, 2, 3)).months())
    assert months == [
        Days(date(2019, 12, 17), date(2019, 12, 31)),
        Days(date(2020, 1, 1), date(2020, 1, 31)),
        Days(date(2020, 2, 1), date(2020, 2, 3)),
    ]
    assert sum(month.number for month in months) == 49
