"""History: every domain model is decorated once, and PostgreSQL writes down what became of each row."""

from __future__ import annotations

from collections.abc import Sequence

import pghistory


def recorded(exclude: Sequence[str] = ()):
    """Keeps each insert, update and delete of a model's rows, bulk writes and raw SQL included.

    One statement writes its events at once. Fields that must not be copied (secrets, file contents) are excluded. The
    trackers are made here and not in the settings, whose copies of them PostgreSQL triggers cannot be made from.
    """
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude) or None
    )
