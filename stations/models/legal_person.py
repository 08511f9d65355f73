"""How a station stands as a legal person on a day. It follows from certificates and open liquidations; nobody sets it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.territory.models import in_force
from stations.models.certificate import Certificate
from stations.models.registration import OPEN, Kind, Registration, State


class LegalStanding(models.TextChoices):
    UNREGISTERED = "unregistered", _("Not registered")
    IN_FORCE = "in_force", pgettext_lazy("a legal person", "In force")
    LAPSED = "lapsed", _("Certificate lapsed")
    LIQUIDATION = "in_liquidation", _("In liquidation")
    CANCELLED = "cancelled", pgettext_lazy("a legal person", "Cancelled")
    REVOKED = "revoked", pgettext_lazy("a legal person", "Revoked")


L = LegalStanding


def with_legal_standing(stations: QuerySet, on: date) -> QuerySet:
    """Each station with its `legal_standing` on the day."""
    of_station = {"station": OuterRef("pk")}
    begun = Certificate.objects.filter(valid_from__lte=on, **of_station).order_by("-valid_from")
    liquidations = Registration.objects.filter(kind=Kind.CANCELLATION, liquidation_from__lte=on, **of_station).filter(
        state__in=[state for state in OPEN if state != State.APPROVED]
    )
    stations = stations.annotate(last_end=Subquery(begun.values("ended_as")[:1]))
    return stations.annotate(
        legal_standing=Case(
            When(Exists(liquidations.order_by()), then=Value(L.LIQUIDATION)),
            When(Exists(Certificate.objects.filter(in_force(on), **of_station).order_by()), then=Value(L.IN_FORCE)),
            When(last_end=None, then=Value(L.UNREGISTERED)),
            When(~Q(last_end=""), then="last_end"),
            default=Value(L.LAPSED),
            output_field=models.CharField(),
        )
    )
