"""The two doors of the loop: the pages of desk and bureau, and the API. What a door is told, it answers in English words."""

from __future__ import annotations

import re
import uuid
from abc import ABC, abstractmethod
from html import unescape
from typing import Any

from django.db.models import Model
from django.test import Client

from activities.models import Activity, Kind
from culture_admin.accounts.models import User
from stewards.models import (
    Acceptance,
    Contract,
    Delivery,
    DutyDay,
    Evaluation,
    EvaluationItem,
    Posting,
    ServiceFinding,
    ServiceOrder,
    Signature,
    Steward,
    TownRating,
)

ADMIN = "/admin/stewards"
# What is entered: its page, which may want a part of the entries in its address, and its collection.
ENTERED = {
    "contract": (f"{ADMIN}/contract/add/", "contracts/"),
    "order": ("/desk/orders/add/?station={station}&line={line}", "service-orders/"),
    "log": ("/desk/log/", "activities/"),
    "day": ("/desk/duty-days/log/?posting={posting}", "duty-days/"),
    "evaluation": (f"{ADMIN}/evaluation/add/", "evaluations/"),
    "finding": (f"{ADMIN}/servicefinding/add/", "service-findings/"),
    "acceptance": (f"{ADMIN}/acceptance/add/", "acceptances/"),
    "payment": (f"{ADMIN}/contractpayment/add/", "contract-payments/"),
    "steward": ("/desk/firm/{firm}/stewards/add/", "stewards/"),
    "qualification": ("/desk/stewards/{steward}/qualifications/add/", "qualifications/"),
}
# What is done with a record besides the steps that want nothing but a comment.
DONE = {
    "award": (f"{ADMIN}/contract/{{pk}}/deeds/award/", "award"),
    "sign": (f"{ADMIN}/contract/{{pk}}/deeds/sign/", "signing"),
    "file": (f"{ADMIN}/contract/{{pk}}/deeds/file/", "filing"),
    "agree": ("/desk/orders/{pk}/", "agree"),
    "move": (f"{ADMIN}/delivery/{{pk}}/move/", "move"),
    "replace": ("/desk/postings/{pk}/replace/", "replace"),
    "hand_over": ("/desk/postings/{pk}/hand-over/", "hand-over"),
}
COLLECTIONS: dict[type[Model], str] = {
    Contract: "contracts", ServiceOrder: "service-orders", Activity: "activities", Delivery: "deliveries",
    DutyDay: "duty-days", Evaluation: "evaluations", EvaluationItem: "evaluation-items", TownRating: "town-ratings",
    ServiceFinding: "service-findings", Acceptance: "acceptances", Signature: "signatures", Posting: "postings",
    Steward: "stewards",
}  # fmt: skip

AT_THE_DESK: dict[type[Model], str] = {ServiceOrder: "orders"}


class Door(ABC):
    """Enters, changes and takes steps as somebody; what it answers are the words of the page, or of the answer."""

    @abstractmethod
    def enter(self, who: User, what: str, /, **entries: Any) -> str:
        """Enters a record."""

    @abstractmethod
    def change(self, who: User, contract: Contract, terms: dict[str, Any], **changes: Any) -> str:
        """Changes a contract; the page sends all its terms, the API what is new."""

    @abstractmethod
    def do(self, who: User, record: Any, what: str, /, **entries: Any) -> str:
        """Does something with a record that wants entries."""

    @abstractmethod
    def step(self, who: User, record: Any, step: str, comment: str = "") -> str: ...

    @abstractmethod
    def claim(self, who: User, item: EvaluationItem, number: str, note: str = "") -> str:
        """What the firm says of an item; without a number it does not apply."""

    @abstractmethod
    def review(self, who: User, item: EvaluationItem, number: str, remark: str = "") -> str: ...

    @abstractmethod
    def rate(self, who: User, rating: TownRating, points: int) -> str: ...

    @abstractmethod
    def read(self, who: User, record: Any) -> str: ...


