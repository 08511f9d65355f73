"""A service standard is a scheme of contracts: of 100 points, taken out and in as a workbook, told apart edition by edition."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from assessments.actions import draft_cycle
from culture_admin.demo.schemes import read_sample
from culture_admin.exchange.reader import read_workbook
from culture_admin.scoring.actions import begin_edition, change_scheme, draft_scheme, faults_in
from culture_admin.scoring.differences import differences
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sheet import bring_in_sheet, read_scheme, write_scheme
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions.standings import keep_standings
from stewards.models import Evaluation
from tests.district import NOW
from tests.stewards.deals import Deal
from tests.stewards.standards import SECTIONS, YEAR, standard

SAMPLE = "service-standard"


def draft(district, **said) -> Scheme:
    entries = read_sample(SAMPLE) | {"sample": True} | said
    return draft_scheme(actor=district.service, at=NOW, place=district.county, subject="contract", year=YEAR, **entries)


def test_the_sample_has_seven_categories_and_forty_six_items_and_is_labelled(district):
    scheme = draft(district)
    table = scheme.content.table
    assert [section.code for section in table.sections] == list("ABCDEFG")
    assert [len(section.indicators) for section in table.sections] == [7, 8, 9, 6, 7, 4, 5]
    assert sum(section.weight for section in table.sections) == 100
    assert all(one.label.zh and one.label.en for _section, one in table.indicators())
    asked = {one.code for _section, one in table.indicators() if not scheme.content.sources[one.code].is_counted}
    assert asked == scheme.content.evidence.keys()
    assert "sample" in scheme.name_en
    assert "示例" in scheme.name_zh
    assert faults_in(scheme) == []


def test_it_is_published_without_groups_and_never_changed_after_that(district):
    scheme = draft(district)
    perform(scheme, "propose", actor=district.service, at=NOW)
    perform(scheme, "publish", actor=district.bureau_leader, at=NOW)
    with pytest.raises(StepRefused) as refused:
        change_scheme(actor=district.service, scheme=scheme, sections=SECTIONS)
    assert refused.value.code == "illegal_transition"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_goes_out_as_a_workbook_and_comes_in_as_it_was(district, language):
    scheme = draft(district)
    with override(language):
        content = write_scheme(scheme.body)
    body, _places, faults = read_scheme(read_workbook(content, "standard.xlsx"))
    assert (faults, body) == ([], scheme.body)
    other = draft(district, sections=SECTIONS, edition=2)
    brought = bring_in_sheet(actor=district.service, scheme=other, file_name="standard.xlsx", content=content)
    assert brought.content.table == scheme.content.table


def test_the_api_hands_the_workbook_out_and_takes_it_back(district, api):
    scheme = draft(district)
    address = f"/api/v1/schemes/{scheme.pk}/sheet/"
    sheet = api("service").get(address)
    assert sheet.status_code == 200
    etag = api("service").get(f"/api/v1/schemes/{scheme.pk}/")["ETag"]
    upload = SimpleUploadedFile("standard.xlsx", sheet.content)
    answer = api("service").post(
        address, {"sheet": upload}, headers={"If-Match": etag, "Idempotency-Key": "again"}, format="multipart"
    )
    assert answer.status_code == 200, answer.json()
    assert answer.json()["sections"] == scheme.body["sections"]


def test_weights_that_do_not_add_up_to_100_are_refused_in_words(district):
    sections = deepcopy(SECTIONS)
    sections[0]["weight"] = "30"
    scheme = draft(district, sections=sections)
    with override("en"), pytest.raises(StepRefused) as refused:
        perform(scheme, "propose", actor=district.service, at=NOW)
    assert "add up to 90, not to 100" in str(refused.value).replace(".00", "")
    of_90 = draft(district, sections=sections, total=Decimal(90), edition=2)
    assert "standard_total" in [fault.code for fault in faults_in(of_90)]


def test_rules_that_compare_several_are_refused_for_what_is_scored_by_itself(district):
    sections = deepcopy(SECTIONS)
    sections[0]["rescale"] = "40"
    sections[1]["indicators"][0]["rule"] = {"method": "M8", "full": "30", "against": "maximum"}
    faults = [fault.code for fault in faults_in(draft(district, sections=sections))]
    assert faults == ["standard_compares", "standard_compares"]


def test_what_an_edition_changes_is_told_in_words(district):
    scheme = draft(district)
    perform(scheme, "propose", actor=district.service, at=NOW)
    perform(scheme, "publish", actor=district.bureau_leader, at=NOW)
    edition = begin_edition(actor=district.service, scheme=scheme, reason="提高场次", at=NOW)
    sections = deepcopy(edition.body["sections"])
    sections[3]["indicators"][1]["rule"]["target"] = "15"
    changed = change_scheme(actor=district.service, scheme=edition, sections=sections)
    with override("en"):
        (one,) = differences(scheme, changed)
    assert "D2" in one.what
    assert ("÷ 12" in one.before, "÷ 15" in one.after) == (True, True)


def test_towns_are_not_assessed_by_it(district):
    with pytest.raises(ValidationError):
        draft_cycle(actor=district.service, scheme=standard(district), self_until=date(2026, 6, 1), at=NOW)


def test_no_contract_is_drawn_up_with_a_firm_that_failed_twice_in_a_row(district):
    deal, scheme = Deal(district), standard(district)
    contract = deal.performing()
    for year in (2025, 2026):
        Evaluation.objects.create(
            contract=contract, scheme=scheme, year=year, first=date(year, 1, 1), last=date(year, 12, 31),
            score=Decimal(50), state=Evaluation.State.CONCLUDED,
        )  # fmt: skip
    keep_standings({(district.firm.pk, 2025)})
    assert Deal(district, number="试文采〔2026〕6号").draft().pk
    keep_standings({(district.firm.pk, 2026)})
    with pytest.raises(ValidationError) as refused:
        Deal(district, number="试文采〔2026〕7号").draft()
    assert [error.code for error in refused.value.error_dict["firm"]] == ["exit_rule"]
