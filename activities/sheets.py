"""What a row of an activity ledger and of a team register holds, and how stations call its columns."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.words import KINDS, OTHER, TRAINING, genre_of, kind_of
from culture_admin.exchange.cells import Cell, Context, Parser, Refusal
from culture_admin.exchange.cells.dates import date_and_place, date_range, partial_date, time_range
from culture_admin.exchange.cells.numbers import MINUTES_IN_CLASS_HOUR, class_hours, head_count, online_count
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet

KIND_QUESTION = "kind:"
# Nobody answers more; a column with so many words for kinds holds something else.
MOST_QUESTIONS = 60

# --- what values look like, for columns whose header word is unknown -----------------------------------------------------

_ANY_YEAR = Context(year=2000)
_PLACE = re.compile(r"室|厅|堂|广场|中心|村|社区|公园|馆|院|楼|剧场|学校|小区|基地|书房|街|路")
_NAME = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤俞章施娄裘楼][一-鿿]{1,2}"
)
_TEAM = re.compile(r".*(?:队|团|社|班|组|协会)\d*")


def _share(fits: Callable[[Any], object]) -> Callable[[Sequence[Cell]], float]:
    """How many of the values fit, 0 to 1."""
    return lambda sample: sum(bool(fits(cell)) for cell in sample) / len(sample)


def _matching(pattern: re.Pattern[str]) -> Callable[[Cell], object]:
    return lambda cell: isinstance(cell, str) and pattern.fullmatch(cell.strip())


def _readable(parse: Parser) -> Callable[[Cell], bool]:
    def fits(cell: Cell) -> bool:
        try:
            parse(cell, _ANY_YEAR)
        except Refusal:
            return False
        return True

    return fits


def _like_heads(sample: Sequence[Cell]) -> float:
    """Numbers of some size that do not merely count the rows."""
    counts = [head_count(cell, _ANY_YEAR).spot or 0 for cell in sample if _readable(head_count)(cell)]
    counts_rows = len(counts) > 1 and {later - earlier for earlier, later in pairwise(counts)} == {1}
    return len(counts) / len(sample) if counts and max(counts) >= 10 and not counts_rows else 0.0


def _like_class_hours(sample: Sequence[Cell]) -> float:
    """Small numbers, some of them halves or with a unit of time."""
    telling = any(re.search(r"课时|学时|小时|节|\.5", str(cell)) for cell in sample)
    return _share(_readable(class_hours))(sample) if telling else 0.0


def _like_titles(sample: Sequence[Cell]) -> float:
    """Longer texts of which hardly two are the same."""
    texts = [cell for cell in sample if isinstance(cell, str) and len(cell) >= 5 and not _readable(date_range)(cell)]
    return min(len(texts), len(set(texts)) + len(sample) / 5) / len(sample)


# --- activities -----------------------------------------------------------------------------------------------------------


def _end(cell: Cell, context: Context) -> tuple[datetime.date | None, datetime.time | None]:
    """The last day, or the time of day until when, of a column that says when an activity ended."""
    try:
        span = date_range(cell, context)
        return span.ends_on, span.ends_time or span.begins_time
    except Refusal as no_date:
        try:
            return None, time_range(cell, context).begins_time
        except Refusal:
            raise no_date from None


_ACTIVITY_COLUMNS = (
    Column(
        name="date",
        label=gettext_lazy("date"),
        parse=date_range,
        fills=("begins_on", "ends_on", "begins_time", "ends_time"),
        required=True,
        shape=_share(_readable(date_range)),
        synonyms=(
            *(
                "活动日期",
                "活动时间",
                "日期",
                "时间",
                "举办时间",
                "举办日期",
                "开展时间",
                "开展日期",
                "培训时间",
                "培训日期",
            ),
            *(
                "开始日期",
                "开始时间",
                "起始日期",
                "起始时间",
                "开始",
                "起",
                "自",
                "年月日",
                "月日",
                "起止时间",
                "起止日期",
            ),
            *("date", "day", "when", "begin", "begins", "start", "start date"),
        ),
        pattern="开始(日期|时间)?$|起始(日期|时间)?$",
        never="时长|填报|上报|审核|成立|出生|截止|结束|终止",
    ),
    Column(
        name="end",
        label=gettext_lazy("end"),
        parse=_end,
        fills=("_last_day", "_end_time"),
        synonyms=(
            "结束日期",
            "结束时间",
            "截止日期",
            "截止时间",
            "终止时间",
            "结束",
            "止",
            "至",
            "end",
            "until",
            "end date",
        ),
        pattern="(结束|截止|终止)(日期|时间)?$",
    ),
    Column(
        name="date_and_place",
        label=gettext_lazy("date and place"),
        parse=date_and_place,
        fills=("_date", "_until", "_from_time", "_to_time", "_place"),
        instead_of="date",
        synonyms=("时间地点", "时间、地点", "时间及地点", "时间和地点", "时间/地点", "活动时间地点", "活动时间及地点"),
        pattern="时间.?(地点|场所)$|日期.?地点$",
    ),
    Column(
        name="time",
        label=gettext_lazy("time of day"),
        parse=time_range,
        fills=("_at_time", "_till_time"),
        shape=_share(_readable(time_range)),
        synonyms=(
            "具体时间",
            "时段",
            "时间段",
            "活动时段",
            "几点",
            "钟点",
            "时间",
            "活动时间",
            "开始时间",
            "起止时间",
            "time",
        ),
        never="时长|日期|结束",
    ),
    Column(
        name="title",
        label=gettext_lazy("title"),
        parse=text(200),
        fills=("title",),
        required=True,
        shape=_like_titles,
        synonyms=(
            *(
                "活动名称",
                "活动主题",
                "项目名称",
                "培训名称",
                "名称",
                "主题",
                "活动标题",
                "标题",
                "活动项目",
                "活动内容",
                "内容",
            ),
            *(
                "课程名称",
                "服务内容",
                "活动",
                "项目",
                "题目",
                "培训内容",
                "节目名称",
                "事项",
                "title",
                "name",
                "activity",
                "event",
            ),
        ),
        never="单位|人员|姓名|团队名称|队伍名称|场地名称|地点名称|村名称",
    ),
    Column(
        name="place",
        label=gettext_lazy("place"),
        parse=text(100),
        fills=("venue",),
        shape=_share(lambda cell: isinstance(cell, str) and _PLACE.search(cell)),
        synonyms=(
            *(
                "活动地点",
                "地点",
                "场地",
                "活动场地",
                "场所",
                "活动场所",
                "举办地点",
                "培训地点",
                "地址",
                "位置",
                "开展地点",
                "在哪里",
            ),
            *("place", "venue", "location", "where"),
        ),
        never="时间|日期|村|社区",
    ),
    Column(
        name="village",
        label=gettext_lazy("village or community"),
        parse=text(60),
        fills=("village",),
        synonyms=(
            "村社区",
            "村(社区)",
            "村/社区",
            "村社",
            "行政村",
            "所在村",
            "举办村",
            "社区",
            "村",
            "village",
            "community",
        ),
        pattern="^(所在|举办|所属)?村.?(社区|居)?(名称)?$",
    ),
    Column(
        name="kind",
        label=gettext_lazy("kind of activity"),
        parse=text(60),
        fills=("_kind",),
        shape=_share(lambda cell: isinstance(cell, str) and len(cell) <= 12 and kind_of(cell)),
        synonyms=(
            *(
                "活动类型",
                "活动类别",
                "类型",
                "类别",
                "活动种类",
                "种类",
                "活动形式",
                "形式",
                "分类",
                "活动分类",
                "服务类型",
                "服务类别",
            ),
            *("项目类别", "项目类型", "活动性质", "性质", "kind", "type", "category"),
        ),
        never="艺术|门类",
    ),
    Column(
        name="genre",
        label=gettext_lazy("genre"),
        parse=text(60),
        fills=("_genre",),
        synonyms=("艺术门类", "门类", "艺术类别", "艺术种类", "文艺类别", "genre"),
    ),
    Column(
        name="attendance",
        label=gettext_lazy("head count"),
        parse=head_count,
        fills=("attendance", "_estimated", "_named_online"),
        adds="attendance",
        shape=_like_heads,
        synonyms=(
            *(
                "参加人数",
                "参与人数",
                "参加人次",
                "参与人次",
                "服务人次",
                "服务人数",
                "受益人次",
                "受益人数",
                "活动人数",
                "活动人次",
            ),
            *(
                "线下人数",
                "线下人次",
                "现场人数",
                "到场人数",
                "实到人数",
                "线下",
                "现场",
                "到场",
                "观众人数",
                "观众人次",
                "受众人数",
            ),
            *(
                "培训人次",
                "培训人数",
                "惠及人数",
                "惠及人次",
                "覆盖人数",
                "人数",
                "人次",
                "规模",
                "attendance",
                "participants",
                "people",
            ),
            *("heads", "head count", "number of people", "offline", "on site"),
        ),
        pattern="(线下|现场|到场).*(人数|人次|参与|参加)|(人数|人次).*(线下|现场)",
        never="线上|网络|在线|直播|云|工作人员|志愿者|演职|演员|应到|计划|预计|报名|[男女]|老年|老人|未成年|儿童|比例|率",
    ),
    Column(
        name="online",
        label=gettext_lazy("head count online"),
        parse=online_count,
        fills=("_beside_online", "_online_estimated", "online_attendance"),
        adds="online_attendance",
        synonyms=(
            "线上人数",
            "线上人次",
            "线上",
            "线上参与人数",
            "线上参与人次",
            "网络",
            "在线",
            "直播",
            "online",
            "online attendance",
        ),
        pattern="(线上|网络|在线|直播|云端|云上).*(人数|人次|参与|参加|观看|收看)|(人数|人次).*(线上|网络|在线|直播)",
        never="点击|链接|平台|网址",
    ),
    Column(
        name="all_heads",
        label=gettext_lazy("head count on the spot and online together"),
        parse=head_count,
        fills=("_all_heads", "_all_estimated", "_all_online"),
        synonyms=("总人数", "总人次", "合计人数", "合计人次", "人数合计", "人次合计", "合计", "小计", "总计", "total"),
        pattern="(人数|人次).*(合计|小计|总计|总数)$",
        never="经费|金额|费用|课时|场",
    ),
    Column(
        name="class_hours",
        label=gettext_lazy("class hours"),
        parse=class_hours,
        fills=("class_minutes", "_unit_assumed"),
        adds="class_minutes",
        per=MINUTES_IN_CLASS_HOUR,
        shape=_like_class_hours,
        synonyms=(
            "课时",
            "学时",
            "课时数",
            "学时数",
            "培训课时",
            "总课时",
            "时长",
            "活动时长",
            "培训时长",
            "节数",
            "hours",
            "class hours",
        ),
        never="费|酬",
    ),
    Column(
        name="steward",
        label=gettext_lazy("cultural steward"),
        parse=text(60),
        fills=("steward",),
        shape=_share(_matching(_NAME)),
        synonyms=(
            *(
                "文化管家",
                "管家",
                "管家姓名",
                "驻点管家",
                "服务管家",
                "责任管家",
                "负责人",
                "活动负责人",
                "执行人",
                "带队人",
                "steward",
            ),
            "person in charge",
        ),
        never="电话|手机|签|单位|评|团队|队伍",
    ),
    Column(
        name="team",
        label=gettext_lazy("team"),
        parse=text(100),
        fills=("team",),
        shape=_share(_matching(_TEAM)),
        synonyms=(
            "参与团队",
            "演出团队",
            "文艺团队",
            "团队",
            "团队名称",
            "参加团队",
            "承演团队",
            "队伍",
            "队伍名称",
            "team",
        ),
        never="人数|负责",
    ),
    Column(
        name="note",
        label=gettext_lazy("note"),
        parse=text(2000),
        fills=("note",),
        synonyms=("备注", "说明", "备考", "附注", "情况说明", "其他说明", "note", "notes", "remarks", "remark"),
    ),
)
_NOT_READ = (
    *(
        "序号",
        "编号",
        "号",
        "序",
        "no",
        "no.",
        "项次",
        "月份",
        "季度",
        "年份",
        "年度",
        "星期",
        "照片",
        "图片",
        "活动照片",
        "附件",
        "佐证材料",
    ),
    *(
        "签到表",
        "资料",
        "档案",
        "档案号",
        "宣传报道",
        "报道链接",
        "链接",
        "主办单位",
        "承办单位",
        "协办单位",
        "主办",
        "承办",
        "组织单位",
    ),
    *(
        "填报单位",
        "单位",
        "镇街",
        "街道",
        "乡镇",
        "文化站",
        "站点",
        "经费",
        "活动经费",
        "经费(元)",
        "支出",
        "金额",
        "预算",
        "电话",
        "联系电话",
    ),
    *(
        "手机",
        "联系方式",
        "联系人",
        "授课老师",
        "授课教师",
        "主讲人",
        "老师",
        "教师",
        "讲师",
        "师资",
        "参加对象",
        "服务对象",
        "对象",
        "受众",
    ),
    *("审核", "审核人", "填报人", "填表人", "满意度", "效果", "活动效果", "级别", "层级", "活动简介", "简介"),
)


def _settle_activities(draft: Draft, answers: Mapping[str, str]) -> None:
    _settle_days(draft)
    _settle_heads(draft)
    _settle_kinds(draft, answers)
    values = draft.values
    values["genre"] = _mapped(values["_genre"], genre_of)
    for name in ("venue", "note"):
        values[name] = [written or "" for written in values[name]]
    for position, assumed in enumerate(values["_unit_assumed"]):
        if assumed:
            draft.note(position, "unit_assumed", _("Written in another unit of time and read as class hours."))


def _settle_days(draft: Draft) -> None:
    """Bring together what several columns say about the time, and the place where it stands beside the date."""
    values = draft.values
    if draft.has("date_and_place"):
        for target, source in zip(
            ("begins_on", "ends_on", "begins_time", "ends_time", "venue"),
            ("_date", "_until", "_from_time", "_to_time", "_place"),
            strict=True,
        ):
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
    """One number on the spot and one online, from cells and columns that may hold one, the other, both or their sum."""
    values = draft.values
    named = values["_named_online"]
    if any(online is not None for online in named):
        for position, online in enumerate(named):
            beside = values["online_attendance"][position]
            if online is not None and beside is not None and online != beside:
                message = _("This cell says %(one)d took part online, the column for it says %(other)d.")
                draft.refuse(
                    position, "attendance", Refusal("count_differs", message % {"one": online, "other": beside})
                )
        values["online_attendance"] = _first_given(values["online_attendance"], named)
    if draft.has("all_heads") and not draft.has("attendance"):
        for position, everybody in enumerate(values["_all_heads"]):
            online = values["online_attendance"][position] or 0
            if everybody is None:
                continue
            if everybody < online:
                message = _("The total is smaller than the number online (%(online)d).") % {"online": online}
                draft.refuse(position, "all_heads", Refusal("count_differs", message))
            values["attendance"][position] = everybody - online
    flags = zip(values["_estimated"], values["_online_estimated"], values["_all_estimated"], strict=True)
    values["estimated"] = [any(row) for row in flags]


def _settle_kinds(draft: Draft, answers: Mapping[str, str]) -> None:
    """The code of each row's kind; a question for each text that leaves a doubt."""
    codes: dict[str | None, str] = {}
    for written in dict.fromkeys(draft.values["_kind"]):
        answer = answers.get(f"{KIND_QUESTION}{written}")
        known = answer if answer in KINDS else kind_of(written or "")
        if written and not known and len(draft.questions) < MOST_QUESTIONS:
            text = _("Which kind of activity is “%(word)s”?") % {"word": written}
            draft.ask(KIND_QUESTION + written, text, choices=KINDS, assumed=OTHER)
        codes[written] = known or OTHER
    kinds = list(map(codes.__getitem__, draft.values["_kind"]))
    if None in codes:
        rows = zip(draft.values["_kind"], draft.values["title"], draft.values["class_minutes"], kinds, strict=True)
        # Where no kind is written, class hours make a training session, and the title may tell the others.
        kinds = [
            kind if written else TRAINING if minutes else kind_of(title or "") or OTHER
            for written, title, minutes, kind in rows
        ]
    draft.values["kind"] = kinds


