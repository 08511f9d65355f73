"""A synthetic province for measurement, entered in bulk: its stations, their stewards, and activities drawn at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from stdnum.cn import uscc

from activities.models import Activity, Kind
from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import Membership, User
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Division, Level, Unit, search_key
from culture_admin.workflow.bulk import reserve_keys
from stations.models import Station
from stewards.models import Firm, Posting, Steward

# No province has the code 98: nothing here is taken for a real place.
PROVINCE = "98"
TOWNS_PER_COUNTY = 20
COUNTIES_PER_PREFECTURE = 25
MOST_STATIONS = 99 * COUNTIES_PER_PREFECTURE * TOWNS_PER_COUNTY

# Per mille. Each line is one of Chengdu's six shares of 2019 (DOMAIN.md §7.1); how it is divided further is ours.
SHARES = {
    "PERF": 120, "COMP": 30, "FEST": 30, "TOUR": 41,
    "TRNG": 235, "LECT": 60, "ICHX": 20, "VOLN": 15, "ONLN": 14,
    "EXHB": 78,
    "FILM": 54,
    "READ": 198,
    "SPRT": 105,
}  # fmt: skip
# Of the logarithm of a head count: half of the activities have fewer than 80 heads, and the mean is 132 (DOMAIN.md §7.1).
HEADS = (4.382, 1.0)
LED_BY_STEWARD = 1 / 3
NOT_RECORDED = 0.03

TITLES = "邻里节文艺晚会 书法公益培训 亲子阅读分享会 露天电影放映 村晚 广场舞展演 剪纸体验 健康知识讲座 摄影作品展 送戏下乡".split()
STEWARDS = "陈琴 王鼓 李弦 周笙 吴箫".split()
VENUES = "文化礼堂 排练厅 村文化广场 社区活动室 图书分馆".split()

# The rows of a slice of time, across all stations, as a province logs them: with their decisions, in one statement. What
# a decision is about is hashed as `workflow.steps.content_hash` hashes `activities.flows.activity_content`.
LOG = r"""
WITH ground AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY station.unit_id) - 1 AS place, station.unit_id AS station_id, station.division_id,
           station.county_id, unit.name_zh AS unit_name, head.user_id, person.name AS head_name,
           posting.id AS posting_id, posting.steward_id, posting.firm_id, count(*) OVER () AS places
    FROM stations_station AS station
    JOIN territory_division AS division ON division.id = station.division_id AND division.code LIKE '98%%'
    JOIN territory_unit AS unit ON unit.id = station.unit_id
    JOIN accounts_membership AS head ON head.unit_id = station.unit_id
    JOIN accounts_user AS person ON person.id = head.user_id
    JOIN stewards_posting AS posting ON posting.station_id = station.unit_id
), drawn AS MATERIALIZED (
    SELECT %(first)s + floor(random() * %(days)s)::int AS begins_on,
           floor(random() * (SELECT max(places) FROM ground))::int AS place,
           (%(kinds)s::bigint[])[1 + floor(random() * 1000)::int] AS kind_id,
           (%(titles)s::text[])[1 + floor(random() * %(title_count)s)::int] || ' ' || number AS title,
           (%(venues)s::text[])[1 + floor(random() * %(venue_count)s)::int] AS venue,
           (ARRAY['09:00', '14:00', '19:00', NULL])[1 + floor(random() * 4)::int]::time AS begins_time,
           round(exp(%(heads)s + %(spread)s * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())))::int AS heads,
           random() < %(not_recorded)s AS not_recorded,
           random() < %(led_by_steward)s AS by_steward,
           random() < 0.2 AS estimated,
           2700 * (1 + floor(random() * 4)::int) AS seconds
    FROM generate_series(1, %(count)s) AS number
), entered AS (
    INSERT INTO activities_activity (
        client_uuid, title, kind_id, station_id, division_id, county_id, venue, begins_on, begins_time, ends_on,
        attendance, online_attendance, estimated, class_seconds, posting_id, steward_id, firm_id, led_by, note, content,
        effect, counted_by, planned, late, late_reason, state, version, recorded_at, recorded_by_id)
    SELECT gen_random_uuid(), title, kind_id, station_id, division_id, county_id, venue, begins_on, begins_time, begins_on,
           CASE WHEN NOT not_recorded AND kind_id <> %(online)s THEN heads END,
           CASE WHEN NOT not_recorded AND kind_id = %(online)s THEN heads END,
           estimated, CASE WHEN kind_id = %(training)s THEN seconds END,
           CASE WHEN by_steward THEN posting_id END, CASE WHEN by_steward THEN steward_id END,
           CASE WHEN by_steward THEN firm_id END, CASE WHEN by_steward THEN 'steward' ELSE 'station' END, '', '',
           '', 'heads', false, false, '', 'confirmed', 1, (begins_on + 1)::timestamptz, user_id
    FROM drawn JOIN ground USING (place) ORDER BY begins_on
    RETURNING *
)
INSERT INTO workflow_decision (
    subject_type_id, subject_id, power, step, from_state, to_state, actor_id, actor_text, role, unit_id, unit_text,
    comment, at, content_hash, division_id, station_id, firm_id)
