"""What the collections of dated rows of a station's file have alike."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet


class OfStationViewSet(ScopedViewSet):
    joins: tuple[str, ...] = ("station__unit",)
    orders = ("-valid_from", "pk")
