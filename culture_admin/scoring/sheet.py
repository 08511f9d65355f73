"""A scheme as a workbook: one line an indicator, groups and titles on sheets of their own; written, and read back as it was.

Headings and words stand in the writer's language; both languages are read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from culture_admin.exchange.cells import as_written
from culture_admin.exchange.reader import Unreadable, Workbook, Worksheet, read_workbook
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.spreadsheets import PLAIN, WIDTH, write_cell
from culture_admin.scoring.actions import change_scheme
from culture_admin.scoring.body import WRITTEN, Compared
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import COMPARED, METHODS
from culture_admin.scoring.sources import Check, Origin, Span
from culture_admin.scoring.table import Part
from culture_admin.scoring.values import Effect

LANGUAGES = ("zh-hans", "en")
Body = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Word:
    """Members of an enumeration by what they are called in each language."""

    choices: Iterable[Any]
    called: Callable[[Any], str] = lambda one: one.label

    def write(self, value: str) -> str:
        return next((self.called(one) for one in self.choices if str(one) == value), value)

    def read(self, text: str) -> str:
        for language in LANGUAGES:
            with override(language):
                for one in self.choices:
                    if text in (self.called(one), str(one)):
                        return str(one)
        return text


PARTS, ORIGINS, SPANS, EFFECTS = Word(Part), Word(Origin), Word(Span), Word(Effect)
COMPARISONS, CHECKS = Word(Compared), Word(Check)
AGAINST = Word(COMPARED, lambda one: str(COMPARED[one]))
# The parameters of all methods, by name; a name means the same in each.
PARAMETERS = {one.name: one for method in METHODS.values() for one in method.parameters}
PARAMETER = Word(PARAMETERS, lambda name: str(PARAMETERS[name].label))

SECTION = {
    "code": _("First-level no."),
    "name_zh": _("First-level indicator"),
    "name_en": _("First-level indicator (English)"),
    "weight": _("Weight"),
    "factor": _("Cap, times the weight"),
    "rescale": _("Rescaled to"),
}
INDICATOR = {
    "code": _("No."),
    "name_zh": _("Indicator"),
    "name_en": _("Indicator (English)"),
    "part": _("Kind"),
    "points": _("Points"),
    "method": _("Method"),
    "parameters": _("Parameters"),
    "origin": _("Source"),
    "metric": _("Metric"),
    "per": _("Per"),
    "span": _("Time"),
    "where": _("Narrowed to"),
    "grades": _("Grades"),
    "evidence": _("Evidence"),
    "check": _("Check"),
    "zero": _("Confirmed zero"),
    "not_recorded": pgettext_lazy("of a value", "Not recorded"),
    "not_applicable": _("Not applicable"),
}
GROUP = {
    "code": _("No."),
    "name_zh": _("Group"),
    "name_en": _("Group (English)"),
    "compared": _("Holds"),
    "divisions": _("Divisions"),
}
TITLE = {
    "name_zh": _("Title"),
    "name_en": _("Title (English)"),
    "points": _("Points"),
    "best": _("Share of the best"),
    "award": _("Award (yuan)"),
    "conditions": _("Mandatory"),
}
SHEETS = {"sections": _("Indicators"), "groups": _("Groups"), "titles": _("Titles")}
HEADINGS: dict[str, list[Any]] = {
    "sections": [*SECTION.values(), *INDICATOR.values()],
    "groups": [*GROUP.values()],
    "titles": [*TITLE.values()],
}


def write_scheme(body: Body) -> bytes:
    """The workbook of what a scheme says."""
    lines = {
        "sections": [line for section in body.get("sections", []) for line in _section(section)],
        "groups": [_group(group) for group in body.get("groups", [])],
        "titles": [_title(title) for title in body.get("titles", [])],
    }
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        bold = book.add_format({"bold": True})
        for name, title in SHEETS.items():
            page = book.add_worksheet(str(title))
            page.freeze_panes(1, 0)
            page.set_column(0, len(HEADINGS[name]) - 1, WIDTH)
            page.write_row(0, 0, [str(heading) for heading in HEADINGS[name]], bold)
            for row, line in enumerate(lines[name], start=1):
                for column, cell in enumerate(line):
                    write_cell(page, row, column, cell or None)
    return written.getvalue()


def _section(section: Mapping[str, Any]) -> Iterator[list[str]]:
    head = [str(section.get(name, "")) for name in SECTION]
    for indicator in section.get("indicators", []) or [{}]:
        yield [*head, *(_indicator_cells(indicator) if indicator else [])]
        # Said once, above the first of its indicators.
        head = [head[0], *[""] * (len(SECTION) - 1)]


def _indicator_cells(one: Mapping[str, Any]) -> list[str]:
    rule, source = one.get("rule", {}), one.get("source", {})
    cells = {
        **{name: str(one.get(name, "")) for name in ("code", "name_zh", "name_en", "points", "evidence")},
        "part": PARTS.write(one.get("part", Part.BASE)),
        "method": rule.get("method", ""),
        "parameters": _pairs(
            {PARAMETER.write(name): _parameter(name, rule[name]) for name in rule if name != "method"}
        ),
        "origin": ORIGINS.write(source.get("origin", "")),
        "metric": source.get("metric", ""),
        "per": source.get("per", ""),
        "span": SPANS.write(source["span"]) if "span" in source else "",
        "where": _pairs(source.get("where", {})),
        "check": CHECKS.write(one["check"]) if "check" in one else "",
        "grades": _pairs({_grade_name(grade): grade["value"] for grade in source.get("grades", [])}),
        **{name: EFFECTS.write(one[name]) if name in one else "" for name in WRITTEN.values()},
    }
    return [cells[name] for name in INDICATOR]


def _parameter(name: str, value: Any) -> str:
    if name == "bands":
        return ", ".join(f"{least}:{points}" for least, points in value)
    return AGAINST.write(value) if name == "against" else str(value)


def _grade_name(grade: Mapping[str, Any]) -> str:
    return f"{grade['name_zh']}/{grade['name_en']}" if grade.get("name_en") else grade["name_zh"]


def _group(group: Mapping[str, Any]) -> list[str]:
    cells = {**group, "compared": COMPARISONS.write(group.get("compared", Compared.ALL))}
    return [" ".join(cells[name]) if name == "divisions" and name in cells else cells.get(name, "") for name in GROUP]


def _title(title: Mapping[str, Any]) -> list[str]:
    conditions = _pairs({one["indicator"]: one["least"] for one in title.get("conditions", [])})
    return [conditions if name == "conditions" else str(title.get(name, "")) for name in TITLE]


def _pairs(values: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def read_scheme(workbook: Workbook) -> tuple[dict[str, Any], dict[str, tuple[str, int]], list[Fault]]:
    """What a workbook says, as body.py reads it; by pointer the sheet and row it stands in; and what is no such workbook."""
    body: dict[str, Any] = {"sections": [], "groups": [], "titles": []}
    places: dict[str, tuple[str, int]] = {}
    faults: list[Fault] = []
    for name in SHEETS:
        sheet = _sheet_of(workbook, name)
        if sheet is None:
            if name == "sections":
                message = _("There is no sheet with the headings “%(headings)s”.")
                headings = ", ".join(str(one) for one in list(SECTION.values())[:4])
                faults.append(Fault("sheet_missing", str(message) % {"headings": headings}, pointer="/sheet"))
            continue
        columns = _columns(sheet, name)
        for row in range(1, sheet.height):
            line = {key: as_written(sheet.columns[at][row]).strip() for key, at in columns.items()}
            if any(line.values()):
                READERS[name](body, line, places, (sheet.name, row + 1))
    return body, places, faults


def bring_in_sheet(*, actor, scheme: Scheme, file_name: str, content: bytes, seen: int | None = None) -> Scheme:
    """Puts what a workbook says into a draft, all of it or nothing.

    Raises Problem with the sheet and row of each fault, and what `change_scheme` raises.
    """
    try:
        body, places, faults = read_scheme(read_workbook(content, file_name))
    except Unreadable as refused:
        fault = Fault(refused.code, refused.message, pointer="/sheet")
        raise Problem(400, refused.code, faults=[fault]) from refused
    if faults:
        raise Problem(400, faults[0].code, faults=faults)
    try:
        return change_scheme(actor=actor, scheme=scheme, seen=seen, **body)
    except Problem as problem:
        located = [_located(fault, places) for fault in problem.faults]
        raise Problem(problem.status, problem.code, problem.detail, faults=located) from problem


def _located(fault: Fault, places: Mapping[str, tuple[str, int]]) -> Fault:
    """A fault of the body with the row it stands in: that of the innermost member that has one."""
    pointer = fault.pointer or ""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    if not pointer:
        return fault
    sheet, row = places[pointer]
    headings = _headings_at(pointer)
    members = (fault.pointer or "")[len(pointer) :].split("/")
    heading = next((headings[member] for member in members if member in headings), None)
    if heading is None and "rule" in members:
        heading = headings.get("parameters")
    said = {"sheet": sheet, "row": row, "heading": heading, "message": fault.message}
    message = (
        _("%(sheet)s, row %(row)d, “%(heading)s”: %(message)s") % said
        if heading
        else _("%(sheet)s, row %(row)d: %(message)s") % said
    )
    return Fault(fault.code, message, pointer="/sheet", row=row, column=sheet, value=fault.value)


def _headings_at(pointer: str) -> dict[str, Any]:
    """What the columns are called in which a member of the body stands."""
    kind = "indicators" if "/indicators/" in pointer else pointer.strip("/").partition("/")[0]
    return {"sections": SECTION, "indicators": INDICATOR, "groups": GROUP, "titles": TITLE}.get(kind, {})


def _sheet_of(workbook: Workbook, name: str) -> Worksheet | None:
    """The sheet whose first row has the headings, whatever it is called."""
    return next(
        (sheet for sheet in workbook.sheets if sheet.height and len(_columns(sheet, name)) >= 2 and _is(sheet, name)),
        None,
    )


def _is(sheet: Worksheet, name: str) -> bool:
    first = next(iter({"sections": SECTION, "groups": GROUP, "titles": TITLE}[name].values()))
    second = {"sections": SECTION["weight"], "groups": GROUP["compared"], "titles": TITLE["points"]}[name]
    heads = {as_written(column[0]).strip() for column in sheet.columns}
    return all(heads & _said(label) for label in (first, second))


def _columns(sheet: Worksheet, name: str) -> dict[str, int]:
    """By key the column; the first level's are told from the second's by a prefix."""
    keys: list[tuple[str, Any]] = {
        "sections": [*((f"section.{key}", label) for key, label in SECTION.items()), *INDICATOR.items()],
        "groups": [*GROUP.items()],
        "titles": [*TITLE.items()],
    }[name]
    heads = [as_written(column[0]).strip() for column in sheet.columns]
    found = {}
    for key, label in keys:
        at = next((at for at, head in enumerate(heads) if head in _said(label)), None)
        if at is not None:
            found[key] = at
    return found


def _said(label: Any) -> set[str]:
    said = set()
    for language in LANGUAGES:
        with override(language):
            said.add(str(label))
    return said


def _read_indicator(body: dict, line: dict[str, str], places: dict, place: tuple[str, int]) -> None:
    code = line.get("section.code", "")
    sections = body["sections"]
    if not sections or (code and code != sections[-1]["code"]):
        said = {key.removeprefix("section."): text for key, text in line.items() if key.startswith("section.") and text}
        places[f"/sections/{len(sections)}"] = place
        sections.append({**said, "code": code, "indicators": []})
    if not (line.get("code") or line.get("name_zh")):
        return
    indicators = sections[-1]["indicators"]
    places[f"/sections/{len(sections) - 1}/indicators/{len(indicators)}"] = place
    indicators.append(_indicator(line))


def _indicator(line: Mapping[str, str]) -> dict[str, Any]:
    one: dict[str, Any] = {
        name: line[name] for name in ("code", "name_zh", "name_en", "points", "evidence") if line.get(name)
    }
    part = PARTS.read(line.get("part", ""))
    if part not in ("", Part.BASE):
        one["part"] = part
    one["rule"] = {"method": line.get("method", "").partition(" ")[0], **_parameters(line.get("parameters", ""))}
    source: dict[str, Any] = {"origin": ORIGINS.read(line.get("origin", ""))}
    source |= {name: line[name] for name in ("metric", "per") if line.get(name)}
    if line.get("span"):
        source["span"] = SPANS.read(line["span"])
    if line.get("where"):
        source["where"] = dict(_split(line["where"]))
    if line.get("grades"):
        source["grades"] = [_grade(name, value) for name, value in _split(line["grades"])]
    one["source"] = source
    if line.get("check"):
        one["check"] = CHECKS.read(line["check"])
    return one | {name: EFFECTS.read(line[name]) for name in WRITTEN.values() if line.get(name)}


def _grade(name: str, value: str) -> dict[str, str]:
    chinese, _mark, english = name.partition("/")
    return {"name_zh": chinese, "value": value, **({"name_en": english} if english else {})}


def _parameters(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for called, value in _split(text):
        name = PARAMETER.read(called)
        if name == "bands":
            found[name] = [
                band.strip().replace("：", ":").split(":")
                for band in value.replace("，", ",").replace("、", ",").split(",")
            ]
        else:
            found[name] = AGAINST.read(value) if name == "against" else value
    return found


def _split(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.replace("；", ";").replace("＝", "=").split(";"):
        name, _mark, value = pair.partition("=")
        if name.strip():
            yield name.strip(), value.strip()


def _read_group(body: dict, line: dict[str, str], places: dict, place: tuple[str, int]) -> None:
    places[f"/groups/{len(body['groups'])}"] = place
    group: dict[str, Any] = {name: line[name] for name in ("code", "name_zh", "name_en") if line.get(name)}
    if line.get("compared"):
        group["compared"] = COMPARISONS.read(line["compared"])
    if line.get("divisions"):
        group["divisions"] = line["divisions"].replace("，", " ").replace(",", " ").split()
    body["groups"].append(group)


def _read_title(body: dict, line: dict[str, str], places: dict, place: tuple[str, int]) -> None:
    places[f"/titles/{len(body['titles'])}"] = place
    title: dict[str, Any] = {name: line[name] for name in TITLE if line.get(name) and name != "conditions"}
    if line.get("conditions"):
        title["conditions"] = [{"indicator": name, "least": value} for name, value in _split(line["conditions"])]
    body["titles"].append(title)


READERS: Mapping[str, Callable[[dict, dict[str, str], dict, tuple[str, int]], None]] = {
    "sections": _read_indicator,
    "groups": _read_group,
    "titles": _read_title,
}