SELECT %(subject)s, id, 'activities', 'log', '', state, user_id, head_name, 'station_head', station_id, unit_name,
       '', recorded_at, encode(sha256(convert_to(array_to_string(ARRAY[
           title, kind_id::text, NULL, station_id::text, NULL, venue, begins_on::text, begins_time::text, ends_on::text, NULL,
           attendance::text, online_attendance::text, initcap(estimated::text), class_seconds::text, entered.posting_id::text, NULL,
           note, content, effect, NULL, NULL, NULL
       ], E'\x1f', ''), 'UTF8')), 'hex'), entered.division_id, station_id, entered.firm_id
FROM entered JOIN ground USING (station_id)
"""


class Town(NamedTuple):
    """A town with the county above it."""

    division: Division
    county: Division


def ensure_stations(number: int, since: date) -> int:
    """Enters the province until it has `number` stations, each with a head and a steward there since `since`.

    Returns how many were added. Counties are filled one after the other, twenty towns each.
    """
    with acting(None):
        before = set(Division.objects.filter(code__startswith=PROVINCE).values_list("code", flat=True))
        divisions = _enter_divisions(number)
        added = [division for code, division in divisions.items() if code not in before]
        counties = [division for division in added if division.level == Level.COUNTY]
        towns = [
            Town(division, division.parent) for division in added if division.level == Level.TOWN and division.parent
        ]
        _enter_firms(counties)
        stations = _enter_stations(towns, since)
        _enter_heads(stations, since)
        _enter_stewards(stations, since)
    return len(stations)


def log_at_random(count: int, first: date, days: int) -> None:
    """Logs `count` activities at the province's stations, each on one of the `days` days from `first`, with its decision."""
    kinds = dict(Kind.objects.values_list("code", "pk"))
    mean, spread = HEADS
    with acting(None), connection.cursor() as cursor:
        cursor.execute(
            LOG,
            {
                "count": count,
                "first": first,
                "days": days,
                "kinds": [kinds[code] for code, share in SHARES.items() for _ in range(share)],
                "training": kinds["TRNG"],
                "online": kinds["ONLN"],
                "titles": TITLES,
                "title_count": len(TITLES),
                "venues": VENUES,
                "venue_count": len(VENUES),
                "heads": mean,
                "spread": spread,
                "not_recorded": NOT_RECORDED,
                "led_by_steward": LED_BY_STEWARD,
                "subject": ContentType.objects.get_for_model(Activity).pk,
            },
        )


