"""Forms to print: found from every first page, shown as they are printed, made into a PDF on request."""

from __future__ import annotations

import pytest

from culture_admin.exchange.models import DocumentNumber, Printout
from culture_admin.exchange.paper import pdf
from culture_admin.exchange.paper.numbers import open_register
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.workflow import jobs

FILE = "/desk/papers/station-file/{}/"


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_page_of_a_record_leads_to_its_form(district, head):
    activity = district.log()
    page = head.get(f"/desk/activities/{activity.pk}/").content.decode()
    assert f'href="/desk/papers/activity-archive/{activity.pk}/"' in page
    assert 'href="/desk/papers/"' in head.get("/desk/more/").content.decode()


@pytest.mark.parametrize("who", ["bureau_admin", "registrar", "observer", "finance"])
def test_the_bureaus_page_of_a_record_leads_to_its_form(district, sign_in, who):
    page = sign_in(who).get(f"/admin/stations/station/{district.east.pk}/change/").content.decode()
    assert f'href="{FILE.format(district.east.pk)}"' in page


def test_every_form_offers_the_records_the_reader_sees(district, sign_in):
    offered = {
        who: sign_in(who).get("/desk/papers/").content.decode().count(FILE.split("{", maxsplit=1)[0])
        for who in ("bureau_admin", "station_head_east", "firm_manager", "bureau_admin_elsewhere")
    }
    assert offered == {"bureau_admin": 2, "station_head_east": 1, "firm_manager": 0, "bureau_admin_elsewhere": 1}


def test_a_form_is_read_in_the_language_asked_for(district, head):
    address = FILE.format(district.east.pk)
    assert "File of a station" in head.get(address).content.decode()
    chinese = head.get(f"{address}?language=zh-hans").content.decode()
    assert '<div class="page" lang="zh-hans"' in chinese
    assert "文化站档案表" in chinese
    assert head.get(f"{address}?language=fr").status_code == 400


@pytest.mark.parametrize("address", [FILE.format(987_654_321), "/desk/papers/no-such/1/", "/desk/prints/987654321/"])
def test_what_is_not_there_is_404(district, head, address):
    assert head.get(address).status_code == 404


def test_a_foreign_record_and_form_are_404_alike(district, head):
    for code, record in (("station-file", district.west), ("activity-archive", district.log(district.west))):
        assert head.get(f"/desk/papers/{code}/{record.pk}/").status_code == 404


def test_a_pdf_is_asked_for_waited_for_and_downloaded(district, head, monkeypatch):
    address = FILE.format(district.east.pk)
    monkeypatch.setattr(pdf, "can_make", lambda: True)
    asked = head.post(address, {"act": "pdf"})
    assert (asked.status_code, asked["Location"]) == (302, address)
    printout = Printout.objects.get()
    waiting = head.get(address)
    assert waiting["Refresh"] == "2"
    assert "stage 0 of 3" in waiting.content.decode()
    assert head.get(f"/desk/prints/{printout.pk}/").status_code == 409
    if not _made(printout):
        pytest.skip("Pango is not installed")
    done = head.get(address)
    assert "Refresh" not in done
    assert f'href="/desk/prints/{printout.pk}/"' in done.content.decode()
    file = head.get(f"/desk/prints/{printout.pk}/")
    assert (file["Content-Type"], b"".join(file.streaming_content)[:5]) == ("application/pdf", b"%PDF-")


def _made(printout: Printout) -> bool:
    try:
        return jobs.run(printout.job_id).state == "done"
    except OSError:
        return False


def test_without_pango_the_page_says_so_and_can_still_be_printed(district, head, monkeypatch):
    monkeypatch.setattr(pdf, "PANGO", ("libno-such-thing.so",))
    pdf.can_make.cache_clear()
    page = head.get(FILE.format(district.east.pk)).content.decode()
    pdf.can_make.cache_clear()
    assert "The printing part (Pango) is not installed" in page
    assert "data-print" in page
    assert "Make a PDF" not in page


def test_a_number_is_taken_on_the_page_of_a_form_that_bears_one(district, sign_in, monkeypatch):
    monkeypatch.setitem(vars(PAPERS["station-file"]), "numbered", True)
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文")
    bureau, address = sign_in("bureau_admin"), FILE.format(district.east.pk)
    assert "Take a number" in bureau.get(address).content.decode()
    assert "Take a number" not in sign_in("station_head_east").get(address).content.decode()
    assert bureau.post(address, {"act": "number", "register": register.pk}).status_code == 302
    number = DocumentNumber.objects.get()
    assert (number.subject, number.paper, number.serial) == (district.east, "station-file", 1)
    page = bureau.get(address).content.decode()
    assert f"ShiWen [{number.year}] No. 1" in page
    assert "Take a number" not in page
    missing = sign_in("bureau_admin").post(address, {"act": "number"}).content.decode()
    assert "Choose the register that gives the number." in missing
