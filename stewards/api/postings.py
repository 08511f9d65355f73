"""The collection of postings."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import PostingFilter
from stewards.models import Posting
from stewards.serializers import PostingSerializer


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
