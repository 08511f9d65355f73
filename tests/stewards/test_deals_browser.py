"""The pages of firms and contracts in a real browser at 390 px, and the bureau's form of a contract at a desk."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from stewards.actions import note_filing
from tests.browser import sign_in
from tests.desk.test_assessments_browser import looked_over
from tests.district import NOW, District
from tests.stewards.deals import SIGNED, Deal
from tests.stewards.firms import qualified
from tests.stewards.furnished_deals import of_deals

SHOTS = os.environ.get("SHOTS", "")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def district(committed_db) -> District:
    return District()


def test_a_manager_reads_his_firm_and_his_contracts_on_the_phone(phone: Page, site: str, district: District):
    contract = Deal(district).performing()
    note_filing(actor=district.service, contract=contract, published_on=SIGNED, at=NOW)
    steward = qualified(district.firm)
    qualification = steward.qualifications.first()
    sign_in(phone.context, site, district.firm_manager)
    found = {}
    for address in (
        "firm/", f"firm/{district.firm.pk}/change/", f"firm/{district.firm.pk}/pool/add/", f"stewards/{steward.pk}/",
        f"stewards/{steward.pk}/qualifications/add/", f"qualifications/{qualification.pk}/", "contracts/",
        f"contracts/{contract.pk}/",
    ):  # fmt: skip
        found[address] = looked_over(phone, f"/desk/{address}")
        shot(phone, address.strip("/").replace("/", "-"))
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_the_bureau_draws_a_contract_up_at_its_desk(page: Page, site: str, district: District):
    contract = Deal(district).draft()
    [*_rows] = of_deals(district, "east", "备查")
    sign_in(page.context, site, district.service)
    wrong = {}
    for address in (
        "contract/add/", f"contract/{contract.pk}/change/", "contract/", f"firm/{district.firm.pk}/change/",
        "qualification/", "penalty/", "supplement/", "serviceline/",
    ):  # fmt: skip
        page.goto(f"/admin/stewards/{address}")
        wrong[address] = [one["id"] for one in Axe().run(page).response["violations"]]
        shot(page, f"admin-{address.strip('/').replace('/', '-')}")
    assert {address: found for address, found in wrong.items() if found} == {}
