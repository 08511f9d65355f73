"""What the bureau's page of an activity shows below it: signals, photos and what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.metrics.figures import Rated, ratings_of
from activities.models import Activity, Rating
from activities.signals import Signal, reviews, signals_of
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.admin.model_admin import Panel

COMMENTS = 50


def evidence_panels(request: HttpRequest, activity: Activity) -> list[Panel]:
    """The panels of an activity, as far as the reader is shown them."""
    user = request.user
    panels = [_photos(activity, user), _ratings(activity, user)]
    return [_signals(activity, user), *panels] if reviews(user) else panels


def rating_text(rated: Rated | None) -> str:
    """A mean with the number of answers beside it, and a mark where they are few."""
    if rated is None or rated.mean is None:
        return "—"
    answers = ngettext("%(number)d answer", "%(number)d answers", rated.n) % {"number": rated.n}
    few = f" · {_('few answers')}" if rated.few else ""
    return f"{rated.mean} / 5 · {answers}{few}"


def _signals(activity: Activity, user) -> Panel:
    found = signals_of([activity], user).get(activity.pk, [])
    return Panel(
        title=_("Worth a look"),
        name="",
        columns=[_("Signal"), ""],
        rows=[[signal.text, _link(signal)] for signal in found],
        add="",
    )


def _link(signal: Signal) -> str:
    if signal.activity:
        address = reverse("admin:activities_activity_change", args=[signal.activity])
    elif signal.rows:
        month = str(signal.rows["from"])[:7]
        address = f"{reverse('admin:activities_activity_changelist')}?period={month}"
    else:
        return ""
    return format_html('<a href="{}">{}</a>', address, _("Look"))


def _photos(activity: Activity, user) -> Panel:
    photos = Attachment.objects.visible_to(user).about(activity).order_by("pk")
    return Panel(
        title=_("Photos"),
        name="",
        columns=[_("Name"), _("Taken"), _("Kept since")],
        rows=[
            [
                format_html('<a href="{}">{}</a>', reverse("attachments-file", args=[photo.pk]), photo.name),
                photo.taken_at or "—",
                photo.created_at,
            ]
            for photo in photos
        ],
        add="",
    )


def _ratings(activity: Activity, user) -> Panel:
    rated = ratings_of([activity]).get(activity.pk)
    told = Rating.objects.visible_to(user, "be_told").filter(activity=activity).exclude(comment="")[:COMMENTS]
    rows: list[list[object]] = [[rating_text(rated), ""]] if rated else []
    return Panel(
        title=_("Rated by residents"),
        name="",
        columns=[_("Score"), _("Comment")],
        rows=rows + [[one.get_score_display(), one.comment] for one in told],
        add="",
    )
