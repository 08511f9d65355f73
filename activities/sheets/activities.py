"""The activity ledger: a row is an activity or a training session."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets import shapes
from activities.sheets.words import KINDS, OTHER, TRAINING, genre_of, kind_of
from culture_admin.exchange.cells import Cell, Context, Refusal
from culture_admin.exchange.cells.dates import date_and_place, date_range, time_range
from culture_admin.exchange.cells.numbers import SECONDS_IN_CLASS_HOUR, class_hours, head_count, online_count
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet

KIND_QUESTION = "kind:"
# Nobody answers more; a column with so many words for kinds holds something else.
MOST_QUESTIONS = 60


def _end(cell: Cell, context: Context) -> tuple[datetime.date | None, datetime.time | None]:
    """The last day, or the time of day, of a column that says when an activity ended."""
    try:
        span = date_range(cell, context)
    except Refusal as no_date:
        try:
            return None, time_range(cell, context).begins_time
        except Refusal:
            raise no_date from None
    return span.ends_on, span.ends_time or span.begins_time


_COLUMNS = (
    Column(
        name="date",
        label=gettext_lazy("date"),
        parse=date_range,
        fills=("begins_on", "ends_on", "begins_time", "ends_time"),
        required=True,
        shape=shapes.readable(date_range),
        synonyms="""活动日期 活动时间 日期 时间 举办时间 举办日期 开展时间 开展日期 举行时间 培训时间 培训日期 服务时间 服务日期
            开始日期 开始时间 起始日期 起始时间 起止时间 起止日期 开始 起 自 年月日 月日 date day when begin begins start startdate""",
        pattern="(开始|起始)(日期|时间)?$",
        never="时长|填报|上报|审核|成立|出生|截止|结束|终止|地点",
    ),
    Column(
        name="end",
        label=gettext_lazy("end"),
        parse=_end,
        fills=("_last_day", "_end_time"),
        synonyms="结束日期 结束时间 截止日期 截止时间 终止时间 结束 止 至 end until enddate",
        pattern="(结束|截止|终止)(日期|时间)?$",
    ),
    Column(
        name="date_and_place",
        label=gettext_lazy("date and place"),
        parse=date_and_place,
        fills=("_date", "_until", "_from_time", "_to_time", "_place"),
        instead_of="date",
        synonyms="时间地点 时间、地点 时间及地点 时间和地点 时间/地点 时间与地点",
        pattern="(时间|日期).?(地点|场所|场地)$",
    ),
    Column(
        name="time",
        label=gettext_lazy("time of day"),
        parse=time_range,
        fills=("_at_time", "_till_time"),
        shape=shapes.readable(time_range),
        synonyms="具体时间 时段 时间段 活动时段 钟点 时间 活动时间 开始时间 起止时间 time",
        never="时长|日期|结束|地点",
    ),
    Column(
        name="title",
        label=gettext_lazy("title"),
        parse=text(200),
        fills=("title",),
        required=True,
        shape=shapes.titles,
        synonyms="""活动名称 活动主题 项目名称 培训名称 课程名称 名称 主题 活动标题 标题 活动项目 服务项目 活动内容 培训内容 服务内容 内容
            活动 项目 题目 节目名称 事项 活动事项 title name activity event""",
        never="单位|人员|姓名|团队|队伍|场地|地点|村|社区",
    ),
    Column(
        name="place",
        label=gettext_lazy("place"),
        parse=text(100),
        fills=("venue",),
        shape=shapes.places,
        synonyms="""活动地点 地点 场地 活动场地 场所 活动场所 举办地点 培训地点 开展地点 服务地点 地址 位置 活动地址 举办场地
            place venue location where""",
        never="时间|日期",
    ),
    Column(
        name="village",
        label=gettext_lazy("village or community"),
        parse=text(60),
        fills=("village",),
        synonyms="村社区 村/社区 村社 村居 行政村 所在村 举办村 服务村社 社区 村 village community",
        pattern=r"^(所在|举办|所属)?村.?(\(?社区\)?|居)(名称)?$",
    ),
    Column(
        name="kind",
        label=gettext_lazy("kind of activity"),
        parse=text(60),
        fills=("_kind",),
        shape=shapes.share(lambda written: len(written) <= 12 and kind_of(written)),
        synonyms="""活动类型 活动类别 类型 类别 活动种类 种类 活动形式 形式 分类 活动分类 服务类型 服务类别 项目类别 项目类型 活动性质 性质
            类目 kind type category""",
        never="艺术|门类",
    ),
    Column(
        name="genre",
        label=gettext_lazy("genre"),
        parse=text(60),
        fills=("_genre",),
        synonyms="艺术门类 门类 艺术类别 艺术种类 艺术类型 文艺类别 genre",
    ),
    Column(
        name="attendance",
        label=gettext_lazy("head count"),
        parse=head_count,
        fills=("attendance", "_estimated", "_named_online"),
        adds="attendance",
        shape=shapes.heads,
        synonyms="""参加人数 参与人数 参加人次 参与人次 服务人次 服务人数 受益人次 受益人数 活动人数 活动人次 线下人数 线下人次 现场人数
            现场人次 到场人数 实到人数 线下 现场 到场 观众人数 观众人次 受众人数 受众人次 培训人次 培训人数 惠及人数 惠及人次 覆盖人数
            覆盖人次 人数 人次 规模 活动规模 attendance participants people heads headcount offline onsite""",
        pattern="(线下|现场|到场).*(人数|人次|参与|参加)|(人数|人次).*(线下|现场)",
        never="线上|网络|在线|直播|云|工作人员|志愿者|演职|演员|应到|计划|预计|报名|[男女]|老年|老人|未成年|儿童|比例|率",
    ),
    Column(
        name="online",
        label=gettext_lazy("head count online"),
        parse=online_count,
        fills=("_beside_online", "_online_estimated", "online_attendance"),
        adds="online_attendance",
        synonyms="线上人数 线上人次 线上 线上参与 网络人次 网络 在线 直播 直播观看 online onlineattendance",
        pattern="(线上|网络|在线|直播|云端|云上).*(人数|人次|参与|参加|观看|收看)|(人数|人次).*(线上|网络|在线|直播)",
        never="点击|链接|平台|网址",
    ),
    Column(
        name="all_heads",
        label=gettext_lazy("head count on the spot and online together"),
        parse=head_count,
        fills=("_all_heads", "_all_estimated", "_all_online"),
        synonyms="总人数 总人次 合计人数 合计人次 人数合计 人次合计 合计 小计 总计 total",
        pattern="(人数|人次).*(合计|小计|总计|总数)$",
        never="经费|金额|费用|课时|场",
    ),
    Column(
        name="class_hours",
        label=gettext_lazy("class hours"),
        parse=class_hours,
        fills=("class_seconds", "_unit_assumed"),
        adds="class_seconds",
        per=SECONDS_IN_CLASS_HOUR,
        shape=shapes.hours_of_class,
        synonyms="课时 学时 课时数 学时数 培训课时 总课时 时长 活动时长 培训时长 服务时长 节数 hours classhours",
        never="费|酬",
    ),
    Column(
        name="steward",
        label=gettext_lazy("cultural steward"),
        parse=text(60),
        fills=("steward",),
        shape=shapes.people,
        synonyms="""文化管家 管家 管家姓名 驻点管家 服务管家 责任管家 执行管家 负责人 活动负责人 责任人 执行人 经办人 带队人
            steward personincharge""",
        never="电话|手机|签|单位|评|团队|队伍",
    ),
    Column(
        name="team",
        label=gettext_lazy("team"),
        parse=text(100),
        fills=("team",),
        shape=shapes.teams,
        synonyms="参与团队 演出团队 文艺团队 团队 团队名称 参加团队 承演团队 队伍 队伍名称 演出队伍 team",
        never="人数|负责",
    ),
    Column(
        name="note",
        label=gettext_lazy("note"),
        parse=text(2000),
        fills=("note",),
        synonyms="备注 说明 备考 附注 情况说明 其他说明 note notes remark remarks",
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 项次 月份 季度 年份 年度 星期 照片 图片 活动照片 附件 佐证材料 签到表 资料 档案 档案号 宣传报道 报道链接 链接
    主办单位 承办单位 协办单位 主办 承办 组织单位 填报单位 单位 镇街 街道 乡镇 文化站 站点 经费 活动经费 支出 金额 预算 费用
    电话 联系电话 手机 联系方式 联系人 授课老师 授课教师 主讲人 主讲 老师 教师 讲师 师资 参加对象 服务对象 对象 受众 审核 审核人
    填报人 填表人 填报时间 填报日期 满意度 效果 活动效果 级别 层级 活动简介 简介
"""


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    _settle_days(draft)
    _settle_heads(draft)
    _settle_kinds(draft, answers)
    values = draft.values
    genres = {written: written and (genre_of(written) or written) for written in set(values["_genre"])}
    values["genre"] = list(map(genres.__getitem__, values["_genre"]))
    for position, assumed in enumerate(values["_unit_assumed"]):
        if assumed:
            draft.note(position, "unit_assumed", _("Written in another unit of time and read as class hours."))


