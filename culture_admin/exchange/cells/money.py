"""Cells that hold money: yuan, read into whole fen."""

import datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Refusal, plain, quoted, refuse_faults
from culture_admin.interfaces.money import SCALES, checked, read_amount

FEN_IN_YUAN = 100


def fen(cell: Cell, context: Context) -> int | None:
    """Yuan as `1234.5`, `1,234.50`, `￥1,234.50` or `1.2万元`, in fen; an empty cell is not recorded.

    The context's unit (`万元`) holds for numbers that name none themselves.
    """
    scale = SCALES.get(context.unit.removesuffix("元"), 1)
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise _no_amount(cell)
    try:
        if isinstance(cell, float | int):
            # A spreadsheet's 0.1 + 0.2 is meant to be 0.3.
            amount = checked(Decimal(str(round(cell, 6))) * scale, quoted(cell))
        else:
            text = plain(cell or "")
            if text in NOT_RECORDED:
                return None
            refuse_faults(text)
            amount = read_amount(text, scale=scale)
    except ValidationError as refused:
        raise Refusal(refused.code or "amount_format", refused.messages[0]) from refused
    except InvalidOperation:
        raise _no_amount(cell) from None
    if amount < 0:
        raise Refusal("amount_negative", _("“%(value)s” is below zero.") % {"value": quoted(cell)})
    return int(amount * FEN_IN_YUAN)


def _no_amount(cell: Cell) -> Refusal:
    message = _("“%(value)s” is not an amount. Accepted: 1234.5, 1,234.50, ¥1,234.50, 1.2万元.")
    return Refusal("amount_format", message % {"value": quoted(cell)})
