"""Evaluations, ratings, findings and spot checks through the API and the bureau's pages: who may do and see what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.roles import Role
from culture_admin.interfaces.etags import etag_of
from culture_admin.scoring.reviewing import lines_of
from culture_admin.workflow.actions import perform
from stewards.actions import add_firm, draw_spot_check, enter_outcomes, open_service_finding
from stewards.models import Evaluation, ServiceFinding, SpotCheck
from tests.district import NOW, OPENED
from tests.stewards.standards import REVIEWED, YEAR, Evaluated
from tests.stewards.test_service_findings import FIRST, LAST, served

V1 = "/api/v1"


@pytest.fixture
def evaluated(district) -> Evaluated:
    return Evaluated(district)


@pytest.fixture
def rival(district):
    """The manager of another firm of the county."""
    firm = add_firm(actor=None, division=district.county, name_zh="弦歌文化公司", uscc="91990101MA2ABCDF07")
    user = issue_account(actor=None, username="rival", name="rival")
    grant_office(actor=None, user=user, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    return user


@pytest.fixture
def patch(api):
    """Changes a record as somebody who has just looked at it."""
    return lambda who, path, record, body: api(who).patch(
        path, body, format="json", headers={"If-Match": etag_of(record)}
    )


def codes(answer) -> list[str]:
    return [error["code"] for error in answer.json().get("errors", [])] or [answer.json()["code"]]


def checked(deal, *, size: int = 2) -> SpotCheck:
    served(deal, 3)
    section = deal.district.service
    return draw_spot_check(actor=section, contract=deal.contract, first=FIRST, last=LAST, size=size, seed=7, at=NOW)


def test_an_evaluation_goes_its_way_through_the_api(evaluated, district, post, patch, step):
    contract, scheme = evaluated.contract, evaluated.scheme
    body = {"contract": contract.pk, "scheme": scheme.pk, "year": YEAR, "quarter": 1}
    assert post("bureau_leader", f"{V1}/evaluations/", body).status_code == 403
    # The firm does not even see which standards there are.
    assert post("firm_manager", f"{V1}/evaluations/", body).status_code == 400
    told = post("service", f"{V1}/evaluations/", body)
    assert told.status_code == 201, told.json()
    assert (told.json()["first"], told.json()["last"], told.json()["score"]) == ("2026-03-01", "2026-03-31", None)
    evaluation = Evaluation.objects.get(pk=told.json()["id"])
    address = f"{V1}/evaluations/{evaluation.pk}/"
    assert step("firm_manager", address, "declare").json()["code"] == "not_said"
    for item in evaluation.items.all():
        claim = {"claimed": "not_applicable", "note": "无此项"}
        assert patch("firm_manager", f"{V1}/evaluation-items/{item.pk}/", item, claim).status_code == 200
    assert step("firm_manager", address, "declare").json()["state"] == "declared"
    for item in evaluation.items.all():
        answer = patch("service", f"{V1}/evaluation-items/{item.pk}/", item, {"reviewed": "not_applicable"})
        assert codes(answer) == ["reason_required"]
        agreed = {"reviewed": "not_applicable", "remark": "属实"}
        assert patch("service", f"{V1}/evaluation-items/{item.pk}/", item, agreed).status_code == 200
    for rating in evaluation.ratings.select_related("station"):
        town = "east" if rating.station == district.east else "west"
        given = patch(f"town_officer_{town}", f"{V1}/town-ratings/{rating.pk}/", rating, {"points": 5})
        assert (given.status_code, given.json()["state"]) == (200, "given")
    concluded = step("service", address, "conclude")
    assert concluded.status_code == 200, concluded.json()
    assert concluded.json()["towns"] == "100.0000"


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"year": 2028}, "contract", "not_started"),
        ({"year": 2025, "quarter": 1}, "contract", "not_started"),
        ({"quarter": 5}, "quarter", "max_value"),
        ({"contract": 999_999}, "contract", "does_not_exist"),
    ],
)
def test_the_api_says_by_field_why_an_evaluation_is_refused(evaluated, post, body, field, code):
    usual = {"contract": evaluated.contract.pk, "scheme": evaluated.scheme.pk, "year": YEAR, "quarter": 1}
    told = post("service", f"{V1}/evaluations/", usual | body)
    assert told.status_code == 400, told.json()
    assert [(one["pointer"], one["code"]) for one in told.json()["errors"]] == [(f"/{field}", code)]


def test_a_firm_finds_nothing_of_another_by_id_filter_or_order(evaluated, district, api, rival):
    evaluation = evaluated.opened()
    finding = open_service_finding(actor=district.service, contract=evaluated.contract, what="签到表缺页", at=NOW)
    check = checked(evaluated.deal)
    kinds = {
        "evaluations": evaluation.pk,
        "evaluation-items": evaluation.items.first().pk,
        "town-ratings": evaluation.ratings.first().pk,
        "service-findings": finding.pk,
        "service-checks": check.pk,
    }
    for path, pk in kinds.items():
        assert api("firm_manager").get(f"{V1}/{path}/{pk}/").status_code == 200, path
        assert api(rival).get(f"{V1}/{path}/{pk}/").status_code == 404, path
        assert api(rival).get(f"{V1}/{path}/").json()["results"] == [], path
        key = "contract" if path != "evaluation-items" else "evaluation"
        value = evaluated.contract.pk if path != "evaluation-items" else evaluation.pk
        told = api(rival).get(f"{V1}/{path}/?{key}={value}")
        assert told.status_code == 400 or told.json()["results"] == [], path
    assert api(rival).get(f"{V1}/evaluations/{evaluation.pk}/tree/").status_code == 404
    assert api("bureau_admin_elsewhere").get(f"{V1}/evaluations/{evaluation.pk}/").status_code == 404


def test_a_town_sees_its_own_rating_and_not_its_neighbours(evaluated, district, api):
    evaluated.opened()
    east, west = evaluated.rating("east"), evaluated.rating("west")
    assert api("town_officer_east").get(f"{V1}/town-ratings/{east.pk}/").status_code == 200
    assert api("town_officer_east").get(f"{V1}/town-ratings/{west.pk}/").status_code == 404
    assert api("town_officer_elsewhere").get(f"{V1}/evaluations/{evaluated.evaluation.pk}/").status_code == 404


def leaves(node: dict) -> Decimal:
    return sum(map(leaves, node["children"])) if node["children"] else Decimal(node["points"])


def test_every_point_of_the_tree_adds_up_for_the_firm_the_town_and_the_bureau(evaluated, district, api):
    evaluation = evaluated.concluded()
    answers = [
        api(who).get(f"{V1}/evaluations/{evaluation.pk}/tree/").json()
        for who in ("service", "firm_manager", "town_officer_east", "station_head_west")
    ]
    assert all(answer == answers[0] for answer in answers)
    tree = answers[0]
    assert list(tree) == ["score", "quantity", "quality", "towns"]
    for name, node in tree.items():
        assert leaves(node) == Decimal(node["points"]), name
    assert Decimal(tree["score"]["points"]) == evaluation.score
    public = next(one for one in tree["score"]["children"] if one["code"] == "public")
    assert public["effect"] == "Nothing is known; the other parts earn its share."
    left_out = next(one for one in tree["quality"]["children"][0]["children"] if one["code"] == "A3")
    assert left_out["effect"] == "is left out, the others earn its points"


def test_a_finding_and_a_spot_check_go_their_way_through_the_api(evaluated, district, api, post, step):
    evaluated.opened()
    served(evaluated.deal, 3)
    body = {"contract": evaluated.contract.pk, "first": str(FIRST), "last": str(LAST), "size": 2, "seed": 7}
    drawn = post("service", f"{V1}/service-checks/", body)
    assert drawn.status_code == 201, drawn.json()
    assert (drawn.json()["population"], len(drawn.json()["rows"])) == (3, 2)
    address = f"{V1}/service-checks/{drawn.json()['id']}/"
    rows = {"rows": [{"number": 1, "outcome": "true"}, {"number": 2, "outcome": "false"}]}
    seen = {"If-Match": drawn["ETag"]}
    assert codes(post("service", f"{address}outcomes/", rows, **seen)) == ["note_required"]
    rows["rows"][1]["note"] = "站内无人"
    assert post("firm_manager", f"{address}outcomes/", rows, **seen).status_code == 403
    done = post("service", f"{address}outcomes/", rows, **seen)
    assert (done.status_code, done.json()["state"]) == (200, "done")
    found = post("service", f"{address}finding/", {"number": 2})
    assert found.status_code == 201, found.json()
    finding = f"{V1}/service-findings/{found.json()['id']}/"
    assert step("firm_manager", finding, "rectify", comment="已补齐").json()["rectification"] == "已补齐"
    assert step("service", finding, "accept").json()["state"] == "closed"


@pytest.mark.parametrize("path", ["evaluations", "town-ratings", "service-findings", "service-checks"])
def test_a_list_asks_no_more_for_many_than_for_few(evaluated, district, api, path):
    counts = []
    for _round in range(2):
        fill(evaluated, 2 if counts else 1)
        api("service").get(f"{V1}/{path}/")
        with CaptureQueriesContext(connection) as asked:
            told = api("service").get(f"{V1}/{path}/")
        counts.append((len(told.json()["results"]) > 1, len(asked)))
    assert counts[1][1] <= counts[0][1]
    assert counts[1][0]


def fill(evaluated: Evaluated, times: int) -> None:
    """More of everything."""
    section, contract = evaluated.district.service, evaluated.contract
    for number in range(times):
        evaluation = Evaluated(evaluated.district, quarter=None, deal=evaluated.deal)
        evaluation.scheme = evaluated.scheme
        perform(evaluation.opened(), "void", actor=section, at=NOW, comment="误开")
        open_service_finding(actor=section, contract=contract, what="签到表缺页", at=NOW)
        served(evaluated.deal, 3, 1 + 10 * number)
        draw_spot_check(actor=section, contract=contract, first=FIRST, last=LAST, size=2, at=NOW)


def form_of(page) -> dict[str, str]:
    """The form of the review as it stands on the page."""
    entries = {}
    for line in lines_of(page.context["parts"]):
        if line.item:
            key = line.item.pk
            entries |= {
                f"seen-{key}": str(line.item.version), f"was-{key}": line.was, f"said-{key}": line.entered,
                f"remark-{key}": line.remark,
            }  # fmt: skip
    return entries


def test_the_bureau_reviews_item_by_item_beside_what_the_firm_says_and_the_records_say(evaluated, district, pages):
    evaluation = evaluated.declared()
    address = f"/admin/stewards/evaluation/{evaluation.pk}/"
    client = pages("service")
    page = client.get(f"{address}change/")
    text = page.content.decode()
    for part in ("镇内无非遗项目", "The records say", "is left out, the others earn its points", "Quantity"):
        assert part in text
    items = {item.code: item.pk for item in evaluation.items.all()}
    entries = form_of(page) | {
        f"said-{items['A1']}": "1",
        f"said-{items['A2']}": "5",
        f"said-{items['A3']}": "na",
    }
    refused = client.post(f"{address}review/", entries)
    assert "say why you differ" in refused.content.decode()
    assert not evaluation.items.exclude(reviewed="").exists()
    entries |= {f"remark-{items['A2']}": REVIEWED["A2"]["remark"], f"remark-{items['A3']}": "属实"}
    assert client.post(f"{address}review/", entries).status_code == 302
    assert evaluation.items.exclude(reviewed="").count() == 3
    stale = client.post(f"{address}review/", entries | {f"said-{items['A1']}": "0", f"remark-{items['A1']}": "无"})
    assert stale.status_code == 412
    assert evaluation.items.get(code="A1").reviewed_numbers == [1]


def test_the_page_of_an_evaluation_explains_every_point_once_it_is_concluded(evaluated, pages):
    evaluation = evaluated.concluded()
    for who in ("service", "bureau_leader", "observer"):
        text = pages(who).get(f"/admin/stewards/evaluation/{evaluation.pk}/change/").content.decode()
        assert "How the performance score came about" in text
        assert "Nothing is known; the other parts earn its share." in text


def test_a_spot_check_is_entered_on_its_page_and_a_false_row_becomes_a_finding_with_one_click(evaluated, pages):
    check = checked(evaluated.deal) if evaluated.contract else None
    client, address = pages("service"), f"/admin/stewards/spotcheck/{check.pk}/"
    page = client.get(f"{address}change/").content.decode()
    assert "Seed 7: the 2 of 3" in page
    entries = {
        "seen": check.version, "outcome-1": "true", "note-1": "", "outcome-2": "false", "note-2": "站内无人",
    }  # fmt: skip
    client.post(f"{address}outcomes/", entries)
    check.refresh_from_db()
    assert check.state == SpotCheck.State.DONE
    client.post(f"{address}finding/", {"row": 2})
    client.post(f"{address}finding/", {"row": 2})
    client.post(f"{address}finding/", {"row": 1})
    assert ServiceFinding.objects.get().row.number == 2


def test_what_is_opened_on_a_page_is_opened_by_the_verb(evaluated, pages):
    contract, scheme = evaluated.contract, evaluated.scheme
    client = pages("service")
    entries = {"contract": contract.pk, "scheme": scheme.pk, "year": 2028, "quarter": 3}
    assert "was not in performance" in client.post("/admin/stewards/evaluation/add/", entries).content.decode()
    client.post("/admin/stewards/evaluation/add/", entries | {"year": YEAR, "quarter": 1})
    assert Evaluation.objects.get().ratings.count() == 2
    offered = client.get("/admin/stewards/servicefinding/add/").context["adminform"].form.initial
    assert offered["due_on"] - offered["opened_on"] == timedelta(days=15)
    entries = {"contract": contract.pk, "what": "签到表缺页", "opened_on": "2026-05-01", "due_on": "2026-05-20"}
    client.post("/admin/stewards/servicefinding/add/", entries)
    assert ServiceFinding.objects.get().due_on == date(2026, 5, 20)
    served(evaluated.deal, 4)
    drawing = {"contract": contract.pk, "first": str(FIRST), "last": str(LAST), "size": 3, "seed": ""}
    client.post("/admin/stewards/spotcheck/add/", drawing)
    assert SpotCheck.objects.get().rows.count() == 3


def test_outcomes_of_two_at_once_do_not_overwrite_one_another(evaluated, district, pages):
    evaluated.opened()
    check = checked(evaluated.deal)
    client = pages("service")
    seen = check.version
    enter_outcomes(actor=district.service, spot_check=check, said={1: {"outcome": "true"}}, at=NOW)
    client.post(f"/admin/stewards/spotcheck/{check.pk}/outcomes/", {"seen": seen, "outcome-2": "true"})
    assert [row.outcome for row in check.rows.order_by("number")] == ["true", ""]


def test_a_standing_is_computed_on_the_page_also_of_a_firm_without_evaluation(district, pages):
    client, entries = pages("service"), {"firm": district.firm.pk, "year": 2025}
    assert client.post("/admin/stewards/firmstanding/add/", entries).status_code == 302
    assert [one.standing for one in district.firm.standings.all()] == ["not_scored"]
    assert "2000" in client.post("/admin/stewards/firmstanding/add/", entries | {"year": 1}).content.decode()
