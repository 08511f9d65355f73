"""What a row of a roster may bring in: whom it means, which post he takes, and why a row is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.territory.models import Unit
from culture_admin.workflow.days import in_the_future
from stations.models import Officer, OfficerData, OfficerPosting, PersonnelCase, Post
from stations.models.posts import FULL_TIME

FACTS = ("name", "sex", "education", "school", "speciality", "title", "title_on", "entered_on")
TEXTS = ("sex", "education", "school", "speciality", "title")
ACTING = "acting"
HEAD = Post.Kind.HEAD.value
Row = dict[str, Any]
# By field: the code and the sentence of what is wrong.
Fault = tuple[str, str, str]


@dataclass
class Place:
    """A post that a row takes: one of the plan, or one that comes in with the row."""

    kind: str
    name: str
    tenure: str
    valid_from: date
    valid_to: date | None = None
    pk: int | None = None
    held: list[tuple[date, date | None]] = field(default_factory=list)

    def is_free(self, since: date, until: date | None) -> bool:
        """Whether it exists from the one day until the other, and nobody holds it on any day between."""
        if self.valid_from > since or (self.valid_to and (until is None or until > self.valid_to)):
            return False
        return not any(_overlap(since, until, *other) for other in self.held)


class Roster:
    """A station's file as a roster is compared with it, read with a fixed number of queries."""

    def __init__(self, unit: Unit, numbers: Sequence[str | None], today: date):
        self.unit, self.today = unit, today
        here = Q(station_id=unit.pk) | Q(
            pk__in=OfficerPosting.objects.lasting(today).filter(station_id=unit.pk).values("officer")
        )
        self.officers = {one.pk: one for one in Officer.objects.living().filter(here).select_related("data")}
        self.by_name: dict[str, list[Officer]] = defaultdict(list)
        for officer in self.officers.values():
            self.by_name[_plain(officer.name)].append(officer)
        self.known = _known(numbers)
        self.postings: dict[int, list[OfficerPosting]] = defaultdict(list)
        for posting in OfficerPosting.objects.standing().filter(officer__in=self.officers).select_related("post"):
            self.postings[posting.officer_id].append(posting)
        self.in_case = set(
            PersonnelCase.objects.open().filter(officer__in=self.officers).values_list("officer", flat=True)
        )
        appointments = PersonnelCase.objects.open().filter(station_id=unit.pk, kind=PersonnelCase.Kind.APPOINTMENT)
        self.appointing = appointments.exists()
        self.places = _places(unit)
        heads = OfficerPosting.objects.standing().of_heads().filter(station_id=unit.pk, acting=False)
        self.head_since = min(heads.values_list("valid_from", flat=True), default=None)

    def whom(self, row: Row) -> tuple[Officer | None, Fault | None]:
        """The officer on file whom a row means, None for somebody new, or why that cannot be told."""
        number, namesakes = row["identity_number"], self.by_name[_plain(row["name"])]
        if number in self.known:
            officer = self.officers.get(self.known[number])
            if officer is None:
                message = _(
                    "Somebody with this identity number is on file already. If the person changes post, file a transfer."
                )
                return None, ("identity_number", "officer_known", message)
            return officer, None
        if number:
            namesakes = [one for one in namesakes if not _has_number(one)]
        if len(namesakes) > 1:
            message = _("%(count)d officers on file here are called %(name)s; write the identity number.")
            return None, ("name", "officer_ambiguous", message % {"count": len(namesakes), "name": row["name"]})
        return (namesakes[0] if namesakes else None), None

    def serves(self, officer: Officer) -> OfficerPosting | None:
        """The posting he has at this station today, or is to have."""
        there = (one for one in self.postings[officer.pk] if one.station_id == self.unit.pk and not one.acting)
        return next((one for one in there if one.lasts(self.today)), None)

    def faults_of_posting(self, row: Row, officer: Officer | None) -> Iterator[Fault]:
        """Why the row brings in no posting: its days, a case, another post, or the rule by which a head is appointed."""
        since, until = row["valid_from"], row["valid_to"]
        if row["post_kind"] == ACTING:
            message = _(
                "Who acts in a post does so until a day: the personnel section enters it in the list of postings."
            )
            yield "post", "acting_until", message
            return
        if since is None:
            yield "valid_from", "since_missing", _("Say since when the post is held: 任职日期.")
        elif in_the_future(since, self.today):
            yield "valid_from", "in_the_future", _("What is still to come goes by a personnel case.")
        if until and since and until <= since:
            yield "last_day", "end_before_begin", _("The last day lies before the first.")
        elif until and until <= self.today:
            message = _(
                "The term was over on %(day)s. Write the day until which it was prolonged, or leave the row out."
            )
            yield "last_day", "term_over", message % {"day": row["last_day"]}
        if officer and officer.pk in self.in_case:
            yield "name", "case_open", _("There is an open case about this officer already; it is decided first.")
        if since and officer and row["share"] == FULL_TIME:
            for held in self.postings[officer.pk]:
                if (
                    held.share == FULL_TIME
                    and not held.acting
                    and _overlap(since, until, held.valid_from, held.valid_to)
                ):
                    message = _("The officer holds a full-time post since %(day)s; end that first, or write 兼职.")
                    yield "post", "full_time_twice", message % {"day": held.valid_from}
                    break
        if row["post_kind"] == HEAD:
            yield from self._faults_of_head()

    def _faults_of_head(self) -> Iterator[Fault]:
        """A roster says who heads a station when it is first entered. From then on the bureau appoints (DM-1)."""
        if self.head_since:
            message = _(
                "The station has had a head on record since %(day)s. A new one is recommended by the town and appointed by"
                " the bureau, in a personnel case."
            )
            yield "post", "head_by_case", message % {"day": self.head_since}
        elif self.appointing:
            message = _("A head is being appointed in a personnel case; the roster does not go before it.")
            yield "post", "head_by_case", message

    def take(self, row: Row) -> tuple[Place | None, Fault | None]:
        """The post a row takes: a free one of its kind, else a new one; or why there can be none."""
        kind, since, until, tenure = row["post_kind"], row["valid_from"], row["valid_to"], row["tenure"]
        free = [place for place in self.places if place.kind == kind and place.is_free(since, until)]
        fitting = [place for place in free if tenure in (None, place.tenure)]
        place = max(fitting, key=lambda place: place.name == row["post"], default=None)
        if place is None:
            if kind == HEAD and (other := next((one for one in self.places if one.kind == HEAD), None)):
                message = _(
                    "The plan has a post of head since %(day)s that does not fit: %(name)s. Mend the plan, or the row."
                )
                return None, ("post", "one_head", message % {"day": other.valid_from, "name": other.name})
            if tenure is None:
                message = _("A new post comes in with this row: say how it is held, 在编, 合同, 政府购买 or 下派.")
                return None, ("tenure", "tenure_missing", message)
            place = Place(kind, self._name_for(row["post"], since), tenure, since)
            self.places.append(place)
        place.held.append((since, until))
        if kind == HEAD:
            self.head_since = since
        return place, None

    def _name_for(self, written: str, since: date) -> str:
        """The name of a new post: as it is written, numbered where the station has it from the same day already."""
        taken = {place.name for place in self.places if place.valid_from == since}
        names = [written, *(f"{written}（{number}）" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)


def faults_of_file(row: Row, officer: Officer | None, unit: Unit) -> Iterator[Fault]:
    """What the declarations of the officer's file say of a row, and whether its personal data agree."""
    born = row["born"]
    if born and row["birth_date"] and not _agree(born, row["birth_date"], row["birth_known"]):
        message = _("The day of birth and the identity number differ; one of the two is wrong.")
        yield "birth_date", "birth_differs", message
    if row["station"] and not _is_named(unit, row["station"]):
        message = _("The row is of %(written)s, and the roster is brought in for %(station)s.")
        yield "station", "other_station", message % {"written": row["station"], "station": unit.name}
    if officer is not None:
        return
    said = {name: row[name] or "" if name in TEXTS else row[name] for name in FACTS}
    file = Officer(**said, recorded_at=timezone.now())
    try:
        file.clean_fields(exclude=["station", "county", "user", "recorded_by", "search"])
        file.clean()
    except ValidationError as refused:
        for name, errors in refused.error_dict.items():
            yield name, errors[0].code or "invalid", " ".join(refused.message_dict[name])


def _known(numbers: Sequence[str | None]) -> dict[str | None, int]:
    """By identity number: the officer of the whole land whose file has it, under whichever key it was kept."""
    kept: Any = OfficerData._meta.get_field("identity_print")
    prints = {print_: number for number in set(numbers) if number for print_ in kept.of_value(number)}
    found = OfficerData.objects.filter(identity_print__in=prints).values_list("identity_print", "officer")
    return {prints[print_]: officer for print_, officer in found}


def _places(unit: Unit) -> list[Place]:
    places = {
        post.pk: Place(post.kind, post.name, post.tenure, post.valid_from, post.valid_to, post.pk)
        for post in Post.objects.filter(station_id=unit.pk).order_by("valid_from", "pk")
        if post.valid_to != post.valid_from
    }
    held = OfficerPosting.objects.standing().filter(post__in=places, acting=False)
    for post, since, until in held.values_list("post", "valid_from", "valid_to"):
        places[post].held.append((since, until))
    return list(places.values())


def _has_number(officer: Officer) -> bool:
    data = getattr(officer, "data", None)
    return data is not None and data.identity_number is not None


def _agree(born: date, written: date, known: str) -> bool:
    """Whether a day of birth that is known by its year, its month or its day is that of the identity number."""
    parts = {"year": 1, "month": 2}.get(known, 3)
    return born.timetuple()[:parts] == written.timetuple()[:parts]


def _is_named(unit: Unit, written: str) -> bool:
    """Whether what stands in a row means the station: its name, its town's, or a part of one."""
    return any(name in written or written in name for name in (unit.name_zh, unit.division.name_zh))


def _plain(name: str) -> str:
    return "".join(name.split())


def _overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    return (other_until is None or since < other_until) and (until is None or other_since < until)
