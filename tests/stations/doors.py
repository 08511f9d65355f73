"""One story through two doors: the pages people work on, and the API."""

from __future__ import annotations

import re
import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass
from html import unescape

from django.db.models import Model
from django.test import Client

from culture_admin.accounts.models import User
from stations.models import Officer, OffPost, OffPostObjection, PersonnelCase, TitleApplication
from tests.district import District

DESK = {PersonnelCase: "cases", OffPostObjection: "objections", TitleApplication: "titles", OffPost: "off-post"}
COLLECTIONS = {
    PersonnelCase: "personnel-cases",
    OffPost: "off-posts",
    OffPostObjection: "off-post-objections",
    TitleApplication: "title-applications",
}


@dataclass(frozen=True)
class Answer:
    """What a door said: whether it was done, the code where it tells one, and its words."""

    done: bool
    code: str
    text: str


class Door(ABC):
    """Files cases and takes steps as somebody. `told` is what a refusal says."""

    def __init__(self, district: District):
        self.district = district

    def client(self, user: User) -> Client:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    @abstractmethod
    def file(self, user: User, station, kind: str, **entries) -> Answer | PersonnelCase: ...

    @abstractmethod
    def step(self, user: User, record: Model, step: str, comment: str = "依据考察材料") -> Answer: ...

    @abstractmethod
    def leave(self, user: User, officer: Officer, **entries) -> Answer:
        """Enters in the off-post ledger that an officer has left the post."""

    @abstractmethod
    def back(self, user: User, off_post: OffPost, returned_on: str) -> Answer: ...

    @abstractmethod
    def object(self, user: User, off_post: OffPost, **entries) -> Answer: ...

    @abstractmethod
    def apply(self, user: User, officer: Officer, **entries) -> Answer:
        """Applies for a title."""

    @abstractmethod
    def determine(self, user: User, case: PersonnelCase, **amounts) -> Answer:
        """Writes other pay than was proposed."""


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

    def step(self, user, record, step, comment="依据考察材料"):
        record.refresh_from_db()
        client, before = self.client(user), record.version
        if user.works_at_desk:
            form = {"step": step, "version": record.version, "comment": comment}
            response = client.post(f"/desk/{DESK[type(record)]}/{record.pk}/", form)
        else:
            form = {"seen": record.version, "comment": comment}
            address = f"/admin/stations/{record._meta.model_name}/{record.pk}/steps/{step}/"
            response = client.post(address, form, follow=True)
        record.refresh_from_db()
        return Answer(record.version > before, "", words(response))

    def leave(self, user, officer, **entries):
        return self._send(user, f"/desk/officers/{officer.pk}/off-post/", entries)

    def back(self, user, off_post, returned_on):
        form = {"returned_on": returned_on, "version": off_post.version}
        return self._send(user, f"/desk/off-post/{off_post.pk}/", form)

    def object(self, user, off_post, *, strike=True, **entries):
        return self._send(user, f"/desk/off-post/{off_post.pk}/", {"strike": "yes" if strike else "no", **entries})

    def apply(self, user, officer, **entries):
        return self._send(user, f"/desk/officers/{officer.pk}/apply/", entries)

    def determine(self, user, case, **amounts):
        form = {"username": case.username, "document": case.document, "seen": case.version, **amounts}
        return self._send(user, f"/admin/stations/personnelcase/{case.pk}/change/", form)

    def _send(self, user, address, form) -> Answer:
        response = self.client(user).post(address, form)
        # Who may not enter the admin is led away from it.
        led = response.get("Location", "")
        done = response.status_code == 302 and "/login/" not in led and led.split("/")[1] == address.split("/")[1]
        return Answer(done, "", words(response))


class Api(Door):
    """The same as requests with the session of a browser."""

    def file(self, user, station, kind, **entries):
        body = {"station": station.pk, "kind": kind} | {
            name: value for name, value in entries.items() if value is not None
        }
        before = set(PersonnelCase.objects.values_list("pk", flat=True))
        answer = self._send(user, "personnel-cases", body)
        return PersonnelCase.objects.exclude(pk__in=before).first() or answer

    def step(self, user, record, step, comment="依据考察材料"):
        record.refresh_from_db()
        answer = self._send(user, f"{COLLECTIONS[type(record)]}/{record.pk}/{step}", {"comment": comment}, record)
        record.refresh_from_db()
        return answer

    def leave(self, user, officer, **entries):
        return self._send(user, "off-posts", {"officer": officer.pk, "station": officer.station_id, **entries})

    def back(self, user, off_post, returned_on):
        return self._send(user, f"off-posts/{off_post.pk}/report-back", {"returned_on": returned_on}, off_post)

    def object(self, user, off_post, **entries):
        return self._send(user, "off-post-objections", {"off_post": off_post.pk, **entries})

    def apply(self, user, officer, **entries):
        return self._send(user, "title-applications", {"officer": officer.pk, "station": officer.station_id, **entries})

    def determine(self, user, case, **amounts):
        return self._send(user, f"personnel-cases/{case.pk}/determine", amounts, case)

    def _send(self, user, path, body, record=None) -> Answer:
        headers = {"Idempotency-Key": str(uuid.uuid4())} | ({"If-Match": f'"v{record.version}"'} if record else {})
        response = self.client(user).post(
            f"/api/v1/{path}/", body, content_type="application/json", headers=headers
        )  # fmt: skip
        told = {} if response.status_code < 300 else response.json()
        codes = [error["code"] for error in told.get("errors", [])]
        return Answer(not told, " ".join(codes or [told["code"]]) if told else "", words(response))


DOORS = {"pages": Pages, "api": Api}


def words(response) -> str:
    """What a page or an answer says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))
