"""The monthly summary of activities, exact at every moment."""

from __future__ import annotations

from django.db import models

from activities.models.codes import Kind
from culture_admin.territory.models import Division
from stations.models import Station


class ActivityMonth(models.Model):
    """Sums of the activities of one (county, station, town, month, kind, led_by, state).

    Three statement-level triggers on Activity append signed rows here, in the same transaction and never touching a row that
    is there; a background fold merges them into cells. A reader sums cells and fresh rows alike. Heads and minutes not
    recorded are counted in columns of their own, so that a sum can say what stands behind it.
    """

    county = models.ForeignKey(Division, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    station = models.ForeignKey(Station, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    division = models.ForeignKey(Division, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    kind = models.ForeignKey(Kind, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    month = models.DateField()
    led_by = models.CharField(max_length=7)
    state = models.CharField(max_length=9)
    fresh = models.BooleanField(db_default=True)
    number = models.BigIntegerField()
    attendance = models.BigIntegerField()
    attendance_recorded = models.BigIntegerField()
    online_attendance = models.BigIntegerField()
    online_recorded = models.BigIntegerField()
    class_seconds = models.BigIntegerField()
    seconds_recorded = models.BigIntegerField()
    person_seconds = models.BigIntegerField()
    person_seconds_recorded = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index("county", "month", name="activity_month_county"),
            models.Index("station", "month", name="activity_month_station"),
            models.Index("id", name="activity_month_fresh", condition=models.Q(fresh=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "station", "month", "kind", "led_by", "state", "division"],
                condition=models.Q(fresh=False),
                name="activity_month_cell",
            )
        ]
