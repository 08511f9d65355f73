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
# Where our own pages name icons: in their markup, and in the menu.
OURS = ("templates/admin", "templates/bureau", "templates/interfaces", "templates/unfold", "culture_admin/bureau")
SETTINGS = CHECKOUT / "culture_admin/unfold.py"
SUFFIXES = {".html", ".py", ".js", ".css"}
# An icon is named by a whole text or a whole string. Ordinary words that are also names of icons come along; they are few.
WORD = re.compile(r"(?<=[>}\"'\s])[a-z][a-z0-9_]+(?=[<{\"'\s])")
# The pages of Unfold that nobody reaches here.
UNUSED = ("sortable", "trix", "wysiwyg", "crispy", "contrib")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        icons = used()
        trim(icons)
        self.stdout.write(f"{len(icons)} icons, {TRIMMED.stat().st_size:,} bytes in {TRIMMED.relative_to(CHECKOUT)}")


def used() -> set[str]:
    """The icons that our own sources or Unfold's name."""
    named = set()
    for file in _sources():
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


def _sources() -> list[Path]:
    folders = [*(CHECKOUT / name for name in OURS), _unfold() / "templates", _unfold() / "static/unfold"]
    files = [SETTINGS, *(file for folder in folders for file in folder.rglob("*") if file.suffix in SUFFIXES)]
    return [file for file in files if not any(part in file.parts for part in UNUSED)]
