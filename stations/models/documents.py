"""The documents of a registration: which are asked for by kind and by what is changed, and which are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
class Document:
    """A document that a case needs.

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
DOCUMENTS = (
    Document("application", _("Application for establishment, signed"), SET_UP, ESTABLISHMENT),
    Document("representative_form", _("Registration form of the legal representative"), SET_UP, ESTABLISHMENT),
    Document("charter", _("Draft charter"), SET_UP, ESTABLISHMENT),
    Document("approval", _("Document approving the establishment"), SET_UP, ESTABLISHMENT),
    Document("appointment", _("Document appointing the legal representative"), SET_UP, ESTABLISHMENT),
    Document("identity", _("Identity card of the legal representative"), SET_UP, ESTABLISHMENT, counter=True),
    Document("funds", _("Confirmation of the start-up funds by the sponsor"), SET_UP, ESTABLISHMENT),
    Document("premises", _("Proof of the right to use the premises"), SET_UP, ESTABLISHMENT),
    Document("other", _("Other proofs"), SET_UP, ESTABLISHMENT, required=False),
    Document("application", _("Application for the change, signed by the legal representative"), CHANGED, CHANGE),
    Document("duplicate", _("Copy of the duplicate of the certificate"), CHANGED, CHANGE),
    Document("approval", _("Document approving the change"), CHANGED, CHANGE, _if(Item.NAME, Item.PURPOSE)),
    Document("seal", _("Old seal, handed in"), CHANGED, CHANGE, _if(Item.NAME), counter=True),
    Document("representative_form", _("Registration form of the legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Document("removal", _("Document removing the former legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Document("appointment", _("Document appointing the legal representative"), CHANGED, CHANGE, NEW_HEAD),
    Document("identity", _("Identity card of the legal representative"), CHANGED, CHANGE, NEW_HEAD, counter=True),
    Document("licence", _("Qualification or licence"), CHANGED, CHANGE, _if(Item.PURPOSE), required=False),
    Document("funding", _("Proof of the changed funding source"), CHANGED, CHANGE, _if(Item.FUNDING)),
    Document("premises", _("Proof of the right to use the premises"), CHANGED, CHANGE, _if(Item.DOMICILE)),
    Document("funds", _("Capital verification"), CHANGED, CHANGE, _if(Item.STARTUP_FUNDS)),
    Document("application", _("Renewal form"), RENEWED, RENEWAL),
    Document("originals", _("Old certificate, original and duplicates"), RENEWED, RENEWAL, counter=True),
    Document("application", _("Application for reissue"), OF_OFFICE, REISSUE),
    Document("loss", _("Published notice of the loss"), OF_OFFICE, REISSUE, _if(Ground.LOST)),
    Document("damaged", _("Damaged certificate"), OF_OFFICE, REISSUE, _if(Ground.DAMAGED), counter=True),
    Document("application", _("Application for cancellation"), CANCELLED, CANCELLATION),
    Document("dissolution", _("Document on the dissolution"), CANCELLED, CANCELLATION),
    Document("liquidation", _("Liquidation report, approved by the sponsor"), CANCELLED, CANCELLATION),
    Document("announcement", _("Proof of the liquidation announcement"), CANCELLED, CANCELLATION),
    Document("originals", _("Certificate, original and duplicates, and seal"), CANCELLED, CANCELLATION, counter=True),
    Document("report", _("Annual report, signed and sealed"), REPORTED, REPORT),
    Document("balance", _("Balance sheet at the end of the year"), REPORTED, REPORT),
    Document("licence", _("Qualification or licence"), REPORTED, REPORT, required=False),
    Document("appointment", _("New appointment, where the term has ended"), REPORTED, REPORT, required=False),
    Document("premises", _("New proof of premises, where the old one has ended"), REPORTED, REPORT, required=False),
    Document("other", _("Other proofs"), REPORTED, REPORT, required=False),
)
CODES = tuple(dict.fromkeys(document.code for document in DOCUMENTS))


def documents_for(kind: str, reasons: Sequence[str] = ()) -> list[Document]:
    """The checklist of a case; `reasons` are its changed items, or its ground."""
    return [
        document
        for document in DOCUMENTS
        if kind in document.kinds and (not document.when or document.when & {*reasons})
    ]


@dataclass(frozen=True)
class Entry:
    """One line of a case's checklist: the document, and what is there of it."""

    document: Document
    there: list[RegistrationDocument]

    @property
    def is_missing(self) -> bool:
        return self.document.required and not self.there


def checklist(registration: Registration) -> list[Entry]:
    """What the case needs, and what is there; reads `documents` as far as they are fetched."""
    there: dict[str, list[RegistrationDocument]] = {}
    for row in registration.documents.all():
        if row.removed_at is None:
            there.setdefault(row.code, []).append(row)
    return [
        Entry(document, there.get(document.code, []))
        for document in documents_for(registration.kind, reasons_of(registration))
    ]


def reasons_of(registration: Registration) -> list[str]:
    """For what the checklist of the case depends on: its changed items, and its ground."""
    return [*registration.items, registration.ground]


@recorded()
class RegistrationDocument(models.Model):
    """A document of a case that is there: a file kept with it, or a note that the document itself was handed in or shown."""

    scope = replace(
        Registration.scope,
        place="registration__station__division__path",
        station="registration__station",
        county="",
        entrusted="registration__entrusted",
    )

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="documents", verbose_name=_("Registration case")
    )
    code = models.CharField(_("Document"), max_length=20)
    attachment = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("an upload", "File"),
    )
    note = models.CharField(_("Note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    entered_at = models.DateTimeField(_("Time"), default=timezone.now)
    removed_at = models.DateTimeField(_("Taken out"), null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Document of a registration")
        verbose_name_plural = _("Documents of registrations")
        ordering = ["registration", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment__isnull=False) | ~Q(note=""),
                name="registration_document_something",
                violation_error_message=_("Attach the document, or say in a note where it is."),
            ),
            models.UniqueConstraint(
                fields=["registration", "code", "attachment"],
                condition=Q(removed_at__isnull=True),
                name="registration_document_once",
                violation_error_message=_("This file stands in this place already."),
            ),
        ]

    def __str__(self) -> str:
        return self.attachment.name if self.attachment else self.note
