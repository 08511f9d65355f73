"""Filters of the admin's lists: plain addresses, few queries, and a refusal for a value that is none of the choices."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import may
from culture_admin.interfaces.admin.rows import rows_of
from culture_admin.interfaces.problems import Fault, Problem, shown
from culture_admin.interfaces.queries import day, whole
from culture_admin.territory.models import Division, Level

TO = ".."


class ListFilter(SimpleListFilter):
    """One question a list can be asked.

    field: what it looks at. chips: the choices stand above the list, one click each; else they open from a button.
    """

    template = "interfaces/admin/filter.html"
    field = ""
    chips = False

    @classmethod
    def on(cls, field: str, **attributes: object) -> type[ListFilter]:
        """This filter, looking at `field`; the parameter is named like the field unless said otherwise."""
        return type(cls.__name__, (cls,), {"parameter_name": cls.parameter_name or field, "field": field, **attributes})

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin):
        self.request, self.model, self.model_admin = request, model, model_admin
        if self.title is None:
            self.title = model._meta.get_field(self.field).verbose_name
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() is None else self.narrow(queryset, self.value())

    def narrow(self, rows: QuerySet, written: str) -> QuerySet:
        """The rows that answer to what is written in the address; raises what `refusal` gives."""
        if written not in dict(self.lookup_choices):
            raise self.refusal(written)
        return rows.filter(**{self.field: written})

    def refusal(self, written: str) -> Problem:
        message = _("“%(value)s” is not one of the choices of the filter “%(filter)s”.") % {
            "value": shown(written),
            "filter": self.title,
        }
        fault = Fault("invalid_choice", message, parameter=self.parameter_name)
        return Problem(400, fault.code, faults=[fault])

    @property
    def chosen(self) -> object | None:
        """The label of what is chosen."""
        return dict(self.lookup_choices).get(self.value(), self.value())


class ChoiceFilter(ListFilter):
    """By a field with choices, or one behind a link. only: the choices worth a click; the others are understood in an address all the same."""

    only: tuple[str, ...] = ()

    def lookups(self, request, model_admin):
        choices = get_fields_from_path(self.model, self.field)[-1].choices
        return [choice for choice in choices if not self.only or choice[0] in self.only or choice[0] == self.value()]


class RowFilter(ListFilter):
    """By a foreign key into a short list."""

    def lookups(self, request, model_admin):
        rows = rows_of(request.user, self.model._meta.get_field(self.field).related_model, model_admin.admin_site)
        return [(str(row.pk), str(row)) for row in rows]


class ConditionFilter(ListFilter):
    """By named conditions: `{"expired": (_("Expired"), lambda rows, today: rows.filter(…))}`."""

    conditions: Mapping[str, tuple[object, Callable[[QuerySet, date], QuerySet]]] = {}

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _narrow) in self.conditions.items()]

    def narrow(self, rows, written):
        if written not in self.conditions:
            raise self.refusal(written)
        return self.conditions[written][1](rows, timezone.localdate())


class PlaceFilter(ListFilter):
    """By division, step by step from the reader's own territory down to the towns. field: the path rows lie at."""

    title = _("Place")
    parameter_name = "division"

    def lookups(self, request, model_admin):
        """The divisions below the chosen one, or beside it where it is a town."""
        chosen = self._division
        if chosen is None:
            above = self._territory
        else:
            above = {chosen.parent_id if chosen.level == Level.TOWN else chosen.pk}
        below = Division.objects.filter(parent__in=above).exclude(level=Level.VILLAGE)
        return [(str(division.pk), division.name) for division in below.governed().existing(timezone.localdate())]

    def narrow(self, rows, written):
        if self._division is None:
            raise self.refusal(written)
        return rows.filter(**{f"{self.field}__startswith": self._division.path})

    @property
    def chosen(self):
        return self._division and self._division.name

    @cached_property
    def _division(self) -> Division | None:
        key = whole(self.value() or "")
        return Division.objects.filter(pk=key).first() if key else None

    @property
    def _territory(self) -> set[int]:
        """The divisions the reader's offices lie in."""
        offices = [office for office in self.request.user.offices if may(office, self.model_admin.power, "see")]
        return {int(office.path.strip("/").split("/")[-1]) for office in offices}


class PeriodFilter(ListFilter):
    """By day: a year, a month, or any span written `2025-03-01..2025-04-15`. The last months and years are offered."""

    parameter_name = "period"
    months, years = 3, 4

    def lookups(self, request, model_admin):
        month, offered = timezone.localdate().replace(day=1), []
        years = [(str(month.year - back), str(month.year - back)) for back in range(self.years)]
        for _back in range(self.months):
            offered.append((f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")))
            month = (month - timedelta(days=1)).replace(day=1)
        return offered + years

    def narrow(self, rows, written):
        try:
            first, last = days_of(written)
        except ValueError as error:
            raise self.refusal(written) from error
        return rows.filter(**{f"{self.field}__gte": first, f"{self.field}__lte": last})


def days_of(written: str) -> tuple[date, date]:
    """First and last day of `2025`, `2025-03` or `2025-03-01..2025-04-15`; ValueError for anything else."""
    if TO in written:
        first, last = (day(part) for part in written.split(TO, 1))
        if first is None or last is None:
            raise ValueError(written)
        return first, last
    if first := day(f"{written}-01"):
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    if first := day(f"{written}-01-01"):
        return first, first.replace(month=12, day=31)
    raise ValueError(written)