class Pages(Door):
    """Towns, stations, firms and stewards at the desk, the bureau in its admin."""

    def enter(self, who, what, /, **entries):
        form = self._form(entries)
        if what == "log":
            form |= {"kind": Kind.objects.get(code=form["kind"]).pk, "client_uuid": str(uuid.uuid4())}
        return self._send(who, ENTERED[what][0].format(**form), form)

    def change(self, who, contract, terms, **changes):
        contract.refresh_from_db()
        return self._send(who, self._page(who, contract), self._form(terms | changes) | {"seen": contract.version})

    def do(self, who, record, what, /, **entries):
        record.refresh_from_db()
        version = getattr(record, "version", 0)
        form = self._form(entries) | {"step": what, "version": version, "seen": version}
        return self._send(who, DONE[what][0].format(pk=record.pk), form)

    def step(self, who, record, step, comment=""):
        record.refresh_from_db()
        form = {"step": step, "version": record.version, "seen": record.version, "comment": comment}
        address = self._page(who, record)
        return self._send(who, address if who.works_at_desk else address.replace("change", f"steps/{step}"), form)

    def claim(self, who, item, number, note=""):
        form = {"version": item.version, "note": note}
        form |= {"answer": number, "number_0": number} if number else {"not_applicable": "on"}
        return self._send(who, f"/desk/evaluations/items/{item.pk}/", form)

    def review(self, who, item, number, remark=""):
        form = {
            "item": item.pk, f"seen-{item.pk}": item.version, f"was-{item.pk}": "", f"said-{item.pk}": number or "na",
            f"remark-{item.pk}": remark,
        }  # fmt: skip
        return self._send(who, f"{ADMIN}/evaluation/{item.evaluation_id}/review/", form)

    def rate(self, who, rating, points):
        form = {"version": rating.version, "points": points}
        return self._send(who, f"/desk/evaluations/ratings/{rating.pk}/", form)

    def read(self, who, record):
        return words(self._client(who).get(self._page(who, record)))

    def _page(self, who: User, record: Any) -> str:
        if not who.works_at_desk:
            return f"{ADMIN}/{record._meta.model_name}/{record.pk}/change/"
        return f"/desk/{AT_THE_DESK.get(type(record), COLLECTIONS[type(record)])}/{record.pk}/"

    def _form(self, entries: dict[str, Any]) -> dict[str, Any]:
        """Lists of rows part by part, as the table of a form sends them."""
        form: dict[str, Any] = {}
        for name, value in entries.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                rows = enumerate(value)
                form |= {f"{name}-{number}-{part}": said for number, row in rows for part, said in row.items()}
            else:
                form[name] = value
        return {name: value for name, value in form.items() if value not in (None, False)}

    def _send(self, who: User, address: str, form: dict[str, Any]) -> str:
        answer = self._client(who).post(address, form, follow=True)
        assert answer.status_code in (200, 400, 403, 404, 409, 412), (address, answer.status_code)
        return words(answer)

    def _client(self, who: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client


class Api(Door):
    """The same as requests with the session of a browser."""

    def enter(self, who, what, /, **entries):
        return self._send(who, ENTERED[what][1], entries)

    def change(self, who, contract, terms, **changes):
        return self._send(who, f"contracts/{contract.pk}/", changes, contract, "patch")

    def do(self, who, record, what, /, **entries):
        return self._send(who, f"{COLLECTIONS[type(record)]}/{record.pk}/{DONE[what][1]}/", entries, record)

    def step(self, who, record, step, comment=""):
        return self._send(who, f"{COLLECTIONS[type(record)]}/{record.pk}/{step}/", {"comment": comment}, record)

    def claim(self, who, item, number, note=""):
        return self._say(who, item, {"note": note}, claimed=number)

    def review(self, who, item, number, remark=""):
        return self._say(who, item, {"remark": remark}, reviewed=number)

    def rate(self, who, rating, points):
        return self._send(who, f"town-ratings/{rating.pk}/", {"points": points}, rating, "patch")

    def read(self, who, record):
        return words(self._client(who).get(f"/api/v1/{COLLECTIONS[type(record)]}/{record.pk}/"))

    def _say(self, who: User, item: EvaluationItem, said: dict[str, Any], **answers: str) -> str:
        for name, number in answers.items():
            numbers = {f"{name}_numbers": [number]} if number else {}
            said |= {name: "value" if number else "not_applicable"} | numbers
        return self._send(who, f"evaluation-items/{item.pk}/", said, item, "patch")

    def _send(self, who: User, path: str, body: dict[str, Any], record: Any = None, method: str = "post") -> str:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if record:
            record.refresh_from_db()
            headers |= {"If-Match": f'"v{getattr(record, "version", 1)}"'}
        said = {name: value for name, value in body.items() if value is not None}
        client = self._client(who)
        answer = getattr(client, method)(f"/api/v1/{path}", said, content_type="application/json", headers=headers)
        assert answer.status_code < 500, (path, answer.content)
        return words(answer)

    def _client(self, who: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client


DOORS: dict[str, type[Door]] = {"pages": Pages, "api": Api}


def words(answer: Any) -> str:
    """What a page or an answer says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
