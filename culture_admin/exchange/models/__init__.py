"""Ledgers that came in as sheets, files kept with records, and papers: their numbers and their prints."""

from culture_admin.exchange.models.files import UNCOMMITTED, Attachment, Upload, random_name
from culture_admin.exchange.models.ledgers import HeaderWord, Import
from culture_admin.exchange.models.papers import DocumentNumber, DocumentRegister, Printout

__all__ = [
    "UNCOMMITTED",
    "Attachment",
    "DocumentNumber",
    "DocumentRegister",
    "HeaderWord",
    "Import",
    "Printout",
    "Upload",
    "random_name",
]
