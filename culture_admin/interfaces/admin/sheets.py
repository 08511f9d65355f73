"""A list of the admin as a file: the rows and the columns of the list, whichever door they leave by."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from unfold.admin import ModelAdmin

from culture_admin.accounts.asking import NotPermitted
from culture_admin.interfaces.admin.cells import DASH, Cell
from culture_admin.interfaces.permissions import may_write
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES, MOST_ROWS, Sheet

# So many rows are in memory at a time.
CHUNK = 2_000


class WithSheets(ModelAdmin):
    """LIST/export.xlsx and LIST/export.csv, with the filters and the order of the list."""

    joins: Sequence[str] = ()
    power: str

    def require_view(self, request: HttpRequest) -> None:
        """Raises PermissionDenied that says who sees these rows, and on what basis."""
        if not self.has_view_permission(request):
            raise NotPermitted(may_write(request.user, self.power, ("see",)))

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(require_safe(self.sheet_view))
        return [
            *(path(f"export.{wanted}", view, {"wanted": wanted}, name=f"{name}_{wanted}") for wanted in MEDIA_TYPES),
            *super().get_urls(),
        ]

    def sheet_view(self, request: HttpRequest, wanted: str) -> HttpResponse:
        """All that the list of this address shows, not its one page."""
        self.require_view(request)
        if PAGE_VAR in request.GET:
            asked = request.GET.copy()
            del asked[PAGE_VAR]
            return redirect(f"{request.path}?{asked.urlencode()}")
        return self.sheet_of(request, self.get_changelist_instance(request).queryset).answer(wanted)

    def sheet_of(self, request: HttpRequest, rows: QuerySet) -> Sheet:
        """Rows of the model, each with what the list shows of it, under the headings of the list."""
        columns = self.get_list_display(request)
        rows = rows.select_related(*self.joins) if self.joins else rows
        header = [str(label_for_field(name, self.model, self)) for name in columns]
        return Sheet(str(self.opts.verbose_name_plural), header, self._lines(rows, columns))

    def _lines(self, rows: QuerySet, columns: list[str]) -> Iterator[list[object]]:
        for record in rows[: MOST_ROWS + 1].iterator(chunk_size=CHUNK):
            yield [_value(*lookup_field(name, record, self), record) for name in columns]


def _value(field: Field | None, _attribute: object, value: object, record: Model) -> object:
    """What a cell says, as a plain value; the dash of a page is an empty cell of a sheet."""
    if isinstance(field, ForeignKey):
        value = getattr(record, field.name)
    elif field is not None and field.flatchoices:
        value = dict(field.flatchoices).get(value, value)
    if isinstance(value, Cell):
        return value.plain
    if isinstance(value, SafeString):
        value = html.unescape(strip_tags(value))
    return None if value in (DASH, "") else value
