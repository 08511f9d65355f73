"""Opening registration cases, one or a batch of them; correcting one; assigning the codes of new legal persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, record_each, record_entry
from culture_admin.workflow.locking import closed_to_change, lock, refuse_stale
from stations.actions.annual_reports import begin_reports, change_report, read_again
from stations.actions.certificates import AS_REGISTERED, current_certificates
from stations.actions.clocks import file_by, reckon
from stations.actions.codes import faults_of_codes
from stations.actions.parties import heads_of, sponsors_of
from stations.models import Certificate, Registration, Station
from stations.models.registration import AT_OFFICE, OPEN, VAIN, WRITABLE, Item, Kind, State

POWER = "stations.registration"
ENTERED = (
    "items", "ground", "event_on", *AS_REGISTERED, "duplicates", "liquidation_from", "liquidation_to", "note", "batch", "year",
)  # fmt: skip
CHANGEABLE = tuple(name for name in ENTERED if name not in ("year", "sponsor"))
# Where a code may be assigned: once the case is with the office, until the certificate is issued.
TO_BE_CODED = (*AT_OFFICE, State.APPROVED)
_LINKS = ["station", "division", "county", "filed_by"]


def open_registration(
    *,
    actor,
    station: Station,
    kind: str,
    report: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    **entries,
) -> Registration:
    """Opens a case as a draft; what is not given stands in it as on the certificate, or as the station's file has it.

    Raises ValidationError by field, StepRefused `open_case` with the key of the case that is open already.
    """
    [opened] = open_registrations(actor=actor, stations=[station], kind=kind, at=at, **entries)
    if report:
        with acting(actor):
            change_report(opened, report)
    return opened


def open_registrations(
    *, actor, stations: Sequence[Station], kind: str, at: datetime | None = None, **entries
) -> list[Registration]:
    """The set-wise form of `open_registration`: a batch of cases with the same entries; all are opened or none."""
    at = at or timezone.now()
    day = timezone.localdate(at)
    offices = [
        require(actor.offices, POWER, ("propose",), path=station.division.path)[0] if actor else None
        for station in stations
    ]
    with acting(actor):
        drafts = _drafts(stations, kind, day, entries)
        for draft in drafts:
            draft.filed_by, draft.opened_at = actor, at
            draft.clean_fields(exclude=_LINKS)
            draft.clean()
        _refuse_open(drafts)
        Registration.objects.bulk_create(drafts)
        begin_reports([draft for draft in drafts if draft.kind == Kind.ANNUAL_REPORT], at)
        # What the decisions are about is read at once; whoever goes on with a case reads its documents anew.
        prefetch_related_objects(drafts, "documents")
        record_each(drafts, step="open", actor=actor, at=at, offices=offices)
        for draft in drafts:
            del draft._prefetched_objects_cache["documents"]
        reckon(drafts, at)
    return drafts


def draft_of(station: Station, kind: str, day: date) -> Registration:
    """A case as it would begin, to be shown before it is opened; nothing is checked and nothing stored.

    Of a change it names the legal representative, where another head is in office than the certificate names.
    """
    certificate, head = (
        current_certificates([station], day).get(station.pk),
        heads_of([station.pk], day).get(station.pk),
    )
    differs = kind == Kind.CHANGE and certificate and head and head != certificate.legal_representative
    sponsor = sponsors_of([station.division_id]).get(station.division_id)
    entries = {"items": [Item.LEGAL_REPRESENTATIVE]} if differs else {}
    return _begun(station, kind, certificate, sponsor, head or "", entries)


def refusals_of(station: Station, day: date, year: int) -> dict[str, StepRefused]:
    """By kind, why no case of it is opened on the day, of annual reports that of a year; what may be opened is not in it."""
    certificate = current_certificates([station], day).get(station.pk)
    refusals = {}
    for kind in Kind.values:
        draft = Registration(station=station, kind=kind, year=year if kind == Kind.ANNUAL_REPORT else None)
        try:
            _refuse_wrong_beginning(draft, certificate, day)
            _refuse_open([draft])
        except ValidationError as refused:
            refusals[kind] = StepRefused("not_now", " ".join(refused.messages))
        except StepRefused as refused:
            refusals[kind] = refused
    return refusals


def change_registration(
    *,
    actor,
    registration: Registration,
    report: Mapping[str, Any] | None = None,
    seen: int | None = None,
    at: datetime | None = None,
    **changes,
) -> Registration:
    """Corrects a case while it is being written. Raises ValidationError by field, StepRefused, PermissionDenied."""
    at = at or timezone.now()
    with acting(actor):
        rows = Registration.objects.visible_to(actor) if actor else Registration.objects.all()
        row = lock(rows.select_related("station__unit", "station__division", "county"), registration, seen)
        office = require(actor.offices, POWER, ("propose",), path=row.station.division.path)[0] if actor else None
        if row.state not in WRITABLE:
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        certificate = current_certificates([row.station], timezone.localdate(at)).get(row.station_id)
        _refuse_unnamed(row, certificate, set(changes))
        row.file_by = row.file_by if row.submitted_on else file_by(row, certificate)
        row.version += 1
        row.full_clean(exclude=_LINKS, validate_constraints=False)
        row.save()
        if report is not None:
            change_report(row, report)
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
        reckon([row], at)
    return row


def read_figures_again(
    *, actor, registration: Registration, seen: int | None = None, at: datetime | None = None
) -> Registration:
    """Reads what the system knows by now into a report that is being written. Raises StepRefused, PermissionDenied."""
    at = at or timezone.now()
    with acting(actor):
        rows = Registration.objects.visible_to(actor).filter(kind=Kind.ANNUAL_REPORT)
        row = lock(rows.select_related("station__unit", "station__division", "report"), registration, seen)
        office = require(actor.offices, POWER, ("propose",), path=row.station.division.path)[0]
        if row.state not in WRITABLE:
            raise closed_to_change(row)
        read_again(row, at)
        row.version += 1
        row.save(update_fields=["version"])
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def assign_codes(
    *, actor, codes: Mapping[int, str], seen: Mapping[int, int] | None = None, at: datetime | None = None
) -> list[Registration]:
    """Enters the codes the office gives to new legal persons, by the key of the case; all or none.

    Raises ValidationError by key (of a code that is none, foreign, or another station's), StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        rows = list(
            Registration.objects.visible_to(actor)
            .filter(pk__in=codes)
            .select_related("station__unit", "station__division", "county")
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        if len(rows) < len(codes):
            raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."))
        offices = []
        for row in rows:
            offices.append(require(actor.offices, POWER, ("decide",), path=row.station.division.path)[0])
            _refuse_code(row, (seen or {}).get(row.pk))
        faults = faults_of_codes({row.station: codes[row.pk] for row in rows})
        if faults:
            raise ValidationError({str(row.pk): faults[row.station_id] for row in rows if row.station_id in faults})
        for row in rows:
            row.uscc, row.version = codes[row.pk], row.version + 1
        Registration.objects.bulk_update(rows, ["uscc", "version"])
        record_each(rows, step="code", actor=actor, at=at, offices=offices)
    return rows


def _drafts(stations: Sequence[Station], kind: str, day: date, entries: Mapping[str, Any]) -> list[Registration]:
    """Cases as they begin, each checked against the certificate of its station."""
    certificates = current_certificates(stations, day)
    sponsors = sponsors_of(station.division_id for station in stations)
    heads = heads_of([station.pk for station in stations], day)
    drafts = []
    for station in stations:
        certificate, sponsor = certificates.get(station.pk), sponsors.get(station.division_id)
        draft = _begun(station, kind, certificate, sponsor, heads.get(station.pk, ""), entries)
        _refuse_wrong_beginning(draft, certificate, day)
        _refuse_unnamed(draft, certificate, set(entries))
        draft.file_by = file_by(draft, certificate)
        drafts.append(draft)
    return drafts


def _begun(
    station: Station,
    kind: str,
    certificate: Certificate | None,
    sponsor: Unit | None,
    head: str,
    entries: Mapping[str, Any],
) -> Registration:
    """What is not given stands as it is registered, or for a station that never was as its file has it."""
    values: dict[str, Any] = {
        "name": station.unit.name_zh,
        "legal_representative": head,
        "domicile": station.address,
        "sponsor": sponsor.name_zh if sponsor else "",
    }
    if certificate:
        registered = {name: getattr(certificate, name) for name in AS_REGISTERED}
        values |= {name: value for name, value in registered.items() if value not in ("", None)}
        values["duplicates"] = certificate.duplicates
    if Item.LEGAL_REPRESENTATIVE in entries.get("items", ()):
        values["legal_representative"] = head
    return Registration(
        station=station,
        division_id=station.division_id,
        county_id=station.division.county_id or station.county_id,
        kind=kind,
        **{**values, **entries},
    )


def _refuse_wrong_beginning(draft: Registration, certificate: Certificate | None, day: date) -> None:
    """What a station's standing lets it ask for at all."""
    holds = certificate is not None and certificate.holds(day)
    if draft.kind == Kind.ESTABLISHMENT and holds:
        message = _("%(station)s is a legal person already.") % {"station": draft.station}
        raise ValidationError({"kind": ValidationError(message, "registered")})
    if draft.kind != Kind.ESTABLISHMENT and certificate is None:
        message = _("%(station)s is no legal person yet.") % {"station": draft.station}
        raise ValidationError({"kind": ValidationError(message, "no_certificate")})
    if draft.kind == Kind.ANNUAL_REPORT and not (draft.year and draft.year < day.year):
        message = _("A report is of a year that is over.")
        raise ValidationError({"year": ValidationError(message, "year_not_over")})


def _refuse_unnamed(row: Registration, certificate: Certificate | None, given: set[str]) -> None:
    """What is changed is named among the changed items; what is on the certificate otherwise stays."""
    if row.kind == Kind.ESTABLISHMENT or certificate is None:
        return
    faults = {}
    for name in given & {*AS_REGISTERED} - {*row.items}:
        registered = getattr(certificate, name)
        if registered not in ("", None) and getattr(row, name) != registered:
            message = _(
                "On the certificate this is otherwise. Name it among what is changed, in a change registration."
            )
            faults[name] = ValidationError(message, "not_named")
    if faults:
        raise ValidationError(faults)


def _refuse_open(drafts: Sequence[Registration]) -> None:
    """One open case of a kind, and one report of a year; says which one there is."""
    if not drafts:
        return
    same = Registration.objects.filter(station__in=[draft.station_id for draft in drafts], kind=drafts[0].kind)
    if drafts[0].kind == Kind.ANNUAL_REPORT:
        same = same.filter(year=drafts[0].year).exclude(state__in=VAIN)
    else:
        same = same.filter(state__in=OPEN)
    there = same.select_related("station__unit").order_by("pk").first()
    if there:
        text = _("%(station)s has such a case already: it is “%(state)s”.")
        values = {"station": there.station, "state": there.get_state_display()}
        raise StepRefused("exists", text % values, there.pk)


def _refuse_code(row: Registration, seen: int | None) -> None:
    refuse_stale(row, seen)
    if row.kind != Kind.ESTABLISHMENT:
        text = _("A code is given once, when a legal person is established.")
        raise StepRefused("not_of_kind", text, row.pk)
    if row.state not in TO_BE_CODED:
        raise closed_to_change(row)
