"""The demo of today: everybody signs in and finds work; loading it again changes nothing."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from activities.models import Activity, MonthlyReturn
from culture_admin.accounts.models import User
from culture_admin.demo.accounts import PASSWORD, SIGN_INS, demo_accounts_present
from culture_admin.exchange.models import Import
from culture_admin.scoring.actions import faults_in
from culture_admin.scoring.models import Scheme
from culture_admin.territory.models import in_force
from culture_admin.workflow.inbox import owed, waiting
from stations.models import Certificate, Station, Title
from tests.demo import TODAY

pytestmark = pytest.mark.usefixtures("demo")
SETTLED = MonthlyReturn.SETTLED


def work_of(username: str) -> set[str]:
    user = User.objects.get(username=username)
    steps = {f"{item.model}.{item.step}" for item in waiting(user) if item.records.exists()}
    return steps | ({"owed"} if owed(user, TODAY + timedelta(days=30)).exists() else set())


def test_every_account_of_the_contract_signs_in():
    refused = []
    for username in SIGN_INS:
        answer = Client().post(reverse("login"), {"username": username, "password": PASSWORD})
        if answer.status_code != 302:
            refused.append(username)
    assert not refused
    assert len(SIGN_INS) == 37
    assert demo_accounts_present()


def test_the_other_people_of_the_demo_cannot_sign_in():
    others = User.objects.exclude(username__in=SIGN_INS)
    assert others.exists()
    assert not [user for user in others if user.has_usable_password()]


@pytest.mark.parametrize(
    ("county", "assessed", "evaluated"),
    [("cixi", [2012], []), ("xiaoshan", [2018, 2019, 2020], [2019, 2020, 2021, TODAY.year])],
)
def test_the_sample_schemes_are_whole_and_this_years_waits_for_the_leader_and_next_years_is_a_draft(
    county, assessed, evaluated
):
    schemes = Scheme.objects.visible_to(User.objects.get(username=f"leader.{county}"))
    standards = schemes.filter(subject="contract").order_by("year")
    assert [(one.year, one.state) for one in standards] == [(year, "published") for year in evaluated]
    others = schemes.exclude(subject="contract").order_by("year", "subject")
    assert [(one.year, one.subject, one.state) for one in others] == [
        *((year, "town", "published") for year in assessed),
        (TODAY.year - 1, "town", "published"),
        (TODAY.year, "station", "published"),
        (TODAY.year, "town", "proposed"),
        (TODAY.year + 1, "town", "draft"),
    ]
    assert all(one.sample and not faults_in(one) for one in schemes)
    assert "scoring.scheme.publish" in work_of(f"leader.{county}")


@pytest.mark.parametrize("town", ["guanhaiwei", "longshan", "xintang", "wenyan"])
def test_stations_have_logs_to_confirm_and_teams_to_register(town):
    for office in ("head", "officer"):
        assert work_of(f"{office}.{town}") >= {"activities.activity.confirm", "activities.team.register", "owed"}
    assert "owed" in work_of(f"town.{town}")


@pytest.mark.parametrize(
    "username",
    ["steward.xintang", "steward.wenyan", "firm.jiangnan", "firm.qianchao", "service.cixi"],
)
def test_whoever_reports_has_something_returned_with_a_reason(username):
    assert "activities.activity.resubmit" in work_of(username)


@pytest.mark.parametrize("county", ["330282", "330109"])
def test_both_counties_live_up_to_today(county):
    rows = Activity.objects.filter(county__code=county)
    assert rows.filter(begins_on=TODAY).exists()
    assert rows.filter(begins_on__range=(date(2026, 4, 1), date(2026, 4, 30))).count() > 50
    assert not rows.filter(begins_on__gt=TODAY).exclude(planned=True, state__in=[*Activity.AHEAD, "cancelled"]).exists()


def test_two_stations_have_yet_to_answer_for_last_month_and_one_contests_it():
    of_april = MonthlyReturn.objects.filter(month=date(2026, 4, 1)).select_related("station__unit")
    unsettled = {(one.station.name.partition("综合")[0], one.state) for one in of_april.exclude(state__in=SETTLED)}
    assert unsettled == {("观海卫镇", "open"), ("新塘街道", "open"), ("闻堰街道", "contested")}
    assert not MonthlyReturn.objects.exclude(state__in=SETTLED).exclude(month=date(2026, 4, 1)).exists()


def test_every_station_has_one_certificate_in_force_and_a_code_of_its_own():
    held = Certificate.objects.filter(in_force(TODAY)).values_list("station", "uscc")
    assert len(held) == len({station for station, _code in held}) == len({code for _station, code in held})
    # Two have let theirs lapse.
    assert (len(held), Station.objects.count()) == (44, 46)
    assert Certificate.objects.filter(in_force(TODAY), valid_to__lte=TODAY + timedelta(days=30)).count() == 2


def test_the_provincial_titles_stand_with_their_documents():
    titles = Title.objects.exclude(document="").filter(issuer="浙江省文化厅")
    titles = titles.values_list("year", "station__division__name_zh")
    assert set(titles) == {(2011, "掌起镇"), (2012, "龙山镇"), (2012, "观海卫镇"), (2012, "坎墩街道")}


def test_a_ledger_lies_in_its_preview_with_a_refusal_and_a_question():
    for batch in Import.objects.all():
        assert batch.state == Import.State.PREVIEWED
        assert batch.preview["counts"]["refused"] == 1
        assert batch.preview["questions"]


def test_loading_again_does_nothing():
    before = Activity.objects.count(), User.objects.count()
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert "already" in said.getvalue()
    assert (Activity.objects.count(), User.objects.count()) == before
