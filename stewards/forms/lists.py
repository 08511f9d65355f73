"""The columns of a contract's lists: its service list, its payment plan, the steps of its factor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stewards import codes
from stewards.forms.rows import CHOICE, DAY, DECIMAL, MONEY, NUMBER, TICK, Part
from stewards.models import Measure, PlannedPayment

LINE_PARTS = (
    Part("number", _("No."), NUMBER, marks=False),
    Part("item", _("Service item"), needed=True),
    Part("measure", _("Counted in"), CHOICE, lambda: Measure.choices, needed=True),
    Part("station", _("Station"), CHOICE, marks=False),
    Part("kind", _("Kind of activity"), CHOICE, lambda: list(codes.words_of("kind").items()), marks=False),
    Part("genre", _("Genre"), CHOICE, lambda: list(codes.words_of("genre").items()), marks=False),
    Part("target", _("Target"), DECIMAL, needed=True),
    Part("unit_price", _("Unit price (yuan)"), MONEY, needed=True),
    Part("weight", _("Weight (%)"), NUMBER, needed=True),
    Part("first", _("From"), DAY, marks=False),
    Part("last", pgettext_lazy("a day", "To"), DAY, marks=False),
    Part("orderable", _("Can be ordered"), TICK, marks=False),
)
PLAN_PARTS = (
    Part("share", _("Share of the amount (%)"), NUMBER, needed=True),
    Part("when", pgettext_lazy("an instalment", "Due"), CHOICE, lambda: PlannedPayment.When.choices, needed=True),
    Part("due_on", _("Planned for"), DAY, marks=False),
    Part("by_performance", _("By performance"), TICK, marks=False),
)
STEP_PARTS = (
    Part("least", _("From a score of"), NUMBER, needed=True),
    Part("percent", _("Is paid (%)"), NUMBER, needed=True),
)
