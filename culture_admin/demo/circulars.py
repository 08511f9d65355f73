"""Circulars in the demo: one collection answered in every state, one late and chased up, a notice; and reports of towns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from culture_admin.accounts.models import User
from culture_admin.demo.accounts import TOWNS
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.workflow.actions import perform
from stations.actions import (
    change_report,
    chase_up,
    draft_circular,
    record_adoption,
    save_answers,
    send_report,
    submit_reply,
)
from stations.models import Adoption, Circular, Reply, Report

C = Circular
EQUIPMENT = (
    {"key": "rooms", "label": "对外开放功能室（间）", "kind": "number", "required": True},
    {"key": "value", "label": "设备原值", "kind": "money", "required": True, "help": "按固定资产台账填写，单位：元。"},
    {
        "key": "state",
        "label": "设备总体状况",
        "kind": "choice",
        "required": True,
        "choices": ["良好", "部分需维修", "多数需更新"],
    },
    {"key": "digital", "label": "是否接入公共文化云", "kind": "yes_no", "required": True},
    {"key": "checked", "label": "最近一次安全检查日期", "kind": "date"},
    {"key": "wants", "label": "最急需添置的设备", "kind": "text", "help": "不超过三项，写明数量。"},
    {"key": "list", "label": "设备清单", "kind": "file", "help": "可附台账扫描件或表格。"},
)
SUMMER = (
    {"key": "classes", "label": "暑期公益班（个）", "kind": "number", "required": True},
    {"key": "places", "label": "招生名额（人）", "kind": "number", "required": True},
    {"key": "contact", "label": "联系人", "kind": "text", "required": True},
)
STATES = ("良好", "良好", "部分需维修", "多数需更新")
WANTS = ("", "移动音响1套、无线话筒4支", "排练厅镜面墙更换", "电脑6台")
REPORTS = (
    ("村晚进礼堂，家门口唱响好日子", "今年以来，全镇各村文化礼堂举办村晚十余场，节目由村民自编自演，观众逾万人次。"),
    ("文化管家进社区，公益课堂受欢迎", "街道引入文化管家驻点服务，开设越剧、书法、非洲鼓等公益课堂，名额当天报满。"),
    ("老戏台修缮一新，周末戏曲角开锣", "历时三个月的戏台修缮完工，周末戏曲角恢复演出，团队轮流登台。"),
    ("非遗剪纸传习走进小学课堂", "文化站联合中心小学开设剪纸传习课，每周两节，由传承人授课。"),
)


class Circulars:
    """What the bureau has asked and told the stations, and what the towns report, up to `at`."""

    def __init__(self, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)

    def tell(self, county: County) -> None:
        towns = sorted(county.towns_of_today, key=lambda town: town.key not in TOWNS)
        self._collect(county, towns)
        self._collect_late(county, towns)
        self._give_notice(county, towns)
        self._report(county, towns)

    def _collect(self, county: County, towns: Sequence[Town]) -> None:
        """Who signs in first has a draft, the second was returned; of the others some have answered, some not looked."""
        circular = self._send(
            county, C.Kind.COLLECTION, "关于开展文化站设施设备情况统计的通知", 21, sent=8, due=12, questions=EQUIPMENT,
            body="为掌握各站设施设备底数，做好下半年添置计划，请各站按表填报。数字以固定资产台账为准。",
        )  # fmt: skip
        replies, clerk = _replies(circular, towns), county.people["service"]
        first, second, *others = towns
        save_answers(
            actor=first.head,
            reply=replies[first.key],
            answers={"rooms": "9", "state": "部分需维修"},
            at=self._moment(2),
        )
        for number, town in enumerate([second, *others[:9]]):
            submit_reply(
                actor=town.head,
                reply=replies[town.key],
                answers=self._equipment(number),
                at=self._moment(6 - number // 2),
            )
        accepted = [replies[town.key] for town in others[:5]]
        perform(_again(accepted), "accept", actor=clerk, at=self._moment(1))
        reason = "设备原值与固定资产台账不符，请核对后再报。"
        perform(_again([replies[second.key]]), "return", actor=clerk, comment=reason, at=self._moment(1))
        for town in others[9:12]:
            perform(_again([replies[town.key]]), "receive", actor=town.head, at=self._moment(3))

    def _equipment(self, number: int) -> dict[str, object]:
        return {
            "rooms": str(6 + number % 5),
            "value": f"{380_000 + 41_500 * number}.00",
            "state": STATES[number % 4],
            "digital": number % 3 != 1,
            "checked": str(self._ago(20 + number)),
            "wants": WANTS[number % 4],
        }

    def _collect_late(self, county: County, towns: Sequence[Town]) -> None:
        """Its day is over: three have not answered and were chased up, one answered late."""
        asked = towns[:8]
        circular = self._send(
            county, C.Kind.COLLECTION, "关于报送暑期公益培训计划的通知", 17, sent=20, due=-5, questions=SUMMER, to=asked,
            body="请列入本批试点的文化站报送暑期公益培训计划，由局统一向社会公布。",
        )  # fmt: skip
        replies, silent = _replies(circular, asked), (0, 3, 6)
        given = [town for number, town in enumerate(asked) if number not in silent]
        for number, town in enumerate(given):
            answers = {"classes": str(3 + number), "places": str(25 * (3 + number)), "contact": town.head.name}
            submit_reply(
                actor=town.head,
                reply=replies[town.key],
                answers=answers,
                at=self._moment(2 if number == 0 else 7 + number),
            )
        perform(
            _again([replies[town.key] for town in given[1:]]),
            "accept",
            actor=county.people["service"],
            at=self._moment(4),
        )
        chase_up(
            actor=county.people["service"],
            circular=circular,
            comment="请于明日下班前报送，逾期将通报。",
            at=self._moment(3),
        )

    def _give_notice(self, county: County, towns: Sequence[Town]) -> None:
        """Something to take note of, which half of the stations have; and a draft that is not out."""
        circular = self._send(
            county, C.Kind.NOTICE, "关于做好汛期文化场馆安全工作的通知", 24, sent=3, due=4, questions=(),
            body="请各站落实值班制度，检查屋面、电路和消防通道，恶劣天气按规定暂停开放并及时公告。",
        )  # fmt: skip
        replies = _replies(circular, towns)
        for town in towns[2:8]:
            perform(replies[town.key], "receive", actor=town.head, at=self._moment(1))
        draft_circular(
            actor=county.people["finance"],
            at=self._moment(1),
            kind=C.Kind.COLLECTION,
            title="关于核对上半年免费开放补助资金使用情况的通知",
            body="请各镇（街道）核对补助资金到账和使用情况。",
            audience=C.Audience.TOWNS,
            due_on=self._ago(-30),
            questions=[{"label": "已到账金额", "kind": "money", "required": True}],
        )

    def _report(self, county: County, towns: Sequence[Town]) -> None:
        """Reports of towns and stations: adopted by bureau, city and province, taken note of, returned, just sent in."""
        clerk = county.people["service"]
        first, second, third, fourth = towns[:4]

        def send(actor: User, unit, number: int, ago: int) -> Report:
            title, text = REPORTS[number]
            return send_report(actor=actor, unit=unit, title=title, text=text, author=actor.name, at=self._moment(ago))

        much = send(first.head, first.station.unit, 0, 45)
        for level, ago, bulletin in (
            (Adoption.Level.BUREAU, 40, "文广旅体信息第12期（演示）"),
            (Adoption.Level.CITY, 33, "市文化信息第31期（演示）"),
            (Adoption.Level.PROVINCE, 20, ""),
        ):
            record_adoption(
                actor=clerk,
                report=much,
                level=level,
                adopted_on=self._ago(ago),
                bulletin=bulletin,
                at=self._moment(ago),
            )
        once = send(second.people["town"], second.government, 1, 30)
        perform(once, "adopt", actor=clerk, at=self._moment(28))
        perform(send(third.head, third.station.unit, 2, 12), "note", actor=clerk, at=self._moment(10))
        back = send(second.head, second.station.unit, 3, 6)
        perform(back, "return", actor=clerk, comment="请补充参加人数和效果。", at=self._moment(4))
        send(fourth.head, fourth.station.unit, 3, 1)
        change_report(
            actor=first.head,
            report=send(first.head, first.station.unit, 2, 2),
            text=REPORTS[2][1] + "已演出六场。",
            at=self._moment(1),
        )

    # --- the same way every time ---

    def _send(
        self, county: County, kind: str, title: str, number: int, *, sent: int, due: int, questions: Sequence[dict],
        body: str, to: Sequence[Town] = (),
    ) -> Circular:  # fmt: skip
        clerk, mark = county.people["service"], county.division.name_zh[0]
        circular = draft_circular(
            actor=clerk,
            at=self._moment(sent),
            kind=kind,
            title=title,
            body=body,
            document_no=f"{mark}文广旅体〔{self._ago(sent).year}〕{number}号",
            chosen=C.Chosen.LIST if to else C.Chosen.ALL,
            listed=[town.station.unit for town in to],
            due_on=self._ago(-due),
            questions=questions,
        )
        perform(circular, "issue", actor=clerk, at=self._moment(sent))
        return circular

    def _moment(self, days: int) -> datetime:
        return min(moment(self._ago(days)), self._at)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def _replies(circular: Circular, towns: Sequence[Town]) -> dict[str, Reply]:
    """The replies of the stations, by the key of their towns."""
    keys = {town.station.unit_id: town.key for town in towns}
    rows = Reply.objects.filter(circular=circular).select_related("circular", "unit__division", "form")
    return {keys[reply.unit_id]: reply for reply in rows}


def _again(replies: Sequence[Reply]) -> list[Reply]:
    """As they stand now."""
    return list(Reply.objects.filter(pk__in=[reply.pk for reply in replies]).order_by("pk"))
