"""The demo's accounts (CONTRACT.md) and what they are told apart from real ones by: a password everybody knows."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import check_password

from culture_admin.accounts.actions import grant_office, issue_account, set_password
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo.names import Names
from culture_admin.territory.models import Unit

PASSWORD = "demo-culture-2026"  # noqa: S105 - public by purpose
AT_COUNTY = {
    "leader": Role.BUREAU_LEADER,
    "bureau": Role.BUREAU_ADMIN,
    "personnel": Role.PERSONNEL,
    "service": Role.SERVICE,
    "finance": Role.FINANCE,
    "registrar": Role.REGISTRAR,
    "backbone": Role.BACKBONE,
    "assessor": Role.ASSESSOR,
    "observer": Role.OBSERVER,
}
AT_TOWN = {"town": Role.TOWN_OFFICER, "head": Role.STATION_HEAD, "officer": Role.STATION_OFFICER}
AT_EVERY_BUREAU = {
    "sysadmin": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}
COUNTIES = ("cixi", "xiaoshan")
TOWNS = ("guanhaiwei", "longshan", "xintang", "wenyan")
STEWARDED_TOWNS = ("xintang", "wenyan")
FIRMS = ("jiangnan", "qianchao")
SIGN_INS = (
    *(f"{office}.{county}" for office in AT_COUNTY for county in COUNTIES),
    *(f"{office}.{town}" for office in AT_TOWN for town in TOWNS),
    *(f"firm.{firm}" for firm in FIRMS),
    *(f"steward.{town}" for town in STEWARDED_TOWNS),
    *AT_EVERY_BUREAU,
)


def demo_accounts_present() -> bool:
    """Whether anybody who has read the README can sign in here. A real account of such a name has another password."""
    stored = User.objects.filter(username__in=SIGN_INS, is_active=True).values_list("password", flat=True)
    # The demo's accounts share one hash: it is checked once.
    return any(check_password(PASSWORD, password) for password in set(stored))


def open_accounts() -> None:
    """Lets the demo's accounts sign in; the other people of the demo have accounts that nobody can enter.

    One of them gets the password by the same verb as everybody, the rest share its hash: each further one would take a
    twentieth of a second, and a salt of its own guards no password that stands in the README.
    """
    first = set_password(actor=None, user=User.objects.get(username=SIGN_INS[0]), password=PASSWORD)
    User.objects.filter(username__in=SIGN_INS).update(password=first.password)


class Offices:
    """Puts people into offices, all held since the same day."""

    def __init__(self, names: Names, since: date) -> None:
        self._names, self._since = names, since

    def fill(self, username: str, role: Role, *units: Unit, name: str = "") -> User:
        """A new account that holds the office at each of the units."""
        user = issue_account(actor=None, username=username, name=name or self._names.person())
        for unit in units:
            grant_office(actor=None, user=user, role=role, unit=unit, valid_from=self._since)
        return user
