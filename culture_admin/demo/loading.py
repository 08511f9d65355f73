"""Loads both districts in one transaction: a load that is broken off leaves nothing behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from culture_admin.demo import boundaries, residents, schemes, targets
from culture_admin.demo.accepted import Accepting
from culture_admin.demo.accounts import Offices, open_accounts
from culture_admin.demo.assessed import YEAR_OF_CIXI, YEARS_OF_XIAOSHAN, AssessedYears, train_staff
from culture_admin.demo.assessing import RunningYear
from culture_admin.demo.assessments import PastYears
from culture_admin.demo.circulars import Circulars
from culture_admin.demo.days import ONE, Days
from culture_admin.demo.deals import FIRST_TERM, begin_of_present, sign_contracts, under
from culture_admin.demo.districts import (
    CIXI,
    XIAOSHAN,
    County,
    enter_divisions,
    fill_shared_offices,
    found_county,
    read,
)
from culture_admin.demo.firms import Service, found_firms, post_stewards
from culture_admin.demo.guidance import Guidance
from culture_admin.demo.history import IN_CIXI, OF_STEWARDS, History
from culture_admin.demo.learning import Learning
from culture_admin.demo.money import Money
from culture_admin.demo.months import Months
from culture_admin.demo.names import Names
from culture_admin.demo.opinions import ask_residents, take_photos
from culture_admin.demo.plans import Plans, enter_villages
from culture_admin.demo.premises import Premises
from culture_admin.demo.present import Present
from culture_admin.demo.programme import Programme
from culture_admin.demo.registration import Registrations
from culture_admin.demo.serving import Serving
from culture_admin.demo.staff import StaffOfStations
from culture_admin.demo.standing import Standing
from culture_admin.demo.station_files import StationFiles
from culture_admin.territory.models import Division

SEED = 20121130
# Everybody holds his office since before the first thing the demo tells of.
OFFICES_SINCE = date(2005, 1, 1)
TEAMS_OF_CIXI = Days(date(2006, 1, 1), IN_CIXI.last)
# The months of the year that Cixi assesses.
ALL_2012 = Days(IN_CIXI.first, date(YEAR_OF_CIXI, 12, 31))
# Returns came in with the last of these years.
LAST_YEAR_OF_STEWARDS = Days(date(2021, 1, 1), OF_STEWARDS.last)
TEAMS_OF_XIAOSHAN = Days(date(2012, 1, 1), OF_STEWARDS.first - ONE)


def load(at: datetime, say: Callable[[str], object]) -> None:
    """Writes the demo as it stands at `at`; `say` is told what is done, a line each."""
    begun = time.monotonic()

    def done(what: str) -> None:
        say(f"{time.monotonic() - begun:5.1f} s  {what}")

    random = Random(SEED)
    names = Names(random)
    offices = Offices(names, OFFICES_SINCE)
    today = timezone.localdate(at)
    with transaction.atomic():
        divisions = enter_divisions()
        rows = read("stations.csv")
        cixi, xiaoshan = found_county(divisions[CIXI], offices), found_county(divisions[XIAOSHAN], offices)
        fill_shared_offices([cixi, xiaoshan], offices)
        villages = enter_villages(divisions)
        done("divisions, bureaus and their offices")
        files = StationFiles(today, offices)
        for row in rows:
            files.open(cixi if row["code"].startswith(CIXI) else xiaoshan, divisions[row["code"]], row)
        files.certify(cixi)
        residents.record(divisions, rows, today.year)
        done(f"{len(rows)} stations, their files and their residents")
        firms = found_firms(xiaoshan, names, offices)
        deals = sign_contracts(xiaoshan, firms, today)
        services = post_stewards(xiaoshan, firms, deals, names, offices)
        serving = under(services, begin_of_present(today))
        open_accounts()
        done("firms, contracts, stewards and accounts")
        programme = Programme(random)
        history, service = History(programme, names, random), Serving(Random(SEED), at)
        history.found_teams_of_stations(cixi, TEAMS_OF_CIXI)
        history.keep_ledgers(cixi, IN_CIXI)
        done("Cixi, 2012")
        history.found_teams_of_stations(xiaoshan, TEAMS_OF_XIAOSHAN)
        history.keep_ledgers(xiaoshan, OF_STEWARDS)
        done("what Xiaoshan's stations did, 2018 to 2021")
        history.found_teams_of_stewards(under(services, FIRST_TERM.first))
        history.report_of_stewards(xiaoshan, services, service.order)
        service.tell_of_past(services)
        done("what Xiaoshan's stewards did, 2018 to 2021")
        _tell_of_present(Present(programme, names, random, at), cixi, xiaoshan, serving)
        service.tell_of_present(services)
        Accepting(xiaoshan, offices, Random(SEED), at).tell()
        done(f"this month and last, up to {today}")
        _tell_besides(cixi, xiaoshan, villages, names, at, done)
        _tell_of_staff(cixi, xiaoshan, names, offices, at, done)
        _tell_of_money_and_premises(cixi, xiaoshan, offices, at, done)
        boundaries.tell(cixi, xiaoshan, villages, at)
        done("changes of boundaries, numbers of documents")
        _tell_of_guidance(cixi, xiaoshan, offices, at, done)


def _tell_of_present(present: Present, cixi: County, xiaoshan: County, serving: Sequence[Service]) -> None:
    """What the stewards and the stations do in these days."""
    present.report_of_stewards(xiaoshan, serving)
    present.bring_from_bureau(cixi)
    present.owe_of_firms(serving)
    for county, helpers in ((cixi, []), (xiaoshan, serving)):
        present.keep_ledgers(county)
        present.apply_for_teams(county, helpers)
        present.send_ledgers(county)
        present.owe_in_county(county)


def _tell_of_staff(
    cixi: County, xiaoshan: County, names: Names, offices: Offices, at: datetime, done: Callable[[str], None]
) -> None:
    """Posts, who holds them, and what is asked about both."""
    staff = StaffOfStations(names, offices, Random(SEED), at)
    for county in (cixi, xiaoshan):
        staff.fill(county)
        staff.tell(county)
    done("posts, officers and personnel cases")


def _tell_of_money_and_premises(
    cixi: County, xiaoshan: County, offices: Offices, at: datetime, done: Callable[[str], None]
) -> None:
    """Budgets, payments and spendings; hours, closures, and what premises are used for besides."""
    money, premises = Money(offices, at), Premises(at)
    for county in (cixi, xiaoshan):
        money.tell(county)
        premises.tell(county)
    done("money and premises")


def _tell_of_guidance(
    cixi: County, xiaoshan: County, offices: Offices, at: datetime, done: Callable[[str], None]
) -> None:
    """Trainings, meetings, pairings; circulars and what is answered to them; reports of towns."""
    guidance, circulars = Guidance(offices, at), Circulars(at)
    last = timezone.localdate(at).year - 1
    for county, years in ((cixi, [YEAR_OF_CIXI]), (xiaoshan, YEARS_OF_XIAOSHAN)):
        train_staff(county, [*years, last])
        guidance.tell(county)
    done("trainings, meetings and pairings")
    registrations = Registrations(at)
    for county in (cixi, xiaoshan):
        registrations.report(county)
    done("annual reports")
    for county in (cixi, xiaoshan):
        circulars.tell(county)
        schemes.tell(county, at)
        targets.tell(county, at)
    done("circulars, reports, schemes, targets")
    _tell_of_assessments(cixi, xiaoshan, offices, at, done)


def _tell_of_assessments(
    cixi: County, xiaoshan: County, offices: Offices, at: datetime, done: Callable[[str], None]
) -> None:
    """Years that were assessed, and the one that is being assessed; by chances of their own."""
    programme = Programme(Random(SEED))
    past, running = PastYears(programme, offices, at), RunningYear(programme, offices, at)
    for county in (cixi, xiaoshan):
        past.tell(county)
    done("assessments of 2012 and of 2018 to 2020")
    for county in (cixi, xiaoshan):
        running.tell(county)
    # What people were told of years that are over is old news.
    Standing(at).remind()
    done("last year's assessment, under way")


def _tell_besides(
    cixi: County,
    xiaoshan: County,
    villages: dict[str, list[Division]],
    names: Names,
    at: datetime,
    done: Callable[[str], None],
) -> None:
    """What is assessed, learned, planned and answered for besides."""
    assessed = AssessedYears(names, villages)
    for county, years in ((cixi, [YEAR_OF_CIXI]), (xiaoshan, YEARS_OF_XIAOSHAN)):
        assessed.tell(county, years)
    for county in (cixi, xiaoshan):
        assessed.tell_last(county, at)
    done("what the assessed years stand on besides")
    learning = Learning(Random(SEED), at)
    for county in (cixi, xiaoshan):
        learning.tell(county)
    done("courses, works, stars")
    plans = Plans(villages, at)
    for county in (cixi, xiaoshan):
        plans.furnish(county)
        plans.plan(county)
    done("what is planned, and the rooms for it")
    months = Months(at)
    for county, span in ((cixi, ALL_2012), (xiaoshan, LAST_YEAR_OF_STEWARDS)):
        months.count_visits(county)
        months.close_past(county, span)
        months.answer_for_last_month(county)
    done("the monthly returns")
    registrations = Registrations(at)
    for county in (cixi, xiaoshan):
        registrations.tell(county)
    done("registration: cases on their way, certificates")
    chance = Random(SEED)
    standing = Standing(at)
    for county in (cixi, xiaoshan):
        standing.tell(county)
    done("features, safety checks, complaints, facts of the year")
    for county in (cixi, xiaoshan):
        ask_residents(county, chance, at)
        take_photos(county, chance, at)
    done("what residents say, and photos")
