"""The synthetic province is whole: its rows are such as an action would have left behind."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from activities.flows import activity_content
from activities.models import Activity
from culture_admin.demo.scale import SHARES
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import content_hash
from stations.models import Station
from stewards.models import Posting
from stewards.models.firms import validate_firm_code

pytestmark = pytest.mark.usefixtures("committed_db")


def seed(stations: int, activities: int) -> None:
    call_command("seed_scale", stations=stations, activities=activities, verbosity=0)


def of_the_province():
    return Activity.objects.filter(division__code__startswith="98")


def test_the_summary_equals_the_rows_and_each_row_has_its_decision_and_event(capsys):
    seed(25, 2000)
    call_command("verify_statistics")
    assert of_the_province().count() == 2000
    activity = of_the_province().filter(led_by="steward").first()
    (decision,) = Decision.objects.about(activity)
    assert decision.content_hash == content_hash(activity_content(activity))
    assert (decision.step, decision.to_state, decision.station_id) == ("log", "confirmed", activity.station_id)
    assert [event.pgh_label for event in activity.events.all()] == ["insert"]
    activity.full_clean()


def test_counties_have_twenty_towns_and_kinds_their_shares(capsys):
    seed(25, 4000)
    counties = Station.objects.filter(division__code__startswith="98").values_list("county").annotate(Count("pk"))
    assert sorted(number for _county, number in counties) == [5, 20]
    rows = of_the_province()
    kinds = dict(rows.values_list("kind__code").annotate(Count("pk")))
    assert kinds.keys() == SHARES.keys()
    assert kinds["TRNG"] / 4000 == pytest.approx(0.235, abs=0.03)
    assert rows.filter(led_by="steward").count() / 4000 == pytest.approx(1 / 3, abs=0.03)
    assert rows.filter(attendance=None, online_attendance=None).count() / 4000 == pytest.approx(0.03, abs=0.015)


def test_run_again_it_adds_activities_to_the_same_stations(capsys):
    seed(3, 10)
    seed(5, 10)
    assert Station.objects.filter(division__code__startswith="98").count() == 5
    assert of_the_province().count() == 20
    for posting in Posting.objects.filter(station__division__code__startswith="98").select_related("firm"):
        validate_firm_code(posting.firm.uscc)


def test_a_number_out_of_range_is_refused():
    with pytest.raises(CommandError, match="from 1 to"):
        call_command("seed_scale", "--stations=0", "--activities=5")
