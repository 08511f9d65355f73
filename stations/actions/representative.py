"""The duty to register who heads the station: there whenever the certificate names somebody else (DOMAIN.md §3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.workflow.actions import Debt, owe_all, settle
from culture_admin.workflow.models import DUTIES, Deadline, Duty
from stations.models import Station
from stations.models.heads import Heads

CODE = "stations.legal_representative"
# The change of a legal representative is registered within 30 working days of the event.
WORKING_DAYS = 30
BASIS = gettext_lazy(
    "Implementing rules of the Interim Regulations on the Registration of Public Institutions, Art. 45-48"
)


def mind_representative(station: Station, at: datetime) -> None:
    """Does for one station what `mind_representatives` does for many."""
    mind_representatives([station], at)


def mind_representatives(stations: Sequence[Station], at: datetime) -> None:
    """Opens the duty where from some day on, today or later, certificate and head differ; settles it where they do not.

    Called wherever somebody takes office or leaves it, or a certificate begins or ends. A duty that is open goes on with the
    clock of its first event.
    """
    today, agreed, differing = timezone.localdate(at), [], {}
    for heads in Heads.of_each(stations):
        since = next((day for turn in heads.turns_from(today) if (day := heads.on(turn).differ_since)), None)
        if since is None:
            agreed.append(heads.station)
        else:
            differing[heads.station] = since
    running = _running_since(differing)
    owe_all(
        Debt(
            station.unit_id,
            station,
            CODE,
            _label(station),
            opened_on=since,
            working_days=WORKING_DAYS,
            basis=str(BASIS),
        )
        for station, since in differing.items()
        if running.get(station.pk, date.max) > since
    )
    settle(agreed, CODE, at=at)


def open_duties(*stations: Station) -> QuerySet[Deadline]:
    """The open duties to register the legal representative of stations, the oldest first."""
    about = {"subject_type": ContentType.objects.get_for_model(Station), "subject_id__in": [one.pk for one in stations]}
    return Deadline.objects.open().filter(code=CODE, **about).order_by("opened_on")


def _running_since(stations: Iterable[Station]) -> dict[int, date]:
    """By station since when its oldest open duty runs."""
    running: dict[int, date] = {}
    for key, opened_on in open_duties(*stations).values_list("subject_id", "opened_on"):
        running.setdefault(key, opened_on)
    return running


def _label(station: Station) -> str:
    return _("Register the change of the legal representative of %(station)s") % {"station": station.name}


DUTIES[CODE] = Duty(_label, BASIS, gettext_lazy("Registration of a new legal representative"))
