"""The refused rows of a ledger as a sheet to mend and send again: as they were, with what is wrong beside them."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from culture_admin.exchange.cells import as_written
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.exchange.models import Import
from culture_admin.exchange.originals import read_original
from culture_admin.interfaces.spreadsheets import PLAIN

HEAD_ROWS = 6


def annotated_sheet(batch: Import, reader) -> bytes:
    """An xlsx file: per sheet of the ledger its head, then each refused row with the faults in a last column.

    Of a sheet with personal data only who sent it gets the cells back; anybody else the faults alone. Raises Unreadable.
    """
    bare = LEDGERS[batch.kind].sheet.is_personal and batch.created_by_id != reader.pk
    out = io.BytesIO()
    by_sheet: dict[str, dict[int, str]] = {}
    for refusal in batch.preview["refusals"]:
        faults = [refusal, *refusal["also"]]
        said = "; ".join(f"{fault['column'] or ''} {fault['message']}".strip() for fault in faults)
        by_sheet.setdefault(refusal["sheet"], {})[refusal["row"]] = said
    book = xlsxwriter.Workbook(out, PLAIN)
    wrong = book.add_format({"bg_color": "#FDE8E8", "text_wrap": True})
    for source in read_original(batch).sheets:
        refused = by_sheet.get(source.name)
        if not refused:
            continue
        page = book.add_worksheet(source.name[:31])
        page.set_column(len(source.columns) + 1, len(source.columns) + 1, 60)
        first = min(refused)
        shown = [*range(1, min(first, HEAD_ROWS)), *sorted(refused)]
        for line, number in enumerate(shown):
            for index, column in enumerate([] if bare else source.columns):
                page.write_string(line, index + 1, as_written(column[number - 1]))
            if number in refused:
                page.write_string(line, 0, _("row %(row)d") % {"row": number})
                page.write_string(line, len(source.columns) + 1, refused[number], wrong)
    if not book.worksheets():
        book.add_worksheet()
    book.close()
    return out.getvalue()
