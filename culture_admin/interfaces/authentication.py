"""Who asks: a key in the Authorization header, or the browser's session with its CSRF token."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, CSRFCheck, SessionAuthentication

from culture_admin.accounts import keys
from culture_admin.accounts.actions import revoke_key
from culture_admin.accounts.models import ApiKey
from culture_admin.interfaces.problems import PAGE_EXPIRED

LONGEST_KEY = 200
_KEY_IN_ADDRESS = re.compile(rf"{keys.PREFIX}_[{keys.ALPHABET}]{{10}}_[\w-]+", re.ASCII)


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY`. Every unusable key gets the same answer."""

    def authenticate(self, request):
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            _refuse_key_in_address(request)
            return None
        scheme, _blank, key = header.partition(" ")
        user = None
        if scheme.lower() == "bearer" and len(key) <= LONGEST_KEY and key.isascii():
            user = keys.authenticate(key.strip(), client_address(request))
        if user is None:
            raise exceptions.AuthenticationFailed(
                _("The key is unknown, expired, revoked or not allowed from this address."), code="key_invalid"
            )
        return user, None

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


class BrowserAuthentication(SessionAuthentication):
    """The session of the pages; a write needs the page's CSRF token."""

    def enforce_csrf(self, request):
        check: Any = CSRFCheck(HttpResponse)
        check.process_request(request)
        if check.process_view(request, None, (), {}):
            raise exceptions.PermissionDenied(PAGE_EXPIRED, code="csrf")


def _refuse_key_in_address(request) -> None:
    """A key in an address stands in every log on the way: it is revoked."""
    found = _KEY_IN_ADDRESS.search(request.META.get("QUERY_STRING", ""))
    if not found:
        return
    user: Any = keys.authenticate(found.group(), client_address(request))
    if user:
        revoke_key(actor=None, key=ApiKey.objects.get(pk=user.key_id))
    raise exceptions.AuthenticationFailed(
        _("A key in an address is read by everyone on the way. It is revoked; send a new one in the header."),
        code="key_in_address",
    )


def client_address(request: HttpRequest) -> str:
    """The address of the client: the last one that a trusted proxy has seen."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while forwarded and _is_trusted(address):
        address = forwarded.pop().strip() or address
    return address


def _is_trusted(address: str) -> bool:
    try:
        return any(ipaddress.ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False