def _first_given(*columns: Sequence[Any]) -> list[Any]:
    """Row by row the first value that is given."""
    return [next((value for value in row if value is not None), None) for row in zip(*columns, strict=True)]


def _mapped(written: Sequence[str | None], code_of: Callable[[str], str | None]) -> list[str | None]:
    codes = {text: code_of(text) if text else None for text in set(written)}
    return list(map(codes.__getitem__, written))


def _recorded(numbers: Iterable[int | None]) -> int:
    return sum(number for number in numbers if number is not None)


def _activity_totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    hours = _recorded(values["class_minutes"]) / MINUTES_IN_CLASS_HOUR
    return {
        "person_times": _recorded(values["attendance"]),
        "online_person_times": _recorded(values["online_attendance"]),
        "class_hours": int(hours) if hours.is_integer() else hours,
        "estimated": sum(values["estimated"]),
        "not_recorded": values["attendance"].count(None),
    }


ACTIVITIES = Sheet(
    kind="activities",
    label=gettext_lazy("activity ledger"),
    columns=_ACTIVITY_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("begins_on", "title", "venue", "attendance"),
    dated_by="begins_on",
    settle=_settle_activities,
    totals=_activity_totals,
)

# --- teams ----------------------------------------------------------------------------------------------------------------

_TEAM_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=text(100),
        fills=("name",),
        required=True,
        shape=_share(_matching(_TEAM)),
        synonyms=(
            *(
                "团队名称",
                "队伍名称",
                "名称",
                "团队",
                "队名",
                "队伍",
                "文艺团队名称",
                "文艺团队",
                "社团名称",
                "team",
                "name",
                "team name",
            ),
        ),
        never="负责|人数|类|活动名称",
    ),
    Column(
        name="genre",
        label=gettext_lazy("genre"),
        parse=text(60),
        fills=("_genre",),
        shape=_share(lambda cell: isinstance(cell, str) and len(cell) <= 6 and genre_of(cell)),
        synonyms=(
            *(
                "门类",
                "类型",
                "类别",
                "艺术门类",
                "团队类型",
                "团队类别",
                "队伍类型",
                "队伍类别",
                "种类",
                "艺术类别",
                "文艺类别",
                "项目",
            ),
            *("特色", "genre", "type", "category"),
        ),
    ),
    Column(
        name="leader",
        label=gettext_lazy("leader"),
        parse=text(60),
        fills=("leader",),
        shape=_share(_matching(_NAME)),
        synonyms=(
            "负责人",
            "队长",
            "团长",
            "领队",
            "团队负责人",
            "负责人姓名",
            "联系人",
            "社长",
            "召集人",
            "leader",
            "contact",
        ),
        never="电话|手机|联系方式|副",
    ),
    Column(
        name="members",
        label=gettext_lazy("members"),
        parse=head_count,
        fills=("members", "members_estimated", "_online_members"),
        adds="members",
        shape=_like_heads,
        synonyms=(
            *(
                "人数",
                "队员数",
                "成员数",
                "团队人数",
                "队员人数",
                "成员人数",
                "团员人数",
                "团员数",
                "队伍人数",
                "会员数",
                "规模",
                "members",
            ),
            "size",
        ),
        never="[男女]|党员|60|老年",
    ),
    Column(
        name="founded",
        label=gettext_lazy("founded"),
        parse=partial_date,
        fills=("founded_on", "founded_precision"),
        shape=_share(_readable(partial_date)),
        synonyms=(
            *(
                "成立时间",
                "成立日期",
                "组建日期",
                "组建时间",
                "成立年份",
                "成立年月",
                "创建时间",
                "创建日期",
                "建队时间",
                "建立时间",
            ),
            *("登记时间", "founded", "since"),
        ),
        pattern="(成立|组建|创建|创办|建队|建立)",
    ),
    Column(
        name="village",
        label=gettext_lazy("village or community"),
        parse=text(60),
        fills=("village",),
        synonyms=("所属村社区", "所在村", "村社区", "村(社区)", "村/社区", "所属村", "村社", "社区", "村", "village"),
        pattern="^(所在|所属)?村.?(社区|居)?(名称)?$",
    ),
    Column(
        name="steward",
        label=gettext_lazy("cultural steward"),
        parse=text(60),
        fills=("steward",),
        synonyms=("文化管家", "管家", "管家姓名", "驻点管家", "辅导管家", "steward"),
    ),
)
_NOT_READ_OF_TEAMS = (
    *(
        "序号",
        "编号",
        "号",
        "序",
        "no",
        "no.",
        "备注",
        "说明",
        "联系电话",
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "号码",
    ),
    *(
        "活动地点",
        "活动场地",
        "活动场所",
        "排练场地",
        "排练地点",
        "排练场所",
        "训练地点",
        "训练场地",
        "场地",
        "地点",
        "地址",
        "活动时间",
    ),
    *(
        "排练时间",
        "训练时间",
        "星级",
        "等级",
        "级别",
        "荣誉",
        "获奖情况",
        "代表作品",
        "代表作",
        "辅导老师",
        "指导老师",
        "镇街",
        "单位",
    ),
    *(
        "男",
        "女",
        "活动次数",
        "年活动次数",
        "经费",
        "简介",
        "团队简介",
        "照片",
        "note",
        "notes",
        "phone",
        "place",
        "remarks",
    ),
)


def _settle_teams(draft: Draft, answers: Mapping[str, str]) -> None:
    draft.values["genre"] = _mapped(draft.values["_genre"], genre_of)
    for name in ("leader", "village"):
        draft.values[name] = [written or "" for written in draft.values[name]]


def _team_totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {"members": _recorded(values["members"]), "not_recorded": values["members"].count(None)}


TEAMS = Sheet(
    kind="teams",
    label=gettext_lazy("team register"),
    columns=_TEAM_COLUMNS,
    ignored=_NOT_READ_OF_TEAMS,
    repeated_by=("name", "leader", "members"),
    settle=_settle_teams,
    totals=_team_totals,
)
