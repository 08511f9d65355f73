"""The team register: a row is an amateur team. The telephone of its leader is personal data: no answer repeats it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from activities.sheets import shapes
from activities.sheets.words import genre_of
from culture_admin.accounts.personal.masks import hide_phone
from culture_admin.exchange.cells.dates import partial_date
from culture_admin.exchange.cells.numbers import head_count
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet

_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=text(100),
        fills=("name",),
        required=True,
        shape=shapes.teams,
        synonyms="团队名称 队伍名称 名称 团队 队名 队伍 文艺团队名称 文艺团队 社团名称 社团 文体团队 team name teamname",
        never="负责|人数|类|活动名称",
    ),
    Column(
        name="genre",
        label=gettext_lazy("genre"),
        parse=text(60),
        fills=("_genre",),
        shape=shapes.share(lambda written: len(written) <= 6 and genre_of(written)),
        synonyms="门类 类型 类别 艺术门类 团队类型 团队类别 队伍类型 队伍类别 种类 艺术类别 文艺类别 项目 活动项目 特色 genre type category",
    ),
    Column(
        name="leader",
        label=gettext_lazy("leader"),
        parse=text(60),
        fills=("leader",),
        shape=shapes.people,
        synonyms="负责人 队长 团长 领队 团队负责人 队伍负责人 负责人姓名 联系人 社长 召集人 带头人 leader contact",
        never="电话|手机|方式|副",
    ),
    Column(
        name="phone",
        label=gettext_lazy("telephone"),
        parse=text(40),
        fills=("phone",),
        synonyms="联系电话 电话 手机 手机号 手机号码 联系方式 联系号码 号码 电话号码 负责人电话 队长电话 phone telephone",
        pattern="(电话|手机|手机号|手机号码)$",
        never="村|社区|单位|站",
        hide=hide_phone,
    ),
    Column(
        name="members",
        label=gettext_lazy("members"),
        parse=head_count,
        fills=("members", "members_estimated", "_online_members"),
        adds="members",
        shape=shapes.heads,
        synonyms="人数 队员数 成员数 团队人数 队员人数 成员人数 团员人数 团员数 队伍人数 会员数 总人数 规模 团队规模 members size",
        never="[男女]|党员|60|老年|次",
    ),
    Column(
        name="founded",
        label=gettext_lazy("founded"),
        parse=partial_date,
        fills=("founded_on", "founded_precision"),
        shape=shapes.readable(partial_date),
        synonyms="""成立时间 成立日期 组建日期 组建时间 成立年份 成立年月 创建时间 创建日期 建队时间 建立时间 登记时间
            founded since""",
        pattern="成立|组建|创建|创办|建队|建立",
    ),
    Column(
        name="place",
        label=gettext_lazy("place"),
        parse=text(100),
        fills=("venue",),
        shape=shapes.places,
        synonyms="""活动地点 排练场地 排练地点 排练场所 活动场地 活动场所 训练地点 训练场地 常驻地点 场地 地点 场所 地址
            place venue""",
    ),
    Column(
        name="village",
        label=gettext_lazy("village or community"),
        parse=text(60),
        fills=("village",),
        synonyms="所属村社区 所在村 所属村 村社区 村/社区 村社 村居 所属社区 社区 村 village community",
        pattern=r"^(所在|所属)?村.?(\(?社区\)?|居)(名称)?$",
    ),
    Column(
        name="steward",
        label=gettext_lazy("cultural steward"),
        parse=text(60),
        fills=("steward",),
        synonyms="文化管家 管家 管家姓名 驻点管家 辅导管家 steward",
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 备注 说明 活动时间 排练时间 训练时间 星级 等级 级别 荣誉
    获奖情况 代表作品 代表作 辅导老师 指导老师 镇街 单位 男 女 活动次数 年活动次数 经费 简介 团队简介 照片 note notes remarks
"""


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    genres = {written: written and (genre_of(written) or written) for written in set(draft.values["_genre"])}
    draft.values["genre"] = list(map(genres.__getitem__, draft.values["_genre"]))


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {
        "members": sum(number or 0 for number in values["members"]),
        "not_recorded": values["members"].count(None),
    }


TEAMS = Sheet(
    kind="teams",
    label=gettext_lazy("team register"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("name", "leader", "members"),
    settle=_settle,
    totals=_totals,
)
