"""What can be printed of a record, as links beside it; and how sheets write things."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.db.models import Model

from culture_admin.exchange.paper.register import papers_of
from culture_admin.interfaces.admin.history import step_label

register = template.Library()


@register.inclusion_tag("paper/links.html", takes_context=True)
def papers(context: template.Context, record: Model | None) -> dict[str, object]:
    """Links to the papers of a record that the reader may print."""
    return {"record": record, "papers": papers_of(record, context["request"].user) if record else []}


@register.filter
def figure(value: object) -> str:
    """A number with its thousands told apart; a dash where nothing is recorded."""
    return "—" if value is None else f"{value:,}"


@register.filter
def money(value: Decimal | None) -> str:
    """Yuan with their two decimals; a dash where nothing is recorded."""
    return "—" if value is None else f"{value:,.2f}"


register.filter("step", step_label)
