"""The table of the national form for cultural stations, in its units: what was entered, and what the records say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.spreadsheets import Sheet
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from stations.models import Station, YearlyFacts
from stations.models.yearly import EARLIEST_YEAR, LATEST_YEAR, last_day

THOUSAND = 1000


@dataclass(frozen=True)
class Column:
    """One column: an entered fact by its name, or a number of this system by its code; divided by `per`."""

    label: object
    fact: str = ""
    metric: str = ""
    kind: str = ""
    per: int = 1


# DOMAIN.md §7.5, from the national yearbook; money in thousand yuan, books and people-times in thousands.
COLUMNS = (
    Column(gettext_lazy("Staff (people)"), fact="staff"),
    Column(gettext_lazy("Senior titles (people)"), fact="senior_titles"),
    Column(gettext_lazy("Middle titles (people)"), fact="middle_titles"),
    Column(gettext_lazy("Exhibitions (number)"), metric="activities.held", kind="EXHB"),
    Column(gettext_lazy("Art activities (times)"), metric="activities.held", kind="PERF"),
    Column(gettext_lazy("Lectures (times)"), metric="activities.held", kind="LECT"),
    Column(gettext_lazy("Training classes (number)"), metric="activities.courses"),
    Column(gettext_lazy("Person-times served (thousand)"), metric="activities.person_times", per=THOUSAND),
    Column(gettext_lazy("Amateur teams (number)"), metric="activities.teams"),
    Column(gettext_lazy("Books (thousand volumes)"), fact="books", per=THOUSAND),
    Column(gettext_lazy("Computers"), fact="computers"),
    Column(gettext_lazy("Terminals of the electronic reading room"), fact="terminals"),
    Column(gettext_lazy("Mobile stages"), fact="stages"),
    Column(gettext_lazy("Volunteers"), fact="volunteers"),
    Column(gettext_lazy("Floor area (thousand m²)"), metric="stations.floor_area", per=THOUSAND),
    Column(gettext_lazy("Assets (thousand yuan)"), fact="assets", per=THOUSAND),
    Column(gettext_lazy("Fixed assets (thousand yuan)"), fact="fixed_assets", per=THOUSAND),
    Column(gettext_lazy("Income (thousand yuan)"), fact="income", per=THOUSAND),
    Column(gettext_lazy("Appropriated (thousand yuan)"), fact="income_appropriated", per=THOUSAND),
    Column(gettext_lazy("From services (thousand yuan)"), fact="income_service", per=THOUSAND),
    Column(gettext_lazy("From business (thousand yuan)"), fact="income_business", per=THOUSAND),
    Column(gettext_lazy("Other income (thousand yuan)"), fact="income_other", per=THOUSAND),
    Column(gettext_lazy("Expenditure (thousand yuan)"), fact="expenditure", per=THOUSAND),
    Column(gettext_lazy("Basic expenditure (thousand yuan)"), fact="expenditure_basic", per=THOUSAND),
    Column(gettext_lazy("Project expenditure (thousand yuan)"), fact="expenditure_project", per=THOUSAND),
    Column(gettext_lazy("Business expenditure (thousand yuan)"), fact="expenditure_business", per=THOUSAND),
    Column(gettext_lazy("Of it for books (thousand yuan)"), fact="books_bought", per=THOUSAND),
)


def national_form(user, year: int) -> Sheet:
    """A line for each station the user sees that existed at the end of the year, with whether its facts are confirmed.

    What is not recorded is an empty cell. Raises Problem for a year that is none.
    """
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        message = _("A year like 2025 is expected.")
        raise Problem(400, "year_range", faults=[Fault("year_range", message, parameter="year")])
    stations = Station.objects.visible_to(user).existing(last_day(year)).select_related("unit", "division")
    rows = YearlyFacts.objects.visible_to(user).filter(year=year)
    facts = {one.station_id: one for one in rows}
    numbers = {column: _by_station(user, year, column) for column in COLUMNS if column.metric}
    header = [_("Station"), _("Division code"), _("Facts of the year"), *(str(column.label) for column in COLUMNS)]
    title = _("National form %(year)d") % {"year": year}
    return Sheet(title, header, _lines(list(stations.order_by("division__code")), facts, numbers))


def _lines(
    stations: Sequence[Station], facts: dict[int, YearlyFacts], numbers: dict[Column, dict[int, object]]
) -> Iterator[list[object]]:
    for station in stations:
        entered = facts.get(station.pk)
        state = entered.get_state_display() if entered else None
        values = [
            numbers[column].get(station.pk) if column.metric else getattr(entered, column.fact, None)
            for column in COLUMNS
        ]
        shown = [
            value if value is None or column.per == 1 else value / column.per
            for column, value in zip(COLUMNS, values, strict=True)
        ]
        yield [station.name, station.division.code, state, *shown]


def _by_station(user, year: int, column: Column) -> dict[object, object]:
    """The number of each station in the year."""
    where = {"kind": column.kind} if column.kind else {}
    period = Period(date(year, 1, 1), last_day(year))
    table = read([column.metric], user=user, by=["station"], period=period, where=where)
    return {row.keys["station"]: row.values[column.metric] for row in table.rows}
