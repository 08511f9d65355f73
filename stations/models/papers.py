"""The papers of a registration: which are asked for by kind and by what is changed, which are there, and what was filed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import ScopedQuerySet
from culture_admin.exchange.models import Attachment
from culture_admin.territory.history import recorded
from stations.models.registration import Ground, Item, Kind, Registration

SET_UP = _("Interim Regulations on the Registration of Public Institutions, Art. 7")
CHANGED = _("Implementing Rules of the Interim Regulations, Art. 45-48")
RENEWED = _("Implementing Rules: certificates are renewed within thirty days before they end")
CANCELLED = _("Interim Regulations on the Registration of Public Institutions, Art. 13")
REPORTED = _("Interim Regulations on the Registration of Public Institutions, Art. 17")
OF_OFFICE = _("Practice of the registration office")


@dataclass(frozen=True)
class Paper:
    """A paper that a case needs.

    when: the changed items, or the grounds, for which it is asked; empty for every case of its kinds.
    counter: no copy is kept here. It is handed in or shown at the office's counter, and a note says so.
    """

    code: str
    label: object
    source: object
    kinds: tuple[Kind, ...]
    when: frozenset[str] = frozenset()
    required: bool = True
    counter: bool = False


ESTABLISHMENT, CHANGE, RENEWAL, REISSUE, CANCELLATION, REPORT = (
    (kind,)
    for kind in (
        Kind.ESTABLISHMENT,
        Kind.CHANGE,
        Kind.RENEWAL,
        Kind.REISSUE,
        Kind.CANCELLATION,
        Kind.ANNUAL_REPORT,
    )
)


def _if(*reasons: str) -> frozenset[str]:
    return frozenset(reasons)


NEW_HEAD = _if(Item.LEGAL_REPRESENTATIVE)
# DOMAIN.md §3.3 to §3.6. The copy of an identity card is looked at and not kept: what is not here cannot get lost.
PAPERS = (
    Paper("application", _("Application for establishment, signed"), SET_UP, ESTABLISHMENT),
    Paper("representative_form", _("Registration form of the legal representative"), SET_UP, ESTABLISHMENT),
    Paper("charter", _("Draft charter"), SET_UP, ESTABLISHMENT),
    Paper("approval", _("Document approving the establishment"), SET_UP, ESTABLISHMENT),
    Paper("appointment", _("Document appointing the legal representative"), SET_UP, ESTABLISHMENT),
    Paper("identity", _("Identity card of the legal representative"), SET_UP, ESTABLISHMENT, counter=True),
    Paper("funds", _("Confirmation of the start-up funds by the sponsor"), SET_UP, ESTABLISHMENT),
    Paper("premises", _("Proof of the right to use the premises"), SET_UP, ESTABLISHMENT),
    Paper("other", _("Other proofs"), SET_UP, ESTABLISHMENT, required=False),
    Paper("application", _("Application for the change, signed by the legal representative"), CHANGED, CHANGE),
    Paper("duplicate", _("Copy of the duplicate of the certificate"), CHANGED, CHANGE),
    Paper("approval", _("Document approving the change"), CHANGED, CHANGE, _if(Item.NAME, Item.PURPOSE)),
    Paper("seal", _("Old seal, handed in"), CHANGED, CHANGE, _if(Item.NAME), counter=True),
    Paper("representative_form", _("Registration form of the legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Paper("removal", _("Document removing the former legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Paper("appointment", _("Document appointing the legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Paper("identity", _("Identity card of the legal representative"), CHANGED, CHANGE, NEW_HEAD, counter=True),
    Paper("licence", _("Qualification or licence"), CHANGED, CHANGE, _if(Item.PURPOSE), required=False),
    Paper("funding", _("Proof of the changed funding source"), CHANGED, CHANGE, _if(Item.FUNDING)),
    Paper("premises", _("Proof of the right to use the premises"), CHANGED, CHANGE, _if(Item.DOMICILE)),
    Paper("funds", _("Capital verification"), CHANGED, CHANGE, _if(Item.STARTUP_FUNDS)),
    Paper("application", _("Renewal form"), RENEWED, RENEWAL),
    Paper("originals", _("Old certificate, original and duplicates"), RENEWED, RENEWAL, counter=True),
    Paper("application", _("Application for reissue"), OF_OFFICE, REISSUE),
    Paper("loss", _("Published notice of the loss"), OF_OFFICE, REISSUE, _if(Ground.LOST)),
    Paper("damaged", _("Damaged certificate"), OF_OFFICE, REISSUE, _if(Ground.DAMAGED), counter=True),
    Paper("application", _("Application for cancellation"), CANCELLED, CANCELLATION),
    Paper("dissolution", _("Document on the dissolution"), CANCELLED, CANCELLATION),
    Paper("liquidation", _("Liquidation report, approved by the sponsor"), CANCELLED, CANCELLATION),
    Paper("announcement", _("Proof of the liquidation announcement"), CANCELLED, CANCELLATION),
    Paper("originals", _("Certificate, original and duplicates, and seal"), CANCELLED, CANCELLATION, counter=True),
    Paper("report", _("Annual report, signed and sealed"), REPORTED, REPORT),
    Paper("balance", _("Balance sheet at the end of the year"), REPORTED, REPORT),
    Paper("licence", _("Qualification or licence"), REPORTED, REPORT, required=False),
    Paper("appointment", _("New appointment, where the term has ended"), REPORTED, REPORT, required=False),
    Paper("premises", _("New proof of premises, where the old one has ended"), REPORTED, REPORT, required=False),
    Paper("other", _("Other proofs"), REPORTED, REPORT, required=False),
)
CODES = tuple(dict.fromkeys(paper.code for paper in PAPERS))


def papers_for(kind: str, reasons: Sequence[str] = ()) -> list[Paper]:
    """The checklist of a case; `reasons` are its changed items, or its ground."""
    return [paper for paper in PAPERS if kind in paper.kinds and (not paper.when or paper.when & {*reasons})]


@dataclass(frozen=True)
class Entry:
    """One line of a case's checklist: the paper, and what is there of it."""

    paper: Paper
    there: list[RegistrationPaper]

    @property
    def is_missing(self) -> bool:
        return self.paper.required and not self.there


