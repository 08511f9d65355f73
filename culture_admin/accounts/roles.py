"""The roles there are, which units have them, and an office: a role at a unit, in somebody's hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from culture_admin.territory.models import named


class Role(models.TextChoices):
    BUREAU_LEADER = "bureau_leader", _("Bureau leader")
    BUREAU_ADMIN = "bureau_admin", _("Bureau administrator")
    PERSONNEL = "personnel", _("Personnel section")
    SERVICE = "service", _("Public service section")
    FINANCE = "finance", _("Finance section")
    REGISTRAR = "registrar", _("Registration office")
    BACKBONE = "backbone", _("Professional backbone")
    ASSESSOR = "assessor", _("Assessor")
    TOWN_OFFICER = "town_officer", _("Town officer")
    STATION_HEAD = "station_head", _("Station head")
    STATION_OFFICER = "station_officer", _("Cultural officer")
    FIRM_MANAGER = "firm_manager", _("Firm manager")
    STEWARD = "steward", _("Cultural steward")
    OBSERVER = "observer", _("Observer")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


R = Role
ADMINISTRATORS = frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDIT_ADMIN})
BUREAU = frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN, R.PERSONNEL, R.SERVICE, R.FINANCE})
STATION = frozenset({R.STATION_HEAD, R.STATION_OFFICER})
FIRM = frozenset({R.FIRM_MANAGER, R.STEWARD})
# Where each role begins its day (CONTRACT.md, Addresses).
ADMIN_ROLES = BUREAU | ADMINISTRATORS | {R.REGISTRAR, R.OBSERVER}
DESK_ROLES = STATION | FIRM | {R.TOWN_OFFICER, R.BACKBONE, R.ASSESSOR}
# Which kinds of unit an office of a role can belong to.
SEATS = {
    **dict.fromkeys(BUREAU | ADMINISTRATORS | {R.OBSERVER, R.ASSESSOR}, {"bureau"}),
    R.REGISTRAR: {"registration"},
    R.BACKBONE: {"centre", "bureau"},
    R.TOWN_OFFICER: {"town"},
    **dict.fromkeys(STATION, {"station"}),
    **dict.fromkeys(FIRM, {"firm"}),
}
# Who answers for what a unit of a kind owes, and who hears of it when the unit stays silent: the town that administers a
# station, and the bureau that guides both.
ANSWERS = {
    "bureau": R.BUREAU_ADMIN,
    "town": R.TOWN_OFFICER,
    "station": R.STATION_HEAD,
    "firm": R.FIRM_MANAGER,
    "centre": R.BACKBONE,
    "registration": R.REGISTRAR,
}
ABOVE = {
    "bureau": frozenset({R.BUREAU_LEADER}),
    "town": frozenset({R.BUREAU_ADMIN}),
    "station": frozenset({R.TOWN_OFFICER, R.BUREAU_ADMIN}),
    "firm": frozenset({R.BUREAU_ADMIN}),
    "centre": frozenset({R.BUREAU_ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Office:
    """An office in somebody's hands: (role, unit), where the unit lies, and for whom he acts as a substitute."""

    role: str
    unit_id: int
    unit_kind: str
    path: str
    user_id: int
    unit_name: str
    acting_for: int | None = None
    unit_name_en: str = ""

    @property
    def unit_shown(self) -> str:
        """The unit's name in the reader's language; decisions keep `unit_name`, the official one."""
        return named(self.unit_name, self.unit_name_en)


def role_names(roles: Iterable[str]) -> str:
    """Roles in words, in the order in which they are declared."""
    wanted = set(roles)
    return listed(role.label for role in Role if role in wanted)


def listed(words: Iterable[object]) -> str:
    """Words one after the other, as the reader's language lists them."""
    return pgettext("between the words of a list", ", ").join(map(str, words))
