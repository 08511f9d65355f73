"""Trims Unfold's icon font to the icons in use; the result is committed, and a test says when an icon is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import unfold
from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.ttLib import TTFont

from culture_admin.environment import CHECKOUT

NAME = "unfold/fonts/material-symbols/Material-Symbols-Outlined.woff2"
TRIMMED = CHECKOUT / "static" / NAME
# Where our own pages name icons: as the text of an element of this class, and as strings in a few modules.
TEMPLATES = ("templates/admin", "templates/bureau", "templates/interfaces", "templates/unfold")
MODULES = ("culture_admin/bureau/menu.py", "culture_admin/bureau/search.py", "culture_admin/unfold.py")
ELEMENT = re.compile(r"material-symbols-outlined[^>]*>([^<]*)<")
STRING = re.compile(r'"([a-z][a-z0-9_]+)"')
# Unfold names them in every way, so every word of it that is an icon's name counts; it changes only with its version.
WORD = re.compile(r"(?<=[>}\"'\s])[a-z][a-z0-9_]+(?=[<{\"'\s])")
SUFFIXES = {".html", ".js", ".css"}
UNUSED = {"trix", "wysiwyg", "crispy", "contrib"}


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        icons = used()
        trim(icons)
        self.stdout.write(f"{len(icons)} icons, {TRIMMED.stat().st_size:,} bytes in {TRIMMED.relative_to(CHECKOUT)}")


def used() -> set[str]:
    """The icons that our own sources or Unfold's name."""
    named = set()
    for folder in TEMPLATES:
        for file in (CHECKOUT / folder).rglob("*.html"):
            named |= {word for text in ELEMENT.findall(file.read_text()) for word in re.findall(r"[a-z0-9_]+", text)}
    for module in MODULES:
        named |= set(STRING.findall((CHECKOUT / module).read_text()))
    for theirs in (_unfold() / "templates", _unfold() / "static/unfold"):
        for file in theirs.rglob("*"):
            if file.suffix in SUFFIXES and UNUSED.isdisjoint(file.parts):
                named |= set(WORD.findall(file.read_text()))
    return named & ligatures(_original()).keys()


def ligatures(font: TTFont) -> dict[str, str]:
    """The icons of a font: the word that is written, and the glyph that is drawn instead."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, following in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for ligature in following:
                    found["".join(letters[glyph] for glyph in [first, *ligature.Component])] = ligature.LigGlyph
    return found


def trim(icons: Iterable[str]) -> None:
    """Writes the font with `icons` alone."""
    font = _original()
    drawn = ligatures(font)
    options = subset.Options(flavor="woff2", layout_closure=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(set("".join(icons)))), glyphs=[drawn[icon] for icon in icons])
    subsetter.subset(font)
    TRIMMED.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = "woff2"
    font.save(TRIMMED)


def _unfold() -> Path:
    return Path(unfold.__file__).parent


def _original() -> TTFont:
    return TTFont(_unfold() / "static" / NAME)
