"""Who asks: the territory of his offices, the rows he may see, and the stations that are expected to report to him."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.asking import ask, may
from culture_admin.accounts.roles import FIRM
from culture_admin.accounts.scope import Scope
from culture_admin.interfaces.problems import Problem, nothing_here
from culture_admin.statistics.places import EVERYWHERE, ancestry, asked_paths
from culture_admin.statistics.questions import Hierarchy, Question
from culture_admin.statistics.register import Fact, Metric
from culture_admin.territory.models import Division, Unit

# A station is the unit of its own key, so the ground can count stations without knowing their file.
STATIONS = Scope("statistics", place="division__path", station="pk")


class Station(NamedTuple):
    """The unit of a station, as far as it matters who is expected to report; one that has moved once for each of its seats.

    since, until: the days it lay where `division_id` says.
    """

    pk: int
    division_id: int
    valid_from: date | None
    valid_to: date | None
    since: date | None = None
    until: date | None = None


class Memory(dict[Hashable, Any]):
    """What several questions that are asked at one time look up alike: divisions, stations, and who has answered for which month."""

    def of(self, key: Hashable, look_up: Callable[[], Any]) -> Any:
        """What was found under the key, looked up once."""
        if key not in self:
            self[key] = look_up()
        return self[key]


class Reader:
    """A user in the offices that may see statistics; without a user the system itself, which sees everything."""

    def __init__(self, user, database: str, hierarchy: str, memory: Memory | None = None):
        self.user, self.database = user, database
        self.memory = Memory() if memory is None else memory
        self.as_was = hierarchy == Hierarchy.AS_WAS
        self.paths = [EVERYWHERE]
        if user is not None:
            answer = ask(user.offices, "statistics", "see")
            if not answer:
                raise Problem(403, answer.code, answer.text)
            self.paths = _outermost([office.path for office in user.offices if may(office, "statistics", "see")])

    def roots(self, question: Question) -> list[str]:
        """The paths below which the question looks; a division outside the territory is answered like a missing one."""
        asked = question.division
        if asked is None:
            return self.paths
        if isinstance(asked, Division):
            found = [asked.path] if any(asked.path.startswith(path) for path in self.paths) else []
        else:
            end = question.period.end or question.as_of
            found = asked_paths(self.database, asked, self.paths, question.period.start, end)
        if not found:
            raise nothing_here()
        return _outermost(found)

    def check(self, metric: Metric) -> None:
        """Refuses a metric of whose rows no office may see any."""
        if not self.may_read(metric):
            message = _("“%(metric)s” is not open to your office.") % {"metric": metric.code}
            raise Problem(403, "not_your_power", message)

    def may_read(self, metric: Metric) -> bool:
        scopes = [getattr(amount.fact.model, "scope", None) for amount in metric.amounts]
        return self.user is None or all(scope is None or scope.offices(self.user) for scope in scopes)

    def sees_whole_stations(self, fact: Fact) -> bool:
        """Whether the rows he sees are all rows of some stations, and not only those of a firm or of himself."""
        scope = getattr(fact.model, "scope", None)
        if self.user is None or scope is None:
            return True
        return not any(office.role in FIRM for office in self.user.offices if may(office, scope.power, "see"))

    def keeps_place(self, fact: Fact | None = None) -> bool:
        """Whether the place a row lay in bounds what he reads of it, and not the station's present authority.

        Sums as it was stay with the territory they arose in, also those of a town that has left it since. Only the rows
        themselves, in lists, follow the station.
        """
        if self.user is None:
            return True
        power = fact.model.scope.power if fact and hasattr(fact.model, "scope") else "statistics"
        offices = [office for office in self.user.offices if may(office, "statistics", "see")]
        return self.as_was and all(
            office.unit_kind not in (Unit.Kind.STATION, Unit.Kind.FIRM) and may(office, power, "see")
            for office in offices
        )

    def visible(self, rows: Any, fact: Fact) -> QuerySet:
        """The rows among these that he may read."""
        rows = rows.using(self.database)
        return rows if self.keeps_place(fact) or not hasattr(rows.model, "scope") else rows.visible_to(self.user)

    def stations(self) -> QuerySet[Unit]:
        """The stations he may see, at whatever time they existed."""
        units = Unit.objects.using(self.database).filter(kind=Unit.Kind.STATION).order_by()
        if self.keeps_place():
            return units
        condition = STATIONS.condition(self.user)
        return units.none() if condition is None else units.filter(condition)


def existed(station: Station, start: date | None, end: date) -> bool:
    """Whether the station was there at some time of these days, both ends included."""
    return _overlaps(station.valid_from, station.valid_to, start, end) and _overlaps(
        station.since, station.until, start, end
    )


def days_there(station: Station, start: date | None, end: date) -> set[date]:
    """The first and the last of these days, as far as the station lay there; without a first day the last alone."""
    first, last = start or end, end
    if station.since and station.since > first:
        first = station.since
    if station.until and station.until <= last:
        last = station.until - timedelta(days=1)
    return {first, last}


def _overlaps(since: date | None, until: date | None, start: date | None, end: date) -> bool:
    return (since is None or since <= end) and (until is None or start is None or until > start)


def _outermost(paths: Sequence[str]) -> list[str]:
    """The paths without those that lie below another."""
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda path: len(ancestry(path))):
        if not any(path.startswith(above) for above in kept):
            kept.append(path)
    return kept
