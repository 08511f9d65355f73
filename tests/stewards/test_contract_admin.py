"""The pages of contracts in the bureau's admin: drawn up, changed, signed, filed, supplemented, renewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline
from stewards.models import Contract, Supplement
from tests.district import NOW
from tests.stewards.deals import Deal

LIST = "/admin/stewards/contract/"


def page_of(contract) -> str:
    return f"{LIST}{contract.pk}/change/"


def entered(district, **entries) -> dict[str, object]:
    """What the form of a new contract sends."""
    form: dict[str, object] = {
        "place": district.county.pk, "number": "试文采〔2026〕9号", "name": "文化管家服务", "firm": district.firm.pk,
        "method": "open_tender", "single_reason": "", "budget": "60万", "amount": "500,000", "manager": "沈", "headcount": 2,
        "begins_on": "2026-03-01", "ends_on": "2027-02-28", "renewals_left": 1, "quantity_share": 40, "quality_share": 20,
        "towns_share": 20, "public_share": 20, "absence_rate": "500", "cancel_rate": "0", "acceptance_terms": "",
        "breach_terms": "", "stations": [district.east.pk, district.west.pk],
    }  # fmt: skip
    lines = [
        {
            "item": "活动",
            "measure": "activities",
            "target": "40",
            "unit_price": "5000",
            "weight": 60,
            "station": district.east.pk,
        },
        {
            "item": "培训",
            "measure": "class_hours",
            "target": "240",
            "unit_price": "500",
            "weight": 40,
            "genre": "dance",
        },
    ]
    plan = [{"share": 40, "when": "signed"}, {"share": 60, "when": "accepted", "by_performance": "1"}]
    for name, rows in (("lines", lines), ("plan", plan), ("factors", [{"least": 60, "percent": 100}])):
        form |= {f"{name}-{number}-{part}": value for number, row in enumerate(rows) for part, value in row.items()}
    return form | entries


def test_a_contract_is_drawn_up_with_its_lists_in_one_form(district, signed_in):
    client = signed_in(district.service)
    page = client.get(f"{LIST}add/").content.decode()
    assert page.count('name="plan-') >= 12
    answer = client.post(f"{LIST}add/", entered(district))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    contract = Contract.objects.get()
    assert (contract.budget, contract.amount) == (600_000, 500_000)
    assert [(line.number, line.station, line.genre) for line in contract.lines.all()] == [
        (1, district.east, ""), (2, None, "dance"),
    ]  # fmt: skip
    assert [(one.share, one.by_performance) for one in contract.plan.all()] == [(40, False), (60, True)]


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"ends_on": "2029-03-01"}, "ends_on"),
        ({"amount": "70万"}, "__all__"),
        ({"lines-0-weight": "viel"}, "lines"),
        ({"lines-0-item": "", "lines-0-target": "40"}, "lines"),
        ({"lines-1-first": "2025-01-01"}, "lines"),
        ({"plan-0-share": "41"}, "plan"),
        ({"method": "single_source"}, "single_reason"),
        ({"stations": []}, "stations"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(district, signed_in, entries, field):
    answer = signed_in(district.service).post(f"{LIST}add/", entered(district, **entries))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert field in errors, errors
    assert "培训" in answer.content.decode()
    assert not Contract.objects.exists()


def test_a_draft_is_changed_with_its_lists(district, signed_in):
    contract = Deal(district).draft()
    client = signed_in(district.service)
    form = client.get(page_of(contract)).context["adminform"].form
    assert len(form.initial["lines"]) == 5
    sent = entered(district, seen=contract.version, number=contract.number, name=contract.name)
    assert client.post(page_of(contract), sent).status_code == 302
    contract.refresh_from_db()
    assert (contract.version, contract.lines.count(), contract.plan.count()) == (2, 2, 2)
    assert client.post(page_of(contract), sent).status_code == 200


def test_it_is_awarded_signed_and_filed_with_days_and_its_clocks_stop(district, signed_in):
    contract = Deal(district).procuring()
    client = signed_in(district.service)

    def deed(name, **entries):
        contract.refresh_from_db()
        return client.post(f"{LIST}{contract.pk}/deeds/{name}/", {"seen": contract.version, **entries}, follow=True)

    assert "Sign the contract" in client.get(page_of(contract)).content.decode()
    deed("award", awarded_on="2026-02-02")
    assert Deadline.objects.get(code="stewards.contract.sign").due_on == date(2026, 3, 4)
    deed("sign", awarded_on="2026-02-02", signed_on="2026-02-20")
    contract.refresh_from_db()
    assert contract.state == Contract.State.SIGNED
    assert Deadline.objects.get(code="stewards.contract.sign").settled_at
    owed = {
        one.code.rsplit(".")[-1]: one.due_on for one in Deadline.objects.open().filter(code__startswith="stewards.")
    }
    assert owed["renew"] == contract.ends_on
    # 20 February 2026 lies in the holidays of the Spring Festival; work begins on the 24th.
    assert (owed["publish"], owed["copy"]) == (date(2026, 2, 25), date(2026, 3, 3))
    page = deed("file", copied_on="2026-03-02", published_on="2026-02-28").content.decode()
    assert "Done late" in page
    assert "Done in time" in page
    left = Deadline.objects.open().filter(code__startswith="stewards.").order_by("code")
    assert [one.code for one in left] == ["stewards.advance", "stewards.contract.renew"]


def test_a_deed_without_its_days_says_which_are_missing(district, signed_in):
    contract = Deal(district).procuring()
    answer = signed_in(district.service).post(
        f"{LIST}{contract.pk}/deeds/sign/", {"seen": contract.version}, follow=True
    )
    assert "Signed on" in answer.content.decode()
    contract.refresh_from_db()
    assert contract.state == Contract.State.PROCURING


def test_a_supplement_and_a_renewal_are_made_on_the_page(district, signed_in):
    deal = Deal(district)
    contract = deal.performing()
    client = signed_in(district.service)
    sent = {"line": deal.line("works").pk, "quantity": "6", "amount": "50000", "document": "补充合同", "reason": "增加"}
    client.post(f"{LIST}{contract.pk}/deeds/supplement/", sent)
    supplement = Supplement.objects.get()
    page = client.get(page_of(contract)).content.decode()
    assert "补充合同" in page
    assert "Unit price" in page
    perform(supplement, "sign", actor=district.bureau_leader, at=NOW)
    term = {"number": "试文采〔2027〕9号", "begins_on": "2027-03-01", "budget": "60万", "amount": "50万"}
    answer = client.post(f"{LIST}{contract.pk}/deeds/renew/", term)
    following = Contract.objects.get(renews=contract)
    assert answer["Location"] == page_of(following)
    assert following.amount == Decimal(500_000)
    assert not Deadline.objects.open().filter(code="stewards.contract.renew", subject_id=contract.pk).exists()


def test_files_are_kept_fifteen_years_after_closing(district, signed_in):
    contract = Deal(district).performing()
    assert contract.keep_until is None
    perform(contract, "end", actor=district.service, comment="双方协商", at=NOW)
    contract.refresh_from_db()
    assert contract.keep_until == date(2041, 5, 20)
    assert "2041-05-20" in signed_in(district.service).get(page_of(contract)).content.decode()


def test_the_lists_of_the_admin_cost_the_same_for_three_and_for_thirty(district, signed_in):
    client, counts = signed_in(district.service), []
    pages = (LIST, "/admin/stewards/serviceline/", "/admin/stewards/supplement/", f"{LIST}?term=running")
    for number in (3, 27):
        for serial in range(number):
            Deal(district, number=f"{number}-{serial}").procuring()
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[: len(pages)] == counts[len(pages) :]
