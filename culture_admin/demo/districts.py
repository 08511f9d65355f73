"""The two counties with their bureaus, towns and people, from the public division codes and data/stations.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo.accounts import AT_COUNTY, AT_EVERY_BUREAU, AT_TOWN, TOWNS, Offices
from culture_admin.demo.names import Names
from culture_admin.territory.actions import add_unit, load_divisions
from culture_admin.territory.models import Division, Unit
from stations.models import Station

DATA = Path(__file__).parent / "data"
CIXI, XIAOSHAN, QIANTANG = "330282", "330109", "330114"


@dataclass
class Town:
    """A town, its government and its station; `key` is its name in usernames, `people` are by office.

    pace: how lively its station is; 1 is usual.
    """

    key: str
    division: Division
    government: Unit
    station: Station
    people: dict[str, User]
    opened_on: date
    pace: float

    @property
    def name(self) -> str:
        return self.division.name_zh

    @property
    def head(self) -> User:
        return self.people["head"]


@dataclass
class County:
    """A county with its bureau; `people` by office, `towns` by key."""

    key: str
    division: Division
    bureau: Unit
    people: dict[str, User]
    towns: dict[str, Town] = field(default_factory=dict)

    @property
    def towns_of_today(self) -> list[Town]:
        """Without the streets that have left the county."""
        return [town for town in self.towns.values() if town.division.path.startswith(self.division.path)]


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the demo's own data files."""
    with (DATA / name).open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def enter_divisions() -> dict[str, Division]:
    """Enters the divisions; gives them by code."""
    return {code: division for (code, _valid_from), division in load_divisions(read("divisions.csv")).items()}


def found_county(division: Division, offices: Offices) -> County:
    """The bureau of a county, the offices beside it, and an account for each."""
    short = first_word(division.name_en)
    name = division.name_zh
    bureau = add_unit(
        kind=Unit.Kind.BUREAU,
        division=division,
        name_zh=f"{name}文化和广电旅游体育局",
        name_en=f"{short} Bureau of Culture, Tourism and Sport",
    )
    beside = {
        Role.REGISTRAR: add_unit(
            kind=Unit.Kind.REGISTRATION,
            division=division,
            name_zh=f"{name}事业单位登记管理局",
            name_en=f"{short} Registration Office for Public Institutions",
        ),
        Role.BACKBONE: add_unit(
            kind=Unit.Kind.CENTRE, division=division, name_zh=f"{name}文化馆", name_en=f"{short} Cultural Centre"
        ),
    }
    key = short.lower()
    people = {
        office: offices.fill(f"{office}.{key}", role, beside.get(role, bureau)) for office, role in AT_COUNTY.items()
    }
    return County(key, division, bureau, people)


def fill_shared_offices(counties: Iterable[County], offices: Offices) -> None:
    """The three administrators, who serve every bureau."""
    bureaus = [county.bureau for county in counties]
    for username, role in AT_EVERY_BUREAU.items():
        offices.fill(username, role, *bureaus)


def found_town_government(division: Division) -> Unit:
    is_subdistrict = division.type == Division.Type.SUBDISTRICT
    return add_unit(
        kind=Unit.Kind.TOWN,
        division=division,
        name_zh=f"{division.name_zh}{'办事处' if is_subdistrict else '人民政府'}",
        name_en=f"{division.name_en} {'Office' if is_subdistrict else 'Government'}",
    )


def fill_town_offices(key: str, government: Unit, station: Unit, offices: Offices) -> dict[str, User]:
    """Every station has a head and every town an officer; the towns people sign in to have everybody."""
    people = {
        office: offices.fill(f"{office}.{key}", role, government if role == Role.TOWN_OFFICER else station)
        for office, role in AT_TOWN.items()
        if role == Role.STATION_HEAD or key in TOWNS
    }
    if "town" not in people:
        # By a chance of its own: everybody else keeps the name he has.
        name = Names(Random(key)).person()
        people["town"] = offices.fill(f"town.{key}", Role.TOWN_OFFICER, government, name=name)
    return people


def first_word(name_en: str) -> str:
    """'Xintang' of 'Xintang Subdistrict'."""
    return name_en.partition(" ")[0]