def checklist(registration: Registration) -> list[Entry]:
    """What the case needs, and what is there; reads `papers` as far as they are fetched."""
    there: dict[str, list[RegistrationPaper]] = {}
    for row in registration.papers.all():
        if row.removed_at is None:
            there.setdefault(row.code, []).append(row)
    return [
        Entry(paper, there.get(paper.code, [])) for paper in papers_for(registration.kind, reasons_of(registration))
    ]


def reasons_of(registration: Registration) -> list[str]:
    """For what the checklist of the case depends on: its changed items, and its ground."""
    return [*registration.items, registration.ground]


@recorded()
class RegistrationPaper(models.Model):
    """A paper of a case that is there: a file kept with it, or a note that the paper itself was handed in or shown."""

    scope = replace(
        Registration.scope, place="registration__station__division__path", station="registration__station", county=""
    )

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="papers", verbose_name=_("Registration case")
    )
    code = models.CharField(_("Paper"), max_length=20)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("File")
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    entered_at = models.DateTimeField(_("Time"), default=timezone.now)
    removed_at = models.DateTimeField(_("Taken out"), null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Paper of a registration")
        verbose_name_plural = _("Papers of registrations")
        ordering = ["registration", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment__isnull=False) | ~Q(note=""),
                name="registration_paper_something",
                violation_error_message=_("Attach the paper, or say in a note where it is."),
            ),
            models.UniqueConstraint(
                fields=["registration", "code", "attachment"],
                condition=Q(removed_at__isnull=True),
                name="registration_paper_once",
                violation_error_message=_("This file stands in this place already."),
            ),
        ]

    def __str__(self) -> str:
        return self.attachment.name if self.attachment else self.note


@recorded()
class RegistrationRound(models.Model):
    """What a case said and held when it was filed, for the first time or again after it was returned.

    content: by name of the field, and by `papers.CODE`, what stood there, as text; the names are in their order.
    """

    scope = replace(
        Registration.scope, place="registration__station__division__path", station="registration__station", county=""
    )

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="rounds", verbose_name=_("Registration case")
    )
    number = models.PositiveSmallIntegerField(_("Round"))
    content = models.JSONField(_("Content"))
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Filed by"))
    filed_at = models.DateTimeField(_("Filed"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Round of a registration")
        verbose_name_plural = _("Rounds of registrations")
        ordering = ["registration", "number"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="registration_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.registration} ({self.number})"
