"""The sheet by which an instalment is accepted, line by line, and the explanation of what is paid for it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from culture_admin.exchange.paper.register import Paper, register
from culture_admin.interfaces.money import in_capitals
from culture_admin.territory.models import Unit
from stewards.models import Acceptance, Signature
from stewards.paying import explained

S = Signature.State
RELATED = ("contract__place", "contract__firm__unit", "instalment", "evaluation__contract")


def sheet_of(acceptance: Acceptance) -> dict[str, object]:
    """The lines in their order, and who signs, with the names of those who have."""
    signatures = acceptance.signatures.select_related("unit", "signed_by").order_by("pk")
    lines = list(acceptance.lines.select_related("line").order_by("line__number"))
    return {
        "lines": lines,
        "points": sum(one.points or 0 for one in lines),
        "weight": sum(one.line.weight for one in lines),
        "signatures": [
            (one, one.signed_by.name if one.signed_by else "") for one in signatures if one.state != S.RELEASED
        ],
        "in_capitals": in_capitals(acceptance.payable),
        "bureau": _bureau(acceptance),
    }


def explanation_of(acceptance: Acceptance) -> dict[str, object]:
    """Every step of the reckoning, and what was paid of it."""
    return {
        "reckoned": explained(acceptance),
        "in_capitals": in_capitals(acceptance.payable),
        "payments": acceptance.payments.order_by("on", "pk"),
        "signed_by": [one.signed_by.name for one in acceptance.signatures.select_related("signed_by") if one.signed_by],
        "bureau": _bureau(acceptance),
    }


def _bureau(acceptance: Acceptance) -> Unit | None:
    return Unit.objects.filter(kind=Unit.Kind.BUREAU, division=acceptance.contract.place_id).order_by("pk").first()


register(
    Paper(
        code="acceptance-sheet",
        label=_("Acceptance sheet"),
        model=Acceptance,
        power="stewards.acceptances",
        template="acceptance_sheet.html",
        context=sheet_of,
        related=RELATED,
        order=("-last", "-pk"),
        beside=lambda acceptance: acceptance.get_state_display(),
        only=~Q(state=Acceptance.State.VOID),
    )
)
register(
    Paper(
        code="payment-explanation",
        label=_("Explanation of a payment"),
        model=Acceptance,
        power="stewards.payments",
        template="payment_explanation.html",
        context=explanation_of,
        related=RELATED,
        order=("-last", "-pk"),
        beside=lambda acceptance: acceptance.get_state_display(),
        only=Q(state__in=[Acceptance.State.SIGNING, Acceptance.State.ACCEPTED]),
    )
)
