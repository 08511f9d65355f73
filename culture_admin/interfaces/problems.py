"""Problems: every refusal of the API and the pages, as RFC 9457 has it, with stable codes and the place of the fault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
LONGEST_VALUE_SHOWN = 80
PAGE_EXPIRED = _("The page has expired. Reload it and try again; what you entered is kept.")

TITLES = {
    400: _("The request is not right"),
    401: _("Not signed in"),
    403: _("Not permitted"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("No such format"),
    409: _("Not possible now"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Media type not supported"),
    422: _("Not the same request"),
    428: _("A precondition is required"),
    429: _("Too many requests"),
    500: _("An error on our side"),
    503: _("Not available now"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and where: in the body (`pointer`, RFC 6901), in the query, in a header or in a sheet."""

    code: str
    message: object
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None
    row: int | None = None
    column: str | None = None
    hint: object | None = None
    value: object | None = None

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if value is not None}


class Problem(Exception):
    """A refusal that knows its answer. Raise it anywhere below a view.

    code: stable, English, for programs; detail: a sentence for the reader. Without a detail the first fault speaks.
    members: further members of the answer, such as the current version.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: object = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **members: object,
    ):
        super().__init__(code)
        self.status, self.code, self.faults = status, code, tuple(faults)
        self.detail = detail or (self.faults[0].message if self.faults else TITLES[status])
        self.headers, self.members = dict(headers or {}), members

    def body(self, request_id: str) -> dict[str, object]:
        """The members of RFC 9457, ours after them.

        A 404 names no occurrence, so that a foreign row and a missing one are answered in the same bytes.
        """
        body = {
            "type": "about:blank",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "instance": f"urn:uuid:{request_id}",
            **self.members,
        }
        if self.status == 404:
            del body["instance"]
        if self.faults:
            body["errors"] = [fault.as_dict() for fault in self.faults]
        return body


def nothing_here() -> Problem:
    """What a foreign row and a missing one are both answered."""
    return Problem(404, "not_found", _("There is nothing at this address, or it lies outside your territory."))


def answer(problem: Problem, request: HttpRequest) -> HttpResponse:
    """The problem as problem+json under /api/ and to whoever sent JSON, else as a plain page, in the request's language."""
    body = problem.body(getattr(request, "request_id", ""))
    if request.path.startswith("/api/") or request.content_type == "application/json":
        text = json.dumps(body, ensure_ascii=False, default=str, separators=(",", ":"))
        # Half a surrogate pair may stand in what is quoted back.
        response = HttpResponse(
            text.encode("utf-8", "backslashreplace"), status=problem.status, content_type=MEDIA_TYPE
        )
    else:
        response = HttpResponse(_page(body, request), status=problem.status)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def _page(body: dict[str, object], request: HttpRequest) -> str:
    """The problem as a page. A reader without an account has no territory; his language may stand in the address.

    After an error of ours nobody is asked for: the database itself may be what is missing.
    """
    user = getattr(request, "user", None)
    broken = body["status"] == 500
    guest = not broken and (user is None or not user.is_authenticated)
    language = request.GET.get("language") if guest else None
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        if guest and body["code"] == "not_found":
            body = {**body, "detail": _("There is nothing at this address.")}
        context = {"problem": body, "guest": guest, "languages": guest and request.method == "GET"}
        return render_to_string("interfaces/problem.html", context, request=request if guest else None)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        return answer(Problem(413, "body_too_large"), request)
    return answer(Problem(400, "bad_request", _("The request could not be read.")), request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return answer(Problem(403, "not_permitted", str(exception or "")), request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return answer(nothing_here(), request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    detail = _("The error is on our side and has been noted. What you sent was not stored; try again later.")
    return answer(Problem(500, "server_error", detail), request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return answer(Problem(403, "csrf", PAGE_EXPIRED), request)


def did_you_mean(word: str, known: Iterable[str]) -> object:
    """A hint: the nearest of the known words, and all of them."""
    known = sorted(known)
    every = ", ".join(known)
    nearest = get_close_matches(word, known, n=1, cutoff=0.6)
    if nearest:
        return format_lazy(_("Did you mean “{nearest}”? Known are: {known}."), nearest=nearest[0], known=every)
    return format_lazy(_("Known are: {known}."), known=every)


def shown(value: object) -> object | None:
    """What was read, as far as an answer may repeat it: a short plain value."""
    if isinstance(value, str):
        value = value.encode("utf-8", "backslashreplace").decode()
        return value if len(value) <= LONGEST_VALUE_SHOWN else value[:LONGEST_VALUE_SHOWN] + "…"
    return value if isinstance(value, bool | int | float) else None


def pointer(*parts: object) -> str:
    """A JSON pointer (RFC 6901) to what lies at `parts`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
