"""A scheme leaves as a workbook and comes back as it was, in either language; what is wrong is told with its row."""

from __future__ import annotations

import io
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import load_workbook

from culture_admin.exchange.reader import read_workbook
from culture_admin.interfaces.problems import Problem
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.sheet import bring_in_sheet, read_scheme, write_scheme
from tests.scoring.conftest import BODY

FULL = deepcopy(BODY)
FULL["sections"][1]["rescale"] = "30"
FULL["sections"][1]["indicators"] += [
    {
        "code": "2.3",
        "name_zh": "站等级",
        "name_en": "Grade of the station",
        "part": "bonus",
        "points": "8",
        "rule": {"method": "M5", "each": "1", "most": "8"},
        "source": {
            "origin": "graded",
            "grades": [{"name_zh": "特级", "value": "8", "name_en": "Special"}, {"name_zh": "一级", "value": "6"}],
        },
        "check": "on_site",
        "not_recorded": "as_zero",
        "zero": "no_points",
    },
    {
        "code": "2.4",
        "name_zh": "人均",
        "part": "bonus",
        "rule": {"method": "M8", "full": "4", "against": "mean"},
        "source": {
            "origin": "metric",
            "metric": "activities.person_times",
            "per": "activities.held",
            "where": {"led_by": "steward"},
        },
    },
]
FULL["groups"].append({"code": "B", "name_zh": "重点镇", "compared": "listed", "divisions": ["990101101", "990101102"]})
FULL["titles"][0]["conditions"] = [{"indicator": "2.1", "least": "500"}]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_written_is_read_back_as_it_was_whatever_the_language(language):
    with override(language):
        content = write_scheme(FULL)
    with override("en"):
        body, _places, faults = read_scheme(read_workbook(content, "scheme.xlsx"))
    assert faults == []
    assert body == FULL


def changed_cell(content: bytes, cell: str, value: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0][cell] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_changes_a_draft_whole_and_what_is_wrong_is_told_with_its_row(district, scheme):
    with override("en"):
        content = write_scheme(FULL)
        changed = bring_in_sheet(actor=district.bureau_admin, scheme=scheme, file_name="s.xlsx", content=content)
        assert changed.body == FULL
        # Column H holds the names of indicators, L their methods; row 3 is the second indicator.
        wrong = changed_cell(content, "L3", "M77")
        with pytest.raises(Problem) as refused:
            bring_in_sheet(actor=district.bureau_admin, scheme=changed, file_name="s.xlsx", content=wrong)
    (fault,) = refused.value.faults
    assert (fault.code, fault.row, fault.column) == ("invalid_choice", 3, "Indicators")
    assert str(fault.message).startswith("Indicators, row 3, “Method”: “M77” is no method.")
    assert Scheme.objects.get(pk=scheme.pk).body == FULL


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.4 no sheet", "file_type"),
        ("日期,活动名称\n2026-03-05,会\n".encode(), "sheet_missing"),
    ],
)
def test_a_foreign_file_is_refused_in_words(district, scheme, api, content, code):
    address = f"schemes/{scheme.pk}/sheet/"
    file = SimpleUploadedFile("s.xlsx", content)
    answer = api("bureau_admin").post(
        address, {"sheet": file}, format="multipart", headers={"If-Match": '"v1"', "Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code), answer.content.decode()


def test_the_workbook_goes_out_and_in_through_the_api_and_the_page(district, scheme, api, pages):
    address = f"schemes/{scheme.pk}/sheet/"
    content = api("bureau_admin").get(address).content
    file = SimpleUploadedFile("s.xlsx", changed_cell(content, "H2", "各类文化活动"))
    headers = {"If-Match": '"v1"', "Idempotency-Key": "k"}
    answer = api("bureau_admin").post(address, {"sheet": file}, format="multipart", headers=headers)
    assert answer.json()["sections"][0]["indicators"][0]["name_zh"] == "各类文化活动", answer.content.decode()
    assert api("town_officer_east").get(address).status_code == 404

    client, page = pages("bureau_admin"), f"/admin/scoring/scheme/{scheme.pk}/"
    downloaded = client.post(f"{page}acts/sheet/").content
    scheme.refresh_from_db()
    entries = {name: getattr(scheme, name) for name in ("name_zh", "name_en", "document", "total", "decimals", "known")}
    entries |= {"spread": scheme.spread, "publicity": scheme.publicity, "document_on": "", "seen": scheme.version}
    file = SimpleUploadedFile("s.xlsx", changed_cell(downloaded, "H2", "文化活动场次"))
    answer = client.post(f"{page}change/", {**entries, "sheet": file})
    assert answer.status_code == 302, answer.content.decode()
    scheme.refresh_from_db()
    assert scheme.body["sections"][0]["indicators"][0]["name_zh"] == "文化活动场次"
    file = SimpleUploadedFile("s.xlsx", changed_cell(downloaded, "L2", "M77"))
    answer = client.post(f"{page}change/", {**entries, "seen": scheme.version, "sheet": file})
    assert "row 2, “Method”: “M77” is no method." in answer.content.decode()
