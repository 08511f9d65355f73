"""Where a sheet's table stands and what its columns hold: header words, one row of them or two, and the shape of values."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from culture_admin.exchange.cells import Cell, Parser, as_written
from culture_admin.exchange.reader import Worksheet

HEADER_WITHIN = 40
SAMPLE = 40
# A longer text is no header word, and a wider table is not read without one known word.
LONGEST_WORD = 60
WIDEST_UNKNOWN = 40
# From this share of fitting values on, a column under an unknown word is taken for what it looks like; the second holds
# for what a table cannot do without.
FITS, FITS_REQUIRED = 0.8, 0.5
IGNORE = "ignore"

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_SENTENCE = re.compile(r"[:：\d]|.{13}")
_ORNAMENT = "*:、.。 "


@dataclass(frozen=True)
class Column:
    """What one column of a ledger may hold, how it is called, and how its cells are read.

    synonyms: header words, the likeliest first, blanks between them; pattern: a regular expression for whole families of
    them; never: what the header must not contain. Chinese compounds end with their head (活动举办时间 is a 时间), so a word
    also fits by its end.
    fills: the fields that `parse` gives values for, one value or a tuple of them; those that begin with an underscore are
    only for `settle`. instead_of: the required column that a table may have this one for.
    adds: the field whose sum is compared with written totals; per: how many of it make one of the sheet's units.
    shape: how much the values look like this column, 0 to 1; decides where words do not.
    hide: for personal data, how a cell is shown where it is quoted; the file of such a sheet is kept sealed.
    names_sums: a word such as 资产总计 is what a row is about, and no line that adds the others up.
    """

    name: str
    label: object
    parse: Parser
    fills: tuple[str, ...]
    synonyms: str
    pattern: str = ""
    never: str = ""
    required: bool = False
    instead_of: str = ""
    adds: str = ""
    per: int = 1
    shape: Callable[[Sequence[Cell]], float] | None = None
    hide: Callable[[str], str] | None = None
    names_sums: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.synonyms.split())


@dataclass(frozen=True)
class Heading:
    """A column's header: the word as it stands in the sheet, its group's word above it, the unit in parentheses."""

    index: int
    word: str
    group: str = ""

    @property
    def texts(self) -> Iterator[tuple[float, str]]:
        """What the header may be recognised by, the more telling with a higher bonus."""
        base, unit = _base(self.word), self.unit
        if self.group:
            yield 0.3, _base(self.group) + base
        if unit:
            yield 0.1, base + unit
        yield 0.0, base

    @property
    def unit(self) -> str:
        return "".join(_PARENTHESES.findall(_tidy(self.word)) or _PARENTHESES.findall(_tidy(self.group)))

    @property
    def path(self) -> str:
        return f"{self.group} {self.word}".strip()


@dataclass
class Table:
    """The table of one sheet. top and first: the indexes of the header's first row and of the first row below it."""

    sheet: Worksheet
    top: int
    first: int
    headings: list[Heading]
    columns: dict[int, Column] = field(default_factory=dict)
    # Headings that no word explains; those of them that `columns` has were taken by the shape of their values.
    unknown: list[Heading] = field(default_factory=list)
    # Headings whose word is known, and whose column another one has.
    unused: list[Heading] = field(default_factory=list)

    def word(self, index: int) -> str:
        """The header word of a column, with its group's where the word alone stands in the header twice."""
        heading = self._heading(index)
        twice = sum(other.word == heading.word for other in self.headings) > 1
        return heading.path if twice else heading.word

    def unit(self, index: int) -> str:
        """The unit that the column's header names in parentheses, or nothing."""
        return self._heading(index).unit

    def _heading(self, index: int) -> Heading:
        return next(heading for heading in self.headings if heading.index == index)

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        found = {name for column in self.columns.values() for name in (column.name, column.instead_of)}
        return [column for column in columns if column.required and column.name not in found]


