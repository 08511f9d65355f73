"""The file of an import: kept as it came, or sealed and not for long where it holds personal data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.personal import sealing
from culture_admin.accounts.personal.masks import HIDDEN
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.exchange.models import Import
from culture_admin.exchange.reader import Unreadable, Workbook, read_workbook

# For so long the refused rows of a sheet with personal data can be mended.
KEPT = timedelta(days=30)
# A telephone or an identity number; a day has eight digits.
_NUMBER = re.compile(r"\d{9,}[xX]?")
# The number of the key under which a file is sealed, which stands before its first colon.
_BEGIN = Func(Func("content", Value(1), Value(12), function="substr"), Value("escape"), function="encode")
_KEY = Func(_BEGIN, Value(":"), Value(1), function="split_part", output_field=TextField())


def keep_original(batch: Import, content: bytes) -> None:
    """Puts the file into its import, before that is stored; `sha256` and `unit` are set by then."""
    sealed = LEDGERS[batch.kind].sheet.is_personal
    batch.content = sealing.seal(content, _place(batch)).encode() if sealed else content


def read_original(batch: Import) -> Workbook:
    """The workbook of an import. Raises Unreadable, `file_gone` where the file is no longer kept."""
    content = bytes(batch.content)
    if LEDGERS[batch.kind].sheet.is_personal:
        try:
            content = sealing.unseal(content.decode(), _place(batch)) if content else b""
        except (sealing.Unreadable, UnicodeDecodeError):
            content = b""
        if not content:
            message = _("The file held personal data and is no longer kept. Send it again.")
            raise Unreadable("file_gone", message)
    return read_workbook(content, batch.file_name)


def drop_originals(at: datetime) -> int:
    """Drops the files with personal data whose time is over; returns how many. What was read of them stays masked."""
    with acting(None):
        return _sealed().filter(created_at__lt=at - KEPT).update(content=b"")


def seal_originals_anew(tell: Callable[[str, int], object] = lambda table, rows: None) -> int:
    """Seals every file that an older key sealed under the newest one; returns how many. `tell` hears of each.

    Each file is a transaction of its own: what is broken off goes on where it was.
    """
    sealed = 0
    while _seal_one_anew():
        sealed += 1
        tell(Import._meta.label_lower, 1)
    return sealed


def keys_of_originals() -> Counter[int]:
    """By the number of a key, how many files it alone opens."""
    return Counter(int(number) for number in _sealed().order_by().values_list(_KEY, flat=True))


def without_numbers(said: Any) -> Any:
    """What is said of a sheet with personal data, without the long numbers that somebody may have put into any cell of it."""
    if isinstance(said, str):
        return _NUMBER.sub(HIDDEN, said)
    if isinstance(said, list):
        return [without_numbers(one) for one in said]
    return {name: without_numbers(one) for name, one in said.items()} if isinstance(said, dict) else said


def _sealed() -> QuerySet[Import]:
    """The imports whose file is kept sealed."""
    kinds = [kind for kind, ledger in LEDGERS.items() if ledger.sheet.is_personal]
    return Import.objects.filter(kind__in=kinds).exclude(content=b"")


def _seal_one_anew() -> bool:
    """Whether there was one more file under an older key."""
    with acting(None):
        older = _sealed().exclude(Exact(_KEY, str(sealing.newest_key()))).order_by("pk")
        batch = older.select_for_update(of=("self",), skip_locked=True).first()
        if batch is None:
            return False
        keep_original(batch, sealing.unseal(bytes(batch.content).decode(), _place(batch)))
        batch.save(update_fields=["content"])
    return True


def _place(batch: Import) -> str:
    """Where the file is sealed: the key of the row is not known before it is stored, so the file's own hash stands for it."""
    return f"{Import._meta.db_table}|content|{batch.unit_id}|{batch.sha256}"
