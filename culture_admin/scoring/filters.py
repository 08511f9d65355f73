"""What a list of schemes is narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import OneOfFilter, ScopedFilterSet
from culture_admin.scoring.models import Scheme


class SchemeFilter(ScopedFilterSet):
    subject = OneOfFilter(choices=Scheme.Subject.choices)
    state = OneOfFilter(choices=Scheme.State.choices)

    class Meta:
        model = Scheme
        fields = ["place", "year", "edition"]
