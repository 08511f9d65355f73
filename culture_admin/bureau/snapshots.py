"""Snapshots in the admin: what was read, and what is read otherwise today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from culture_admin.bureau.numbers import LABELS
from culture_admin.interfaces.admin import Panel, PlaceFilter, ScopedModelAdmin, chip, in_column, moment
from culture_admin.interfaces.admin.cells import DASH
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.snapshots import (
    Difference,
    FrozenRow,
    FrozenTable,
    differences,
    grouped,
    is_intact,
    may_read,
    tables,
)
from culture_admin.statistics.tallies import Number

# Of each table so many rows stand on the page; the content has all.
SHOWN = 100


@admin.register(Snapshot)
class SnapshotAdmin(ScopedModelAdmin):
    joins = ("place", "taken_by")
    list_display = ["name", "place", "when", "taken_by", "short"]
    list_filter = [PlaceFilter.on("place__path")]
    search_fields = ["name", "digest__startswith"]
    search_help_text = gettext_lazy("Name, or the digest of the content")
    ordering = ["-taken_at", "-pk"]
    sortable_by = ()
    fieldsets = [
        (None, {"fields": ["name", "place", ("when", "taken_by")]}),
        (gettext_lazy("Content"), {"fields": ["digest", "standing", "file"]}),
    ]
    empty_hint = gettext_lazy(
        "Figures that are published or decided on are kept here as they were read, and compared with today's."
    )

    def rows(self, rows):
        return rows.defer("content")

    def panels(self, request, record):
        if not may_read(request.user, record):
            return [Panel(_("Numbers"), "", [""], [[_("Some of its metrics are not open to your office.")]], "")]
        return [_changed(record), *(_table(table) for table in tables(record))]

    @admin.display(description=pgettext_lazy("a snapshot", "Taken"), ordering="taken_at")
    def when(self, snapshot):
        return moment(snapshot.taken_at)

    @admin.display(description=gettext_lazy("Digest"))
    def short(self, snapshot):
        return snapshot.digest[:12]

    @admin.display(description=gettext_lazy("Check of the content"))
    def standing(self, snapshot):
        if is_intact(snapshot):
            return chip(_("The content is what its digest says"), "good")
        return chip(_("The content is not what its digest says"), "warn")

    @admin.display(description=gettext_lazy("File"))
    def file(self, snapshot):
        return format_html(
            '<a href="{}">{}</a>', reverse("snapshots-content", args=[snapshot.pk]), _("The stored content")
        )


def _changed(snapshot: Snapshot) -> Panel:
    found = differences(snapshot)
    columns: list[object] = [_("Metric"), _("Where and when"), _("Then"), _("Now")]
    rows = [_difference(one) for one in found[:SHOWN]]
    if not found:
        columns, rows = [""], [[_("Asked again, everything is answered as it was.")]]
    elif len(found) > SHOWN:
        rows.append([_("%(number)d more") % {"number": len(found) - SHOWN}, "", "", ""])
    return Panel(_("What is read otherwise today"), "", columns, rows, "")


def _difference(one: Difference) -> list[object]:
    label = METRICS[one.metric].label if one.metric in METRICS else one.metric
    if one.of_version:
        after = _("no metric any more") if one.after is None else _("version %(number)s") % {"number": one.after}
        return [label, _("How it is counted"), _("version %(number)s") % {"number": one.before}, after]
    by = [name for name in one.keys if not name.endswith(("_id", "_name"))]
    return [
        label,
        " · ".join(map(str, _named(one.keys, by))) or _("Total"),
        _shown(one.before, applies=one.before_applicable),
        _shown(one.after, applies=one.after_applicable),
    ]


def _table(table: FrozenTable) -> Panel:
    asked = table.asked
    # A ratio that says too little alone brings a metric that was not asked for.
    codes = list(dict.fromkeys([*asked.metrics, *(table.rows[0].values if table.rows else ())]))
    rows = [_row(row, asked.by, codes) for row in table.rows[:SHOWN]]
    if len(table.rows) > SHOWN:
        rows.append([_("%(number)d more") % {"number": len(table.rows) - SHOWN}])
    columns: list[object] = [LABELS.get(name, name) for name in asked.by]
    columns += [METRICS[code].label if code in METRICS else code for code in codes]
    last = asked.as_of or asked.last
    days = f"{asked.first} – {last}" if asked.first else str(last)
    return Panel(_("As it was read: %(days)s") % {"days": days}, "", columns, rows, "")


def _row(row: FrozenRow, by: Sequence[str], codes: Sequence[str]) -> list[object]:
    cells = [_shown(row.values.get(code), applies=code not in row.not_applicable) for code in codes]
    return [*_named(row.keys, by), *cells]


def _named(keys: Mapping[str, Any], by: Iterable[str]) -> list[object]:
    """What tells a row apart, by name where it has one."""
    plain = [name.partition(":")[0] for name in by]
    return [keys.get(f"{name}_name", keys.get(name)) or DASH for name in plain]


def _shown(number: Number | None, *, applies: bool) -> object:
    if number is None:
        return in_column(DASH if applies else _("not applicable"), None)
    return in_column(grouped(number), number)
