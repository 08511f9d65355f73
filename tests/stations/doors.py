"""One story through two doors: the pages people work on, and the API."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from html import unescape

from django.test import Client

from culture_admin.accounts.models import User
from stations.models import PersonnelCase
from tests.district import District

BUREAU = ("personnel", "bureau_leader", "bureau_admin", "service", "finance")


@dataclass(frozen=True)
class Answer:
    """What a door said: whether it was done, the code where it tells one, and its words."""

    done: bool
    code: str
    text: str


class Door:
    """Files cases and takes steps as somebody. `told` is what a refusal says."""

    def __init__(self, district: District):
        self.district = district

    def client(self, user: User) -> Client:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def file(self, user: User, station, kind: str, **entries) -> Answer | PersonnelCase:
        raise NotImplementedError

    def step(self, user: User, case: PersonnelCase, step: str, comment: str = "依据考察材料") -> Answer:
        raise NotImplementedError


class Pages(Door):
    """Towns and stations at the desk, the bureau in its admin."""

    def file(self, user, station, kind, **entries):
        form = {name: value for name, value in entries.items() if value is not None} | {
            "share": entries.get("share", 100)
        }
        before = set(PersonnelCase.objects.values_list("pk", flat=True))
        response = self.client(user).post(f"/desk/cases/add/?station={station.pk}&kind={kind}", form)
        made = PersonnelCase.objects.exclude(pk__in=before).first()
        return made or Answer(False, str(response.status_code), words(response))

    def step(self, user, case, step, comment="依据考察材料"):
        case.refresh_from_db()
        client, before = self.client(user), case.version
        if user.works_at_desk:
            form = {"step": step, "version": case.version, "comment": comment}
            response = client.post(f"/desk/cases/{case.pk}/", form)
        else:
            form = {"seen": case.version, "comment": comment}
            response = client.post(f"/admin/stations/personnelcase/{case.pk}/steps/{step}/", form, follow=True)
        case.refresh_from_db()
        return Answer(case.version > before, "", words(response))


class Api(Door):
    """The same as requests with the session of a browser."""

    def file(self, user, station, kind, **entries):
        body = {"station": station.pk, "kind": kind} | {
            name: value for name, value in entries.items() if value is not None
        }
        response = self.client(user).post(
            "/api/v1/personnel-cases/",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
        if response.status_code == 201:
            return PersonnelCase.objects.get(pk=response.json()["id"])
        told = response.json()
        codes = [error["code"] for error in told.get("errors", [])]
        return Answer(False, " ".join(codes or [told["code"]]), words(response))

    def step(self, user, case, step, comment="依据考察材料"):
        case.refresh_from_db()
        response = self.client(user).post(
            f"/api/v1/personnel-cases/{case.pk}/{step}/", {"comment": comment}, content_type="application/json",
            headers={"If-Match": f'"v{case.version}"', "Idempotency-Key": str(uuid.uuid4())},
        )  # fmt: skip
        case.refresh_from_db()
        done = response.status_code == 200
        return Answer(done, "" if done else response.json()["code"], words(response))


DOORS = {"pages": Pages, "api": Api}


def words(response) -> str:
    """What a page or an answer says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))
