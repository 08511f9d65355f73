"""What stands behind an activity: its photos, what residents say of it, and the signals for whoever reviews it."""

from __future__ import annotations

from collections.abc import Sequence

from activities.metrics.figures import ratings_of
from activities.models import Activity, Rating
from activities.signals import signals_of
from culture_admin.desk.forms.photos import PhotosForm
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.permissions import WRITERS, covers

COMMENTS = 50


def evidence_of(activity: Activity, user, form: PhotosForm | None = None) -> dict[str, object]:
    """For the page of one activity."""
    told = Rating.objects.visible_to(user, "be_told").filter(activity=activity).exclude(comment="")
    may_attach = activity.state != Activity.State.VOID and covers(user, activity, WRITERS)
    return {
        "photos": Attachment.objects.visible_to(user).about(activity).order_by("pk"),
        "photos_form": (form or PhotosForm()) if may_attach else None,
        "rating": ratings_of([activity]).get(activity.pk),
        "comments": told[:COMMENTS],
        "signals": signals_of([activity], user).get(activity.pk, []),
    }


def with_signals(activities: Sequence[Activity], user) -> list[Activity]:
    """The activities of a list, each with its `signals`; so many queries however long the list is."""
    found = signals_of(activities, user)
    for activity in activities:
        activity.signals = found.get(activity.pk, [])
    return list(activities)
