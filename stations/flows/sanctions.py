"""The steps of a sanction: warned, the certificate held, the registration revoked; or lifted (DOMAIN.md §3.5)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register
from stations.actions.sanctions import POWER, hold_certificates, lift_sanctions, revoke_registrations
from stations.models import Sanction

S = Sanction.State


def time_is_over(sanction: Sanction, day: date) -> Obstacle | None:
    """Whoever was given time to mend has it."""
    if sanction.mend_by < day:
        return None
    text = gettext("The station has until %(day)s to mend it.") % {"day": sanction.mend_by}
    return Obstacle("too_early", text)


register(
    Flow(
        model=Sanction,
        power=POWER,
        content=lambda one: {
            name: getattr(one, name) for name in ("station_id", "ground", "finding", "document", "registration_id")
        },
        place=lambda one: Place(one.station.division.path, one.division_id, one.station_id),
        related=("station__unit", "station__division"),
        steps={
            "hold": Step(
                _("Hold certificate and seal"),
                [S.WARNED],
                S.HELD,
                POWER,
                comment=True,
                untimely=time_is_over,
                after=lambda sanctions, actor, at: hold_certificates(sanctions, at),
                danger=True,
            ),
            "revoke": Step(
                _("Revoke the registration"),
                [S.HELD],
                S.REVOKED,
                POWER,
                comment=True,
                untimely=time_is_over,
                after=lambda sanctions, actor, at: revoke_registrations(sanctions, at),
                danger=True,
            ),
            "lift": Step(
                pgettext_lazy("a sanction", "Lift"),
                [S.WARNED, S.HELD],
                S.LIFTED,
                POWER,
                comment=True,
                after=lambda sanctions, actor, at: lift_sanctions(sanctions, at),
            ),
        },
    )
)
