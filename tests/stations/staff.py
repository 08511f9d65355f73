"""A station with its staff: a head and an officer, each in an established post, entered by the personnel section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from culture_admin.accounts.personal.numbers import check_sign
from culture_admin.workflow.actions import perform
from stations.actions import add_post, file_case, record_officer, record_posting
from stations.models import Officer, OfficerPosting, PersonnelCase, Post, Station
from tests.district import NOW, TODAY, District

# Of no division there is, so that it is nobody's.
NUMBER = "99000119900307002" + check_sign("99000119900307002")
SINCE = date(2022, 3, 1)
AHEAD = TODAY + timedelta(days=20)


@dataclass
class Staff:
    """The posts and people of one station."""

    station: Station
    head_post: Post
    officer_post: Post
    head: Officer
    officer: Officer

    def posting(self, officer: Officer) -> OfficerPosting:
        return OfficerPosting.objects.get(officer=officer, state="valid", valid_to=None)

    def posting_of(self, officer: Officer) -> OfficerPosting:
        """The one posting of an officer, over or not."""
        return OfficerPosting.objects.get(officer=officer)


def staffed(district: District, town: str = "east", **officer) -> Staff:
    """The station of a town with its head and one officer; the head has the account `station_head_TOWN`."""
    station, by = district.station(town), personnel_of(district, town)
    posts = [
        add_post(actor=by, station=station, kind=kind, name=name, tenure="established", valid_from=SINCE)
        for kind, name in (("head", "站长"), ("officer", "文化员"))
    ]
    account = getattr(district, f"station_head_{town}")
    # The certificates of the district name whom they call the head.
    head = record_officer(actor=by, at=NOW, station=station, name="站长", user=account, entered_on=date(2005, 9, 1))
    person = record_officer(
        actor=by,
        at=NOW,
        station=station,
        **{"name": "陈琴", "entered_on": date(2015, 7, 1), "title": "assistant"} | officer,
    )
    for one, post in zip((head, person), posts, strict=True):
        record_posting(actor=by, at=NOW, officer=one, post=post, valid_from=SINCE)
    return Staff(station, *posts, head, person)


def personnel_of(district: District, town: str):
    """Who enters staff: the county's personnel section; of the other county the system itself."""
    return district.personnel if town != "elsewhere" else None


def candidate(district: District, town: str = "east", **entries) -> Officer:
    """Somebody on file who holds no post."""
    actor = getattr(district, f"town_officer_{town}")
    return record_officer(actor=actor, at=NOW, station=district.station(town), **{"name": "新人"} | entries)


def filed(
    district: District, kind: str, officer: Officer, town: str = "east", *, submit: bool = True, **entries
) -> PersonnelCase:
    """A case of the town's officer, handed to the bureau unless said otherwise."""
    actor = getattr(district, f"town_officer_{town}")
    entries = {"effective_on": AHEAD, "reason": "工作需要"} | entries
    case = file_case(actor=actor, at=NOW, kind=kind, station=district.station(town), officer=officer, **entries)
    if submit:
        perform(case, "submit", actor=actor, at=NOW)
    return case


def steps(case: PersonnelCase, *taken: tuple[str, object], at=NOW) -> PersonnelCase:
    """Takes steps one after the other, each by somebody, with a comment where one is wanted."""
    for name, actor in taken:
        perform(case, name, actor=actor, at=at, comment="依据考察材料")
    return case
