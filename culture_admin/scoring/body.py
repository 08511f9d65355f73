"""What a scheme says, from the JSON it is kept as: its table, where each value comes from, who is compared, which titles it gives.

A body is read whole, and everything that is wrong in it is said at once, each with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.interfaces.problems import Fault
from culture_admin.scoring.ranking import Cutoff
from culture_admin.scoring.rules import Rule, Takes, read_number
from culture_admin.scoring.sources import Check, Origin, Source, Span, read_source
from culture_admin.scoring.table import EFFECTS, Indicator, Part, Section, Table
from culture_admin.scoring.values import Effect, Standing, offered
from culture_admin.territory.models import named

MOST_SECTIONS, MOST_INDICATORS, MOST_GROUPS, MOST_TITLES = 30, 200, 30, 12
LONGEST_CODE, LONGEST_NAME, LONGEST_TEXT = 12, 200, 500
# How an effect is written, by the standing it is of.
WRITTEN = {
    Standing.ZERO: "zero",
    Standing.NOT_RECORDED: "not_recorded",
    Standing.NOT_APPLICABLE: "not_applicable",
}


class Compared(StrEnum):
    """Whom a group of comparable units holds."""

    ALL = "all"
    TOWNS = "towns"
    SUBDISTRICTS = "subdistricts"
    LISTED = "listed"

    @property
    def label(self) -> str:
        return str(_COMPARED[self])


_COMPARED = {
    Compared.ALL: gettext_lazy("all"),
    Compared.TOWNS: gettext_lazy("towns"),
    Compared.SUBDISTRICTS: gettext_lazy("subdistricts"),
    Compared.LISTED: gettext_lazy("those listed"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; shown in the reader's."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return named(self.zh, self.en)


@dataclass(frozen=True)
class Group:
    """Units that are compared with one another. divisions: the codes of those listed."""

    code: str
    label: Label
    compared: Compared
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """A title by its cut-off: points, a share of the best, and values that mandatory indicators must reach; and the award."""

    label: Label
    cutoff: Cutoff
    award: Decimal | None = None
    conditions: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """A scheme's content. sources, evidence, checks: by the code of the indicator.

    evidence says in words what is to be shown; checks of every indicator that is not counted how it is looked at.
    """

    table: Table
    sources: Mapping[str, Source]
    evidence: Mapping[str, str]
    checks: Mapping[str, Check]
    groups: tuple[Group, ...]
    titles: tuple[Title, ...]


def read_body(written: Mapping[str, Any], total: Decimal, decimals: int) -> tuple[Body, list[Fault]]:
    """The content of a scheme as far as it can be read, and all that is wrong in it."""
    reading = _Reading()
    sections = tuple(
        reading.section(one, pointer) for one, pointer in reading.members(written, "sections", MOST_SECTIONS)
    )
    body = Body(
        table=Table(total, decimals, sections),
        sources=reading.sources,
        evidence=reading.evidence,
        checks=reading.checks,
        groups=tuple(reading.group(one, pointer) for one, pointer in reading.members(written, "groups", MOST_GROUPS)),
        titles=tuple(reading.title(one, pointer) for one, pointer in reading.members(written, "titles", MOST_TITLES)),
    )
    faults = reading.faults
    if not faults:
        faults += [*_of_table(body), *_of_groups(body), *_of_titles(body), *_of_sources(body)]
    return body, faults


def _of_table(body: Body) -> Iterator[Fault]:
    try:
        body.table.check()
    except ValidationError as refused:
        for error in refused.error_list:
            yield Fault(error.code or "invalid", " ".join(error.messages), pointer="/sections")


def _of_groups(body: Body) -> Iterator[Fault]:
    """A group is known by its number: what two of them had would be ranked as one."""
    seen: set[str] = set()
    for at, group in enumerate(body.groups):
        if group.code in seen:
            yield Fault(
                "code_twice", _("%(code)s stands here twice.") % {"code": group.code}, pointer=f"/groups/{at}/code"
            )
        seen.add(group.code)


def _of_titles(body: Body) -> Iterator[Fault]:
    """Titles stand from the highest down, and ask for indicators that there are."""
    known = {indicator.code for _section, indicator in body.table.indicators()}
    for at, title in enumerate(body.titles):
        above = body.titles[at - 1] if at else None
        if above and title.cutoff.points > above.cutoff.points:
            message = _("Titles stand from the highest down; this one asks for more than the one before.")
            yield Fault("titles_order", message, pointer=f"/titles/{at}/points")
        for code in title.conditions:
            if code not in known:
                message = _("There is no indicator %(code)s.") % {"code": code}
                yield Fault("unknown_indicator", message, pointer=f"/titles/{at}/conditions")


def _of_sources(body: Body) -> Iterator[Fault]:
    """Quarters are read where a rule wants them, and nowhere else; several results, of which the best counts, are judged."""
    for _section, indicator in body.table.indicators():
        takes, source = indicator.rule.method.takes, body.sources[indicator.code]
        if (takes == Takes.QUARTERS) != (source.span == Span.QUARTERS) and source.is_counted:
            message = _("%(code)s: the method M13 takes a metric quarter by quarter, and no other does.")
            yield Fault("quarters", message % {"code": indicator.code}, pointer="/sections")
        if takes == Takes.POINTS and source.origin != Origin.JUDGED:
            message = _("%(code)s: of several results the best is judged by evidence; a metric is one number.")
            yield Fault("points_source", message % {"code": indicator.code}, pointer="/sections")


class _Reading:
    """Reads members one by one and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.evidence: dict[str, str] = {}
        self.checks: dict[str, Check] = {}

    def wrong(self, code: str, message: str, pointer: str, value: object = None) -> None:
        self.faults.append(Fault(code, message, pointer=pointer, value=value))

    def members(self, written: Mapping[str, Any], name: str, most: int, above: str = "") -> Iterator[tuple[dict, str]]:
        """The objects in a list, each with its place."""
        ones = written.get(name, [])
        if not isinstance(ones, list) or len(ones) > most:
            self.wrong("list", _("Expected a list of at most %(most)d.") % {"most": most}, f"{above}/{name}")
            return
        for at, one in enumerate(ones):
            if isinstance(one, dict):
                yield one, f"{above}/{name}/{at}"
            else:
                self.wrong("invalid", _("Expected an object."), f"{above}/{name}/{at}")

    def section(self, one: dict, pointer: str) -> Section:
        self.strangers(one, pointer, "code", "name_zh", "name_en", "weight", "factor", "rescale", "indicators")
        levels = []
        if one.get("factor") is not None:
            levels.append(self.rule({"method": "M6", "factor": one["factor"]}, f"{pointer}/factor"))
        if one.get("rescale") is not None:
            levels.append(self.rule({"method": "M7", "most": one["rescale"]}, f"{pointer}/rescale"))
        return Section(
            self.text(one, "code", pointer, LONGEST_CODE),
            self.label(one, pointer),
            self.number(one, "weight", pointer),
            tuple(
                self.indicator(each, place) for each, place in self.members(one, "indicators", MOST_INDICATORS, pointer)
            ),
            tuple(level for level in levels if level),
        )

    def indicator(self, one: dict, pointer: str) -> Indicator:
        members = ("code", "name_zh", "name_en", "part", "points", "rule", "source", "evidence", "check")
        self.strangers(one, pointer, *members, *WRITTEN.values())
        code = self.text(one, "code", pointer, LONGEST_CODE)
        part = self.choice(one, "part", pointer, Part, Part.BASE)
        points = None if one.get("points") is None else self.number(one, "points", pointer)
        source = one.get("source")
        found, faults = read_source(source if isinstance(source, dict) else {})
        for name, fault, message in faults:
            self.wrong(fault, message, f"{pointer}/source/{name}")
        check = self.choice(one, "check", pointer, Check, Check.PAPERS)
        if found:
            self.sources[code] = found
            if not found.is_counted:
                self.checks[code] = check
            elif check == Check.ON_SITE:
                self.wrong("check", _("A metric is counted; nobody scores it on the spot."), f"{pointer}/check")
        if one.get("evidence"):
            self.evidence[code] = self.text(one, "evidence", pointer, LONGEST_TEXT)
        effects = {
            standing: self.choice(one, name, pointer, Effect, EFFECTS[standing]) for standing, name in WRITTEN.items()
        }
        rule = self.rule(one.get("rule"), f"{pointer}/rule")
        answers = found.answers if found else ()
        return Indicator(code, self.label(one, pointer), part, rule, points, effects, answers)

    def group(self, one: dict, pointer: str) -> Group:
        self.strangers(one, pointer, "code", "name_zh", "name_en", "compared", "divisions")
        compared = self.choice(one, "compared", pointer, Compared, Compared.ALL)
        divisions = one.get("divisions", [])
        if not isinstance(divisions, list) or not all(isinstance(code, str) and code.isdigit() for code in divisions):
            self.wrong("invalid", _("Expected codes of divisions."), f"{pointer}/divisions")
            divisions = []
        elif bool(divisions) != (compared == Compared.LISTED):
            self.wrong("divisions", _("Divisions are named where those listed are compared."), f"{pointer}/divisions")
        code = self.text(one, "code", pointer, LONGEST_CODE)
        return Group(code, self.label(one, pointer), compared, tuple(divisions))

    def title(self, one: dict, pointer: str) -> Title:
        self.strangers(one, pointer, "name_zh", "name_en", "points", "best", "award", "conditions")
        best = None if one.get("best") is None else self.number(one, "best", pointer)
        if best is not None and not 0 < best <= 1:
            self.wrong("share", _("Expected a share above 0 and up to 1; 0.2 is the best fifth."), f"{pointer}/best")
        award = None if one.get("award") is None else self.number(one, "award", pointer)
        label = self.label(one, pointer)
        conditions = {}
        for each, place in self.members(one, "conditions", MOST_INDICATORS, pointer):
            self.strangers(each, place, "indicator", "least")
            conditions[self.text(each, "indicator", place, LONGEST_CODE)] = self.number(each, "least", place)
        return Title(label, Cutoff(label.zh, self.number(one, "points", pointer), best), award, conditions)

    def strangers(self, one: Mapping[str, Any], pointer: str, *known: str) -> None:
        for name in one:
            if name not in known:
                message = _("There is no such member. Known are: %(known)s.") % {"known": ", ".join(known)}
                self.wrong("unknown_field", message, f"{pointer}/{str(name)[:40]}")

    def label(self, one: dict, pointer: str) -> Label:
        english = self.text(one, "name_en", pointer, LONGEST_NAME) if one.get("name_en") else ""
        return Label(self.text(one, "name_zh", pointer, LONGEST_NAME), english)

    def text(self, one: dict, name: str, pointer: str, longest: int) -> str:
        written = one.get(name)
        text = written.strip() if isinstance(written, str) else ""
        if not text or len(text) > longest or not text.isprintable():
            message = _("Expected a line of 1 to %(longest)d characters.") % {"longest": longest}
            self.wrong("text", message, f"{pointer}/{name}")
            return ""
        return text

    def number(self, one: dict, name: str, pointer: str) -> Decimal:
        number = read_number(one.get(name))
        if number is None or number < 0:
            self.wrong("number_format", _("Expected a number, not below 0."), f"{pointer}/{name}")
            return Decimal(0)
        return number

    def choice(self, one: dict, name: str, pointer: str, choices: Any, default: Any) -> Any:
        written = one.get(name, default)
        if written in list(choices):
            return choices(written)
        message = _("Expected one of %(known)s.") % {"known": offered((one, one.label) for one in choices)}
        self.wrong("invalid_choice", message, f"{pointer}/{name}")
        return default

    def rule(self, written: Any, pointer: str) -> Rule:
        try:
            return Rule.read(written if isinstance(written, dict) else {})
        except ValidationError as refused:
            for name, errors in refused.error_dict.items():
                self.wrong(errors[0].code or "invalid", " ".join(refused.message_dict[name]), f"{pointer}/{name}")
        # What cannot be read stands as nothing; the body is refused anyway.
        return Rule.read({"method": "M12"})
