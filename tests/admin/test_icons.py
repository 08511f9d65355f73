"""The trimmed icon font has every icon that a page names; a missing one would print its name instead."""

from fontTools.ttLib import TTFont

from culture_admin.management.commands.trim_icons import TRIMMED, ligatures, used


def test_every_icon_in_use_is_in_the_trimmed_font():
    assert used() - ligatures(TTFont(TRIMMED)).keys() == set(), "run: manage.py trim_icons"


def test_the_font_is_a_twentieth_of_unfolds():
    assert TRIMMED.stat().st_size < 20_000
