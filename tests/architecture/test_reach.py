"""A change of boundaries leaves nothing out: every model that points at a place is in a reach, or stands here with why not."""

from __future__ import annotations

from django.apps import apps

from culture_admin.boundaries.register import REACH
from culture_admin.territory.models import Division, Unit
from stations.models import Station
from tests.architecture.test_scope import OURS

HISTORY = "what happened keeps the place in which it happened"
FOLLOWS = "it belongs to its unit and is where that is"
CASE = "among the open cases; what was decided keeps the place in which it was decided"
# Why a change of boundaries does nothing to the rows of each of these.
UNTOUCHED = {
    "territory.Succession": "written by the change itself",
    "accounts.Substitution": "the same rows as the offices held",
    "accounts.PersonalReading": HISTORY,
    "workflow.Decision": HISTORY,
    "workflow.Notice": "told to whoever held the office then",
    "workflow.Message": HISTORY,
    "exchange.Attachment": "it goes with the record that it is attached to",
    "exchange.Import": HISTORY,
    "exchange.HeaderWord": FOLLOWS,
    "exchange.DocumentRegister": FOLLOWS,
    "statistics.Snapshot": HISTORY,
    "boundaries.BoundaryChange": "the change itself",
    "stations.Registration": CASE,
    "stations.PersonnelCase": CASE,
    "stations.PurposeChange": CASE,
    "stations.Finding": CASE,
    "stations.Feature": CASE,
    "stations.TitleApplication": CASE,
    "stations.Meeting": CASE,
    "stations.Training": CASE,
    "stations.Grading": "what a station was awarded is not awarded to another",
    "stations.Title": "what a town was awarded is not awarded to another",
    "stations.Circular": "its addressees are in force on the day it is issued; the replies owed are reached",
    "stations.OpeningWeek": "counted anew from the premises, which are reached",
    "stations.MeetingPresence": HISTORY,
    "stations.Attendance": HISTORY,
    "stations.Backbone": FOLLOWS,
    "stewards.Firm": FOLLOWS,
    "stewards.Signature": CASE,
    "activities.KindWord": "how a station called something in its ledgers",
    "activities.ActivityMonth": "sums of activities, kept by triggers",
    "activities.Rating": HISTORY,
}


def pointing_at_places() -> set[str]:
    places = (Division, Unit, Station)
    return {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model._meta.label.endswith("Event")
        if any(field.related_model in places for field in model._meta.concrete_fields)
    }


def reached() -> set[str]:
    return {model._meta.label for reach in REACH.values() for model in reach.models}


def test_every_model_of_a_place_is_reached_or_says_why_not():
    missing = pointing_at_places() - reached() - UNTOUCHED.keys()
    assert not missing, f"say in a reach.py what a change of boundaries does to them, or here why nothing: {missing}"


def test_none_is_listed_that_is_reached_or_points_at_no_place():
    assert not UNTOUCHED.keys() & reached()
    assert not UNTOUCHED.keys() - pointing_at_places()
