"""HTML into PDF, by WeasyPrint; without Pango on the machine it says so."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from PIL import ImageFile

from culture_admin.exchange.models import Attachment, Printout
from culture_admin.exchange.pictures import JPEG, small
from culture_admin.workflow.jobs import Hopeless

# Any of these names of Pango, as the systems have them.
PANGO = ("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
STYLE = "paper/paper.css"
# 80 mm at 300 dots an inch.
SIDE = 945
# What addresses on a sheet are read from; nothing is ever asked for there.
HERE = "http://paper.invalid/"


class PartMissing(Hopeless):
    """The part that makes PDFs is not on this machine."""

    def __init__(self) -> None:
        super().__init__(
            _("The printing part (Pango) is not installed on this machine. Print the page with the browser instead.")
        )


@cache
def can_make() -> bool:
    """Whether this machine has what a PDF is made with; loading WeasyPrint itself to find out would cost every process."""
    for name in PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def make_pdf(printout: Printout, laid_out=lambda: None) -> tuple[bytes, int]:
    """The PDF of a print and its number of pages; `laid_out` is called half-way. Raises PartMissing."""
    if not can_make():
        raise PartMissing
    # Late: only a machine that prints has what it loads.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    # Which it sets for the whole process when it is loaded; pictures that people send are whole or refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    class OwnFiles(URLFetcher):
        """Gives the pictures of the record that is printed, and nothing else: no other address is ever opened."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, picture_at(url, printout), {"Content-Type": JPEG})

    frame = render_to_string("paper/frame.html", {"printout": printout})
    fetcher = OwnFiles()
    document: Any = HTML(string=frame, base_url=HERE, url_fetcher=fetcher).render(
        stylesheets=[CSS(filename=finders.find(STYLE), url_fetcher=fetcher)]
    )
    laid_out()
    return document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages)


def picture_at(url: str, printout: Printout) -> bytes:
    """The picture behind an address on the sheet; ValueError for anything but a picture kept with the printed record."""
    address = urlsplit(url)
    if f"{address.scheme}://{address.netloc}/" != HERE:
        raise ValueError(url)
    try:
        found = resolve(address.path)
    except Resolver404 as error:
        raise ValueError(url) from error
    if found.view_name != "attachments-file":
        raise ValueError(url)
    pictures = Attachment.objects.pictures().filter(
        subject_type=printout.subject_type_id, subject_id=printout.subject_id, pk=found.kwargs["pk"]
    )
    picture = pictures.first()
    if picture is None:
        raise ValueError(url)
    with picture.open() as kept:
        return small(kept, SIDE)
