"""Every model says where its rows lie, or stands on the short list of those that belong to everybody or to nobody."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey

from culture_admin.accounts.powers import POWERS, VERBS
from culture_admin.accounts.roles import SEATS, Role
from culture_admin.accounts.scope import Scope

OURS = {
    "territory",
    "accounts",
    "workflow",
    "interfaces",
    "exchange",
    "statistics",
    "boundaries",
    "stations",
    "stewards",
    "activities",
}
# Why each of these has no scope of its own.
UNSCOPED = {
    "territory.Division": "the public tree; every account may read it",
    "territory.Succession": "the public tree",
    "territory.Residents": "published figures",
    "territory.Unit": "names of public bodies and contractors",
    "territory.Seat": "where public bodies were",
    "activities.Kind": "code list",
    "activities.Genre": "code list",
    "activities.Receipt": "reached by the sender's own entry alone",
    "activities.ActivityMonth": "sums; read by statistics alone, which narrows them itself",
    "workflow.NoticeRead": "who has read what; reached by one's own notices alone",
    "workflow.Carried": "which notices a message carries; reached by the message alone",
    "accounts.Invitation": "reached by its secret alone",
    "accounts.PastPassword": "hashes; read by the rules of passwords alone",
    "interfaces.Bucket": "a hash and how often it may still ask",
    "interfaces.IdempotentCall": "reached by the caller's own key alone",
}
OWN_DOOR = {
    "accounts.User",
    "accounts.Membership",
    "accounts.Substitution",
    "accounts.ApiKey",
    "workflow.Decision",
    "workflow.Contact",
    "workflow.DeadlineMove",
    "workflow.Job",
    "workflow.Notice",
    "workflow.Preference",
    "exchange.Upload",
    "exchange.Printout",
}


def our_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model._meta.label.endswith("Event")
    ]


def test_every_model_is_scoped_or_listed_with_a_reason():
    without = {
        model._meta.label
        for model in our_models()
        if not isinstance(getattr(model, "scope", None), Scope) and model._meta.label not in OWN_DOOR
    }
    assert without == set(UNSCOPED)


def test_every_scoped_model_opens_its_rows_by_one_door():
    for model in our_models():
        if model._meta.label not in UNSCOPED:
            assert hasattr(model.objects, "visible_to"), model


def test_every_scope_names_a_power_and_lookups_that_exist(district):
    for model in our_models():
        scope = getattr(model, "scope", None)
        if scope is None:
            continue
        assert scope.power in POWERS, model
        for lookup in filter(None, [scope.place, scope.station, scope.firm, scope.person]):
            model.objects.filter(**{f"{lookup}__isnull": False}).exists()


def test_no_office_means_no_rows(district):
    """But for one's own account and what it once held."""
    district.log()
    nobody = district.observer
    nobody.memberships.update(valid_to=district.today)
    for model in our_models():
        if model._meta.label in UNSCOPED or model._meta.label in {"accounts.User", "accounts.Membership"}:
            continue
        assert not model.objects.visible_to(nobody).exists(), model


def test_foreign_keys_to_people_and_places_are_protected():
    """Nothing is deleted, so nothing may be torn away with something else."""
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                assert field.remote_field.on_delete.__name__ in {"PROTECT", "DO_NOTHING"}, (
                    f"{model.__name__}.{field.name}"
                )


def test_the_matrix_names_only_roles_and_every_role_has_a_seat():
    assert set(SEATS) == set(Role)
    for code, power in POWERS.items():
        for verb in VERBS:
            assert power.roles(verb) <= set(Role), code


def test_every_power_can_be_exercised_by_somebody():
    for code, power in POWERS.items():
        assert power.roles("see"), code
        assert str(power.basis), code