def _settle_days(draft: Draft) -> None:
    """Bring together what several columns say about the time, and the place where it stands beside the date."""
    values = draft.values
    if draft.has("date_and_place"):
        for target, source in {
            "begins_on": "_date",
            "ends_on": "_until",
            "begins_time": "_from_time",
            "ends_time": "_to_time",
            "venue": "_place",
        }.items():
            values[target] = _first_given(values[target], values[source])
    if draft.has("time"):
        values["begins_time"] = _first_given(values["_at_time"], values["begins_time"])
        values["ends_time"] = _first_given(values["_till_time"], values["ends_time"])
    if draft.has("end"):
        values["ends_time"] = _first_given(values["_end_time"], values["ends_time"])
        for position, last in enumerate(values["_last_day"]):
            begins = values["begins_on"][position]
            if last and begins and last < begins:
                message = _("The last day is before the first one (%(day)s).") % {"day": begins}
                draft.refuse(position, "end", Refusal("date_order", message))
            elif last:
                values["ends_on"][position] = last


def _settle_heads(draft: Draft) -> None:
    """One number on the spot and one online, from cells and columns that may hold one, the other, both, or their sum."""
    values = draft.values
    named = values["_named_online"]
    for position, online in enumerate(named):
        beside = values["online_attendance"][position]
        if online is not None and beside is not None and online != beside:
            message = _("This cell says %(one)d took part online, the column for it says %(other)d.")
            draft.refuse(position, "attendance", Refusal("count_differs", message % {"one": online, "other": beside}))
    values["online_attendance"] = _first_given(values["online_attendance"], named)
    if draft.has("all_heads") and not draft.has("attendance"):
        for position, everybody in enumerate(values["_all_heads"]):
            online = values["online_attendance"][position] or 0
            if everybody is not None and everybody < online:
                message = _("The total is smaller than the number online (%(online)d).") % {"online": online}
                draft.refuse(position, "all_heads", Refusal("count_differs", message))
            values["attendance"][position] = None if everybody is None else everybody - online
    flags = zip(values["_estimated"], values["_online_estimated"], values["_all_estimated"], strict=True)
    values["estimated"] = [any(row) for row in flags]


