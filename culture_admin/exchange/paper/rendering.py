"""A paper as HTML: the sheet itself, and the page it is printed from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Model
from django.template.loader import get_template
from django.utils import translation

from culture_admin.exchange.models import DocumentNumber
from culture_admin.exchange.models.papers import check_code
from culture_admin.exchange.paper.register import Paper


@dataclass(frozen=True)
class Sheet:
    """What a paper says, in one language: HTML without a frame, which bears a code made from the hash of all the rest."""

    title: str
    language: str
    content_hash: str
    html: str


def render(paper: Paper, record: Model, language: str) -> Sheet:
    """The sheet of a record. The same record in the same state gives the same bytes, whoever asks and whenever."""
    with translation.override(language):
        number = number_of(paper, record)
        context = {"paper": paper, "record": record, "number": number, **paper.context(record)}
        template = get_template(f"paper/{paper.template}")
        content_hash = sha256(f"{language}\n{template.render(context)}".encode()).hexdigest()
        html = template.render(context | {"code": check_code(content_hash)})
        return Sheet(f"{paper.label} · {record}"[:200], language, content_hash, html)


def number_of(paper: Paper, record: Model) -> DocumentNumber | str | None:
    """The number that the document bears, if it has one: what the record states itself, or what a register gave."""
    if not paper.numbered:
        return None
    if stated := paper.own_number(record):
        return stated
    numbers = DocumentNumber.objects.about(record).standing().filter(paper=paper.code)
    return numbers.select_related("register").first()
