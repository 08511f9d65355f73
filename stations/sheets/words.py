"""The words of a roster: posts, employment, education and titles, as far as they leave no doubt."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, as_written, plain, quoted
from stations.models import Officer, Post
from stations.models.posts import FULL_TIME

E, T = Officer.Education, Officer.Title
_SEXES = {"男": "male", "m": "male", "male": "male", "女": "female", "f": "female", "female": "female"}
_ACTING = re.compile(r"主持|代理|代站长|acting", re.IGNORECASE)
_DEPUTY = re.compile(r"副|助理|deputy", re.IGNORECASE)
_HEAD = re.compile(r"站长|(?:站|中心)主任|^主任$|station ?head|^head$", re.IGNORECASE)
_OFFICER = re.compile(r"文化员|干事|干部|专干|文艺|辅导员|工作人员|科员|职员|馆员|管理员|officer", re.IGNORECASE)
_EDUCATION = (
    (E.MASTER, "研究生 硕士 博士 master doctor"),
    (E.COLLEGE, "大专 专科 高职 college"),
    (E.BACHELOR, "本科 大学 学士 bachelor"),
    (E.SECONDARY, "高中 中专 职高 中技 技校 初中 secondary"),
)
# From the longest word on, because each stands in the one before it.
_TITLES = (
    (T.ASSOCIATE, "副研究馆员 副研 副高级 副高 associate"),
    (T.RESEARCH, "研究馆员 正高级 正高 research"),
    (T.ASSISTANT, "助理馆员 助馆 assistant"),
    (T.LIBRARIAN, "馆员 中级 librarian"),
    (T.CLERK, "管理员 clerk"),
)
_UNTITLED = {"未评", "未定级", "未聘", "无职称", "none"}
_TENURES = (
    (Post.Tenure.PURCHASED, "购买 派遣 purchased"),
    (Post.Tenure.ASSIGNED, "下派 选派 派驻 县派 区派 市派 assigned"),
    (Post.Tenure.CONTRACT, "合同 编外 聘用 临聘 非在编 contract"),
    (Post.Tenure.ESTABLISHED, "在编 事业编 行政编 编制 参公 established"),
)
_PART_TIME = re.compile(r"兼职|兼任|非全日制|part", re.IGNORECASE)
_WHOLE_TIME = re.compile(r"专职|全职|全日制|full", re.IGNORECASE)
_PER_CENT = re.compile(r"(?P<share>\d{1,3})%")
# What is written 兼职 without more; the note of the row says that it was assumed.
ASSUMED_SHARE = FULL_TIME // 2
# A word with so many digits is a number that stands in the wrong column; it is repeated nowhere.
_NUMBER = re.compile(r"\d{7}")
HEAD, OFFICER, NO_POST, ACTING = Post.Kind.HEAD.value, Post.Kind.OFFICER.value, "none", "acting"


def sex(cell: Cell, context: Context) -> str | None:
    written = plain(as_written(cell)).lower()
    if written in NOT_RECORDED:
        return None
    if written not in _SEXES:
        raise Refusal("sex_unknown", _("“%(value)s” is neither 男 nor 女.") % {"value": quoted(cell)})
    return _SEXES[written]


def employment(cell: Cell, context: Context) -> tuple[str | None, int | None, bool]:
    """The kind of employment, and the share of full time in percent, as far as the cell says either; whether it was assumed."""
    written = plain(as_written(cell)).lower()
    if written in NOT_RECORDED:
        return None, None, False
    tenure = next((tenure for tenure, words in _TENURES if _any_of(words, written)), None)
    share: int | None = None
    if per_cent := _PER_CENT.search(written):
        share = int(per_cent["share"])
    elif _PART_TIME.search(written):
        share = ASSUMED_SHARE
    elif _WHOLE_TIME.search(written):
        share = FULL_TIME
    if (tenure is None and share is None) or (share is not None and not 1 <= share <= FULL_TIME):
        message = _("“%(value)s” is no kind of employment. Accepted: 在编, 合同, 政府购买, 下派; 专职, 兼职, 兼职30%%.")
        raise Refusal("tenure_unknown", message % {"value": quoted(cell)})
    return (tenure.value if tenure else None), share, bool(_PART_TIME.search(written) and not per_cent)


def word(cell: Cell, context: Context) -> str | None:
    """A word that is looked up later; a number in its place is refused and not repeated."""
    written = plain(as_written(cell))
    if _NUMBER.search(written):
        raise Refusal("number_misplaced", _("A word is expected here, and a long number stands in its place."))
    if len(written) > 60:
        raise Refusal("text_long", _("At most %(most)d signs are expected here.") % {"most": 60})
    return None if written in NOT_RECORDED else written


def kind_of_post(written: str) -> str | None:
    """`head`, `officer`, or `acting` for who stands in for a head; None where the word leaves a doubt."""
    if _ACTING.search(written):
        return ACTING
    if _HEAD.search(written):
        return OFFICER if _DEPUTY.search(written) else HEAD
    return OFFICER if _OFFICER.search(written) else None


def education_of(written: str) -> str | None:
    return next((level.value for level, words in _EDUCATION if _any_of(words, written.lower())), None)


def title_of(written: str) -> str | None:
    """The title a word means, empty for somebody without one; None where it leaves a doubt, as 初级 does."""
    read = written.lower()
    if read in _UNTITLED:
        return ""
    return next((title.value for title, words in _TITLES if _any_of(words, read)), None)


def _any_of(words: str, written: str) -> bool:
    return any(word in written for word in words.split())
