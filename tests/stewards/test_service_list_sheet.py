"""A service list comes in as a sheet: previewed, every fault by row and column, applied to the draft, undone; and goes out as one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from culture_admin.exchange.actions import RowsRefused, answer_import, apply_import, open_import, undo_import
from culture_admin.exchange.models import Import
from culture_admin.interfaces.spreadsheets import as_xlsx
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import bring_in_lines, change_contract
from stewards.models import Contract
from stewards.sheets import sheet_of
from tests.district import NOW
from tests.stewards.deals import Deal

LIST = """文化管家服务清单,,,,,,,
序号,服务项目,计量单位,数量,单价（元）,权重,服务镇街,艺术门类
1,群众文化活动,场,30,"5,000",50%,东镇,
2,广场舞培训,课时,120,500,30,,舞蹈
3,文化管家驻点,天,200,0.03万元,20,西街道综合文化站,
合计,,,,,100,,
"""
FAULTY = """序号,服务项目,计量单位,数量,单价,权重,服务镇街,开始日期
1,活动,桶,30,5000,50,东镇,
2,培训,课时,很多,500,30,远镇,
2,驻点,天,200,300,20,,2025-01-01
4,作品,件,4,8000,101,,
5,团队,支,3,4000,10,,
"""


def opened(district, contract, text: str = LIST, who: str = "service"):
    return bring_in_lines(
        actor=getattr(district, who), contract=contract, file_name="清单.csv", content=text.encode(), at=NOW
    )


def lines_of(contract) -> list[tuple]:
    return [
        (line.number, line.item, line.measure, line.target, line.unit_price, line.weight, line.genre)
        for line in contract.lines.order_by("number")
    ]


def test_a_list_is_previewed_applied_and_undone(district):
    contract = Deal(district).draft()
    before = lines_of(contract)
    batch = opened(district, contract)
    assert batch.preview["refusals"] == []
    assert batch.preview["counts"] == {"new": 0, "changed": 3, "same": 0, "repeated": 0, "refused": 0}
    assert batch.preview["totals"] == {"cost": 270_000.0, "weights": 100.0}
    assert "lines_left" in {note["code"] for note in batch.preview["notes"]}
    assert lines_of(contract) == before
    apply_import(actor=district.service, batch=batch, at=NOW)
    assert lines_of(contract)[:3] == [
        (1, "群众文化活动", "activities", Decimal(30), Decimal(5000), 50, ""),
        (2, "广场舞培训", "class_hours", Decimal(120), Decimal(500), 30, "dance"),
        (3, "文化管家驻点", "duty_days", Decimal(200), Decimal(300), 20, ""),
    ]
    assert [line.station_id for line in contract.lines.order_by("number")[:3]] == [
        district.east.pk, None, district.west.pk,
    ]  # fmt: skip
    undo_import(actor=district.service, batch=Import.objects.get(), at=NOW)
    assert lines_of(contract) == before


def test_every_fault_is_named_with_its_row_and_column(district):
    contract = Deal(district, lines=()).draft()
    batch = opened(district, contract, FAULTY)
    told = {
        (row["row"], cell["column"], cell["code"]) for row in batch.preview["refusals"] for cell in (row, *row["also"])
    }
    assert told == {
        (2, "计量单位", "measure_unknown"),
        (3, "数量", "quantity_format"),
        (4, "开始日期", "outside_term"),
        (5, "权重", "weight_format"),
    }
    with pytest.raises(RowsRefused):
        apply_import(actor=district.service, batch=batch, at=NOW)
    assert not contract.lines.exists()
    apply_import(actor=district.service, batch=batch, rows="good", at=NOW)
    assert [line.item for line in contract.lines.all()] == ["团队"]


def test_a_town_outside_the_contract_and_a_number_that_stands_twice_are_refused(district):
    contract = Deal(district, lines=()).draft()
    text = "序号,服务项目,计量单位,数量,单价,权重,镇街,门类\n1,甲,场,1,1,50,远镇,\n2,乙,场,1,1,25,,探戈\n3,丙,场,1,1,25,,\n3,丁,场,2,1,25,,\n"
    batch = opened(district, contract, text)
    told = {(row["row"], row["column"], row["code"]) for row in batch.preview["refusals"]}
    assert told == {(2, "镇街", "station_unknown"), (3, "门类", "genre_unknown"), (5, "序号", "number_twice")}


def test_what_goes_out_comes_in_unchanged(district):
    contract = Deal(district).draft()
    apply_import(actor=district.service, batch=opened(district, contract), at=NOW)
    content = as_xlsx(sheet_of(contract))
    batch = bring_in_lines(actor=district.service, contract=contract, file_name="清单.xlsx", content=content, at=NOW)
    assert batch.preview["counts"] == {"new": 0, "changed": 0, "same": 5, "repeated": 0, "refused": 0}


def test_a_list_is_not_undone_once_the_contract_was_changed(district):
    contract = Deal(district).draft()
    batch = opened(district, contract)
    apply_import(actor=district.service, batch=batch, at=NOW)
    change_contract(actor=district.service, contract=contract, headcount=3, at=NOW)
    with pytest.raises(StepRefused) as refused:
        undo_import(actor=district.service, batch=batch, at=NOW)
    assert refused.value.code == "touched_since"


def test_only_a_draft_takes_a_list_and_only_from_the_section(district):
    deal = Deal(district)
    with pytest.raises(PermissionDenied):
        opened(district, deal.draft(), who="firm_manager")
    deal.signed()
    with pytest.raises(StepRefused):
        opened(district, deal.contract)


def test_among_several_drafts_it_is_asked_which_one(district):
    first = Deal(district, number="一号", lines=()).draft()
    second = Deal(district, number="二号", lines=()).draft()
    batch = open_import(
        actor=district.service,
        kind="service-lines",
        unit=district.bureau,
        file_name="清单.csv",
        content=LIST.encode(),
        at=NOW,
    )[0]
    [question] = batch.preview["questions"]
    assert (question["id"], question["assumed"]) == ("contract", str(second.pk))
    answer_import(actor=district.service, batch=batch, answers={"contract": str(first.pk)}, at=NOW)
    apply_import(actor=district.service, batch=Import.objects.get(), at=NOW)
    assert (first.lines.count(), second.lines.count()) == (3, 0)


def test_the_sheet_goes_through_page_and_api(district, signed_in, api):
    contract = Deal(district).draft()
    client = signed_in(district.service)
    page = f"/admin/stewards/contract/{contract.pk}"
    sent = SimpleUploadedFile("清单.csv", LIST.encode(), content_type="text/csv")
    answer = client.post(f"{page}/lines/", {"sheet": sent})
    batch = Import.objects.get()
    assert answer["Location"] == f"/desk/imports/{batch.pk}/"
    shown = client.get(answer["Location"]).content.decode()
    assert "Cost of the lines (yuan)" in shown
    applied = client.post(answer["Location"], {"act": "all"})
    assert applied.status_code == 302, applied.context["form"].errors
    assert contract.lines.get(number=2).genre == "dance"
    workbook = client.post(f"{page}/acts/sheet/")
    assert workbook.content[:4] == b"PK\x03\x04"
    caller = api(district.service)
    assert caller.get(f"contracts/{contract.pk}/sheet/").content[:4] == b"PK\x03\x04"
    sent = SimpleUploadedFile("清单.csv", LIST.encode(), content_type="text/csv")
    made = caller.post(
        f"contracts/{contract.pk}/lines/", {"file": sent}, format="multipart", headers={"Idempotency-Key": "s1"}
    )
    assert (made.status_code, made.json()["counts"]["same"]) == (201, 3)
    empty = SimpleUploadedFile("清单.csv", b"x,y\n1,2\n", content_type="text/csv")
    refused = caller.post(
        f"contracts/{contract.pk}/lines/", {"file": empty}, format="multipart", headers={"Idempotency-Key": "s2"}
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/file")
    assert api(district.firm_manager).post(
        f"contracts/{contract.pk}/lines/", {"file": sent}, format="multipart", headers={"Idempotency-Key": "s3"}
    ).status_code == 403  # fmt: skip


def test_a_refused_row_leaves_the_weights_for_the_procurement_to_judge(district):
    contract = Deal(district, lines=()).draft()
    apply_import(actor=district.service, batch=opened(district, contract, FAULTY), rows="good", at=NOW)
    with pytest.raises(StepRefused) as refused:
        perform(Contract.objects.get(), "procure", actor=district.service, at=NOW)
    assert refused.value.code == "weights_sum"
