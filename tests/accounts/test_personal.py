"""Personal data: sealed where they lie, masked where they are shown, opened with a reason, purged in time."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from culture_admin.accounts.models import PersonalReading
from culture_admin.accounts.personal.fields import Sealed, SealedField
from culture_admin.accounts.personal.keeping import keys_in_use, purge_personal, seal_anew
from culture_admin.accounts.personal.numbers import check_sign, read_identity_number, read_phone
from culture_admin.accounts.personal.reading import MOST_AN_HOUR, TooManyReadings, reveal
from culture_admin.accounts.personal.records import personal_models
from culture_admin.accounts.personal.sealing import Unreadable, seal, unseal
from stations.actions import change_officer, record_officer
from stations.models import OfficerData
from tests.district import NOW, District

# Of no division there is, so that it is nobody's.
NUMBER = "99000119900307002" + check_sign("99000119900307002")
PHONE = "13800005678"


def officer_of(district: District, town: str = "east", **entries):
    entries = {"name": "陈琴", "identity_number": NUMBER, "phone": PHONE} | entries
    actor = getattr(district, f"town_officer_{town}")
    return record_officer(actor=actor, at=NOW, station=district.station(town), **entries)


@pytest.fixture
def officer(district):
    return officer_of(district)


def stored(officer) -> list[str]:
    """What the table holds of an officer, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(row)::text FROM stations_officerdata AS row WHERE officer_id = %s", [officer.pk]
        )
        return [text for (text,) in cursor.fetchall()]


def test_no_value_lies_in_clear_in_its_table_or_in_any_history(officer):
    (row,) = stored(officer)
    assert not [value for value in (NUMBER, PHONE, "1990-03-07") if value in row]
    assert OfficerData.objects.get().identity_number.in_clear() == NUMBER
    assert not [model for model in personal_models() if hasattr(model, "pgh_event_models")]


def test_a_value_shows_its_mask_wherever_it_is_written(officer):
    data = OfficerData.objects.get()
    shown = (f"{data.identity_number}", repr(data.phone), f"{data.birth_date}")
    assert shown == (f"990001••••••••002{NUMBER[-1]}", "<Sealed 138••••5678>", "••••")


def test_a_sealed_value_opens_in_its_own_row_and_field_only(district, officer):
    other = officer_of(district, "west", name="王鼓", identity_number="", phone="13900009876")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stations_officerdata AS here SET phone = there.phone, birth_date = here.phone"
            " FROM stations_officerdata AS there WHERE here.officer_id = %s AND there.officer_id = %s",
            [other.pk, officer.pk],
        )
    data = OfficerData.objects.get(pk=other.pk)
    for value in (data.phone, data.birth_date):
        assert str(value) == "••••"
        with pytest.raises(Unreadable):
            value.in_clear()


def test_nothing_in_clear_reaches_the_database_by_an_update_or_a_condition(officer):
    with pytest.raises(TypeError):
        OfficerData.objects.update(phone=PHONE)
    with pytest.raises(TypeError):
        OfficerData.objects.filter(phone=PHONE).exists()


def test_equal_numbers_are_found_under_every_key(settings, officer):
    settings.FIELD_KEYS = settings.FIELD_KEYS | {7: b"7" * 32}
    assert OfficerData.objects.having("identity_print", NUMBER).get().pk == officer.pk
    assert not OfficerData.objects.having("identity_print", NUMBER[:-2] + "00").exists()


def test_nobody_is_on_file_twice_and_who_he_is_is_not_said(district, officer):
    with pytest.raises(ValidationError) as refused:
        officer_of(district, "west", name="别人")
    error = refused.value.error_dict["identity_number"][0]
    assert (error.code, "陈琴" in error.messages[0]) == ("officer_known", False)
    other = officer_of(district, "west", name="别人", identity_number="", phone="")
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerData(officer=other, identity_number=NUMBER).save()


