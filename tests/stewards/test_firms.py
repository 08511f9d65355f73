"""The file of a firm: who keeps it, what stands in it, and what it keeps the firm from."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import (
    add_pool_member,
    add_qualification,
    add_steward,
    barred,
    change_firm,
    change_pool_member,
    change_steward,
    record_penalty,
    sign_contract,
)
from stewards.models import FirmStanding, Penalty, PoolMember, Qualification, Steward
from stewards.qualifying import ending_soon, lacks_of
from tests.district import NOW, OPENED, TODAY
from tests.stewards.deals import AWARDED, SIGNED, Deal
from tests.stewards.firms import another_firm, code_of, qualified

K = Qualification.Kind
KEY = {"Idempotency-Key": "k1"}


def manager_of(firm, name="manager2"):
    """The manager of another firm."""
    user = issue_account(actor=None, username=name, name=name)
    grant_office(actor=None, user=user, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    return user


def serious(firm, **entries):
    values = {
        "what": "合同欺诈",
        "authority": "县财政局",
        "document": "试财罚〔2026〕1号",
        "valid_from": date(2026, 4, 1),
    }
    return record_penalty(actor=None, firm=firm, serious=True, at=NOW, **values | entries)


# --- the firm and its people ------------------------------------------------------------------------------------------


def test_a_firm_corrects_its_people_and_the_bureau_its_code(district):
    firm = change_firm(actor=district.firm_manager, firm=district.firm, manager="沈经理", founded_on=date(2015, 3, 1))
    assert (firm.manager, firm.version) == ("沈经理", 2)
    with pytest.raises(PermissionDenied):
        change_firm(actor=district.firm_manager, firm=firm, uscc=code_of(5))
    assert change_firm(actor=district.service, firm=firm, uscc=code_of(5)).uscc == code_of(5)


@pytest.mark.parametrize(
    ("entries", "field", "code"),
    [
        ({"uscc": "91990101MA2ABCDE07"}, "uscc", "uscc_checksum"),
        ({"founded_on": date(2999, 1, 1)}, "founded_on", "in_the_future"),
    ],
)
def test_what_is_wrong_with_a_firm_is_said_at_its_field(district, entries, field, code):
    with pytest.raises(ValidationError) as refused:
        change_firm(actor=district.service, firm=district.firm, **entries)
    assert refused.value.error_dict[field][0].code == code


def test_a_manager_keeps_the_pool_of_his_own_firm_alone(district):
    entries = {"kind": "teacher", "name": "吴老师", "genres": ["dance"], "valid_from": TODAY}
    member = add_pool_member(actor=district.firm_manager, firm=district.firm, **entries)
    ended = change_pool_member(actor=district.firm_manager, poolmember=member, valid_to=TODAY + timedelta(days=30))
    assert not PoolMember.objects.on(TODAY + timedelta(days=30)).filter(pk=ended.pk).exists()
    other = another_firm(district)
    with pytest.raises(PermissionDenied):
        add_pool_member(actor=district.firm_manager, firm=other, **entries)
    with pytest.raises(StepRefused):
        change_pool_member(actor=manager_of(other), poolmember=member, name="别人")


def test_a_genre_is_one_of_the_code_list(district):
    with pytest.raises(ValidationError) as refused:
        change_steward(actor=district.service, steward=district.posting("east").steward, genres=["dance", "tango"])
    assert refused.value.error_dict["genres"][0].code == "unknown_code"
    assert "tango" in refused.value.messages[0]


def test_a_steward_has_an_account_of_his_own_firm(district):
    with pytest.raises(ValidationError) as refused:
        add_steward(actor=district.firm_manager, firm=district.firm, name="新人", user=district.bureau_admin)
    assert refused.value.error_dict["user"][0].code == "other_account"


# --- penalties --------------------------------------------------------------------------------------------------------


def test_a_serious_penalty_stands_three_years_unless_it_says_otherwise(district):
    assert serious(district.firm).valid_to == date(2029, 4, 1)
    assert serious(district.firm, valid_from=date(2024, 2, 29)).valid_to == date(2027, 2, 28)
    assert serious(district.firm, valid_to=date(2026, 9, 1)).valid_to == date(2026, 9, 1)


def test_only_a_serious_penalty_that_stands_bars_a_firm(district):
    firm = district.firm
    assert barred(firm, TODAY) is None
    record_penalty(
        actor=district.service, firm=firm, what="逾期提交", authority="县局", document="通报", valid_from=TODAY, at=NOW
    )
    assert barred(firm, TODAY) is None
    penalty = serious(firm)
    assert barred(firm, TODAY) == penalty
    assert barred(firm, date(2026, 3, 31)) is None
    assert barred(firm, date(2029, 4, 1)) is None
    perform(penalty, "void", actor=district.service, comment="录入有误", at=NOW)
    assert barred(firm, TODAY) is None
    assert Penalty.objects.count() == 2


def test_a_barred_firm_gets_no_contract_and_signs_none(district):
    deal = Deal(district)
    deal.procuring()
    serious(district.firm)
    with pytest.raises(StepRefused) as refused:
        sign_contract(actor=district.service, contract=deal.contract, awarded_on=AWARDED, signed_on=SIGNED, at=NOW)
    assert refused.value.code == "firm_barred"
    with pytest.raises(ValidationError) as drafted:
        Deal(district, number="又一份").draft()
    assert drafted.value.error_dict["firm"][0].code == "firm_barred"
    assert "2029-04-01" in drafted.value.messages[0]


def test_a_firm_reads_its_penalties_and_enters_none(district):
    serious(district.firm)
    assert Penalty.objects.visible_to(district.firm_manager).count() == 1
    assert not Penalty.objects.visible_to(district.town_officer_east).exists()
    assert not Penalty.objects.visible_to(manager_of(another_firm(district))).exists()
    with pytest.raises(PermissionDenied):
        record_penalty(
            actor=district.firm_manager, firm=district.firm, what="x", authority="x", document="x", valid_from=TODAY
        )


# --- qualifications ---------------------------------------------------------------------------------------------------


def test_what_a_steward_lacks_is_named_item_by_item(district):
    bare = add_steward(actor=None, firm=district.firm, name="新人", degree=Steward.Degree.SECONDARY)
    assert [lack.item for lack in lacks_of(bare, TODAY)] == ["B1", "B2", "B3", "B4", "B5", "B5", "B6", "B7"]
    assert lacks_of(qualified(district.firm), TODAY) == []


def test_an_expired_statement_is_missing_and_one_that_ends_is_named_beforehand(district):
    steward = qualified(district.firm, until=TODAY + timedelta(days=20))
    assert lacks_of(steward, TODAY) == []
    assert {one.kind for one in ending_soon(steward, TODAY)} == {K.HEALTH, K.CLEAN_RECORD, K.EMPLOYMENT, K.CONDUCT}
    later = TODAY + timedelta(days=20)
    assert [lack.item for lack in lacks_of(steward, later)] == ["B5", "B5", "B6", "B7"]
    with override("en"):
        assert lacks_of(steward, later)[0].text == "Statement of health: expired."
    add_qualification(actor=None, steward=steward, kind=K.HEALTH, name="新证明", valid_from=TODAY, at=NOW)
    assert K.HEALTH not in {one.kind for one in ending_soon(steward, TODAY)}


def test_trainings_add_up_and_those_of_a_year_ago_do_not_count(district):
    steward = qualified(district.firm)
    after = TODAY - timedelta(days=90) + timedelta(days=366)
    with override("en"):
        [lack] = lacks_of(steward, after)
    assert (lack.item, lack.text) == ("B4", "Yearly training: 0 of 40 hours.")
    for hours in (16, 24):
        add_qualification(
            actor=None, steward=steward, kind=K.TRAINING, name="轮训", valid_from=TODAY, hours=hours, at=NOW
        )
    assert lacks_of(steward, after) == []


def test_what_is_struck_out_does_not_count(district):
    steward = qualified(district.firm)
    statement = steward.qualifications.get(kind=K.HEALTH)
    perform(statement, "void", actor=district.firm_manager, comment="证明有误", at=NOW)
    assert [lack.item for lack in lacks_of(steward, TODAY)] == ["B5"]


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"kind": K.TRAINING}, "hours"),
        ({"kind": K.HEALTH, "hours": 3}, "hours"),
        ({"kind": K.HEALTH, "valid_from": date(2999, 1, 1)}, "valid_from"),
        ({"kind": K.HEALTH, "valid_to": TODAY}, "__all__"),
        ({"kind": "talent"}, "kind"),
    ],
)
def test_a_qualification_that_cannot_be_is_refused(district, entries, field):
    steward = district.posting("east").steward
    with pytest.raises(ValidationError) as refused:
        add_qualification(
            actor=district.firm_manager, steward=steward, at=NOW, **{"name": "证明", "valid_from": TODAY} | entries
        )
    assert [*refused.value.error_dict] == [field]
    assert not Qualification.objects.exists()


# --- doors ------------------------------------------------------------------------------------------------------------


def test_a_firm_is_changed_with_the_version_that_was_seen(district, api):
    client, path = api(district.firm_manager), f"firms/{district.firm.pk}/"
    assert client.patch(path, {"manager": "沈"}).status_code == 428
    answer = client.patch(path, {"manager": "沈"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer["ETag"], answer.json()["manager"]) == (200, '"v2"', "沈")
    assert client.patch(path, {"manager": "又"}, headers={"If-Match": '"v1"'}).status_code == 412
    assert client.patch(path, {"uscc": code_of(7)}, headers={"If-Match": '"v2"'}).status_code == 403
    assert api(district.town_officer_east).get(path).status_code == 404


def test_a_credit_file_is_kept_through_the_api(district, api):
    bureau = api(district.service)
    made = bureau.post(
        "penalties/",
        {"firm": district.firm.pk, "what": "欺诈", "authority": "县财政局", "document": "1号", "serious": True,
         "valid_from": "2026-04-01"},
        headers=KEY,
    )  # fmt: skip
    assert (made.status_code, made.json()["valid_to"]) == (201, "2029-04-01")
    path = f"penalties/{made.json()['id']}/void/"
    seen = {"If-Match": '"v1"', "Idempotency-Key": "k2"}
    assert bureau.post(path, {}, headers=seen).json()["errors"][0]["code"] == "comment_required"
    answer = bureau.post(path, {"comment": "撤销"}, headers=seen | {"Idempotency-Key": "k3"})
    assert (answer.status_code, answer.json()["state"]) == (200, "void")
    firm = api(district.firm_manager)
    steward = district.posting("east").steward_id
    shown = firm.post("qualifications/", {"steward": steward, "kind": "health", "name": "健康证明", "valid_from": "2026-01-05",
                                          "valid_to": "2026-02-05"})  # fmt: skip
    assert (shown.status_code, shown.json()["expired"]) == (201, True)
    lacks = firm.read(f"stewards/{steward}/")["lacks"]
    assert "B5" in {lack["item"] for lack in lacks}
    assert firm.read("qualifications/?kind=health&ends_by=2026-03-01")["results"][0]["id"] == shown.json()["id"]


def test_a_firm_finds_nothing_of_another_by_id_filter_order_or_sheet(district, api):
    other = another_firm(district)
    stranger = api(manager_of(other))
    rows = {
        "firms": district.firm.pk,
        "pool-members": add_pool_member(
            actor=None, firm=district.firm, kind="teacher", name="吴老师", valid_from=TODAY
        ).pk,
        "penalties": serious(district.firm).pk,
        "qualifications": qualified(district.firm).qualifications.first().pk,
        "stewards": district.posting("east").steward_id,
        "firm-standings": FirmStanding.objects.create(firm=district.firm, year=2025, standing="good", score=Decimal(88)).pk,
    }  # fmt: skip
    for collection, key in rows.items():
        own = api(district.firm_manager).read(f"{collection}/")["results"]
        assert key in {row["id"] for row in own}, collection
        assert stranger.get(f"{collection}/{key}/").status_code == 404, collection
        query = "" if collection == "firms" else f"?firm={district.firm.pk}"
        found = stranger.read(f"{collection}/{query}")["results"]
        assert [row["id"] for row in found if row["id"] != other.pk] == [], collection
        assert key not in {row["id"] for row in stranger.read(f"{collection}/?ordering=-pk")["results"]}, collection
        sheet = stranger.get(f"{collection}/?format=csv").content.decode()
        assert "知音" not in sheet, collection


def test_lists_of_people_cost_the_same_for_three_and_for_thirty(district, api):
    client, counts = api(district.service), []
    for number in (3, 27):
        for serial in range(number):
            qualified(district.firm, name=f"管家{number}-{serial}")
        for path in ("stewards/", "qualifications/"):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{path}?limit=100").status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_page_of_a_firm_shows_its_file(district, signed_in):
    serious(district.firm)
    steward = qualified(district.firm)
    add_pool_member(actor=None, firm=district.firm, kind="teacher", name="吴老师", genres=["dance"], valid_from=TODAY)
    page = signed_in(district.service).get(f"/admin/stewards/firm/{district.firm.pk}/change/").content.decode()
    for told in ("合同欺诈", "吴老师", steward.name, "Keeps from contracts", "Dance"):
        assert told in page, told
    page = signed_in(district.service).get(f"/admin/stewards/steward/{steward.pk}/change/").content.decode()
    assert "Bachelor" in page
    assert "证明" in page


def test_the_bureau_records_a_penalty_on_its_page(district, signed_in):
    client = signed_in(district.service)
    entered = {"firm": district.firm.pk, "what": "欺诈", "authority": "县财政局", "document": "1号", "serious": "on",
               "valid_from": "2026-04-01", "valid_to": ""}  # fmt: skip
    assert client.post("/admin/stewards/penalty/add/", entered).status_code == 302
    assert Penalty.objects.get().valid_to == date(2029, 4, 1)
    changed = {"name": "陈琴", "speciality": "声乐", "degree": "bachelor", "genres": ["dance"], "user": "", "seen": "1"}
    steward = district.posting("east").steward
    assert client.post(f"/admin/stewards/steward/{steward.pk}/change/", changed).status_code == 302
    steward.refresh_from_db()
    assert (steward.degree, steward.genres, steward.version) == ("bachelor", ["dance"], 2)
