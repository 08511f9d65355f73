"""The sheet of a station's file."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from culture_admin.statistics.reading import read
from culture_admin.territory.models import Residents, in_force
from stations.models import Station

AREA = "stations.floor_area"


def file_of(station: Station) -> dict[str, object]:
    """What the file says today: the certificate and grade in force, titles, premises, and whom the station serves."""
    today = timezone.localdate()
    now = in_force(today)
    return {
        "certificate": station.certificates.filter(now).order_by("-valid_from").first(),
        "grading": station.gradings.standing().filter(now).order_by("-valid_from").first(),
        "titles": station.titles.standing().order_by("-year", "pk"),
        "facilities": station.facilitys.filter(now).order_by("name", "pk"),
        "area": read(AREA, where={"station": station.pk}, as_of=today).total.values[AREA],
        "residents": Residents.objects.filter(division=station.division).order_by("-year").first(),
    }


register(
    Paper(
        code="station-file",
        label=_("File of a station"),
        model=Station,
        power="stations",
        template="station_file.html",
        context=file_of,
        related=("unit", "division__parent", "county"),
        order=("division__code",),
    )
)
