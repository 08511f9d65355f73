"""What an uploaded sheet must pass before anything parses it. Imports no Django: it runs in the child process."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MEGABYTE = 1024 * 1024
MAX_FILE = 25 * MEGABYTE
MAX_MEMBERS = 200
MAX_INFLATED = 60 * MEGABYTE
MAX_MEMBER_INFLATED = 50 * MEGABYTE
MAX_RATIO = 200
# Below this size a high ratio is a short, regular part and no bomb.
SMALL = MEGABYTE
MAX_ROWS = 120_000
MAX_COLUMNS = 200
# A sheet that is long and wide at once holds a few cells far apart, not a ledger.
MAX_CELLS = 5_000_000
MAX_MERGED = 20_000
# Bytes between two tags. Excel itself ends a cell at 32,767 characters.
LONGEST_TEXT = 32 * 1024
CHUNK = MEGABYTE

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Beginnings of files that are no sheets, with the name a person knows them by.
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    b"PK\x05\x06": "ZIP",
}
# What else comes in a zip, known by a part that only it has.
OTHER_PACKAGES = {
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
    "xl/workbook.bin": "XLSB",
    "mimetype": "OpenDocument",
}

# A cell past column Z, and the last cell of a piece, as every common writer of xlsx puts them; a cell that is only coloured,
# `<c … />`, holds nothing and takes no room. What is written in another way and lies far outside dies at the limits of the
# child process.
_BEYOND_Z = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^>]*(?<!/)>')
_CELL = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*(?<!/)>')


class Refused(Exception):
    """The file is not read. `code` is stable; `figures` are the numbers and names its message speaks of."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


def kind_of(data: bytes) -> str:
    """`xlsx` or `csv`, judged by the content and never by the name. Raises Refused for everything else."""
    if not data.strip():
        raise Refused("file_empty")
    if len(data) > MAX_FILE:
        raise Refused("file_too_large", megabytes=round(len(data) / MEGABYTE, 1), limit=MAX_FILE // MEGABYTE)
    if data.startswith(ZIP):
        return "xlsx"
    if data.startswith(COMPOUND):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("file_encrypted" if encrypted else "file_is_xls")
    for magic, name in FOREIGN.items():
        if data.startswith(magic):
            raise Refused("file_type", found=name)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|style|meta)", data[:200], re.IGNORECASE):
        raise Refused("file_is_html")
    return "csv"


def check_package(data: bytes) -> set[str]:
    """Refuse an xlsx package that is damaged, encrypted, active, or larger than it says. Reads every part once.

    Returns the names of the parts that hold formulas or errors.
    """
    # Counted in the bytes: a directory of a million entries would already cost seconds to open.
    if (members := data.count(b"PK\x01\x02")) > MAX_MEMBERS:
        raise Refused("file_too_many_parts", parts=members, limit=MAX_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package)
            inflated = 0
            with_formulas = set()
            for member in package.infolist():
                size, has_formulas = _check_content(package, member, MAX_INFLATED - inflated)
                inflated += size
                if has_formulas:
                    with_formulas.add(member.filename)
            return with_formulas
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused("file_damaged") from error


def _check_members(package: zipfile.ZipFile) -> None:
    names = [member.filename for member in package.infolist()]
    for member in package.infolist():
        if member.flag_bits & 1:
            raise Refused("file_encrypted")
        if ".." in member.filename.split("/") or member.filename.startswith("/") or "\\" in member.filename:
            raise Refused("file_unsafe", part=member.filename[:100])
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("file_damaged")
    if len(names) != len({name.lower() for name in names}):
        raise Refused("file_damaged")
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names):
        raise Refused("file_has_macros")
    if any("/externallinks/" in name.lower() for name in names):
        raise Refused("file_has_links")
    for part, name in OTHER_PACKAGES.items():
        if part in names:
            raise Refused("file_type", found=name)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("file_type", found="ZIP")


def _check_content(package: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: int) -> tuple[int, bool]:
    """Read one part through: its real size (the size it declares is never trusted), and whether it holds formulas."""
    size = 0
    contents = _Contents()
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    for chunk in _chunks(package, member):
        if not size and chunk.startswith(ZIP):
            raise Refused("file_unsafe", part=member.filename[:100])
        if member.filename == "[Content_Types].xml" and b"macroEnabled" in chunk:
            raise Refused("file_has_macros")
        size += len(chunk)
        ratio = size / max(member.compress_size, 1)
        if size > min(allowance, MAX_MEMBER_INFLATED) or (size > SMALL and ratio > MAX_RATIO):
            raise Refused("file_too_large_inflated", part=member.filename[:100], limit=MAX_INFLATED // MEGABYTE)
        if is_xml:
            contents.add(chunk)
    return size, contents.has_formulas


def _chunks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The inflated part in pieces that end where a tag begins, so that no tag is cut in two."""
    rest = b""
    with package.open(member) as part:
        while piece := part.read(CHUNK):
            piece = rest + piece
            # A tag longer than a whole chunk is no sheet's; it is passed on as it is.
            cut = piece.rfind(b"<") if piece.rfind(b"<") > 0 else len(piece)
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


class _Contents:
    """What an XML part has shown so far; each piece of it is added in turn, and refused where it goes too far."""

    def __init__(self) -> None:
        self.rows = self.merged = self.widest = self.lowest = 0
        self.has_formulas = False

    def add(self, chunk: bytes) -> None:
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise Refused("file_has_entities")
        # A text of the full length covers one of these windows whole, wherever it begins.
        if any(chunk.find(b"<", at, at + LONGEST_TEXT) < 0 for at in range(0, len(chunk) - LONGEST_TEXT, LONGEST_TEXT)):
            raise Refused("cell_too_long", limit=LONGEST_TEXT)
        self.rows += chunk.count(b"<row ")
        if self.rows > MAX_ROWS:
            raise Refused("sheet_too_many_rows", limit=MAX_ROWS)
        self.merged += chunk.count(b"<mergeCell ")
        if self.merged > MAX_MERGED:
            raise Refused("sheet_too_many_merged", limit=MAX_MERGED)
        self.has_formulas = self.has_formulas or b"<f" in chunk or b't="e"' in chunk
        self._measure(chunk)

    def _measure(self, chunk: bytes) -> None:
        """How far down and to the right the cells reach."""
        self.widest = max([self.widest, *map(column_number, set(_BEYOND_Z.findall(chunk)))])
        # Cells stand in order, so the last one tells the lowest row.
        last = _CELL.match(chunk, max(chunk.rfind(b'<c r="'), 0))
        self.lowest = max(self.lowest, int(last[1]) if last else 0)
        if self.lowest > MAX_ROWS or self.widest > MAX_COLUMNS or self.lowest * self.widest > MAX_CELLS:
            raise Refused("sheet_too_wide", rows=MAX_ROWS, columns=MAX_COLUMNS)


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a csv file and the name of its encoding. Raises Refused where it is written in none, or in two."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[1:400:2].count(0) > len(data[:400]) // 8:
        encodings = ["utf-16-le"]
    elif data[:400:2].count(0) > len(data[:400]) // 8:
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        if encoding == "gb18030" and (line := _line_of_another_encoding(data)):
            raise Refused("file_encoding", line=line)
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("file_encoding", line=1)


def _line_of_another_encoding(data: bytes) -> int:
    """Where a file that is mostly UTF-8 leaves it, counted from 1; 0 for a file that is not UTF-8 at all."""
    good = bad = first = 0
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        try:
            line.decode()
            good += 1
        except UnicodeDecodeError:
            bad += 1
            first = first or number
    return first if good > bad else 0