def _settle_kinds(draft: Draft, answers: Mapping[str, str]) -> None:
    """The code of each row's kind; a question for each text that leaves a doubt."""
    codes: dict[str | None, str] = {}
    for written in dict.fromkeys(draft.values["_kind"]):
        answer = answers.get(f"{KIND_QUESTION}{written}")
        known = answer if answer in KINDS else kind_of(written or "")
        if written and not known and len(draft.questions) < MOST_QUESTIONS:
            question = _("Which kind of activity is “%(word)s”?") % {"word": written}
            draft.ask(KIND_QUESTION + written, question, choices=KINDS, assumed=OTHER)
        codes[written] = known or OTHER
    kinds = list(map(codes.__getitem__, draft.values["_kind"]))
    if None in codes:
        rows = zip(kinds, *(draft.values[name] for name in ("_kind", "class_seconds", "title")), strict=True)
        # Where no kind is written, class hours make a training session, and the title may tell the others.
        kinds = [
            kind if written else TRAINING if seconds else kind_of(title or "") or OTHER
            for kind, written, seconds, title in rows
        ]
    draft.values["kind"] = kinds


def _first_given(*columns: Sequence[Any]) -> list[Any]:
    """Row by row the first value that is given."""
    return [next((value for value in row if value is not None), None) for row in zip(*columns, strict=True)]


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    hours = _recorded(values["class_seconds"]) / SECONDS_IN_CLASS_HOUR
    return {
        "person_times": _recorded(values["attendance"]),
        "online_person_times": _recorded(values["online_attendance"]),
        "class_hours": int(hours) if hours.is_integer() else hours,
        "estimated": sum(values["estimated"]),
        "not_recorded": values["attendance"].count(None),
    }


def _recorded(numbers: Iterable[int | None]) -> int:
    return sum(number for number in numbers if number is not None)


ACTIVITIES = Sheet(
    kind="activities",
    label=gettext_lazy("activity ledger"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("begins_on", "title", "venue", "attendance"),
    dated_by="begins_on",
    settle=_settle,
    totals=_totals,
)