def find_table(
    sheet: Worksheet, columns: Sequence[Column], ignored: Sequence[str], remembered: Mapping[str, str]
) -> Table | None:
    """The sheet's table, or None where no row looks like its header; one that lacks a column only if there is no other.

    remembered: header word → column name or IGNORE, as somebody has answered before.
    """
    known = _Vocabulary(columns, ignored, remembered)
    incomplete = None
    for row in range(min(HEADER_WITHIN, sheet.height)):
        hits, written = known.hits(_headings(sheet, row))
        if hits >= 3 or hits == written >= 2:
            table = max(
                (_assigned(sheet, top, headings, known) for top, headings in _readings(sheet, row)),
                # A second row that divides columns of the first is no accident, as long as nothing is lost by it.
                key=lambda table: (-len(table.missing(columns)), table.first - table.top, len(table.columns)),
            )
            if not table.missing(columns):
                return table
            incomplete = incomplete or table
    return _by_shape_alone(sheet, known) or incomplete


def _by_shape_alone(sheet: Worksheet, known: "_Vocabulary") -> Table | None:
    """The table below the first row of nothing but words, if the values there look like all that is required."""
    for row in range(min(HEADER_WITHIN, sheet.height)):
        headings = _headings(sheet, row)
        if len(headings) >= 2 and not any(re.search(r"\d", heading.word) for heading in headings):
            table = _assigned(sheet, row, headings, known) if len(headings) <= WIDEST_UNKNOWN else None
            return table if table and not table.missing(known.columns) else None
    return None


def texts_above(table: Table) -> list[str]:
    """The title lines: what is written above the header."""
    return [as_written(cell) for row in range(table.top) for cell in table.sheet.row(row) if cell is not None]


class _Vocabulary:
    """The words that headers are recognised by."""

    def __init__(self, columns: Sequence[Column], ignored: Sequence[str], remembered: Mapping[str, str]) -> None:
        self.columns = columns
        self.ignored = {_base(word) for word in ignored}
        self.remembered = remembered
        self._strengths: dict[tuple[str, str, str], float] = {}

    def hits(self, headings: Sequence[Heading]) -> tuple[int, int]:
        """How many of the headings are known, and how many there are."""
        known = sum(
            self.ignores(heading) or any(self.strength(column, heading) >= 2 for column in self.columns)
            for heading in headings
        )
        return known, len(headings)

    def ignores(self, heading: Heading) -> bool:
        answer = self.remembered.get(heading.path)
        return answer == IGNORE or (answer is None and _base(heading.word) in self.ignored)

    def strength(self, column: Column, heading: Heading) -> float:
        """How well the words fit: 10 by an answer, 3 exactly, 2 by the end of the word, 1 by a part of it, 0 not at all."""
        if answer := self.remembered.get(heading.path):
            return 10.0 if answer == column.name else 0.0
        key = (column.name, heading.word, heading.group)
        if key not in self._strengths:
            self._strengths[key] = _strength(column, heading)
        return self._strengths[key]


def _strength(column: Column, heading: Heading) -> float:
    best = 0.0
    for bonus, text in heading.texts:
        if column.never and re.search(column.never, text):
            return 0.0
        if text in column.words:
            best = max(best, bonus + 3 - 0.02 * column.words.index(text))
        elif column.pattern and re.search(column.pattern, text):
            best = max(best, bonus + 2.9)
        else:
            ends = [len(word) for word in column.words if len(word) > 1 and text.endswith(word)]
            parts = [len(word) for word in column.words if len(word) > 1 and word in text and not heading.group]
            if ends:
                best = max(best, bonus + 2 + 0.05 * max(ends))
            elif parts:
                best = max(best, bonus + 1 + 0.05 * max(parts))
    return best


def _tidy(word: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).lower().strip(_ORNAMENT)


def _base(word: str) -> str:
    return _PARENTHESES.sub("", _tidy(word)).strip(_ORNAMENT)


def _headings(sheet: Worksheet, row: int) -> list[Heading]:
    """The words of a row as headings; none where the row holds anything but words."""
    cells = sheet.row(row)
    if any(cell is not None and not isinstance(cell, str) for cell in cells):
        return []
    words = {index: cell.strip() for index, cell in enumerate(cells) if isinstance(cell, str)}
    return [Heading(index, word) for index, word in words.items() if len(word) <= LONGEST_WORD]


