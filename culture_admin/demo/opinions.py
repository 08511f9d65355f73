"""What residents said of the last activities, and photos of some of them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image, ImageDraw

from activities.actions.rating import rate_activity
from activities.models import Activity
from culture_admin.demo.days import ONE
from culture_admin.demo.districts import County
from culture_admin.demo.entries import moment
from culture_admin.exchange.attaching import attach_file

TOWNS = ("guanhaiwei", "longshan", "xintang", "wenyan")
LAST = timedelta(days=10)
RATED, PHOTOGRAPHED = 4, 2
# One opinion in so many comes with a word, and one in so many cannot say.
WORDED, UNDECIDED = 8, 12
SCORES = (5, 5, 5, 5, 4, 4, 4, 3, 2)
WORDS = ("节目好看，下次还来", "音响再轻一点就好了", "座位有点少，后排看不清", "老师讲得很耐心", "希望周末多办几场")
SIZE = (800, 600)
WALLS = ("#6b2d2a", "#2a4b6b", "#2f5d3a", "#7a5b1e")


def ask_residents(county: County, random: Random, at: datetime) -> None:
    """Some of the confirmed activities of the last days, each with a handful of answers or with many."""
    for town in filter(None, map(county.towns.get, TOWNS)):
        for activity in _last_of(town.station, Activity.State.CONFIRMED, at)[:RATED]:
            asked_at = min(moment(activity.begins_on + ONE), at)
            for guest in range(random.choice((3, 8, 14, 24))):
                rate_activity(
                    activity=activity,
                    device=f"guest {guest}",
                    address=f"guest {guest}",
                    score=0 if guest % UNDECIDED == UNDECIDED - 1 else random.choice(SCORES),
                    comment=random.choice(WORDS) if guest % WORDED == WORDED - 1 else "",
                    at=asked_at,
                )


def take_photos(county: County, random: Random, at: datetime) -> None:
    """Photos of the last activities; of those that wait for the station, two share one, which is a signal to look."""
    for town in filter(None, map(county.towns.get, TOWNS)):
        done = _last_of(town.station, Activity.State.CONFIRMED, at)[:PHOTOGRAPHED]
        waiting = _last_of(town.station, Activity.State.LOGGED, at)[:PHOTOGRAPHED]
        shared = draw_photo(random)
        for activity, photo in [(one, draw_photo(random)) for one in done] + [(one, shared) for one in waiting]:
            attach_file(actor=town.head, subject=activity, name=f"{activity.title}.jpg", content=photo, at=at)


def _last_of(station, state: str, at: datetime) -> QuerySet[Activity]:
    today = timezone.localdate(at)
    rows = Activity.objects.filter(station=station, state=state, begins_on__gte=today - LAST, ends_on__lt=today)
    return rows.select_related("station__division", "kind").order_by("-begins_on", "pk")


def draw_photo(random: Random) -> bytes:
    """A stage, and the heads of those before it."""
    picture = Image.new("RGB", SIZE, random.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 120 + random.randrange(60), 740, 330), fill="#d9b36c")
    for _head in range(40):
        x, y, size = random.randrange(SIZE[0]), random.randrange(340, SIZE[1]), random.randrange(30, 60)
        draw.ellipse((x, y, x + size, y + size), fill=random.choice(("#1c1c1c", "#3a2c24", "#55504a")))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
