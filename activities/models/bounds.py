"""How far the values of an activity may go, and which of them a decision is about."""

from __future__ import annotations

from datetime import date, timedelta

# Beyond these a number is a slip of the finger, not a fact: the largest mass events of a county, a day and a night.
MOST_PEOPLE = 1_000_000
MOST_SECONDS = 24 * 60 * 60
LONGEST_DAYS = 366
EARLIEST = date(1980, 1, 1)
# The return of a month is confirmed by the 5th of the next; thirty days on, a log no longer stands on fresh memory.
LATE_AFTER = timedelta(days=30)
# Programmes are made for a year and the next; a plan beyond that is a slip of the finger.
PLAN_AHEAD = timedelta(days=2 * 366)
# What a decision on an activity is about; its hash is over these values in this order, whichever way a row came in.
CONTENT = (
    "title", "kind_id", "genre_id", "station_id", "village_id", "venue", "begins_on", "begins_time", "ends_on", "ends_time",
    "attendance", "online_attendance", "estimated", "class_seconds", "posting_id", "team_id", "note",
    "content", "effect", "expected", "facility_id", "course_id",
)  # fmt: skip
