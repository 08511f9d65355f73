"""Invented names of people and teams; the same seed gives the same names."""

from __future__ import annotations

from itertools import product
from random import Random

SURNAMES = "沈陈王张徐胡罗岑孙施陆余马方严俞来韩傅瞿汤朱倪高钱裘郁田曹蔡丁金"
GIVEN = (
    "建国 秀英 立群 晓燕 文斌 丽娟 国强 雅琴 志明 春梅 海波 玉兰 永康 佳敏 伟民 慧芳 浩然 梦洁 子涵 利平 "
    "红卫 思远 桂花 俊杰 美君 云飞 彩霞 柏林 静怡 振华 冬青 一鸣 小红 继业 若兰 东升 巧云 天成 瑞芳 新宇"
).split()
TEAM_WORDS = (
    "金桂 红枫 夕阳红 映山红 春之声 新风 乐龄 百灵 茉莉 凤凰 梅花 金秋 星光 彩虹 杜鹃 同乐 和风 向阳 "
    "水乡 绿洲 晨曦 满庭芳 开心 姐妹 知音 常青藤 兰亭 潮韵 三江 巾帼"
).split()
TEAM_SORTS = {
    "越剧队": "opera",
    "戏迷社": "opera",
    "腰鼓队": "waist-drum",
    "排舞队": "line-dance",
    "广场舞队": "line-dance",
    "舞蹈队": "dance",
    "旗袍队": "dance",
    "合唱团": "chorus",
    "民乐队": "instrument",
    "葫芦丝队": "instrument",
    "书画社": "calligraphy",
    "莲花落社": "quyi",
    "太极拳队": "sport",
    "摄影社": "photography",
    "舞龙队": "waist-drum",
    "剪纸社": "heritage",
}


class Names:
    """People, no two of the same name, and for each town its teams."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._people = [surname + given for surname, given in product(SURNAMES, GIVEN)]
        random.shuffle(self._people)
        self._teams: dict[object, list[tuple[str, str]]] = {}

    def person(self) -> str:
        return self._people.pop()

    def team(self, town: object) -> tuple[str, str]:
        """A team's name that no other team of the town has, and the code of its genre."""
        left = self._teams.get(town)
        if left is None:
            left = self._teams[town] = [
                (word + sort, genre) for word, (sort, genre) in product(TEAM_WORDS, TEAM_SORTS.items())
            ]
            self._random.shuffle(left)
        return left.pop()
