"""The desk's pages of firms and contracts: what each party sees, does, and does not find."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from stewards.actions import note_filing, record_penalty, sign_contract
from stewards.models import PoolMember, Qualification, Steward
from tests.district import NOW, TODAY
from tests.stewards.deals import Deal
from tests.stewards.firms import another_firm, qualified
from tests.stewards.test_firms import manager_of


def test_a_manager_sees_what_is_missing_and_what_ends(district, signed_in):
    qualified(district.firm, name="周全")
    record_penalty(
        actor=None, firm=district.firm, what="合同欺诈", authority="县财政局", document="1号", serious=True,
        valid_from=TODAY, at=NOW,
    )  # fmt: skip
    page = signed_in(district.firm_manager).get("/desk/firm/").content.decode()
    assert "Statement of health: not on record." in page
    assert "keeps the firm from new contracts" in page
    # Neither of the district's two stewards shows a labour contract; the third lacks nothing.
    assert page.count("B6") == 2


def test_a_manager_keeps_the_files_of_his_people(district, signed_in):
    client, firm = signed_in(district.firm_manager), district.firm
    changed = {
        "manager": "沈",
        "representative": "",
        "business_scope": "",
        "founded_on": "",
        "address": "",
        "version": 1,
    }
    assert client.post(f"/desk/firm/{firm.pk}/change/", changed).status_code == 302
    firm.refresh_from_db()
    assert (firm.manager, firm.version) == ("沈", 2)
    assert "changed since" in client.post(f"/desk/firm/{firm.pk}/change/", changed | {"manager": "又"}).content.decode()
    member = {"kind": "teacher", "name": "吴老师", "genres": ["dance"], "valid_from": "2026-01-01", "valid_to": ""}
    assert client.post(f"/desk/firm/{firm.pk}/pool/add/", member).status_code == 302
    [made] = PoolMember.objects.all()
    ended = member | {"valid_to": "2026-03-01", "version": 1}
    assert client.post(f"/desk/pool/{made.pk}/", ended).status_code == 302
    assert not PoolMember.objects.on(TODAY).exists()
    new = {"name": "新人", "speciality": "戏曲", "degree": "bachelor", "genres": ["dance"]}
    answer = client.post(f"/desk/firm/{firm.pk}/stewards/add/", new)
    steward = Steward.objects.get(name="新人")
    assert answer["Location"] == f"/desk/stewards/{steward.pk}/"
    shown = {"kind": "training", "name": "轮训", "hours": "", "valid_from": "2026-02-01", "valid_to": ""}
    address = f"/desk/stewards/{steward.pk}/qualifications/add/"
    assert "Say of a training how many hours it took." in client.post(address, shown).content.decode()
    assert client.post(address, shown | {"hours": "40"}).status_code == 302
    record = Qualification.objects.get()
    page = client.get(f"/desk/stewards/{steward.pk}/").content.decode()
    assert "轮训" in page
    assert "of 24 hours" in page
    step = {"step": "void", "version": 1, "comment": "重复"}
    assert client.post(f"/desk/qualifications/{record.pk}/", step).status_code == 302
    record.refresh_from_db()
    assert record.state == "void"


def test_nobody_finds_the_files_of_another_firm(district, signed_in):
    steward = qualified(district.firm)
    record = steward.qualifications.first()
    contract = Deal(district).signed()
    client = signed_in(manager_of(another_firm(district)))
    for address in (
        f"/desk/firm/?firm={district.firm.pk}", f"/desk/firm/{district.firm.pk}/change/", f"/desk/stewards/{steward.pk}/",
        f"/desk/stewards/{steward.pk}/change/", f"/desk/qualifications/{record.pk}/", f"/desk/contracts/{contract.pk}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert "文化管家服务采购" not in client.get(f"/desk/contracts/?firm={district.firm.pk}").content.decode()


def test_each_party_reads_the_contract_as_far_as_it_concerns_it(district, signed_in):
    contract = Deal(district).procuring()
    sign_contract(
        actor=district.service, contract=contract, awarded_on=TODAY - timedelta(days=40), signed_on=TODAY, at=NOW
    )
    note_filing(actor=district.service, contract=contract, published_on=TODAY, at=NOW)
    address = f"/desk/contracts/{contract.pk}/"
    told = {name: signed_in(getattr(district, name)).get(address) for name in (
        "firm_manager", "town_officer_east", "station_head_west", "station_officer_east", "town_officer_elsewhere",
        "steward_east",
    )}  # fmt: skip
    assert [answer.status_code for answer in told.values()] == [200, 200, 200, 200, 404, 404]
    firm, town = (told[name].content.decode() for name in ("firm_manager", "town_officer_east"))
    for page in (firm, town):
        for words in (
            "群众文化活动策划与组织",
            "360 days",
            "500,000.00",
            "What happens next",
            "Begin performance",
            "Done late",
        ):
            assert words in page, words
    assert "after the half-year check" in firm
    assert "after the half-year check" not in town
    assert "Public service section" in town


def test_the_list_of_contracts_costs_the_same_for_three_and_for_thirty(district, signed_in):
    client, counts = signed_in(district.firm_manager), []
    for number in (3, 27):
        for serial in range(number):
            Deal(district, number=f"{number}-{serial}").draft()
        for page in ("/desk/contracts/", "/desk/firm/"):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
