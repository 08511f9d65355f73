"""What every answer carries, and what becomes of a Problem raised in a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from culture_admin.interfaces.problems import Problem, answer


class AnswersMiddleware:
    """Keeps what a signed-in reader gets out of every cache, and answers problems raised in pages.

    A page of one user must not come back to another from a proxy or from the back button after signing out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie", "Authorization"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(exception, request) if isinstance(exception, Problem) else None