def test_a_new_key_seals_everything_anew_and_the_old_one_may_go(settings, officer):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = old | {max(old) + 1: b"n" * 40}
    with io.StringIO() as said:
        with pytest.raises(SystemExit):
            call_command("doctor", stdout=said)
        assert f"4 personal values are sealed under the old key {max(old)}; run" in said.getvalue()
    assert (seal_anew(), seal_anew()) == (1, 0)
    settings.FIELD_KEYS = {max(old) + 1: b"n" * 40}
    assert keys_in_use() == {max(old) + 1: 4}
    data = OfficerData.objects.having("identity_print", NUMBER).get()
    assert (data.identity_number.in_clear(), data.phone.in_clear()) == (NUMBER, PHONE)


def test_the_doctor_names_a_key_that_is_gone(settings, officer):
    (old,) = settings.FIELD_KEYS
    settings.FIELD_KEYS = {old + 1: b"n" * 32}
    assert str(OfficerData.objects.get().phone) == "••••"
    with io.StringIO() as said:
        with pytest.raises(SystemExit):
            call_command("doctor", stdout=said)
        assert f"FIELD_KEYS lacks key {old}, without which 4 personal values cannot be read" in said.getvalue()


def test_a_value_is_opened_for_a_reason_and_the_audit_administrator_reads_which(district, officer):
    data = OfficerData.objects.get()
    assert reveal(actor=district.personnel, record=data, field="phone", reason="核对聘用合同", at=NOW) == PHONE
    line = PersonalReading.objects.visible_to(district.audit_admin).filter(act="read").get()
    assert (line.actor, line.role, line.field, line.concerned) == (
        district.personnel, "personnel", "phone", "陈琴 · 东镇综合文化站",
    )  # fmt: skip
    assert (line.reason, PHONE in str(vars(line))) == ("核对聘用合同", False)
    written = PersonalReading.objects.filter(act="written").values_list("field", "actor__username")
    assert set(written) == {(name, "town_officer_east") for name in ("identity_number", "phone", "birth_date")}


@pytest.mark.parametrize(
    "who", ["bureau_admin", "bureau_leader", "station_head_east", "town_officer_west", "system_admin", "audit_admin"]
)
def test_who_has_no_power_to_open_a_value_does_not(district, officer, who):
    with pytest.raises(PermissionDenied):
        reveal(actor=getattr(district, who), record=officer.data, field="phone", reason="核对聘用合同", at=NOW)
    assert not PersonalReading.objects.filter(act="read").exists()


@pytest.mark.parametrize("who", ["bureau_admin", "personnel", "system_admin", "security_admin", "town_officer_east"])
def test_the_read_log_is_for_the_audit_administrator_alone(district, officer, who):
    assert not PersonalReading.objects.visible_to(getattr(district, who)).exists()


@pytest.mark.parametrize(
    ("field", "reason", "code"),
    [
        ("phone", " 嗯 ", "reason_required"),
        ("name", "核对聘用合同", "unknown_field"),
        ("phone", "核对聘用合同", "not_recorded"),
    ],
)
def test_what_is_asked_for_nothing_or_is_not_there_is_not_opened(district, field, reason, code):
    data = officer_of(district, phone="").data
    with pytest.raises(ValidationError) as refused:
        reveal(actor=district.personnel, record=data, field=field, reason=reason, at=NOW)
    (errors,) = refused.value.error_dict.values()
    assert errors[0].code == code


def test_nobody_opens_a_whole_register(district, officer):
    for number in range(MOST_AN_HOUR):
        at = NOW + timedelta(minutes=number)
        reveal(actor=district.personnel, record=officer.data, field="phone", reason="核对聘用合同", at=at)
    with pytest.raises(TooManyReadings) as refused:
        reveal(actor=district.personnel, record=officer.data, field="phone", reason="核对聘用合同", at=at)
    assert refused.value.wait == 31 * 60 + 1
    later = NOW + timedelta(hours=1)
    assert reveal(actor=district.personnel, record=officer.data, field="phone", reason="核对聘用合同", at=later)


