"""Staff in numbers, and a station's rows of staff with a mark: for the lists of the admin, and for every door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Model

from stations.actions import add_post, apply_for_title, object_to, record_off_post, record_officer, record_posting
from stations.models import (
    Officer,
    OfficerPosting,
    OffPost,
    OffPostObjection,
    PersonnelCase,
    Post,
    TitleApplication,
)
from tests.district import NOW, TODAY, District
from tests.stations.staff import SINCE, candidate, filed, personnel_of


def post(district: District, number: int, town: str = "east", name: str = "") -> Post:
    entered = {"kind": "officer", "name": name or f"文化员{number}", "tenure": "established", "valid_from": SINCE}
    return add_post(actor=personnel_of(district, town), station=district.station(town), **entered)


def posted(district: District, number: int, town: str = "east", name: str = "") -> OfficerPosting:
    by, named = personnel_of(district, town), name or f"文化员{number}"
    officer = record_officer(
        actor=by, at=NOW, station=district.station(town), name=named, entered_on=date(2010, 7, 1), title="clerk"
    )
    return record_posting(actor=by, at=NOW, officer=officer, post=post(district, number, town, name), valid_from=SINCE)


def off_post(district: District, number: int, town: str = "east", name: str = "") -> OffPost:
    posting = posted(district, number, town, name)
    left = {"reason": "diverted", "valid_from": TODAY - timedelta(days=30), "note": name}
    by = getattr(district, f"town_officer_{town}")
    return record_off_post(actor=by, at=NOW, officer=posting.officer, station=posting.station, **left)


def objection(district: District, number: int, town: str = "east", name: str = "") -> OffPostObjection:
    by = getattr(district, f"town_officer_{town}")
    entry = off_post(district, number, town, name)
    return object_to(actor=by, off_post=entry, grounds=name or f"当日在岗{number}", at=NOW)


def application(district: District, number: int, town: str = "east", name: str = "") -> TitleApplication:
    posting = posted(district, number, town, name)
    asked = {"year": TODAY.year, "sought": "assistant", "note": name}
    by = getattr(district, f"town_officer_{town}")
    return apply_for_title(actor=by, officer=posting.officer, station=posting.station, at=NOW, **asked)


def case(district: District, number: int, town: str = "east", name: str = "") -> PersonnelCase:
    officer = posted(district, number, town, name).officer
    asked = {"other_unit": name or "邻镇", "until": TODAY + timedelta(days=200), "reason": name or "工作需要"}
    return filed(district, "secondment", officer, town, submit=False, **asked)


OF_STAFF: dict[type[Model], Callable[[District, int], object]] = {
    Post: post,
    Officer: lambda district, number: candidate(district, name=f"新人{number}"),
    OfficerPosting: posted,
    PersonnelCase: case,
    OffPost: off_post,
    OffPostObjection: objection,
    TitleApplication: application,
}


# The pages of the desk by the first part of their address.
PAGES_OF_STAFF: dict[str, type[Model]] = {
    "officers": Officer,
    "cases": PersonnelCase,
    "off-post": OffPost,
    "objections": OffPostObjection,
    "titles": TitleApplication,
}


def of_staff(district: District, town: str, mark: str) -> Iterator[Model]:
    """Staff of the station of a town, made by its own people and the personnel section."""
    shift = case(district, 1, town, f"{mark}借")
    yield shift
    yield shift.officer
    yield OfficerPosting.objects.get(officer=shift.officer)
    if town == "elsewhere":
        # Nobody there could decide on an objection, or on a title.
        yield off_post(district, 2, town, f"{mark}离")
        return
    contested = objection(district, 2, town, f"{mark}离")
    yield contested
    yield contested.off_post
    yield application(district, 3, town, f"{mark}评")
