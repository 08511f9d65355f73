"""Copies of one synthetic province that differ in the number of activities alone, and who looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.test import Client

from culture_admin.accounts.actions import grant_office, issue_account, issue_key
from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.servers.postgres import create_database, drop_database
from culture_admin.territory.models import Division, Unit
from stations.models import Station

COUNTY, STATION = "980101", "980101101"


@dataclass(frozen=True)
class Sizes:
    """Stations, and activities in three copies."""

    stations: int
    small: int
    tenth: int
    full: int


@dataclass(frozen=True)
class Readers:
    """Keys to the API by office, and sessions of the admin by territory."""

    keys: dict[str, str]
    sessions: dict[str, str]


class Province:
    """Its databases by name: `small`, `tenth`, `full`, and `ledgers`, a copy of the smallest to import into.

    Django's connection leads to `small` outside of `at`.
    """

    def __init__(self, sizes: Sizes, maintenance: Callable) -> None:
        """maintenance(database) gives a cursor of PostgreSQL's superuser, within a `with`."""
        self.sizes, self.maintenance = sizes, maintenance
        self.base = connection.settings_dict["NAME"]
        self.copies: list[str] = []

    def build(self) -> None:
        """Seeds `small`, copies it, seeds the copy further, copies that."""
        self._seed(self.sizes.small)
        self.readers = self._let_in()
        self.copy("small", "ledgers")
        self.copy("small", "tenth")
        with self.at("tenth"):
            self._seed(self.sizes.tenth - self.sizes.small)
        self.copy("tenth", "full")
        with self.at("full"):
            self._seed(self.sizes.full - self.sizes.tenth)

    def drop(self) -> None:
        connection.close()
        with self.maintenance() as cursor:
            for name in self.copies:
                drop_database(cursor, name)

    @contextmanager
    def at(self, size: str) -> Iterator[None]:
        """Within it Django's connection leads to the database of this size."""
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = self.name(size)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    def owner(self, size: str):
        """A cursor of the superuser's in the database of this size, for floors."""
        return self.maintenance(self.name(size))

    def name(self, size: str) -> str:
        return self.base if size == "small" else f"{self.base}_{size}"

    def copy(self, size: str, copy: str) -> None:
        """A database like that of a size."""
        connection.close()
        self.copies.append(self.name(copy))
        with self.maintenance() as cursor:
            create_database(cursor, self.name(copy), self.name(size))

    def _seed(self, activities: int) -> None:
        call_command("seed_scale", stations=self.sizes.stations, activities=activities)

    def _let_in(self) -> Readers:
        county = Division.objects.get(code=COUNTY)
        town = Station.objects.select_related("unit").get(division__code=STATION)
        bureau = county.units.get(kind=Unit.Kind.BUREAU)
        firm = county.units.get(kind=Unit.Kind.FIRM)
        province = Unit.objects.create(kind=Unit.Kind.BUREAU, division=county.parent.parent, name_zh="规模省文化厅")
        offices = {
            "province": (Role.OBSERVER, province),
            "county": (Role.BUREAU_ADMIN, bureau),
            "station": (Role.STATION_HEAD, town.unit),
            "firm": (Role.FIRM_MANAGER, firm),
        }
        keys, sessions = {}, {}
        for name, (role, unit) in offices.items():
            scopes = ["activities:write", "statistics:read"] if name == "station" else []
            keys[name] = issue_key(actor=None, name=name, role=role, unit=unit, scopes=scopes)[1]
            if name in ("province", "county"):
                user = issue_account(actor=None, username=f"bench-{name}", name=name)
                grant_office(actor=None, user=user, role=role, unit=unit)
                sessions[name] = _session(user)
        return Readers(keys, sessions)


def _session(user: User) -> str:
    """The cookie of a session in which the user has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"
