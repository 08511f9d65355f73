"""The collections of stewards: firms, stewards, postings."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import FirmFilter, PostingFilter, StewardFilter
from stewards.models import Firm, Posting, Steward
from stewards.serializers import FirmSerializer, PostingSerializer, StewardSerializer


class FirmViewSet(ScopedViewSet):
    """Service providers."""

    model = Firm
    serializer_class = FirmSerializer
    filterset_class = FirmFilter
    joins = ("unit",)


class StewardViewSet(ScopedViewSet):
    """Cultural stewards."""

    model = Steward
    serializer_class = StewardSerializer
    filterset_class = StewardFilter
    create_verb = actions.add_steward
    writers = ("decide",)
    joins = ("firm__unit",)


class PostingViewSet(ScopedViewSet):
    """Which steward serves which station from when to when."""

    model = Posting
    serializer_class = PostingSerializer
    filterset_class = PostingFilter
    create_verb = actions.post_steward
    writers = ("decide",)
    key_required = True
    joins = ("steward", "station__unit")
    orders = ("-valid_from", "pk")
