"""How often something may be asked for: an allowance that is spent by asking and fills again by the hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

from culture_admin.interfaces.models import Bucket

HOUR = 60 * 60
# A bucket is full again after an hour, and full is as good as none.
KEPT = timedelta(hours=2)
# One statement, so that requests at the same moment spend one token each.
_SPEND = """
    INSERT INTO interfaces_bucket AS bucket (key, tokens, filled_at) VALUES (%(key)s, %(most)s - 1, %(at)s)
    ON CONFLICT (key) DO UPDATE SET filled_at = %(at)s, tokens = -1
        + LEAST(%(most)s, bucket.tokens + GREATEST(0, EXTRACT(epoch FROM %(at)s - bucket.filled_at)) * %(per_second)s)
    WHERE bucket.tokens + GREATEST(0, EXTRACT(epoch FROM %(at)s - bucket.filled_at)) * %(per_second)s >= 1
    RETURNING tokens
"""


def spend(what: str, who: str, *, most: int, at: datetime) -> int:
    """Takes one of the `most` times an hour that `who` may do `what`; 0, or the seconds to wait when there is none left.

    Joins the caller's transaction: what is rolled back was not spent.
    """
    key = salted_hmac(f"allowance:{what}", who, algorithm="sha256").hexdigest()
    values = {"key": key, "most": float(most), "per_second": most / HOUR, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        if cursor.fetchone():
            return 0
    return ceil(HOUR / most)


def forget_allowances(at: datetime) -> int:
    """Deletes the buckets that are full again; returns how many."""
    deleted, _by_model = Bucket.objects.filter(filled_at__lt=at - KEPT).delete()
    return deleted
