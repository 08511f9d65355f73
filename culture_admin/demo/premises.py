"""What becomes of premises: hours, a room that is let, closures announced in time and late, findings in each state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.workflow.actions import perform
from stations.actions import change_facility, change_use, file_closure, open_finding, record_use
from stations.models import Facility, Finding

# A station short of its 42 hours, and some that have enough.
HOURS = {
    "wenyan": {"综合楼": "1-5 09:00-11:30,13:30-17:00", "文体中心剧场": "6 09:00-12:00", "图书分馆": "", "展览厅": ""},
    "kandun": {"综合楼": "2-6 09:00-11:30,13:30-17:00"},
    "zhouxiang": {"图书分馆": "1-7 08:30-20:30"},
    "zhangqi": {"综合楼": "1-7 08:30-17:00"},
    "guali": {"图书分馆": "1-7 08:30-20:30"},
    "linpu": {"综合楼": "1-5 08:30-17:30; 6-7 09:00-17:00"},
}
POSITIONS = {"guanhaiwei": ("30.168420", "121.420310"), "xintang": ("30.165710", "120.305260")}
# By town: the room, the kind of use, m², by whom, since how many days, and how far its finding has come.
USES = {
    "xintang": ("综合楼", "lease", 120, "某教育培训机构", 40, "open"),
    "zhouxiang": ("展览厅", "lease", 200, "某家具展销", 60, "rectified"),
    "guanhaiwei": ("文体中心剧场", "enterprise", 150, "某影院公司", 120, "closed"),
    "wenyan": ("展览厅", "cultural", 90, "少儿书画培训（公益性收费备案）", 200, ""),
}


class Premises:
    """Writes what becomes of a county's premises, as it stands at `at`."""

    def __init__(self, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)

    def tell(self, county: County) -> None:
        for key, rooms in HOURS.items():
            if town := county.towns.get(key):
                for name, hours in rooms.items():
                    change_facility(actor=town.head, facility=self._room(town, name), at=self._at, opening_hours=hours)
        for key, (latitude, longitude) in POSITIONS.items():
            if town := county.towns.get(key):
                change_facility(
                    actor=town.head,
                    facility=self._room(town, "综合楼"),
                    at=self._at,
                    latitude=Decimal(latitude),
                    longitude=Decimal(longitude),
                )
        for key in USES:
            if town := county.towns.get(key):
                self._use(county, town)
        self._shut(county)
        if town := county.towns.get("wenyan"):
            open_finding(
                actor=county.people["service"],
                at=moment(self._ago(6)),
                station=town.station,
                kind=Finding.Kind.OPENING_HOURS,
                what="每周开放时间不足42小时",
                basis="《公共文化体育设施条例》第三十条第（一）项",
            )

    def _use(self, county: County, town: Town) -> None:
        room, kind, area, user, days, state = USES[town.key]
        use = record_use(
            actor=town.head,
            at=moment(self._ago(min(days, 20))),
            facility=self._room(town, room),
            kind=kind,
            area=area,
            user=user,
            valid_from=self._ago(days),
            document="房屋使用协议",
        )
        finding = Finding.objects.about(use).first()
        if finding is None or state == "open":
            return
        change_use(actor=town.head, otheruse=use, at=moment(self._ago(3)), valid_to=self._ago(3))
        perform(
            finding, "rectify", actor=town.head, at=moment(self._ago(2)), comment="协议已解除，场地已腾空并恢复开放。"
        )
        if state == "closed":
            perform(
                finding, "accept", actor=county.people["service"], at=moment(self._ago(1)), comment="现场复查属实。"
            )

    def _shut(self, county: County) -> None:
        """One announced in time, and one two days ahead."""
        if town := county.towns.get("guanhaiwei"):
            self._announce(town, "展览厅", 20, 12, "展柜更新，暂停开放")
        if town := county.towns.get("xintang"):
            self._announce(town, "图书分馆", 25, 6, "图书盘点")
        if town := county.towns.get("wenyan"):
            self._announce(town, "图书分馆", 2, 4, "空调检修")

    def _announce(self, town: Town, room: str, days: int, lasting: int, reason: str) -> None:
        begins_on = self._today + timedelta(days=days)
        file_closure(
            actor=town.head,
            at=moment(self._today) if moment(self._today) <= self._at else self._at,
            station=town.station,
            facility=self._room(town, room),
            begins_on=begins_on,
            ends_on=begins_on + timedelta(days=lasting),
            reason=reason,
        )

    def _room(self, town: Town, name: str) -> Facility:
        rooms = Facility.objects.select_related("station__division", "station__unit")
        return rooms.get(station=town.station, name=name)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)
