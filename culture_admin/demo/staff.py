"""Staff in the demo: posts, officers, cases in every state, time off post, and a paper that is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from culture_admin.accounts.acting import acting
from culture_admin.accounts.models import User
from culture_admin.accounts.personal.numbers import check_sign
from culture_admin.accounts.roles import Role
from culture_admin.demo.accounts import TOWNS, Offices
from culture_admin.demo.districts import County, Town
from culture_admin.demo.entries import moment
from culture_admin.demo.names import Names
from culture_admin.workflow.actions import perform
from stations.actions import (
    add_post,
    apply_for_title,
    file_case,
    file_case_for_person,
    object_to,
    record_off_post,
    record_officer,
    record_posting,
    report_back,
)
from stations.models import Officer, OfficerPosting, OffPost, PersonnelCase, Post

K, T = PersonnelCase.Kind, Officer.Title
# Division and number of nobody: 990000 is no code of the standard.
NOBODY = "990000"
SPECIALITIES = ("越剧", "舞蹈", "群众音乐", "书法", "文化活动策划", "非遗保护", "图书管理")
SCHOOLS = (
    "浙江艺术职业学院 戏曲表演",
    "宁波大学 音乐学",
    "杭州师范大学 文化管理",
    "浙江传媒学院 播音主持",
    "绍兴文理学院 汉语言文学",
)
TITLES = ("", T.CLERK, T.ASSISTANT, T.ASSISTANT, T.LIBRARIAN, T.LIBRARIAN, T.ASSOCIATE)
SECOND_POST = "文化员（文体活动）"
PAY: dict[str, Any] = {"basic": Decimal(4650), "performance": Decimal(2100), "allowances": Decimal(860)}


class StaffOfStations:
    """Fills the stations of both counties with people, and their desks with cases; everything by the verbs of real offices."""

    def __init__(self, names: Names, offices: Offices, random: Random, at: datetime) -> None:
        self._names, self._offices, self._random, self._at = names, offices, random, at
        self._today = timezone.localdate(at)
        self._heads: dict[str, Officer] = {}
        self._officers: dict[str, list[Officer]] = {}

    def fill(self, county: County) -> None:
        """Posts and people of every station as they are on record: who signs in as head heads the station."""
        personnel = county.people["personnel"]
        with acting(personnel):
            for number, town in enumerate(county.towns_of_today):
                self._fill_station(personnel, town, number)

    def tell(self, county: County) -> None:
        """What is asked, decided and contested, so that every page of the county's personnel section has life."""
        towns = [county.towns[key] for key in TOWNS if key in county.towns]
        others = [town for town in county.towns_of_today if town.key not in TOWNS]
        first, second = towns
        self._cases_in_each_state(county, first, second)
        self._late_and_ahead(county, others)
        self._off_post(county, first, second, others)
        self._heads_that_change(county, others)

    # --- posts and people ---

    def _fill_station(self, personnel: User, town: Town, number: int) -> None:
        since = max(town.opened_on, date(2010, 1, 1))
        head_post = self._post(personnel, town, Post.Kind.HEAD, "站长", since)
        posts = [self._post(personnel, town, Post.Kind.OFFICER, "文化员", since)]
        if town.key in TOWNS or number % 3 == 0:
            posts.append(self._post(personnel, town, Post.Kind.OFFICER, SECOND_POST, since))
        head = self._person(personnel, town, town.head.name, user=town.head, senior=True)
        self._hold(personnel, head, head_post)
        self._heads[town.key] = head
        self._officers[town.key] = []
        for place, post in enumerate(posts):
            if place == 1 and town.key not in TOWNS:
                # A vacancy, as many stations have one.
                continue
            user = town.people.get("officer") if place == 0 else None
            officer = self._person(personnel, town, user.name if user else self._names.person(), user=user)
            self._hold(personnel, officer, post)
            self._officers[town.key].append(officer)

    def _post(self, personnel: User, town: Town, kind: str, name: str, since: date) -> Post:
        tenure = Post.Tenure.CONTRACT if name == SECOND_POST else Post.Tenure.ESTABLISHED
        return add_post(
            actor=personnel, station=town.station, kind=kind, name=name, tenure=tenure, valid_from=since, document="慈文编〔2010〕3号（演示）"
            if town.division.code.startswith("3302") else "萧文编〔2010〕5号（演示）",
        )  # fmt: skip

    def _person(
        self, personnel: User, town: Town, name: str, *, user: User | None = None, senior: bool = False
    ) -> Officer:
        born = date(self._random.randrange(1966, 1978) if senior else self._random.randrange(1978, 1999), 1, 1)
        born += timedelta(days=self._random.randrange(365))
        entered = date(born.year + self._random.randrange(20, 24), 7, 1)
        title = self._random.choice(TITLES[3:] if senior else TITLES)
        return record_officer(
            actor=personnel,
            at=self._at,
            station=town.station,
            name=name,
            sex=self._random.choice(Officer.Sex.values),
            education=self._random.choice([Officer.Education.COLLEGE, Officer.Education.BACHELOR]),
            school=self._random.choice(SCHOOLS),
            speciality=self._random.choice(SPECIALITIES),
            title=title,
            title_on=min(date(entered.year + 6, 12, 1), self._today) if title else None,
            entered_on=entered,
            user=user,
            **self._personal(born),
        )

    def _personal(self, born: date) -> dict[str, Any]:
        number = f"{NOBODY}{born:%Y%m%d}{self._random.randrange(1000):03d}"
        return {"identity_number": number + check_sign(number), "phone": f"199{self._random.randrange(10**8):08d}"}

    def _hold(self, personnel: User, officer: Officer, post: Post) -> OfficerPosting:
        since = max(post.valid_from, officer.entered_on or post.valid_from)
        return record_posting(actor=personnel, at=self._at, officer=officer, post=post, valid_from=since)

    # --- cases ---

    def _cases_in_each_state(self, county: County, first: Town, second: Town) -> None:
        """In the two towns people sign in to: a draft, one submitted, one accepted, one returned, one refused, pay to determine."""
        one, other = self._officers[first.key]
        pay = self._file(first, K.PAY, officer=one, ago=6, year=self._today.year, effective_on=self._ahead(30), **PAY)
        self._step(pay, "accept", county.people["personnel"], ago=4)
        self._file(
            first, K.SECONDMENT, officer=other, ago=2, other_unit=f"{first.name}党建办公室", effective_on=self._ahead(25),
            until=self._ahead(115), reason="协助镇重点工作专班，为期三个月。",
        )  # fmt: skip
        there, here = self._officers[second.key]
        returned = self._file(
            second,
            K.TRANSFER_OUT,
            officer=there,
            ago=12,
            other_unit="区文化馆",
            effective_on=self._ahead(20),
            reason="文化馆缺声乐辅导人员。",
        )
        self._step(returned, "return", county.people["personnel"], ago=9, comment="请补充调入单位的接收函。")
        self._file(
            second, K.DISMISSAL, officer=here, ago=0, submit=False, grounds=PersonnelCase.Grounds.EXPIRY,
            effective_on=self._ahead(40), reason="合同到期，双方不再续签。",
        )  # fmt: skip
        refused = self._file_new(
            first,
            K.RECRUITMENT,
            ago=40,
            post=self._vacancy(first, county),
            effective_on=self._ahead(5),
            reason="新增文体活动岗位。",
        )
        self._step(refused, "accept", county.people["personnel"], ago=35)
        self._step(refused, "refuse", county.people["personnel"], ago=30, comment="未按公开招聘程序进行，不予同意。")

    def _late_and_ahead(self, county: County, towns: list[Town]) -> None:
        """A recruitment filed too late and counted, and one that takes effect on the first of a coming month."""
        personnel = county.people["personnel"]
        late, ahead = towns[0], towns[3]
        case = self._file_new(
            late, K.RECRUITMENT, ago=20, post=self._vacancy(late, county), effective_on=self._ago(35), reason="活动旺季人手不足。",
            late_reason="镇里先行安排到岗，未及时上报。",
        )  # fmt: skip
        self._step(case, "accept", personnel, ago=15)
        self._step(case, "approve_today", personnel, ago=10)
        first_of_month = (self._today.replace(day=1) + timedelta(days=63)).replace(day=1)
        case = self._file_new(
            ahead,
            K.RECRUITMENT,
            ago=14,
            post=self._vacancy(ahead, county),
            effective_on=first_of_month,
            reason="补充空缺岗位。",
        )
        self._step(case, "accept", personnel, ago=11)
        self._step(case, "approve", personnel, ago=6)

    def _off_post(self, county: County, first: Town, second: Town, others: list[Town]) -> None:
        """Somebody put to other work who loses this year's promotion and objects; a secondment whose day of return has come."""
        personnel = county.people["personnel"]
        away, objecting = others[1], others[2]
        officer = self._officers[away.key][0]
        record_off_post(
            actor=personnel, at=self._at, officer=officer, station=away.station, reason=OffPost.Reason.DIVERTED,
            valid_from=self._ago(70), note="抽调至镇综合行政执法队",
        )  # fmt: skip
        contested = self._officers[objecting.key][0]
        entry = record_off_post(
            actor=personnel, at=self._at, officer=contested, station=objecting.station, reason=OffPost.Reason.UNKNOWN,
            valid_from=self._ago(50), valid_to=self._ago(32),
        )  # fmt: skip
        object_to(
            actor=self._heads[objecting.key].user,
            off_post=entry,
            grounds="当时参加省文化馆脱产培训，有通知和结业证书。",
            at=self._at,
        )
        seconded = self._officers[others[5].key][0]
        case = self._file(
            others[5], K.SECONDMENT, officer=seconded, ago=120, other_unit="区创建办", effective_on=self._ago(95), until=self._ahead(4),
            reason="全国文明城市创建工作需要。",
        )  # fmt: skip
        self._step(case, "accept", personnel, ago=112)
        self._step(case, "approve", personnel, ago=108)
        sick = record_off_post(
            actor=personnel, at=self._at, officer=self._officers[others[4].key][0], station=others[4].station,
            reason=OffPost.Reason.SICK, valid_from=self._ago(30),
        )  # fmt: skip
        report_back(actor=personnel, offpost=sick, returned_on=self._ago(16), at=self._at)
        for town in (first, second):
            applicant = next((one for one in self._officers[town.key] if one.title and one.title != T.RESEARCH), None)
            if applicant:
                sought = list(T)[list(T).index(T(applicant.title)) + 1]
                apply_for_title(
                    actor=town.head,
                    officer=applicant,
                    station=town.station,
                    year=self._today.year,
                    sought=sought,
                    at=self._at,
                )

    def _heads_that_change(self, county: County, towns: list[Town]) -> None:
        """A head who took office while the certificate names the one before; one in publicity; one acting in a vacancy."""
        personnel, leader = county.people["personnel"], county.people["leader"]
        changed, proposed, vacant = towns[-1], towns[-2], towns[-3]
        begun = self._ago(12)
        self._remove(county, changed, filed=75, on=begun)
        case = self._file_new(
            changed, K.APPOINTMENT, ago=60, post=self._head_post(changed), effective_on=begun, username=f"head2.{changed.key}",
            reason="经镇党委会议研究推荐。",
        )  # fmt: skip
        self._until_publicity(case, personnel, ago=45)
        self._step(case, "appoint", leader, ago=14)
        self._remove(county, proposed, filed=30, on=self._ahead(20))
        case = self._file_new(
            proposed, K.APPOINTMENT, ago=20, post=self._head_post(proposed), effective_on=self._ahead(20),
            username=f"head2.{proposed.key}", reason="经街道党工委会议研究推荐。",
        )  # fmt: skip
        self._until_publicity(case, personnel, ago=1)
        self._remove(county, vacant, filed=50, on=self._ago(8))
        record_posting(
            actor=personnel, at=self._at, officer=self._officers[vacant.key][0], post=self._head_post(vacant),
            valid_from=self._ago(8), valid_to=self._ahead(80), acting=True, document="临时主持工作",
        )  # fmt: skip

    def _remove(self, county: County, town: Town, *, filed: int, on: date) -> None:
        case = self._file(
            town, K.REMOVAL, officer=self._heads[town.key], ago=filed, grounds=PersonnelCase.Grounds.RETIREMENT, effective_on=on,
            reason="到龄退休，建议免去站长职务。",
        )  # fmt: skip
        self._step(case, "accept", county.people["personnel"], ago=filed - 3)
        self._step(case, "remove", county.people["leader"], ago=filed - 6)

    def _until_publicity(self, case: PersonnelCase, personnel: User, *, ago: int) -> None:
        for days, step in ((8, "accept"), (6, "examine"), (3, "inspect"), (0, "publicise")):
            self._step(case, step, personnel, ago=ago + days, comment="到镇考察，群众反映良好。")

    # --- the same way every time ---

    def _file(
        self, town: Town, kind: str, *, ago: int, submit: bool = True, reason: str = "按年度计划报批。", **entries
    ) -> PersonnelCase:
        case = file_case(
            actor=self._clerk(town), at=self._moment(ago), kind=kind, station=town.station, reason=reason, **entries
        )
        return self._submitted(case, town, ago) if submit else case

    def _file_new(self, town: Town, kind: str, *, ago: int, **entries) -> PersonnelCase:
        born = date(self._random.randrange(1985, 2001), 5, self._random.randrange(1, 28))
        case = file_case_for_person(
            actor=self._clerk(town), at=self._moment(ago), kind=kind, station=town.station, name=self._names.person(),
            **self._personal(born), **entries,
        )  # fmt: skip
        return self._submitted(case, town, ago)

    def _submitted(self, case: PersonnelCase, town: Town, ago: int) -> PersonnelCase:
        perform(case, "submit", actor=self._clerk(town), at=self._moment(ago))
        return case

    def _clerk(self, town: Town) -> User:
        """Who files for the town; an account of his own where nobody signs in."""
        if "town" not in town.people:
            town.people["town"] = self._offices.fill(f"town.{town.key}", Role.TOWN_OFFICER, town.government)
        return town.people["town"]

    def _step(self, case: PersonnelCase, step: str, by: User, *, ago: int, comment: str = "") -> None:
        perform(case, step, actor=by, at=self._moment(ago), comment=comment)

    def _vacancy(self, town: Town, county: County) -> Post:
        """A post of the town that nobody holds; where the plan has none, the personnel section adds one."""
        vacant = Post.objects.vacant(self._today).filter(station=town.station, kind=Post.Kind.OFFICER).first()
        return vacant or self._post(
            county.people["personnel"], town, Post.Kind.OFFICER, "文化员（数字服务）", self._ago(200)
        )

    def _head_post(self, town: Town) -> Post:
        return Post.objects.get(station=town.station, kind=Post.Kind.HEAD)

    def _moment(self, ago: int) -> datetime:
        return min(moment(self._ago(ago)), self._at)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _ahead(self, days: int) -> date:
        return self._today + timedelta(days=days)
