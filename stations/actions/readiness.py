"""What a case lacks before it may be filed, all of it said at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from culture_admin.accounts.roles import Role
from culture_admin.workflow.steps import Obstacle
from stations.actions.rounds import report_of
from stations.models import Certificate, OfficerPosting, Post, Registration
from stations.models.documents import checklist
from stations.models.registration import Ground, Item, Kind

# Children of a case that the rules look at; a set fetches them at once.
FETCHED = (
    "documents__attachment",
    "station__certificates",
    "station__unit__memberships__user",
    Prefetch("station__officerpostings", OfficerPosting.objects.of_heads().select_related("officer", "post")),
)
# What a certificate cannot be without.
ASKED = ("name", "legal_representative", "purpose", "funding", "domicile", "startup_funds", "sponsor")
# Start-up funds are registered anew when they have changed by more than a fifth (DOMAIN.md §3.4).
FIFTH = Decimal("0.2")


def not_ready(registration: Registration, day: date) -> Obstacle | None:
    """Why the case cannot be filed on the day; None when it can."""
    found = list(_lacking(registration, day))
    if not found:
        return None
    return Obstacle(found[0].code, " ".join(obstacle.text for obstacle in found))


def _lacking(registration: Registration, day: date) -> Iterator[Obstacle]:
    yield from _missing_documents(registration)
    yield from _missing_words(registration)
    yield from _against_certificate(registration, newest_certificate(registration, day), day)
    if registration.kind == Kind.ESTABLISHMENT or Item.LEGAL_REPRESENTATIVE in registration.items:
        yield from _not_the_head(registration, day)
    if registration.kind == Kind.ANNUAL_REPORT and registration.year >= day.year:
        text = _("The report of %(year)s is filed from 1 January %(next)s on.")
        yield Obstacle("too_early", text % {"year": registration.year, "next": registration.year + 1})


def newest_certificate(registration: Registration, day: date) -> Certificate | None:
    """The certificate of the day, or the last one before it; reads the station's certificates as far as they are fetched."""
    begun = [one for one in registration.station.certificates.all() if one.valid_from <= day]
    return max(begun, key=lambda one: one.valid_from, default=None)


def head_of(registration: Registration, day: date) -> str | None:
    """The name of the station's head on the day: who holds the post; where no post is on file, who holds the office."""
    for posting in registration.station.officerpostings.all():
        if posting.post.kind == Post.Kind.HEAD and not posting.acting and posting.holds(day):
            return posting.officer.name
    heads = [
        office
        for office in registration.station.unit.memberships.all()
        if office.role == Role.STATION_HEAD and office.acting_for_id is None and office.holds(day)
    ]
    newest = max(heads, key=lambda office: office.valid_from, default=None)
    return newest.user.name if newest else None


def _missing_documents(registration: Registration) -> Iterator[Obstacle]:
    missing = [str(entry.document.label) for entry in checklist(registration) if entry.is_missing]
    if missing:
        yield Obstacle("documents_missing", _("Missing: %(documents)s.") % {"documents": _("; ").join(missing)})


def _missing_words(registration: Registration) -> Iterator[Obstacle]:
    kind, unsaid = registration.kind, []
    if kind in Registration.CERTIFYING:
        unsaid += [name for name in ASKED if getattr(registration, name) in ("", None)]
    if kind in (Kind.CHANGE, Kind.CANCELLATION) and registration.event_on is None:
        unsaid.append("event_on")
    if kind == Kind.CANCELLATION and registration.ground != Ground.REVOKED:
        unsaid += [name for name in ("liquidation_from", "liquidation_to") if getattr(registration, name) is None]
    labels = [Registration._meta.get_field(name).verbose_name for name in unsaid]
    report = report_of(registration)
    labels += report.unsaid if report else []
    if labels:
        yield Obstacle("incomplete", _("Still to be said: %(fields)s.") % {"fields": _("; ").join(map(str, labels))})


def _against_certificate(registration: Registration, certificate: Certificate | None, day: date) -> Iterator[Obstacle]:
    kind, holds = registration.kind, certificate is not None and certificate.holds(day)
    if kind == Kind.ESTABLISHMENT:
        if holds:
            yield Obstacle("registered", _("The station is a legal person already."))
    elif certificate is None:
        yield Obstacle("no_certificate", _("The station has no certificate yet; it is established first."))
    elif certificate.ended_as:
        text = _("The legal person was ended on %(day)s.")
        yield Obstacle("ended", text % {"day": certificate.valid_to})
    elif kind in (Kind.CHANGE, Kind.REISSUE) and not holds:
        text = _("The certificate lapsed on %(day)s; it is renewed first.")
        yield Obstacle("lapsed", text % {"day": certificate.valid_to})
    elif kind == Kind.RENEWAL and not certificate.may_be_renewed(day):
        text = _("The certificate ends on %(day)s; it is renewed within the 30 days before.")
        yield Obstacle("too_early", text % {"day": certificate.valid_to})
    elif kind == Kind.CHANGE:
        yield from _unchanged(registration, certificate)


def _unchanged(registration: Registration, certificate: Certificate) -> Iterator[Obstacle]:
    same = [item for item in registration.items if getattr(registration, item) == getattr(certificate, item)]
    if same:
        labels = _("; ").join(str(Item(item).label) for item in same)
        yield Obstacle("unchanged", _("As on the certificate still: %(items)s.") % {"items": labels})
    before, after = certificate.startup_funds, registration.startup_funds
    if (
        Item.STARTUP_FUNDS in registration.items
        and Item.STARTUP_FUNDS not in same
        and before
        and after is not None
        and abs(after - before) <= before * FIFTH
    ):
        text = _("Start-up funds of %(after)s instead of %(before)s yuan are within a fifth; that is not registered.")
        yield Obstacle("within_a_fifth", text % {"after": after, "before": before})


def _not_the_head(registration: Registration, day: date) -> Iterator[Obstacle]:
    """The legal representative is the head in office."""
    head = head_of(registration, day)
    if head is None:
        yield Obstacle("no_head", _("No head is in office, who would be the legal representative."))
    elif registration.legal_representative and head != registration.legal_representative:
        text = _("The head in office is %(head)s, not %(named)s; the legal representative is the head.")
        yield Obstacle("not_the_head", text % {"head": head, "named": registration.legal_representative})
