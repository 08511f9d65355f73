"""What time off post does to an officer's rights: counted from the ledger, with rule, source and days (DM-4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from stations.models.off_post import OffPost
from stations.models.officers import Officer
from stations.models.posts import Post

BASIS = _("Dual management of Cixi, rules on established officers who are off post")
NO_PROMOTION = _("Who is established but off post takes no part in the promotion of professional titles of that year.")
SERVICE_REDUCED = _("Years of service are reduced from the day of leaving the post until the day of return.")


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry of the ledger as far as it counts: from its first day to the last, both off post."""

    off_post: OffPost
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from the ledger for one officer: the rule, where it stands, and the entries that were counted."""

    rule: Any
    basis: Any
    entries: Sequence[Counted]

    @property
    def days(self) -> int:
        return sum(entry.days for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Eligibility(Consequence):
    """Whether an officer may take part in a year's promotion: one counted day off post in it, and he may not."""

    year: int

    @property
    def eligible(self) -> bool:
        return not self.entries


@dataclass(frozen=True, slots=True)
class Service(Consequence):
    """The years of service of an officer on a day: whole years and days, in all and as they are credited."""

    entered_on: date
    on: date

    @property
    def whole(self) -> tuple[int, int]:
        return years_between(self.entered_on, self.on)

    @property
    def credited(self) -> tuple[int, int]:
        return years_between(min(self.entered_on + timedelta(days=self.days), self.on), self.on)


def eligibility(officer: Officer, year: int, today: date) -> Eligibility:
    """Whether the officer may take part in the promotion of a year, by what the ledger says on `today`."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    return Eligibility(NO_PROMOTION, BASIS, _counted(officer, first, last), year)


def service(officer: Officer, on: date) -> Service | None:
    """The years of service on a day; None where it is not recorded when the officer began to work."""
    if officer.entered_on is None or officer.entered_on > on:
        return None
    counted = _counted(officer, officer.entered_on, on - timedelta(days=1))
    return Service(SERVICE_REDUCED, BASIS, counted, officer.entered_on, on)


def years_between(first: date, last: date) -> tuple[int, int]:
    """Whole years and the days beyond them."""
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    anniversary = first.replace(year=first.year + years, day=28 if (first.month, first.day) == (2, 29) else first.day)
    return years, (last - anniversary).days


def _counted(officer: Officer, first: date, last: date) -> list[Counted]:
    """The entries that count within a span, each cut to it; only time in an established post counts."""
    held = [posting for posting in officer.postings.all() if _established(posting)]
    found = []
    for off_post in sorted(_counting(officer.absences.all()), key=lambda entry: entry.valid_from):
        begins = max(off_post.valid_from, first)
        ends = min(off_post.valid_to - timedelta(days=1), last) if off_post.valid_to else last
        if begins <= ends and any(_meet(posting, off_post) for posting in held):
            found.append(Counted(off_post, begins, ends))
    return found


def _counting(entries: Iterable[OffPost]) -> list[OffPost]:
    return [entry for entry in entries if entry.counts]


def _established(posting) -> bool:
    return posting.state == posting.State.VALID and posting.post.tenure == Post.Tenure.ESTABLISHED


def _meet(posting, off_post: OffPost) -> bool:
    """Whether the posting was held on the day the officer left."""
    begun = posting.valid_from <= off_post.valid_from
    return begun and (posting.valid_to is None or posting.valid_to > off_post.valid_from)
