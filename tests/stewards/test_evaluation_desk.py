"""The firm says what it did from a phone, a town rates in three taps, and everybody concerned reads every point."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.exchange.models import Attachment
from culture_admin.workflow.actions import perform
from stewards.actions import draw_spot_check, enter_outcomes, open_finding_of_row, open_service_finding
from stewards.models import Evaluation
from tests.district import NOW
from tests.exchange.test_attachments import photo
from tests.stewards.standards import Evaluated
from tests.stewards.test_evaluation_doors import rival
from tests.stewards.test_service_findings import FIRST, LAST, served

__all__ = ["rival"]


@pytest.fixture
def evaluated(district, settings, tmp_path) -> Evaluated:
    settings.MEDIA_ROOT = tmp_path
    return Evaluated(district)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_firm_says_item_by_item_what_it_did_and_hands_it_in(evaluated, pages):
    evaluation = evaluated.opened()
    firm = pages("firm_manager")
    assert f"/desk/evaluations/{evaluation.pk}/" in text_of(firm.get("/desk/evaluations/"))
    page = text_of(firm.get(f"/desk/evaluations/{evaluation.pk}/"))
    assert "Said: 0 of 3" in page
    assert "is left out, the others earn its points" in page
    items = {item.code: item for item in evaluation.items.all()}
    said = {
        "A1": {"answer": "1"},
        "A2": {"answer": "10", "note": "见附件"},
        "A3": {"not_applicable": "on", "note": "镇内无非遗项目"},
    }
    for code, entries in said.items():
        address = f"/desk/evaluations/items/{items[code].pk}/"
        assert firm.post(address, {"version": items[code].version, **entries}).status_code == 302
    assert "Said: 3 of 3" in text_of(firm.get(f"/desk/evaluations/{evaluation.pk}/"))
    evaluation.refresh_from_db()
    firm.post(f"/desk/evaluations/{evaluation.pk}/", {"step": "declare", "version": evaluation.version, "comment": ""})
    evaluation.refresh_from_db()
    assert evaluation.state == Evaluation.State.DECLARED
    assert evaluation.items.get(code="A2").note == "见附件"


def test_what_does_not_apply_without_a_reason_is_refused_on_the_spot(evaluated, pages):
    item = evaluated.opened().items.get(code="A3")
    entries = {"version": item.version, "not_applicable": "on"}
    page = text_of(pages("firm_manager").post(f"/desk/evaluations/items/{item.pk}/", entries))
    assert "Say why it does not apply" in page
    item.refresh_from_db()
    assert item.claimed == ""


def test_files_are_shown_for_an_item_as_long_as_it_is_under_way(evaluated, pages, district):
    evaluation = evaluated.opened()
    item = evaluation.items.get(code="A1")
    sent = {"papers": "1", "file": SimpleUploadedFile("任命.jpg", photo(), "image/jpeg")}
    pages("firm_manager").post(f"/desk/evaluations/items/{item.pk}/", sent)
    (kept,) = Attachment.objects.about(item)
    evaluated.declared()
    assert kept.name in text_of(pages("service").get(f"/admin/stewards/evaluation/{evaluation.pk}/change/"))
    assert kept.name in text_of(pages("firm_manager").get(f"/desk/evaluations/items/{item.pk}/"))


def test_a_town_rates_in_three_taps(evaluated, pages, district):
    evaluated.opened()
    town, rating = pages("town_officer_east"), evaluated.rating("east")
    assert f"/desk/evaluations/ratings/{rating.pk}/" in text_of(town.get("/desk/evaluations/"))
    page = text_of(town.get(f"/desk/evaluations/ratings/{rating.pk}/"))
    assert "5 · very satisfied" in page
    sent = town.post(f"/desk/evaluations/ratings/{rating.pk}/", {"version": rating.version, "points": "4"})
    assert sent.status_code == 302
    rating.refresh_from_db()
    assert (rating.points, rating.state) == (4, "given")
    assert f"/desk/evaluations/ratings/{rating.pk}/" not in text_of(town.get("/desk/evaluations/"))
    empty = town.post(f"/desk/evaluations/ratings/{rating.pk}/", {"version": rating.version})
    assert "Rate the service from 1 to 5." in text_of(empty)
    neighbour = evaluated.rating("west")
    assert town.get(f"/desk/evaluations/ratings/{neighbour.pk}/").status_code == 404


def test_every_point_is_explained_to_the_firm_the_town_and_the_bureau(evaluated, pages):
    evaluation = evaluated.concluded()
    for who in ("firm_manager", "town_officer_west", "station_head_east", "bureau_leader"):
        page = text_of(pages(who).get(f"/desk/evaluations/{evaluation.pk}/points/"))
        assert "30" in page
        assert "Nothing is known; the other parts earn its share." in page
        assert "2026-03-01" in page or "March 1, 2026" in page or evaluation.contract.name in page
        assert str(Decimal(evaluation.score)) in text_of(pages(who).get(f"/desk/evaluations/{evaluation.pk}/"))


def test_a_firm_puts_right_what_was_found_and_another_firm_sees_nothing_of_it(evaluated, pages, district, rival):
    evaluated.opened()
    finding = open_service_finding(actor=district.service, contract=evaluated.contract, what="签到表缺页", at=NOW)
    firm, address = pages("firm_manager"), f"/desk/service-findings/{finding.pk}/"
    assert "签到表缺页" in text_of(firm.get("/desk/service-findings/"))
    assert "签到表缺页" not in text_of(pages(rival).get("/desk/service-findings/"))
    for path in (
        address,
        f"/desk/evaluations/{evaluated.evaluation.pk}/",
        f"/desk/contracts/{evaluated.contract.pk}/findings/",
    ):
        assert pages(rival).get(path).status_code == 404
    sent = {"papers": "1", "file": SimpleUploadedFile("补签.jpg", photo(), "image/jpeg")}
    firm.post(address, sent)
    assert Attachment.objects.about(finding).count() == 1
    firm.post(address, {"step": "rectify", "version": finding.version, "comment": "已补签"})
    finding.refresh_from_db()
    assert (finding.state, finding.rectification) == ("rectified", "已补签")
    assert "已补签" in text_of(firm.get(address))


def test_a_spot_check_is_read_with_its_seed_by_the_firm_and_the_town(evaluated, pages, district):
    evaluated.opened()
    served(evaluated.deal, 3)
    section = district.service
    check = draw_spot_check(
        actor=section, contract=evaluated.contract, first=FIRST, last=LAST, size=2, seed=12345, at=NOW
    )
    said = {1: {"outcome": "true"}, 2: {"outcome": "false", "note": "站内无人"}}
    enter_outcomes(actor=section, spot_check=check, said=said, at=NOW)
    open_finding_of_row(actor=section, row=check.rows.get(number=2), at=NOW)
    for who in ("firm_manager", "town_officer_east"):
        page = text_of(pages(who).get(f"/desk/service-checks/{check.pk}/"))
        assert "12345" in page
        assert "站内无人" in page
        assert f"/desk/service-checks/{check.pk}/" in text_of(pages(who).get("/desk/service-findings/"))


def test_the_page_of_a_contract_leads_to_its_evaluations_and_findings(evaluated, pages):
    evaluation = evaluated.opened()
    firm = pages("firm_manager")
    page = text_of(firm.get(f"/desk/contracts/{evaluated.contract.pk}/"))
    for path in ("evaluations", "findings"):
        assert f"/desk/contracts/{evaluated.contract.pk}/{path}/" in page
    led = firm.get(f"/desk/contracts/{evaluated.contract.pk}/evaluations/", follow=True)
    assert f"/desk/evaluations/{evaluation.pk}/" in text_of(led)


def test_the_day_of_the_firm_and_of_the_town_begins_with_what_they_owe(evaluated, pages):
    evaluated.opened()
    assert "/desk/evaluations/?state=open" in text_of(pages("firm_manager").get("/desk/"))
    assert "/desk/evaluations/" in text_of(pages("town_officer_east").get("/desk/"))


@pytest.mark.parametrize("path", ["evaluations", "service-findings"])
def test_a_page_of_many_asks_no_more_than_one_of_few(evaluated, pages, district, path):
    client, counts = pages("firm_manager"), []
    for _round in range(2):
        for _time in range(1 if not counts else 4):
            open_service_finding(actor=district.service, contract=evaluated.contract, what="签到表缺页", at=NOW)
            other = Evaluated(district, quarter=None, deal=evaluated.deal)
            other.scheme = evaluated.scheme
            perform(other.opened(), "void", actor=district.service, at=NOW, comment="误开")
        client.get(f"/desk/{path}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/desk/{path}/")
        counts.append(len(asked))
    assert counts[1] <= counts[0]
