"""What a step, or the change of a record, is refused with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Reason(NamedTuple):
    """One of several things that stand in the way: a stable code, a sentence, and the field it is about, if it is one."""

    code: str
    text: str
    field: str = ""


class StepRefused(Exception):
    """What may not be done: which record, a stable code, a sentence, and for a changed record its version.

    reasons: where several things stand in the way, each of them.
    """

    def __init__(
        self,
        code: str,
        text: str,
        pk: int | None = None,
        version: int | None = None,
        reasons: Sequence[Reason] = (),
    ):
        super().__init__(text)
        self.code, self.text, self.pk, self.version, self.reasons = code, text, pk, version, tuple(reasons)
