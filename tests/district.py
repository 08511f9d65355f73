"""The smallest whole district: a bureau, two towns with stations, a firm with two stewards, one person per role.

Beside it stands a second county with one station, so that every test of a wall has something that could leak.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property

from activities.actions import log_activity
from activities.models import Activity, Genre, Kind
from activities.models.bounds import LATE_AFTER
from culture_admin.accounts.actions import grant_office, issue_account, issue_key, set_password
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import SEATS, Role
from culture_admin.territory.actions import add_division, add_unit, record_residents
from culture_admin.territory.models import Division, Unit
from stations.actions import grade_station, open_station, register_legal_person
from stations.models import Station
from stewards.actions import add_firm, add_steward, post_steward
from stewards.models import Firm, Posting, Steward

# Noon in Shanghai on the district's today.
NOW = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
OPENED = date(2020, 1, 1)
PASSWORD = "every-room-has-2-doors"
ROLES_OF_TOWN = (Role.TOWN_OFFICER, Role.STATION_HEAD, Role.STATION_OFFICER)


class District:
    """Reads what `build_district` made. Towns are `east` and `west`; `elsewhere` is the other county's town.

    People: `leader`, `bureau_admin` … by role; those of towns by role and town, as `station_head_east`.
    """

    now, today = NOW, TODAY

    def __getattr__(self, username: str) -> User:
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist:
            raise AttributeError(username) from None

    @cached_property
    def county(self) -> Division:
        return Division.objects.get(code="990101")

    @cached_property
    def bureau(self) -> Unit:
        return Unit.objects.get(kind=Unit.Kind.BUREAU, division=self.county)

    def town(self, name: str) -> Division:
        return Division.objects.get(code={"east": "990101101", "west": "990101102", "elsewhere": "990102101"}[name])

    def station(self, name: str) -> Station:
        return Station.objects.select_related("division", "county", "unit").get(division=self.town(name))

    @cached_property
    def east(self) -> Station:
        return self.station("east")

    @cached_property
    def west(self) -> Station:
        return self.station("west")

    @cached_property
    def elsewhere(self) -> Station:
        return self.station("elsewhere")

    @cached_property
    def firm(self) -> Firm:
        return Firm.objects.get(unit__name_zh="知音文化公司")

    def posting(self, town: str) -> Posting:
        return Posting.objects.select_related("steward").get(station=self.station(town))

    def kind(self, code: str) -> Kind:
        return Kind.objects.get(code=code)

    def genre(self, code: str) -> Genre:
        return Genre.objects.get(code=code)

    def log(self, station: Station | None = None, *, actor: User | None = None, **entries) -> Activity:
        """An activity of the east station, logged by its head, unless said otherwise; of long ago with why so late."""
        station = station or self.east
        actor = actor or getattr(self, f"station_head_{self._name(station)}")
        values = {"title": "邻里节演出", "kind": self.kind("PERF"), "begins_on": date(2026, 5, 6), "attendance": 120}
        values |= {"at": NOW} | entries
        if TODAY - (values.get("ends_on") or values["begins_on"]) > LATE_AFTER:
            values.setdefault("late_reason", "台账整理时补登")
        return log_activity(actor=actor, station=station, **values)

    def key(self, role: str, unit: Unit | None = None, **options) -> str:
        """A fresh API key of a role."""
        return issue_key(actor=None, name=role, role=role, unit=unit or self.bureau, **options)[1]

    def _name(self, station: Station) -> str:
        return {self.east.pk: "east", self.west.pk: "west"}.get(station.pk, "elsewhere")


def build_district() -> None:
    """Makes the district through the same actions as real data."""
    province = add_division(
        code="990000", name_zh="试验省", name_en="Trial Province", level="province", type="province"
    )
    city = add_division(
        code="990100", name_zh="试验市", name_en="Trial City", level="prefecture", type="prefecture", parent=province
    )
    county = _county(city, "990101", "试验县", "Trial County")
    other = _county(city, "990102", "邻县", "Neighbour County")
    towns = {
        "east": _town(county, "990101101", "东镇", "East Town", "12990101MB0A00017K"),
        "west": _town(county, "990101102", "西街道", "West Subdistrict", "12990101MB0A00025E"),
        "elsewhere": _town(other, "990102101", "远镇", "Far Town", "12990102MB0A000172"),
    }
    bureau = county.units.get(kind=Unit.Kind.BUREAU)
    registration = add_unit(kind=Unit.Kind.REGISTRATION, division=county, name_zh="试验县事业单位登记管理局")
    centre = add_unit(kind=Unit.Kind.CENTRE, division=county, name_zh="试验县文化馆")
    firm = add_firm(
        actor=None, division=county, name_zh="知音文化公司", name_en="Zhiyin Culture", uscc="91990101MA2ABCDE06"
    )
    for role in Role.values:
        if role in ROLES_OF_TOWN or role == Role.STEWARD:
            continue
        unit = {"registration": registration, "centre": centre, "firm": firm.unit}.get(
            next(iter(sorted(SEATS[role], reverse=True)))
        )
        _person(role, role, unit or bureau)
    for name, station in towns.items():
        office = station.division.units.get(kind=Unit.Kind.TOWN)
        for role in ROLES_OF_TOWN:
            _person(f"{role}_{name}", role, office if role == Role.TOWN_OFFICER else station.unit)
    _person("bureau_admin_elsewhere", Role.BUREAU_ADMIN, other.units.get(kind=Unit.Kind.BUREAU))
    for name in ("east", "west"):
        steward = add_steward(
            actor=None,
            firm=firm,
            name={"east": "陈琴", "west": "王鼓"}[name],
            user=_person(f"steward_{name}", Role.STEWARD, firm.unit),
        )
        post_steward(actor=None, steward=steward, station=towns[name], valid_from=date(2026, 1, 1))


def _county(city: Division, code: str, name_zh: str, name_en: str) -> Division:
    county = add_division(code=code, name_zh=name_zh, name_en=name_en, level="county", type="county", parent=city)
    add_unit(kind=Unit.Kind.BUREAU, division=county, name_zh=f"{name_zh}文化局", name_en=f"Culture Bureau of {name_en}")
    return county


def _town(county: Division, code: str, name_zh: str, name_en: str, uscc: str) -> Station:
    kind = "subdistrict" if name_zh.endswith("街道") else "town"
    town = add_division(code=code, name_zh=name_zh, name_en=name_en, level="town", type=kind, parent=county)
    add_division(code=f"{code}201", name_zh=f"{name_zh[0]}村", level="village", type="village", parent=town)
    record_residents(division=town, year=2026, number=40_000, source="试验县统计局")
    add_unit(kind=Unit.Kind.TOWN, division=town, name_zh=f"{name_zh}人民政府", name_en=f"Government of {name_en}")
    station = open_station(
        actor=None,
        division=town,
        name_zh=f"{name_zh}综合文化站",
        name_en=f"{name_en} Cultural Station",
        opened_on=OPENED,
    )
    register_legal_person(
        actor=None,
        station=station,
        uscc=uscc,
        legal_representative="站长",
        sponsor=f"{name_zh}人民政府",
        authority="试验县事业单位登记管理局",
        valid_from=date(2024, 3, 1),
    )
    grade_station(actor=None, station=station, grade="first", valid_from=date(2024, 1, 1), document="试文〔2024〕1号")
    return station


def _person(username: str, role: str, unit: Unit) -> User:
    user = issue_account(actor=None, username=username, name=username)
    set_password(actor=None, user=user, password=PASSWORD)
    grant_office(actor=None, user=user, role=role, unit=unit, valid_from=OPENED)
    return user


__all__ = ["NOW", "TODAY", "District", "Firm", "Posting", "Steward", "build_district"]
