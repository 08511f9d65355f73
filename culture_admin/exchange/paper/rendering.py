"""A paper as HTML: the sheet itself, and the page it is printed from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation

from culture_admin.exchange.models import DocumentNumber
from culture_admin.exchange.models.papers import check_code
from culture_admin.exchange.paper.register import Paper


@dataclass(frozen=True)
class Sheet:
    """What a paper says, in one language: HTML without a frame, and the hash of it."""

    title: str
    language: str
    html: str

    @property
    def content_hash(self) -> str:
        return sha256(f"{self.language}\n{self.html}".encode()).hexdigest()

    @property
    def code(self) -> str:
        """What stands on the paper and leads back to its content."""
        return check_code(self.content_hash)


def render(paper: Paper, record: Model, language: str) -> Sheet:
    """The sheet of a record. The same record in the same state gives the same bytes, whoever asks and whenever."""
    with translation.override(language):
        number = number_of(paper, record)
        context = {"paper": paper, "record": record, "number": number, **paper.context(record)}
        title = f"{paper.label} · {record}"[:200]
        return Sheet(title, language, render_to_string(f"paper/{paper.template}", context))


def number_of(paper: Paper, record: Model) -> DocumentNumber | None:
    """The number that the document bears, if it has one."""
    if not paper.numbered:
        return None
    numbers = DocumentNumber.objects.about(record).standing().filter(paper=paper.code)
    return numbers.select_related("register").first()
