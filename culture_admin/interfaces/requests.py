"""Requests as the web server hands them over: text is UTF-8, whatever a header says."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Reads addresses and forms as UTF-8.

    Django would decode them by the charset of Content-Type, and dies before any middleware when that names a codec which
    is not for text, such as `hex`. A JSON body of another charset is refused by its parser.
    """

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
