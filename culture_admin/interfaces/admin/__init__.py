"""The admin's base: scoped rows, permissions from the matrix, steps from the flow, writes through verbs."""

from culture_admin.interfaces.admin.cells import chip, day, in_column, link, moment, number, yuan
from culture_admin.interfaces.admin.filters import (
    ChoiceFilter,
    ConditionFilter,
    ListFilter,
    PeriodFilter,
    PlaceFilter,
    RowFilter,
)
from culture_admin.interfaces.admin.forms import DayInput, VerbForm
from culture_admin.interfaces.admin.model_admin import Panel, ScopedModelAdmin
from culture_admin.interfaces.admin.once import shown_once
from culture_admin.interfaces.admin.personal import WithPersonal
from culture_admin.interfaces.admin.rows import territory_of
from culture_admin.interfaces.admin.steps import Act

__all__ = [
    "Act",
    "ChoiceFilter",
    "ConditionFilter",
    "DayInput",
    "ListFilter",
    "Panel",
    "PeriodFilter",
    "PlaceFilter",
    "RowFilter",
    "ScopedModelAdmin",
    "VerbForm",
    "WithPersonal",
    "chip",
    "day",
    "in_column",
    "link",
    "moment",
    "number",
    "shown_once",
    "territory_of",
    "yuan",
]
