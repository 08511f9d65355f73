"""Who heads a station on a day, and whom its certificate names as legal representative: one person, or a paper is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stations.models.certificate import Certificate
from stations.models.posts import OfficerPosting
from stations.models.station import Station


@dataclass(frozen=True, slots=True)
class Leadership:
    """What the postings and the certificate of a station say on a day."""

    head: OfficerPosting | None
    acting: OfficerPosting | None
    certificate: Certificate | None
    differ_since: date | None

    @property
    def representative(self) -> str:
        return self.certificate.legal_representative if self.certificate else ""


class Heads:
    """The postings to the post of head and the certificates of one station, read once."""

    def __init__(self, station: Station, postings: Sequence[OfficerPosting], certificates: Sequence[Certificate]):
        self.station, self.postings, self.certificates = station, postings, certificates

    @classmethod
    def of(cls, station: Station) -> Heads:
        return cls.of_each([station])[0]

    @classmethod
    def of_each(cls, stations: Sequence[Station]) -> list[Heads]:
        """Of many stations, in their order, with two queries."""
        postings: dict[int, list[OfficerPosting]] = {station.pk: [] for station in stations}
        certificates: dict[int, list[Certificate]] = {station.pk: [] for station in stations}
        heads = OfficerPosting.objects.standing().of_heads().filter(station__in=postings)
        for posting in heads.select_related("officer"):
            postings[posting.station_id].append(posting)
        for certificate in Certificate.objects.filter(station__in=postings):
            certificates[certificate.station_id].append(certificate)
        return [cls(station, postings[station.pk], certificates[station.pk]) for station in stations]

    def on(self, day: date) -> Leadership:
        """`differ_since`: since which day the certificate has named somebody who does not head the station, if it does."""
        there = [posting for posting in self.postings if _holds(posting, day)]
        head = next((posting for posting in there if not posting.acting), None)
        acting = next((posting for posting in there if posting.acting), None)
        certificate = max((paper for paper in self.certificates if _holds(paper, day)), key=_begin, default=None)
        return Leadership(head, acting, certificate, self._differ_since(head, certificate, day))

    def turns_from(self, day: date) -> list[date]:
        """The day itself and every later one on which somebody takes office or leaves it, or a certificate begins or ends."""
        rows = (*self.postings, *self.certificates)
        days = {edge for row in rows for edge in (row.valid_from, row.valid_to) if edge and edge > day}
        return [day, *sorted(days)]

    def _differ_since(self, head: OfficerPosting | None, certificate: Certificate | None, day: date) -> date | None:
        if certificate is None:
            return None
        if head is not None:
            same = _plain(head.officer.name) == _plain(certificate.legal_representative)
            return None if same else max(head.valid_from, certificate.valid_from)
        # Nobody heads the station: whom the certificate names has left, as far as he was on record.
        left = [
            posting.valid_to
            for posting in self.postings
            if posting.valid_to and posting.valid_to <= day and not posting.acting
            if _plain(posting.officer.name) == _plain(certificate.legal_representative)
        ]
        return max(*left, certificate.valid_from) if left else None


def _holds(row: OfficerPosting | Certificate, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to > day)


def _begin(paper: Certificate) -> date:
    return paper.valid_from


def _plain(name: str) -> str:
    """A name without the blanks that papers put between two signs."""
    return "".join(name.split())