def _readings(sheet: Worksheet, row: int) -> Iterator[tuple[int, list[Heading]]]:
    """The header that the row may be: alone, with a row of sub-headings below, or with a row of groups above."""
    yield row, _headings(sheet, row)
    for top in (row, row - 1):
        if 0 <= top < sheet.height - 1 and (headings := _in_two_rows(sheet, top)):
            yield top, headings


def _in_two_rows(sheet: Worksheet, top: int) -> list[Heading]:
    """Headings of the row and the one below, where the lower one only divides columns of the upper one; else none."""
    upper, lower = _headings(sheet, top), _headings(sheet, top + 1)
    if not upper or len(lower) < 2 or any(re.search(r"\d", heading.word) for heading in lower):
        return []
    below = {heading.index: heading.word for heading in lower}
    headings: list[Heading] = []
    for heading, end in zip(upper, _ends_of_groups(sheet, top, upper), strict=True):
        divided = [index for index in range(heading.index, end) if index in below]
        if divided and (len(upper) == 1 or end - heading.index == 1 or _SENTENCE.search(heading.word)):
            # A line over everything is a title; a word right below a word is a row of the table.
            return []
        headings += [Heading(index, below.pop(index), heading.word) for index in divided] or [heading]
    if not any(heading.group for heading in headings):
        return []
    headings += [Heading(index, word) for index, word in below.items()]
    return sorted(headings, key=lambda heading: heading.index)


def _ends_of_groups(sheet: Worksheet, top: int, upper: Sequence[Heading]) -> list[int]:
    """For each word, the index behind the last column that it stands over."""
    merged = {left: right + 1 for row, left, bottom, right in sheet.merged if row == top and right > left}
    if merged:
        return [merged.get(heading.index, heading.index + 1) for heading in upper]
    return [heading.index for heading in upper[1:]] + [len(sheet.columns)]


def _assigned(sheet: Worksheet, top: int, headings: list[Heading], known: _Vocabulary) -> Table:
    """The table below these headings, each column given to the heading that fits it best."""
    first = top + (2 if any(heading.group for heading in headings) else 1)
    table = Table(sheet, top, first, headings)
    samples = {heading.index: _sample(sheet.columns[heading.index], first) for heading in headings}
    offers = []
    for heading in headings:
        for order, column in enumerate(known.columns):
            if known.ignores(heading) or not (strength := known.strength(column, heading)):
                continue
            shape = column.shape(samples[heading.index]) if column.shape and samples[heading.index] else 0.5
            # A part of a word alone does not outweigh values that look otherwise.
            if strength >= 2 or shape >= 0.5:
                offers.append((strength + 2 * shape, -order, -heading.index, heading, column))
    for *_rank, heading, column in sorted(offers, key=lambda offer: offer[:3], reverse=True):
        if heading.index not in table.columns and column not in table.columns.values():
            table.columns[heading.index] = column
    named = {heading.index for *_rank, heading, _column in offers}
    left = [heading for heading in headings if heading.index not in table.columns and samples[heading.index]]
    table.unused = [heading for heading in left if heading.index in named]
    table.unknown = [heading for heading in left if heading.index not in named and not known.ignores(heading)]
    _assign_by_shape(table, known, samples)
    return table


def _assign_by_shape(table: Table, known: _Vocabulary, samples: Mapping[int, Sequence[Cell]]) -> None:
    """Give unknown headings what their values look like, surest first, as far as it is not found by its word."""
    looks = [
        (column.required, column.shape(samples[heading.index]), -order, -heading.index, heading.index, column)
        for heading in table.unknown
        for order, column in enumerate(known.columns)
        if column.shape and not (column.never and re.search(column.never, heading.path))
    ]
    for required, fits, _order, _left, index, column in sorted(looks, key=lambda look: look[:4], reverse=True):
        enough = FITS_REQUIRED if required else FITS
        if fits >= enough and index not in table.columns and column not in table.columns.values():
            table.columns[index] = column


def _sample(cells: Sequence[Cell], first: int) -> list[Cell]:
    """The first values below the header."""
    sample: list[Cell] = []
    for cell in cells[first:]:
        if cell is not None:
            sample.append(cell)
            if len(sample) == SAMPLE:
                break
    return sample
