"""The premises of stations: facilities with their use, area and opening hours."""

from __future__ import annotations

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.territory.history import recorded
from stations.models.station import OfStation

# The largest hall of a county seats some thousands; beyond this it is a slip of the finger.
LARGEST_ROOM = 100_000

_OPENING = re.compile(
    r"([1-7])(?:-([1-7]))? ((?:[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)(?:,[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*)"
)


def read_opening_hours(text: str) -> dict[int, list[tuple[time, time]]]:
    """Opening hours by weekday, Monday 1: “1-5 08:30-11:30,13:00-21:00; 6-7 09:00-21:00”. Raises ValidationError."""
    days: dict[int, list[tuple[time, time]]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _OPENING.fullmatch(part)
        if not found:
            raise ValidationError(
                _("“%(part)s” is not readable; write weekdays and hours like 1-5 08:30-21:00; 6-7 09:00-17:00."),
                code="opening_hours",
                params={"part": part},
            )
        first, last, spans = int(found[1]), int(found[2] or found[1]), found[3].split(",")
        try:
            clocks = [span.split("-") for span in spans]
            hours = [(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in clocks]
        except ValueError:
            hours = []
        if not hours or first > last or any(begin >= end for begin, end in hours):
            raise ValidationError(
                _("“%(part)s” ends before it begins, or names no time of day."),
                code="opening_hours",
                params={"part": part},
            )
        days |= {day: [*days.get(day, []), *hours] for day in range(first, last + 1)}
    return days


def validate_opening_hours(value: str) -> None:
    read_opening_hours(value)


@recorded()
class Facility(OfStation):
    """A part of a station's premises. The floor area of a station is the sum of its facilities in use on the day."""

    name = models.CharField(_("Name"), max_length=100)
    use = models.CharField(_("Use"), max_length=60)
    floor_area = models.PositiveIntegerField(_("Floor area (m²)"), validators=[MinValueValidator(1)])
    capacity = models.PositiveIntegerField(
        _("Capacity (people)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_ROOM)],
    )
    opening_hours = models.CharField(
        _("Opening hours"),
        max_length=200,
        blank=True,
        validators=[validate_opening_hours],
        help_text=_("Weekdays from Monday, 1, to Sunday, 7, and hours: 1-5 08:30-21:00; 6-7 09:00-17:00"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(OfStation.Meta):
        verbose_name = _("Facility")
        verbose_name_plural = _("Facilities")
        constraints = [
            *OfStation.Meta.constraints,
            models.UniqueConstraint(
                fields=["station", "name", "valid_from"],
                name="facility_once",
                violation_error_message=_("The station has a facility of this name from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.station}"

    def is_open(self, weekday: int, begins: time, ends: time) -> bool:
        """Whether the hours lie within one opening of the weekday (Monday 1); without opening hours it always is open."""
        hours = read_opening_hours(self.opening_hours)
        return not hours or any(opens <= begins and ends <= shuts for opens, shuts in hours.get(weekday, []))