def _outline(stations: int) -> Iterator[tuple[str, str, str, str]]:
    """Code, parent's code, level and name of each division of a province with so many stations, parents first."""
    yield f"{PROVINCE}0000", "", Level.PROVINCE, "规模省"
    for index in range(stations):
        county, town = divmod(index, TOWNS_PER_COUNTY)
        prefecture, place = divmod(county, COUNTIES_PER_PREFECTURE)
        city = f"{PROVINCE}{prefecture + 1:02}"
        if not town and not place:
            yield f"{city}00", f"{PROVINCE}0000", Level.PREFECTURE, f"第{prefecture + 1}市"
        if not town:
            yield f"{city}{place + 1:02}", f"{city}00", Level.COUNTY, f"第{county + 1}县"
        yield f"{city}{place + 1:02}1{town + 1:02}", f"{city}{place + 1:02}", Level.TOWN, f"第{index + 1}镇"


def _enter_divisions(stations: int) -> dict[str, Division]:
    """All divisions of the province by code, those missing entered; parents come first."""
    known = {division.code: division for division in Division.objects.filter(code__startswith=PROVINCE)}
    missing = [line for line in _outline(stations) if line[0] not in known]
    for key, (code, above, level, name) in zip(reserve_keys(Division, len(missing)), missing, strict=True):
        parent = known.get(above)
        known[code] = Division(
            pk=key,
            code=code,
            name_zh=name,
            search=search_key(name),
            level=level,
            type=level,
            parent=parent,
            path=f"{parent.path if parent else '/'}{key}/",
        )
    Division.objects.bulk_create([known[code] for code, *_ in missing])
    return known


def _units(kind: str, divisions: Sequence[Division], suffix: str, since: date | None = None) -> list[Unit]:
    names = [f"{division.name_zh}{suffix}" for division in divisions]
    return Unit.objects.bulk_create(
        Unit(kind=kind, division=division, name_zh=name, search=search_key(name), valid_from=since)
        for division, name in zip(divisions, names, strict=True)
    )


def _enter_firms(counties: Sequence[Division]) -> None:
    _units(Unit.Kind.BUREAU, counties, "文化局")
    units = _units(Unit.Kind.FIRM, counties, "文化服务公司")
    Firm.objects.bulk_create(Firm(unit=unit, uscc=_firm_code(unit.division.code)) for unit in units)


def _enter_stations(towns: Sequence[Town], since: date) -> list[Station]:
    units = _units(Unit.Kind.STATION, [town.division for town in towns], "综合文化站", since)
    return Station.objects.bulk_create(
        Station(unit=unit, division=town.division, county=town.county) for unit, town in zip(units, towns, strict=True)
    )


def _enter_heads(stations: Sequence[Station], since: date) -> None:
    password = make_password(None)
    heads = User.objects.bulk_create(
        User(username=f"head-{station.division.code}", name=f"{station.division.name_zh}站长", password=password)
        for station in stations
    )
    Membership.objects.bulk_create(
        Membership(user=head, role=Role.STATION_HEAD, unit=station.unit, valid_from=since)
        for head, station in zip(heads, stations, strict=True)
    )


def _enter_stewards(stations: Sequence[Station], since: date) -> None:
    firms = {
        firm.unit.division_id: firm
        for firm in Firm.objects.filter(unit__division__code__startswith=PROVINCE).select_related("unit")
    }
    names = [STEWARDS[number % len(STEWARDS)] for number in range(len(stations))]
    stewards = Steward.objects.bulk_create(
        Steward(firm=firms[station.county_id], name=name, search=search_key(name))
        for station, name in zip(stations, names, strict=True)
    )
    Posting.objects.bulk_create(
        Posting(steward=steward, firm=steward.firm, station=station, county_id=station.county_id, valid_from=since)
        for steward, station in zip(stewards, stations, strict=True)
    )


def _firm_code(county: str) -> str:
    """A unified social credit code with a right check character that no firm has."""
    body = f"91{county}MA{county}X"
    return body + uscc.calc_check_digit(body)
