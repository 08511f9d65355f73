"""The database refuses an activity that names a row which is not there, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from activities.models import Activity
from activities.models.links import LINKS


def test_every_link_is_checked_against_the_table_it_points_at():
    fields = [field for field in Activity._meta.concrete_fields if field.many_to_one]
    assert {
        field.column: (field.related_model._meta.db_table, field.related_model._meta.pk.column) for field in fields
    } == LINKS


@pytest.mark.parametrize("link", LINKS)
def test_a_link_to_no_row_is_refused(district, link):
    activity = district.log(actor=district.steward_east)
    with pytest.raises(IntegrityError, match=f"{link} 123456789 names no row"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**{link: 123456789})
    with pytest.raises(IntegrityError, match="station_id 123456789 names no row"), transaction.atomic():
        Activity.objects.bulk_create([_like(activity, station_id=123456789), _like(activity)])


def _like(activity: Activity, **changes) -> Activity:
    values = {field.attname: getattr(activity, field.attname) for field in Activity._meta.concrete_fields}
    for own in ("id", "client_uuid"):
        del values[own]
    return Activity(**(values | changes))
