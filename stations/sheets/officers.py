"""The roster of a station: a row is somebody who serves there, what he can, and which post he holds since when.

Identity number, telephone and day of birth are personal data: no answer repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.personal.masks import hide, hide_identity_number, hide_phone
from culture_admin.accounts.personal.numbers import read_identity_number, read_phone
from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain
from culture_admin.exchange.cells.dates import date_range, partial_date
from culture_admin.exchange.cells.texts import text
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft
from culture_admin.exchange.sheets import Sheet
from stations.models import Officer, Post
from stations.models.posts import FULL_TIME
from stations.sheets.words import (
    NO_POST,
    education_of,
    employment,
    kind_of_post,
    sex,
    title_of,
    word,
)

MOST_QUESTIONS = 30
# A number cell keeps no more digits than this.
DIGITS_OF_A_NUMBER = 15
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


def _name(cell: Cell, context: Context) -> str | None:
    """A name without the blanks that papers put between two signs."""
    written = text(60)(cell, context)
    return written if written is None or written.isascii() else "".join(written.split())


def _personal(cell: Cell) -> str | None:
    """What is written in a cell that no answer may repeat; `="…"` is how some write a number as text."""
    written = as_written(cell).strip()
    quoted = _TEXT_FORMULA.fullmatch(written)
    written = quoted[1].strip() if quoted else written
    return None if plain(written) in NOT_RECORDED else written


def _identity_number(cell: Cell, context: Context) -> str | None:
    written = _personal(cell)
    if written is None:
        return None
    if isinstance(cell, float | int) and len(written) > DIGITS_OF_A_NUMBER:
        message = _(
            "The sheet has turned the identity number into a number; format the column as text and write it again."
        )
        raise Refusal("idno_scientific", message)
    return _read(read_identity_number, written)


def _phone(cell: Cell, context: Context) -> str | None:
    written = _personal(cell)
    return None if written is None else _read(read_phone, written)


def _read(reader: Callable[[str], str], written: str) -> str:
    try:
        return reader(written)
    except ValidationError as refused:
        raise Refusal(refused.code or "invalid", refused.messages[0]) from refused


def _birth(cell: Cell, context: Context) -> tuple[date | None, str]:
    """The day of birth and how much of it is known; what cannot be read is not repeated."""
    try:
        return partial_date(cell, context)
    except Refusal as refused:
        message = _("This is no date of birth. Accepted: 1990年3月7日, 1990-03-07, 1990.3.")
        raise Refusal("birth_format", message) from refused


def _last_day(cell: Cell, context: Context) -> date | None:
    return date_range(cell, context).ends_on


_COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("name"),
        parse=_name,
        fills=("name",),
        required=True,
        synonyms="姓名 名字 人员姓名 文化员姓名 干部姓名 name",
        never="单位|负责|团队|设施|项目|联系",
    ),
    Column(
        name="station",
        label=gettext_lazy("station"),
        parse=text(100),
        fills=("station",),
        synonyms="单位 文化站 所在单位 工作单位 镇街 镇(街道) 站点 所属文化站 station unit",
        never="毕业|原",
    ),
    Column(name="sex", label=gettext_lazy("sex"), parse=sex, fills=("sex",), synonyms="性别 sex gender"),
    Column(
        name="birth",
        label=gettext_lazy("day of birth"),
        parse=_birth,
        fills=("birth_date", "birth_known"),
        synonyms="出生年月 出生日期 出生年月日 出生时间 生日 birth birthdate",
        hide=hide,
    ),
    Column(
        name="education",
        label=gettext_lazy("education"),
        parse=word,
        fills=("_education",),
        synonyms="学历 文化程度 最高学历 学历学位 全日制学历 education",
        never="院校|专业|时间",
    ),
    Column(
        name="school",
        label=gettext_lazy("school and subject"),
        parse=text(100),
        fills=("school",),
        synonyms="毕业院校 毕业院校及专业 毕业学校 学校及专业 院校 所学专业 school",
    ),
    Column(
        name="speciality",
        label=gettext_lazy("speciality"),
        parse=text(60),
        fills=("speciality",),
        synonyms="专长 特长 业务专长 专业特长 艺术专长 艺术门类 speciality",
    ),
    Column(
        name="post",
        label=gettext_lazy("post"),
        parse=word,
        fills=("post",),
        synonyms="职务 岗位 职务/岗位 岗位名称 现任职务 现任岗位 职务(岗位) 担任职务 工作岗位 post position",
        never="时间|日期|年月|文号|级|性质|类别|兼",
    ),
    Column(
        name="title",
        label=gettext_lazy("professional title"),
        parse=word,
        fills=("_title",),
        synonyms="职称 专业技术职称 专业技术职务 专业技术资格 技术职称 title",
        never="时间|日期|年月",
    ),
    Column(
        name="title_on",
        label=gettext_lazy("title since"),
        parse=partial_date,
        fills=("title_on", "_title_known"),
        synonyms="职称取得时间 取得职称时间 职称时间 职称评定时间 评定时间 评聘时间 titlesince",
        pattern="职称.*(时间|日期|年月)",
    ),
    Column(
        name="employment",
        label=gettext_lazy("kind of employment"),
        parse=employment,
        fills=("_tenure", "_share", "_assumed"),
        synonyms="""编制 编制性质 编制类型 编制情况 人员性质 人员类别 用工形式 用工性质 身份 岗位性质 编制/专职兼职
            employment tenure""",
        never="身份证|人数|数",
    ),
    Column(
        name="full_time",
        label=gettext_lazy("full or part time"),
        parse=employment,
        fills=("_tenure_too", "_share_too", "_assumed_too"),
        synonyms="专职兼职 专兼职 专/兼职 专职/兼职 是否专职 专职或兼职 fulltime",
    ),
    Column(
        name="since",
        label=gettext_lazy("in the post since"),
        parse=partial_date,
        fills=("valid_from", "since_known"),
        synonyms="""任职日期 任职时间 任现职时间 任现职日期 到岗时间 到岗日期 上岗时间 上岗日期 聘用时间 聘任时间 任职年月 现任职务时间
            since""",
        pattern="(任职|任现职|到岗|上岗|聘任|现任职务).*(时间|日期|年月)",
        never="截止|期满|届满|至|到期",
    ),
    Column(
        name="until",
        label=gettext_lazy("last day in the post"),
        parse=_last_day,
        fills=("last_day",),
        synonyms="合同到期 合同到期时间 合同期满 聘期至 聘期届满 任期届满 借用期满 合同截止日期 任职截止 到期时间 到期日期 until",
        pattern="(合同|聘期|任期|任职|借用).*(到期|期满|届满|截止|至)",
    ),
    Column(
        name="entered",
        label=gettext_lazy("began to work"),
        parse=partial_date,
        fills=("entered_on", "_entered_known"),
        synonyms="参加工作时间 参加工作日期 参加工作年月 参加工作 工作时间 入职时间 enteredon",
    ),
    Column(
        name="document",
        label=gettext_lazy("issuing document"),
        parse=text(120),
        fills=("document",),
        synonyms="任职文件 任命文号 任职文号 聘任文号 任命文件 聘任文件 文号 document",
    ),
    Column(
        name="identity",
        label=gettext_lazy("identity number"),
        parse=_identity_number,
        fills=("identity_number",),
        synonyms="身份证号 身份证号码 身份证 公民身份号码 居民身份证号 证件号码 证件号 identitynumber idnumber",
        hide=hide_identity_number,
    ),
    Column(
        name="phone",
        label=gettext_lazy("telephone"),
        parse=_phone,
        fills=("phone",),
        synonyms="手机 手机号 手机号码 联系电话 电话 联系方式 移动电话 联系号码 phone mobile telephone",
        never="办公|座机|紧急|传真",
        hide=hide_phone,
    ),
)
_NOT_READ = """
    序号 编号 号 序 no 备注 说明 民族 籍贯 政治面貌 年龄 住址 家庭住址 办公电话 座机 紧急联系人 照片 邮箱 微信 学位 健康状况 婚姻状况 工龄
    参训情况 分管工作 工作分工 note notes remark remarks age
