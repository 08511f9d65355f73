"""DM-8: on-site meetings are held in towns that have something to show, and count for the town."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from culture_admin.statistics.reading import read
from stations.actions import change_meeting, plan_meeting
from tests.district import NOW, TODAY
from tests.stations.guidance import Caller, meeting

CODE = "stations.on_site_meetings"


def on_site(district, host=None, **entries):
    return meeting(district, kind="on_site", host=host or district.east, title="群众文化工作现场会", **entries)


def test_an_on_site_meeting_counts_for_its_host_and_not_as_a_monthly_one(district):
    on_site(district)
    table = read([CODE, "stations.meetings"], by=["division:town"], user=district.service, at=NOW)
    told = {row.keys["division"]: row.values[CODE] for row in table.rows if row.keys["division"]}
    assert told == {"990101101": 1, "990101102": None}
    assert not table.total.values["stations.meetings"]


def test_only_what_was_confirmed_counts(district):
    on_site(district, state="held")
    assert not read(CODE, user=district.service).total.values[CODE]


@pytest.mark.parametrize(("kind", "hosted"), [("on_site", False), ("monthly", True)])
def test_an_on_site_meeting_has_a_host_and_a_monthly_one_has_none(district, kind, hosted):
    with pytest.raises(ValidationError):
        plan_meeting(
            actor=district.service,
            at=NOW,
            kind=kind,
            title="会",
            begins_on=TODAY,
            host=district.east if hosted else None,
        )


def test_the_host_lies_in_the_county(district):
    planned = on_site(district, state="planned")
    with pytest.raises(ValidationError) as refused:
        change_meeting(actor=district.service, meeting=planned, host=district.elsewhere, at=NOW)
    assert "host" in refused.value.error_dict
    change_meeting(actor=district.service, meeting=planned, host=district.west, at=NOW)
    planned.refresh_from_db()
    assert planned.division == district.town("west")


def test_it_is_seen_over_the_api_and_on_the_pages_of_every_town(district, signed_in):
    shown = on_site(district, on=date(2026, 4, 9))
    listed = Caller(district.station_head_west).get("meetings/?kind=on_site&from=2026-04-01&to=2026-04-30")
    assert [one["id"] for one in listed["results"]] == [shown.pk]
    assert [one.pk for one in signed_in(district.service).get("/admin/guidance/?year=2026").context["shown"]] == [
        shown.pk
    ]
    assert (
        "群众文化工作现场会" in signed_in(district.town_officer_west).get("/desk/guidance/?year=2026").content.decode()
    )
