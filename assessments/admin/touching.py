"""Whom an upheld objection touches, as a panel: score and place before and after, and records alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.actions.objections import Touched
from assessments.admin.states import moved_places, score
from assessments.models import Objection
from culture_admin.interfaces.admin import Panel, chip, in_column, link


def touched_panel(objection: Objection, touched: Sequence[Touched]) -> Panel:
    """Everybody whose score or place moved, or who has records left out for the same reason."""
    rows: list[list[object]] = [
        [
            link(one.assessment, one.assessment.unit.name),
            score(one.total[0]),
            score(one.total[1]),
            in_column(one.place[0] or "—", one.place[0]),
            in_column(one.place[1] or "—", one.place[1]),
            moved_places(one.place[1], one.place[0]),
            chip(one.same_reason, "wait") if one.same_reason else "—",
        ]
        for one in touched
    ]
    columns: list[object] = [
        _("Assessed"),
        _("Score before"),
        _("Score after"),
        _("Place before"),
        _("Place after"),
        pgettext("of places", "Change"),
        _("Records left out for the same reason"),
    ]
    title = _("Whom it touches: objection of %(unit)s to %(code)s")
    return Panel(title % {"unit": objection.assessment.unit.name, "code": objection.code}, "", columns, rows, "")