"""


class _Asked:
    """Looks the words of one column up; asks for each that leaves a doubt, and keeps to what was answered."""

    def __init__(self, draft: Draft, answers: Mapping[str, str], kind: str, text: str, labels: Mapping[str, str]):
        self.draft, self.answers, self.kind, self.text, self.labels = draft, answers, kind, text, labels
        self.known: dict[str, str | None] = {}

    def __call__(self, written: str | None, read: Callable[[str], str | None], assumed: str) -> str | None:
        if written is None:
            return None
        if written not in self.known:
            question = f"{self.kind}:{written}"
            answer = self.answers.get(question)
            found = answer if answer in self.labels else read(written)
            if found is None and len(self.draft.questions) < MOST_QUESTIONS:
                text = self.text % {"word": written}
                self.draft.ask(question, text, choices=list(self.labels), labels=self.labels, assumed=assumed)
            self.known[written] = assumed if found is None else found
        return self.known[written]


def _settle(draft: Draft, answers: Mapping[str, str]) -> None:
    """What the words of each row mean; a question for each that leaves a doubt."""
    values = draft.values
    posts = _Asked(draft, answers, "post", _("Which kind of post is “%(word)s”?"), _labels(Post.Kind, _("no post")))
    none = _("none of these")
    titles = _Asked(draft, answers, "title", _("Which title is “%(word)s”?"), _labels(Officer.Title, none))
    levels = _Asked(draft, answers, "education", _("Which education is “%(word)s”?"), _labels(Officer.Education, none))
    values["post_kind"] = [posts(word, kind_of_post, NO_POST) for word in values["post"]]
    values["title"] = [_or_empty(titles(word, title_of, NO_POST)) for word in values["_title"]]
    values["education"] = [_or_empty(levels(word, education_of, NO_POST)) for word in values["_education"]]
    values["tenure"] = [one or other for one, other in zip(values["_tenure"], values["_tenure_too"], strict=True)]
    values["share"] = [other or one for one, other in zip(values["_share"], values["_share_too"], strict=True)]
    values["valid_to"] = [day and day + timedelta(days=1) for day in values["last_day"]]
    values["share"] = [share or FULL_TIME for share in values["share"]]
    for position, assumed in enumerate(zip(values["_assumed"], values["_assumed_too"], strict=True)):
        if any(assumed):
            draft.note(
                position,
                "share_assumed",
                _("Part time without a share is taken for half; else write the per cent behind 兼职."),
            )


def _labels(choices: Any, other: str) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices} | {NO_POST: other}


def _or_empty(found: str | None) -> str:
    return "" if found in (None, NO_POST) else found


def _totals(values: Mapping[str, list[Any]]) -> dict[str, float]:
    return {"officers": len(values["name"])}


OFFICERS = Sheet(
    kind="officers",
    label=gettext_lazy("roster of officers"),
    columns=_COLUMNS,
    ignored=_NOT_READ,
    repeated_by=("name", "identity_number", "post", "valid_from"),
    settle=_settle,
    totals=_totals,
)
