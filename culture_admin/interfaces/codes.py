"""A row of a code list, given and shown by its code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.lookups import Lookup
from culture_admin.interfaces.problems import shown


@extend_schema_field({"type": "string"})
class CodeField(serializers.SlugRelatedField):
    """A code list is public and short: its rows belong to nobody, so nothing is narrowed."""

    queryset: Any
    default_error_messages = {
        "does_not_exist": _("There is no such code: {value}. Known: {known}."),
        "invalid": _("Expected a code, as text."),
    }

    def __init__(self, **kwargs):
        super().__init__(slug_field="code", **kwargs)
        self.lookup = Lookup.of(self.queryset)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        found = self.lookup.find("code", data)
        if found is None:
            known = ", ".join(self.queryset.values_list("code", flat=True))
            self.fail("does_not_exist", value=shown(data), known=known)
        return found
