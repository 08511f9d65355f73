"""The catalogues: compiled, searched for missing texts and checked, all without the system's gettext."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from culture_admin.environment import CHECKOUT

CATALOGUES = CHECKOUT / "locale"
LOCALE = "zh_Hans"
SOURCES = ("culture_admin", "stations", "stewards", "activities", "assessments", "templates")
# Packages whose texts people see here; what their own catalogues lack stands in ours.
BORROWED = ("unfold", "django_filters", "rest_framework")
TRANSLATED_ELSEWHERE = ("django.conf", "django.contrib.admin", "django.contrib.auth", "rest_framework")
# How many leading arguments are a context, and whether a plural follows the text.
CALLS = {
    "_": (0, False),
    "gettext": (0, False),
    "gettext_lazy": (0, False),
    "gettext_noop": (0, False),
    "ngettext": (0, True),
    "ngettext_lazy": (0, True),
    "pgettext": (1, False),
    "pgettext_lazy": (1, False),
    "npgettext": (1, True),
    "npgettext_lazy": (1, True),
}
CALL_IN_TEMPLATE = re.compile(r"(?<!\w)(_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Message(NamedTuple):
    """A text as the catalogue knows it."""

    text: str
    plural: str = ""
    context: str = ""


def compile_catalogues(below: Path = CATALOGUES) -> list[Path]:
    """Writes each `.mo` that is older than its `.po`; gives those written, from which this process reads on."""
    written = []
    for source in sorted(below.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            finished = compiled.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(finished))
            finished.rename(compiled)
            written.append(compiled)
    for compiled in written:
        translation_file_changed(sender=None, file_path=compiled)
    return written


def catalogue(locale: str = LOCALE) -> polib.POFile:
    """Our catalogue of `locale`; a new one where there is none."""
    path = CATALOGUES / locale / "LC_MESSAGES/django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = polib.POFile(wrapwidth=110)
    made.fpath = str(path)
    made.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": locale,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return made


def used_messages() -> dict[Message, list[str]]:
    """Every text that needs a translation of ours, with the files it stands in."""
    found: dict[Message, list[str]] = defaultdict(list)
    for message, file in _messages_below(CHECKOUT / name for name in SOURCES):
        found[message].append(str(file.relative_to(CHECKOUT)))
    elsewhere = _translated_elsewhere()
    for package in BORROWED:
        for message, _file in _messages_below([_directory(package)]):
            if message not in found and (message.text, message.context) not in elsewhere:
                found[message].append(package)
    return found


def add_missing(to: polib.POFile) -> tuple[int, int]:
    """Adds the used messages that `to` lacks, untranslated, and drops those no longer used; counts of both."""
    used = used_messages()
    unused = [entry for entry in to if _key(entry) not in used]
    for entry in unused:
        to.remove(entry)
    known = {_key(entry): entry for entry in to}
    for message, files in sorted(used.items()):
        entry = known.get(message) or polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            msgctxt=message.context or None,
            msgstr_plural={0: ""} if message.plural else {},
        )
        entry.occurrences = [(file, "") for file in sorted(set(files))]
        if message not in known:
            to.append(entry)
    return len(used) - len(known), len(unused)


def faults(of: polib.POFile) -> list[str]:
    """One line for each text that is missing, untranslated, fuzzy or translated with other placeholders."""
    known = {_key(entry): entry for entry in of if not entry.obsolete}
    lines = [
        f"missing: {message.text!r} in {files[0]}" for message, files in used_messages().items() if message not in known
    ]
    for entry in known.values():
        said = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        if entry.fuzzy:
            lines.append(f"fuzzy: {entry.msgid!r}")
        elif not said:
            lines.append(f"untranslated: {entry.msgid!r}")
        elif _placeholders(said) != _placeholders(entry.msgid_plural or entry.msgid):
            lines.append(f"other placeholders: {entry.msgid!r} → {said!r}")
    return sorted(lines)


def messages_of_python(source: str) -> Iterator[Message]:
    """The constant texts given to gettext's functions. Raises ValueError for a text put together before translation."""
    tree = list(ast.walk(ast.parse(source)))
    aliases = {
        name.asname: name.name
        for node in tree
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname
    }
    for node in tree:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        name = aliases.get(name, name)
        if name in CALLS and node.args:
            contexts, has_plural = CALLS[name]
            arguments = node.args[: contexts + 1 + has_plural]
            texts = [part.value for part in arguments if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(texts) == len(arguments):
                yield _message(name, texts)
            elif any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in arguments):
                raise ValueError(
                    f"line {node.lineno}: a text is put together before it is translated; use placeholders"
                )


def messages_of_template(source: str) -> Iterator[Message]:
    """The texts of a template's translation tags."""
    python = templatize(source)
    for call in CALL_IN_TEMPLATE.finditer(python):
        texts = []
        for token in tokenize.generate_tokens(io.StringIO(python[call.end() :]).readline):
            if token.type == tokenize.STRING:
                texts.append(ast.literal_eval(token.string))
            elif token.string != ",":
                break
        yield _message(call[1], texts)


def _message(name: str, texts: list[str]) -> Message:
    contexts, has_plural = CALLS[name]
    context = texts[0] if contexts else ""
    return Message(texts[contexts], texts[contexts + 1] if has_plural else "", context)


def _messages_below(directories: Iterable[Path]) -> Iterator[tuple[Message, Path]]:
    readers = {".py": messages_of_python, ".html": messages_of_template, ".txt": messages_of_template}
    for directory in directories:
        for file in sorted(directory.rglob("*")):
            reader = readers.get(file.suffix)
            if reader is None or "tests" in file.parts or (file.suffix == ".txt" and "templates" not in file.parts):
                continue
            try:
                yield from ((message, file) for message in reader(file.read_text()) if message.text)
            except (ValueError, SyntaxError) as error:
                raise ValueError(f"{file}: {error}") from error


def _translated_elsewhere() -> set[tuple[str, str]]:
    translated = set()
    for package in TRANSLATED_ELSEWHERE:
        for path in _directory(package).glob(f"locale/{LOCALE}/LC_MESSAGES/django.mo"):
            translated |= {(entry.msgid, entry.msgctxt or "") for entry in polib.mofile(str(path)).translated_entries()}
    return translated


def _directory(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is not installed; run make.")
    return Path(spec.origin).parent


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
