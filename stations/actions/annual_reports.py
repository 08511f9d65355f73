"""Annual reports: opened for every legal person at once, begun with what the system knows, written on by the station."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS, STATION, Metric
from stations.actions.rows import OFFICIAL
from stations.models import AnnualReport, Certificate, Grading, Registration, Title
from stations.models.registration import Item, Kind

# The figures of a year that stand in a report, as far as the system counts them; asked by code, of whichever floor they are.
FIGURES = (
    "activities.held", "activities.sessions", "activities.class_hours", "activities.courses", "activities.person_times",
    "activities.online_person_times", "activities.visits", "activities.teams", "activities.works", "activities.prizes",
    "stations.officers", "stations.trainings", "stations.floor_area", "stations.budget", "stations.paid", "stations.spending",
    "stations.complaints",
)  # fmt: skip
STAFF, COMPLAINTS, PRIZES = "stations.officers", "stations.complaints", "activities.prizes"
# What the sentence on the year's work is made of.
WORK = FIGURES[: FIGURES.index(PRIZES)]
# What the yearly facts say of money, once they are confirmed.
INCOME, EXPENDITURE = "stations.income", "stations.expenditure"
ENTERED = tuple(
    field.name for field in AnnualReport._meta.concrete_fields if field.editable and field.name != "registration"
)
Plain = int | float | str | None


def begin_reports(registrations: Sequence[Registration], at: datetime) -> None:
    """Writes the content of fresh reports of one year: figures, changes, awards, complaints as they are known."""
    if not registrations:
        return
    year = registrations[0].year
    known = _Known(registrations, year, at)
    AnnualReport.objects.bulk_create(known.report(one) for one in registrations)


def read_again(registration: Registration, at: datetime) -> AnnualReport:
    """Reads the figures of the year once more and fills in what is still empty; what the station has written stays."""
    report, fresh = registration.report, _Known([registration], registration.year, at).report(registration)
    report.figures = fresh.figures
    for name in ENTERED:
        if getattr(report, name) in (None, ""):
            setattr(report, name, getattr(fresh, name))
    report.save()
    return report


def known_figures(report: AnnualReport) -> list[tuple[Metric, Plain]]:
    """The figures of the year in the order in which a report tells them."""
    return [(METRICS[code], report.figures[code]) for code in FIGURES if code in report.figures and code in METRICS]


def change_report(registration: Registration, changes: Mapping[str, Any]) -> AnnualReport:
    """What the station says in its report; whoever calls has the case locked. Raises ValidationError below `report`."""
    if registration.kind != Kind.ANNUAL_REPORT:
        message = _("Only an annual report has this content.")
        raise ValidationError({"report": ValidationError(message, "not_of_kind")})
    report = registration.report
    for name, value in changes.items():
        setattr(report, name, value)
    report.full_clean(exclude=["registration"])
    report.save()
    return report


class _Known:
    """What the system knows of the year of some stations."""

    def __init__(self, registrations: Sequence[Registration], year: int, at: datetime) -> None:
        stations = [one.station_id for one in registrations]
        self.figures = _figures(stations, year, at, FIGURES)
        self.money = _figures(stations, year, at, (INCOME, EXPENDITURE))
        self.certificates = _by_station(
            Certificate.objects.filter(station__in=stations, registration__kind=Kind.CHANGE, valid_from__year=year)
            .select_related("registration")
            .order_by("valid_from")
        )
        self.titles = _by_station(Title.objects.standing().filter(station__in=stations, year=year).order_by("pk"))
        self.gradings = _by_station(
            Grading.objects.standing().filter(station__in=stations, valid_from__year=year).order_by("pk")
        )

    def report(self, registration: Registration) -> AnnualReport:
        key = registration.station_id
        figures, money = self.figures.get(key, {}), self.money.get(key, {})
        with translation.override(OFFICIAL):
            return AnnualReport(
                registration=registration,
                figures=figures,
                activities=_work(figures),
                income=_yuan(money.get(INCOME)),
                expenditure=_yuan(money.get(EXPENDITURE)),
                changes=self._changes(key),
                performance=self._performance(key, figures),
                complaints=_complaints(figures),
                staff=figures.get(STAFF),
                telephone=registration.station.telephone,
            )

    def _changes(self, key: int) -> str:
        lines = [
            f"{one.valid_from} {'、'.join(str(Item(item).label) for item in one.registration.items)}"
            for one in self.certificates.get(key, [])
        ]
        return "\n".join(lines) or _("Nothing that is registered has changed this year.")

    def _performance(self, key: int, figures: Mapping[str, Plain]) -> str:
        lines = [f"{title.title}（{title.document}）" for title in self.titles.get(key, [])]
        lines += [f"{grading.get_grade_display()}（{grading.document}）" for grading in self.gradings.get(key, [])]
        if figures.get(PRIZES):
            lines.append(f"{METRICS[PRIZES].label} {figures[PRIZES]}")
        return "\n".join(lines)


def _work(figures: Mapping[str, Plain]) -> str:
    """What was done in the year, in one sentence; empty where nothing is recorded."""
    known = [(METRICS[code], figures[code]) for code in WORK if figures.get(code)]
    return "；".join(f"{metric.label} {_told(value)} {metric.unit}" for metric, value in known)


def _complaints(figures: Mapping[str, Plain]) -> str:
    number = figures.get(COMPLAINTS)
    return f"{METRICS[COMPLAINTS].label} {number}" if number else _("No complaint of this year is on record.")


def _told(value: Plain) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def _yuan(value: Plain) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _figures(stations: Collection[int], year: int, at: datetime, asked: Iterable[str]) -> dict[int, dict[str, Plain]]:
    """The figures of the year by station and code; a figure that nobody has recorded is left out."""
    codes = [code for code in asked if code in METRICS and STATION in METRICS[code].dimensions]
    table = read(
        codes, by=[STATION], where={STATION: sorted(stations)}, period=Period.of(Grain.YEAR, date(year, 1, 1)), at=at
    )
    return {
        int(str(row.keys[STATION])): {code: _plain(value) for code, value in row.values.items() if value is not None}
        for row in table.rows
    }


def _plain(value: Any) -> Plain:
    """A number as JSON has it; money as text."""
    return value if isinstance(value, int) else str(value) if isinstance(value, str) else float(value)


def _by_station(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.station_id, []).append(row)
    return found