def test_the_read_log_can_only_be_added_to(officer):
    for statement in ("UPDATE accounts_personalreading SET reason = ''", "DELETE FROM accounts_personalreading"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_nobody_needs_any_more_is_purged_and_its_purging_noted(district, officer):
    assert purge_personal(NOW + timedelta(days=729)) == {}
    assert purge_personal(NOW + timedelta(days=732)) == {"stations.officerdata": 1}
    data = OfficerData.objects.get()
    assert (data.identity_number, data.identity_print, data.phone, data.birth_date) == (None, None, None, None)
    assert data.purged_at == NOW + timedelta(days=732)
    assert PersonalReading.objects.filter(act="purged").count() == 3
    assert purge_personal(NOW + timedelta(days=733)) == {}


def test_a_corrected_value_leaves_a_line_for_itself_alone(district, officer):
    change_officer(actor=district.town_officer_east, officer=officer, at=NOW, phone="13900009876", speciality="越剧")
    assert PersonalReading.objects.filter(act="written").count() == 4
    assert PersonalReading.objects.latest("pk").field == "phone"


def test_a_value_sealed_by_hand_opens_and_a_changed_byte_does_not():
    token = seal(b"x", "a|b|1")
    number, _colon, text = token.partition(":")
    altered = bytearray(base64.b64decode(text))
    altered[-1] ^= 1
    assert unseal(token, "a|b|1") == b"x"
    for wrong in (f"{number}:{base64.b64encode(altered).decode()}", f"99:{text}", f"x:{text}", "1:%%", ""):
        with pytest.raises(Unreadable):
            unseal(wrong, "a|b|1")
    with pytest.raises(Unreadable):
        unseal(token, "a|b|2")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9900011990030700", "idno_format"),
        ("9.90001E+17", "idno_scientific"),
        ("990001199002300029", "idno_birth"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "idno_checksum"),
    ],
)
def test_an_identity_number_is_read_or_it_is_said_what_is_wrong(written, code):
    with pytest.raises(ValidationError) as refused:
        read_identity_number(written)
    assert (refused.value.code, written in str(refused.value)) == (code, False)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("１３８ 0000-5678", "13800005678"),
        ("+86 13800005678", "13800005678"),
        ("0574-63000000", "0574-63000000"),
    ],
)
def test_a_telephone_is_read_as_offices_write_it(written, kept):
    assert read_phone(written) == kept


@pytest.mark.parametrize("written", ["1380000567", "23800005678", "0574-", "电话见通讯录"])
def test_what_is_no_telephone_is_refused(written):
    with pytest.raises(ValidationError, match=r"."):
        read_phone(written)


def test_what_is_personal_by_its_name_is_sealed():
    """A field that is called like personal data is a SealedField, or stands here with why it is none."""
    words = ("phone", "identity", "birth", "id_number", "salary", "pay", "bank")
    public = {
        "stations.Station.telephone": "the office's",
        "stations.AnnualReport.telephone": "the legal person's, printed on its report",
        "stations.OfficerData.identity_print": "a keyed hash",
        "stewards.Acceptance.payable": "what a firm is paid by its contract, which is published",
    }
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not model._meta.label.endswith("Event")
        for field in model._meta.concrete_fields
        if any(word in field.name for word in words)
        if field.get_internal_type() in ("CharField", "TextField", "DateField", "DecimalField")
        if not isinstance(field, SealedField)
    }
    assert found == set(public)


def test_a_sealed_value_is_equal_to_its_like_and_to_no_text(officer):
    data = OfficerData.objects.get()
    assert data.phone == Sealed(str, text=PHONE)
    assert data.phone != PHONE
    assert len({data.phone, officer.data.phone}) == 1


def test_a_birthday_that_differs_from_the_identity_number_is_refused(district):
    with pytest.raises(ValidationError) as refused:
        officer_of(district, birth_date=date(1991, 1, 1))
    assert refused.value.error_dict["birth_date"][0].code == "birth_differs"
