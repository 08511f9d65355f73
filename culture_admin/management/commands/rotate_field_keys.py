"""Seals every personal field, and every kept file with personal data, anew under the newest key of FIELD_KEYS; afterwards the older keys may be taken out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from culture_admin.accounts.personal.keeping import keys_in_use, seal_anew
from culture_admin.accounts.personal.sealing import newest_key
from culture_admin.exchange.originals import keys_of_originals, seal_originals_anew


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = seal_anew(self._tell) + seal_originals_anew(self._tell)
        left = sorted(key for key in keys_in_use() + keys_of_originals() if key != newest_key())
        if left:
            raise SystemExit(f"Values under the keys {left} are still being written; run this once more.")
        self.stdout.write(f"{sealed} rows sealed anew; every value is under key {newest_key()}.")

    def _tell(self, table: str, rows: int) -> None:
        self.stdout.write(f"{table}: {rows} rows sealed anew.")
