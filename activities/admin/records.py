"""What the rooms of a station's records have in common: where it lies, how it stands, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.admin import PlaceFilter, ScopedModelAdmin, chip
from culture_admin.workflow.actions import StepRefused

IN_PLACE = PlaceFilter.on("station__division__path")
WITH_STATION = ("station__unit", "station__division")


def station_column(ordering: str) -> Any:
    """The column with the station of a record, sorted by `ordering`."""

    @admin.display(description=_("Station"), ordering=ordering)
    def at(self, record):
        return self._owner(record).station.name

    return at


class RecordAdmin(ScopedModelAdmin):
    """The records of stations: columns `at` and `standing` for the list, and the page open to whom the verb would let in.

    belongs_to: the link to the record whose station it is, where it has none of its own. tones: the colour of each state.
    changing_office: what the verb asks before it changes a record; raises PermissionDenied or StepRefused.
    """

    belongs_to = ""
    tones: Mapping[Any, str] = {}
    changing_office: Callable[..., Any] | None = None
    joins: Sequence[str] = WITH_STATION
    at = station_column("station__division__code")

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.belongs_to:
            cls.at = station_column(f"{cls.belongs_to}__station__division__code")

    def may_change(self, request, record):
        if self.changing_office is None:
            return super().may_change(request, record)
        try:
            cast(Callable[..., Any], type(self).changing_office)(request.user, self._owner(record))
        except (PermissionDenied, StepRefused):
            return False
        return True

    def _owner(self, record):
        return getattr(record, self.belongs_to) if self.belongs_to else record

    @admin.display(description=_("State"))
    def standing(self, record):
        return chip(record.get_state_display(), self.tones.get(record.state, ""))
