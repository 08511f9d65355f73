"""What residents say in the demo, and the photos: there is something to see on the first pages."""

from collections import Counter

import pytest

from activities.metrics.figures import FEW
from activities.models import Activity, Rating
from activities.signals import signals_of
from culture_admin.accounts.models import User
from culture_admin.exchange.models import Attachment

pytestmark = pytest.mark.usefixtures("demo")


def test_some_activities_are_rated_by_many_and_some_by_few():
    numbers = Counter(Rating.objects.values_list("activity", flat=True))
    assert len(numbers) >= 8
    assert {number < FEW for number in numbers.values()} == {True, False}
    assert Rating.objects.exclude(comment="").exists()


def test_a_station_finds_a_photo_that_it_has_seen_before():
    head = User.objects.get(username="head.xintang")
    waiting = Activity.objects.visible_to(head, "decide").filter(state="logged").select_related("station__division")
    told = {signal.code for signals in signals_of(waiting, head).values() for signal in signals}
    assert "photo_again" in told


def test_every_photo_has_its_file():
    photos = list(Attachment.objects.pictures())
    assert len(photos) >= 8
    for photo in photos:
        with photo.open() as kept:
            assert kept.read(2) == b"\xff\xd8"
