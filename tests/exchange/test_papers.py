"""Papers: the same record says the same to everybody, is printed once, and is seen by whoever sees the record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from django.core.exceptions import ValidationError

from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Printout
from culture_admin.exchange.paper import pdf
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.printing import JOB, print_paper
from culture_admin.exchange.paper.register import PAPERS, papers_of
from culture_admin.exchange.paper.rendering import render
from culture_admin.workflow import jobs
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.models import Job
from stations.actions import change_station
from tests.district import NOW
from tests.exchange.test_attachments import photo

FILE, ARCHIVE = "station-file", "activity-archive"


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def printing_part():
    """Pango, and a program that reads a PDF; without them the test is skipped, or fails where REQUIRE_PRINTING=1."""
    if not (pdf.can_make() and shutil.which("pdftotext")):
        without = pytest.fail if os.environ.get("REQUIRE_PRINTING") == "1" else pytest.skip
        without("no Pango or no pdftotext was found; install libpango-1.0-0, libpangoft2-1.0-0 and poppler-utils")


def asked(district, actor=None, paper=FILE, subject=None, **options) -> Printout:
    return print_paper(
        actor=actor or district.bureau_admin, paper=PAPERS[paper], subject=subject or district.east, **options
    )


def text_of(printout: Printout) -> str:
    with printout.open() as kept:
        read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=kept.read(), capture_output=True, check=True)
    return read.stdout.decode()


def test_a_pdf_reads_back_as_what_stands_on_the_record(district, printing_part):
    printout = asked(district)
    assert jobs.run(printout.job_id).message == "已生成。"
    printout.refresh_from_db()
    said = re.sub(r"\s+", " ", text_of(printout))
    for expected in ("文化站档案表", "东镇综合文化站", "12990101MB0A00017K", "试文〔2024〕1号", "第 1 页，共 1 页"):
        assert expected in said
    assert printout.code in said
    assert (printout.state, printout.pages) == ("done", 1)


def test_a_pdf_in_english_has_the_pictures_of_its_record(district, printing_part):
    activity = district.log()
    attach_file(actor=district.station_head_east, subject=activity, name="现场.jpg", content=photo(), at=NOW)
    printout = asked(district, district.station_head_east, ARCHIVE, activity, language="en")
    jobs.run(printout.job_id)
    printout.refresh_from_db()
    assert "Archive sheet of an activity" in text_of(printout)
    assert "Page 1 of 1" in text_of(printout)
    with printout.open() as kept:
        assert b"/Subtype /Image" in kept.read()


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://10.0.0.1/x.png", "/api/v1/attachments/999999/file/", "/desk/"]
)
def test_no_other_address_is_ever_opened(district, address):
    printout = asked(district)
    with pytest.raises(ValueError, match=re.escape(address)):
        pdf.picture_at(address if ":" in address else pdf.HERE + address.removeprefix("/"), printout)


def test_a_picture_of_another_record_is_not_printed(district):
    other = attach_file(
        actor=district.station_head_west, subject=district.log(district.west), name="x", content=photo(), at=NOW
    )
    printout = asked(district, district.station_head_east, ARCHIVE, district.log())
    with pytest.raises(ValueError, match=str(other.pk)):
        pdf.picture_at(f"{pdf.HERE}api/v1/attachments/{other.pk}/file/", printout)


def test_the_same_content_is_printed_once_and_a_changed_one_anew(district):
    first = asked(district)
    assert asked(district, district.bureau_leader) == first
    assert Job.objects.filter(kind=JOB).count() == 1
    change_station(actor=district.bureau_admin, station=district.east, telephone="0571-82620001")
    again = asked(district)
    assert again != first
    assert asked(district, language="en") not in (first, again)


def test_two_readers_print_the_same_bytes(district):
    paper, activity = PAPERS[ARCHIVE], district.log(actor=district.steward_east)
    sheets = {
        render(paper, paper.visible_to(user).get(pk=activity.pk), "zh-hans").html
        for user in (district.station_head_east, district.firm_manager, district.observer)
    }
    assert len(sheets) == 1


def test_a_print_is_seen_by_whoever_sees_its_record(district):
    printout = asked(district)
    seen = {
        name
        for name in ("bureau_admin", "station_head_east", "town_officer_east", "registrar", "station_head_west")
        if Printout.objects.visible_to(getattr(district, name)).filter(pk=printout.pk).exists()
    }
    assert seen == {"bureau_admin", "station_head_east", "town_officer_east", "registrar"}
    assert not Printout.objects.visible_to(district.bureau_admin_elsewhere).exists()


@pytest.mark.parametrize("who", ["station_head_west", "firm_manager", "bureau_admin_elsewhere", "security_admin"])
def test_nobody_prints_what_he_does_not_see(district, who):
    with pytest.raises(StepRefused) as refused:
        asked(district, getattr(district, who))
    assert refused.value.code == "not_found"
    assert not Printout.objects.exists()


def test_a_language_there_is_not_is_named(district):
    with pytest.raises(ValidationError) as refused:
        asked(district, language="fr")
    assert "zh-hans, en" in str(refused.value.message_dict["language"])


def test_without_pango_the_job_ends_at_once_and_says_so(district, monkeypatch):
    monkeypatch.setattr(pdf, "PANGO", ("libno-such-thing.so",))
    pdf.can_make.cache_clear()
    printout = asked(district)
    job = jobs.run(printout.job_id)
    pdf.can_make.cache_clear()
    printout.refresh_from_db()
    assert (job.state, job.attempts, printout.state) == ("failed", 1, "failed")
    assert "Pango" in printout.failure
    again = asked(district)
    assert (again, again.job_id) == (printout, Job.objects.order_by("pk").last().pk)
    assert again.state == "waiting"


def test_a_plan_has_no_archive_sheet_until_it_was_held(district):
    activity = district.log()
    assert [paper.code for paper in papers_of(activity, district.station_head_east)] == [ARCHIVE]
    type(activity).objects.filter(pk=activity.pk).update(state="planned")
    assert papers_of(activity, district.station_head_east) == []


def test_a_number_stands_on_the_paper_that_bears_it_and_makes_it_another_print(district, monkeypatch):
    monkeypatch.setitem(vars(PAPERS[FILE]), "numbered", True)
    before = render(PAPERS[FILE], district.east, "zh-hans")
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文")
    issue_number(
        actor=district.bureau_admin, register=register, title="档案", subject=district.east, paper=FILE, at=NOW
    )
    after = render(PAPERS[FILE], district.east, "zh-hans")
    assert ("试文〔2026〕1号" in before.html, "试文〔2026〕1号" in after.html) == (False, True)
    assert before.content_hash != after.content_hash


def test_tasks_go_to_our_own_broker(settings):
    from culture_admin.workflow.tasks import run_job

    assert run_job.app.conf.broker_url == settings.CELERY_BROKER_URL
