"""The ways of the desk: what a list opens with, where links lead, and which place a page belongs to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.utils import timezone

from activities.actions import log_activity, plan_activity
from culture_admin.desk.addresses import address_of
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline, Notice
from culture_admin.workflow.subjects import with_subjects
from tests.furnishing import furnished

READERS = [
    "station_head_east",
    "station_officer_east",
    "steward_east",
    "firm_manager",
    "town_officer_east",
    "backbone",
    "assessor",
]
FIRST = [
    "/desk/",
    "/desk/more/",
    "/desk/calendar/",
    "/desk/duties/",
    "/desk/queue/",
    "/desk/activities/",
    "/desk/standing/",
]
# Circulars, schemes and changes of boundaries have their pages in the admin alone; a town finds its reply on the desk.
AT_THE_BUREAU = {"Circular", "Scheme", "BoundaryChange"}
LINK = re.compile(r'<a [^>]*href="([^"#]+)"')


def links(answer) -> set[str]:
    """The addresses below /desk/ that a page leads to."""
    found = {urljoin(answer.request["PATH_INFO"], unescape(link)) for link in LINK.findall(answer.content.decode())}
    return {link for link in found if urlsplit(link).path.startswith("/desk/")}


@pytest.mark.parametrize("username", READERS)
def test_no_page_leads_where_its_reader_may_not_go(sign_in, district, username):
    list(furnished(district, "east", "⟦mark⟧"))
    client = sign_in(username)
    opened = {page: client.get(page) for page in FIRST}
    found = set().union(*(links(answer) for answer in opened.values() if answer.status_code == 200))
    shut = {link: status for link in sorted(found) if (status := client.get(link).status_code) >= 400}
    assert shut == {}


def test_what_is_owed_and_told_has_a_page_where_it_is_done(district):
    list(furnished(district, "east", "⟦mark⟧"))
    rows = [*with_subjects(Deadline.objects.all()), *with_subjects(Notice.objects.all())]
    assert {type(row.subject).__name__ for row in rows if row.subject and not address_of(row.subject)} <= AT_THE_BUREAU


@pytest.fixture
def around_today(district) -> None:
    """One activity of today, one of last week, one of next week and one of the week after."""
    head, today = district.station_head_east, timezone.localdate()
    for days, title in ((-7, "上周"), (0, "今天")):
        log_activity(
            actor=head, station=district.east, title=title, kind=district.kind("PERF"), attendance=120,
            begins_on=today + timedelta(days),
        )  # fmt: skip
    for days, title in ((14, "再下周"), (7, "下周")):
        plan_activity(
            actor=head,
            station=district.east,
            title=title,
            kind=district.kind("PERF"),
            begins_on=today + timedelta(days),
        )


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["今天", "上周"]),
        ("?kind=PERF", ["今天", "上周"]),
        ("?from=tomorrow", ["下周", "再下周"]),
        ("?state=planned", ["下周", "再下周"]),
        ("?q=下周", ["再下周", "下周"]),
    ],
)
def test_the_list_of_activities_opens_at_today_and_leads_to_what_is_to_come(head, around_today, asked, titles):
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    assert f"/desk/activities/?from={tomorrow}" in links(head.get("/desk/activities/"))
    page = head.get(f"/desk/activities/{asked.replace('tomorrow', tomorrow)}").content.decode()
    assert re.findall(r"<strong>(今天|上周|下周|再下周)</strong>", page) == titles


@pytest.mark.parametrize(
    ("page", "place", "how"),
    [
        ("/desk/", "/desk/", "page"),
        ("/desk/calendar/", "/desk/calendar/", "page"),
        ("/desk/month/grid/", "/desk/month/", "true"),
        ("/desk/cases/", "/desk/more/", "true"),
    ],
)
def test_one_place_of_the_bar_is_where_the_page_belongs(head, page, place, how):
    bar = head.get(page).content.decode().split('<nav class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', bar) == [(place, how)]


def test_who_works_at_the_bureau_has_the_way_back_there_instead_of_the_places_of_a_station(client, district):
    client.force_login(district.bureau_admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/papers/").content.decode()
    bar = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)"', bar) == ["/admin/", "/desk/papers/"]
    assert '<a class="bell" href="/admin/notices/">' in page


@pytest.mark.parametrize(
    ("form", "back"),
    [
        ("/desk/log/", "/desk/"),
        ("/desk/plan/series/", "/desk/plan/"),
        ("/desk/courses/add/", "/desk/courses/"),
        ("/desk/closures/add/", "/desk/"),
    ],
)
def test_a_form_leads_back_to_the_nearest_page_above_it(head, form, back):
    assert f'<a class="back" href="{back}">' in head.get(form).content.decode()


def test_what_came_back_says_first_of_all_why(sign_in, district):
    logged = district.log(actor=district.steward_east)
    perform([logged], "return", actor=district.station_head_east, comment="签到表与人数不符")
    page = sign_in("steward_east").get(f"/desk/activities/{logged.pk}/").content.decode()
    assert page.index("签到表与人数不符") < page.index('<dl class="facts">')


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("/desk/activities/{activity}/permit/", "Fill in “Permit number”."),
        ("/desk/month/grid/", "Write at least one row."),
    ],
)
def test_what_is_missing_is_named_above_the_form(head, district, form, said):
    activity = plan_activity(
        actor=district.station_head_east, station=district.east, title="灯会", kind=district.kind("PERF"),
        begins_on=timezone.localdate() + timedelta(60), expected=1500,
    )  # fmt: skip
    answer = head.post(form.format(activity=activity.pk), {"act": "save", "rows": "10"})
    assert said in answer.content.decode().split('class="faults"')[1].split("</div>")[0]
