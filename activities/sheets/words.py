"""From a station's own words to the code lists of kinds and genres (DOMAIN.md §7.1, §7.2), as far as they leave no doubt."""

import re
from collections.abc import Iterable

from culture_admin.exchange.cells import plain

TRAINING, OTHER = "TRNG", "OTHR"
KINDS = (
    *("PERF", "COMP", "EXHB", "LECT", TRAINING, "READ", "FILM"),
    *("FEST", "ICHX", "SPRT", "TOUR", "VOLN", "ONLN", OTHER),
)

# What takes place. One such word decides: 非遗培训 is a training session, 书画展览 an exhibition.
_FORMS = {
    "PERF": "演出 汇演 会演 展演 巡演 公演 表演 晚会 音乐会 联欢 村晚 演唱会 歌会 performance show concert",
    "COMP": "比赛 大赛 竞赛 赛事 评比 赛 competition contest",
    "EXHB": "展览 展示 展出 巡展 展 exhibition",
    "LECT": "讲座 讲堂 讲坛 宣讲 报告会 论坛 lecture talk",
    TRAINING: "培训 训练 辅导 公益课 公开课 课程 课堂 授课 教学 夜校 讲习 研修 班 training class course",
    "READ": "阅读 读书 诵读 朗读 共读 图书 绘本 reading",
    "FILM": "电影 影视 影片 观影 放映 film movie",
}
# Something sent to villages is a visit and also a performance, a film: with a word for what takes place, somebody has to choose.
_VISITS = {"TOUR": "送戏 送文化 下乡 走亲"}
# What it is about, or how it reaches people; counts where nothing says what takes place.
_SUBJECTS = {
    "PERF": "戏曲 越剧 广场舞 排舞",
    "FEST": "节庆 节日 民俗 庙会 灯会 元宵 端午 中秋 重阳 春节 七夕 文化节 艺术节 festival",
    "ICHX": "非遗 非物质文化遗产 传承 heritage",
    "SPRT": "健身 体育 太极 运动 健步 登山 广场舞 排舞 sport fitness",
    "VOLN": "志愿 volunteer",
    "ONLN": "线上 网络 直播 云上 云端 online",
}
_NEUTRAL = "开展 发展 拓展 进展"
_CERTAIN = {
    "其他": OTHER,
    "其它": OTHER,
    "综合": OTHER,
    "other": OTHER,
    "送文化、文化走亲": "TOUR",
    "送文化/文化走亲": "TOUR",
}

# The codes are those of the migration that enters the list.
_GENRES = {
    "chorus": "合唱 歌咏 歌唱 声乐 chorus choir",
    "instrument": "器乐 民乐 乐队 锣鼓 二胡 古筝 管乐 葫芦丝",
    "music": "音乐 music",
    "line-dance": "排舞 广场舞",
    "dance": "舞蹈 舞 旗袍 模特 走秀 dance",
    "opera": "戏曲 越剧 绍剧 京剧 戏迷 opera",
    "drama": "戏剧 话剧 小品 drama",
    "quyi": "曲艺 莲花落 评弹 相声 说唱",
    "calligraphy": "书画 书法 calligraphy",
    "fine-art": "美术 绘画 国画 剪纸 painting",
    "photography": "摄影 photography",
    "literature": "文学 诗词 朗诵 诗社 literature",
    "waist-drum": "腰鼓 舞龙 舞狮 秧歌 民俗 龙灯",
    "heritage": "非遗 非物质文化遗产 heritage",
    "sport": "太极 体育 健身 柔力球 木兰 空竹 sport",
    "other": "其他 其它 other",
}


def _codes(*tables: dict[str, str]) -> dict[str, set[str]]:
    """Word → the codes it may mean."""
    codes: dict[str, set[str]] = {}
    for table in tables:
        for code, words in table.items():
            for word in words.split():
                codes.setdefault(word, set()).add(code)
    return codes


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_DECISIVE, _SUBJECT, _GENRE = _codes(_FORMS, _VISITS), _codes(_SUBJECTS), _codes(_GENRES)
_KIND_WORD = _longest_first([*_DECISIVE, *_SUBJECT, *_NEUTRAL.split()])
_GENRE_WORD = _longest_first(_GENRE)


def kind_of(written: str) -> str | None:
    """The kind's code that these words mean beyond doubt, or None."""
    text = plain(written).lower()
    if text.upper() in KINDS:
        return text.upper()
    if text in _CERTAIN:
        return _CERTAIN[text]
    words = _KIND_WORD.findall(text)
    decisive = set().union(*(_DECISIVE.get(word, ()) for word in words))
    subjects = set().union(*(_SUBJECT.get(word, ()) for word in words))
    candidates = decisive or subjects
    return candidates.pop() if len(candidates) == 1 else None


def genre_of(written: str) -> str | None:
    """The genre's code that these words mean beyond doubt, or None."""
    candidates = set().union(*(_GENRE[word] for word in _GENRE_WORD.findall(plain(written).lower())))
    return candidates.pop() if len(candidates) == 1 else None
