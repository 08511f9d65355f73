"""The language of a page without an account: the one in the address, else that of the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from culture_admin.interfaces.queries import QueryParameters

PARAMETER = "language"


def public_page(*parameters: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page that anybody opens, with the parameters its address may have; `?language=` is a link anybody may follow."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            query = QueryParameters(request, known={PARAMETER, *parameters})
            language = query.choice(PARAMETER, [code for code, _name in settings.LANGUAGES])
            query.check()
            with translation.override(language or translation.get_language()):
                response = view(request, query, *args, **kwargs)
                response.headers["Content-Language"] = translation.get_language() or ""
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response

        return answered

    return decorate
