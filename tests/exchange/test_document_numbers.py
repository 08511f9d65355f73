"""Numbers of documents: in the official form, without gaps, never given twice."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation

from culture_admin.accounts.asking import NotPermitted
from culture_admin.exchange.models import DocumentNumber, DocumentRegister
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from tests.district import NOW, District


@pytest.fixture
def register(district) -> DocumentRegister:
    return open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文", name="局发文")


def take(register, actor, at=NOW, **about) -> DocumentNumber:
    return issue_number(actor=actor, register=register, title="关于开展检查的通知", at=at, **about)


def test_a_number_is_written_as_the_standard_has_it(district, register):
    for _earlier in range(11):
        take(register, district.bureau_admin)
    number = take(register, district.bureau_admin)
    with translation.override("zh-hans"):
        assert number.text == "试文〔2026〕12号"
    with translation.override("en"):
        assert number.text == "ShiWen [2026] No. 12"


def test_every_year_and_every_register_begins_at_one(district, register):
    other = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文人")
    later = datetime(2027, 1, 3, 4, tzinfo=UTC)
    given = [
        take(register, district.service, at).serial
        for register, at in ((register, NOW), (register, NOW), (register, later), (other, NOW))
    ]
    assert given == [1, 2, 1, 1]


def test_a_void_number_stays_in_its_register_and_is_not_given_again(district, register):
    first = take(register, district.bureau_admin, subject=district.east, paper="station-file")
    perform(first, "void", actor=district.bureau_admin, comment="写错了单位", at=NOW)
    second = take(register, district.bureau_admin, subject=district.east, paper="station-file")
    assert [first.serial, second.serial] == [1, 2]
    assert list(register.numbers.order_by("serial").values_list("state", flat=True)) == ["void", "issued"]
    assert [one.step for one in Decision.objects.about(first).order_by("pk")] == ["issue", "void"]


def test_a_document_has_one_number_however_often_it_is_asked_for(district, register):
    given = {
        take(register, district.bureau_leader, subject=district.east, paper="station-file").pk for _time in range(3)
    }
    assert len(given) == 1
    assert take(register, district.bureau_leader, subject=district.west, paper="station-file").serial == 2


def test_what_is_rolled_back_leaves_no_gap(district, register):
    with transaction.atomic():
        take(register, district.bureau_admin)
        transaction.set_rollback(True)
    assert take(register, district.bureau_admin).serial == 1


def test_a_unit_writes_into_its_own_registers_alone(district, register):
    town = district.east.division.units.get(kind="town")
    of_town = open_register(actor=district.town_officer_east, unit=town, prefix="东政")
    with pytest.raises(StepRefused) as refused:
        take(of_town, district.bureau_admin)
    assert refused.value.code == "other_unit"
    number = take(of_town, district.town_officer_east)
    with pytest.raises(StepRefused) as refused:
        perform(number, "void", actor=district.bureau_admin, comment="不归我们管", at=NOW)
    assert refused.value.code == "other_unit"
    with pytest.raises(NotPermitted):
        take(register, district.station_head_east)


@pytest.mark.parametrize("prefix", ["", "SW", "试文〔2026〕", "试文 1"])
def test_a_word_is_of_chinese_characters_alone(district, prefix):
    with pytest.raises(ValidationError) as refused:
        open_register(actor=district.bureau_admin, unit=district.bureau, prefix=prefix)
    assert "prefix" in refused.value.message_dict


def test_many_at_once_get_different_numbers_without_a_gap(committed_db):
    district = District()
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文")
    actor, start = district.bureau_admin, threading.Barrier(8)

    def draw() -> None:
        start.wait()
        for _time in range(3):
            take(register, actor)
        connection.close()

    threads = [threading.Thread(target=draw) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(register.numbers.values_list("serial", flat=True)) == list(range(1, 25))
