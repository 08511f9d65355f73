"""The verb of residents: rate an activity one was at; and the link that leads there."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, Rating
from culture_admin.accounts.acting import acting
from culture_admin.interfaces.limits import HOUR, spend
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.text import clean_line

OPEN_FOR = timedelta(days=14)
# Guests of a hall share the address of its network, so as many answers an hour may come from one address as people were
# there: never fewer than these, never more than those. Of an activity without a number the smaller one holds.
FEWEST_FROM_ADDRESS, MOST_FROM_ADDRESS = 30, 300
_SIGNER = Signer(sep=".", salt="rate")


def rating_token(activity: Activity) -> str:
    """What stands in the link and the QR code of the activity; nobody makes one for another activity from it."""
    return _SIGNER.sign(str(activity.pk))


def activity_to_rate(token: str) -> Activity | None:
    """The activity of a token; None for a token we did not make.

    Raises Problem 409 `not_open` for one that nobody announced and that did not take place: a link tells no drafts.
    """
    try:
        key = _SIGNER.unsign(token)
    except BadSignature:
        return None
    activity = Activity.objects.to_be_rated().select_related("station__unit", "kind").filter(pk=key).first()
    if activity is None:
        raise not_open()
    return activity


def may_be_rated(activity: Activity, at: datetime) -> bool:
    """From its beginning until fourteen days after its end, and only if it took place."""
    if activity.state not in Activity.TOOK_PLACE:
        return False
    begins = datetime.combine(activity.begins_on, activity.begins_time or datetime.min.time())
    return timezone.make_aware(begins) <= at and timezone.localdate(at) <= activity.ends_on + OPEN_FOR


def rate_activity(
    *, activity: Activity, device: str, address: str, score: int, comment: str = "", at: datetime | None = None
) -> Rating:
    """Takes the answer of a device, or changes the one it gave. Nobody signs in to rate, so there is no actor.

    `device` is the secret of a browser's cookie. Raises Problem 409 `not_open` and 429 `too_many`, ValidationError.
    """
    at = at or timezone.now()
    if not may_be_rated(activity, at):
        raise not_open()
    known = sha256(f"{activity.pk}:{device}".encode()).hexdigest()
    with acting(None):
        _refuse_flood(activity, address, at)
        rating = Rating.objects.select_for_update().filter(activity=activity, device=known).first()
        rating = rating or Rating(
            activity=activity, station_id=activity.station_id, county_id=activity.county_id, device=known
        )
        rating.score, rating.comment, rating.at = score, clean_line(comment, max_length=200), at
        rating.clean_fields(exclude=["activity", "station", "county"])
        rating.save()
    return rating


def not_open() -> Problem:
    message = _("An activity is rated from its beginning until %(days)d days after it, if it took place.")
    return Problem(409, "not_open", message % {"days": OPEN_FOR.days})


def _refuse_flood(activity: Activity, address: str, at: datetime) -> None:
    heads = activity.attendance or activity.expected or 0
    of_activity = min(max(heads, FEWEST_FROM_ADDRESS), MOST_FROM_ADDRESS)
    for what, most in ((f"rating:{activity.pk}", of_activity), ("rating", MOST_FROM_ADDRESS)):
        wait = spend(what, address, most=most, at=at)
        if wait:
            message = _("Very many answers have come from your network. Try again in %(minutes)d minutes.")
            headers = {"Retry-After": str(min(wait, HOUR))}
            raise Problem(429, "too_many", message % {"minutes": -(-wait // 60)}, headers=headers)
