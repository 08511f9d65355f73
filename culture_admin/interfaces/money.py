"""Amounts of money: yuan with two decimals, read as people write them, and never rounded on the way."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.problems import shown

FEN = Decimal("0.01")
# A billion yuan: no station has as much, so that a larger number is a slip of the finger.
MOST = Decimal(1_000_000_000)
DIGITS = 12
SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_WRITTEN = re.compile(
    r"(?:¥|rmb|人民币)?(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>百万|[百千万亿]?)(?:元|圆|yuan)?整?",
    re.IGNORECASE,
)

FIGURES = "零壹贰叁肆伍陆柒捌玖"


def read_amount(written: str, *, scale: int = 1) -> Decimal:
    """Yuan as `1234.5`, `1,234.50`, `￥1,234.50`, `１２００元` or `1.2万元`.

    scale: the unit of a column of numbers that name none themselves. Raises ValidationError `amount_format`,
    `amount_scale` (more than two decimals) or `amount_range`.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written))
    # A number longer than any amount is not worth reading.
    match = _WRITTEN.fullmatch(text) if len(text) <= 40 else None
    if match is None:
        message = _("“%(read)s” is not an amount. Accepted: 1234.5, 1,234.50, ¥1,234.50, 1.2万元.")
        raise ValidationError(message, code="amount_format", params={"read": shown(written)})
    factor = SCALES[match["scale"]] if match["scale"] else scale
    amount = Decimal(match["number"].replace(",", "")) * factor
    return checked(amount, written)


def checked(amount: Decimal, written: object) -> Decimal:
    """The amount with two decimals; raises ValidationError where it has more, or is no amount anybody has."""
    if abs(amount) > MOST:
        message = _("“%(read)s” is more than a billion yuan. Is the unit right?")
        raise ValidationError(message, code="amount_range", params={"read": shown(written)})
    exact = amount.quantize(FEN)
    if exact != amount:
        message = _("An amount has at most two decimals, read “%(read)s”.")
        raise ValidationError(message, code="amount_scale", params={"read": shown(written)})
    return exact


def in_capitals(amount: Decimal) -> str:
    """Yuan in the figures that nobody can add a stroke to, as Chinese documents of money have them: 伍万元整."""
    yuan, rest = divmod(int(amount * 100), 100)
    groups, text, gap = [yuan % 10_000, yuan // 10_000 % 10_000, yuan // 10**8], "", False
    for group, unit in zip(reversed(groups), ("亿", "万", ""), strict=True):
        if text and group and (gap or group < 1000):
            text += FIGURES[0]
        gap = bool(text) and not group
        text += f"{_thousands(group)}{unit}" if group else ""
    tenths, hundredths = divmod(rest, 10)
    text = f"{text or FIGURES[0]}元" if text or not rest else ""
    if tenths:
        text += f"{FIGURES[tenths]}角"
    elif hundredths and text:
        text += FIGURES[0]
    return text + (f"{FIGURES[hundredths]}分" if hundredths else "整")


def _thousands(group: int) -> str:
    text, gap = "", False
    for digit, unit in zip(f"{group:04d}", ("仟", "佰", "拾", ""), strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += f"{FIGURES[0] if gap else ''}{FIGURES[int(digit)]}{unit}"
        gap = False
    return text


class AmountFormField(forms.CharField):
    """A form field for yuan."""

    def __init__(self, **kwargs):
        kwargs.pop("max_digits", None), kwargs.pop("decimal_places", None)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return None if value in self.empty_values else read_amount(str(value))

    def has_changed(self, initial, data):
        try:
            return super().has_changed(initial, self.to_python(data))
        except ValidationError:
            return True


class MoneyField(models.DecimalField):
    """Yuan with two decimals; what sign it may have is the model's rule."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_digits": DIGITS, "decimal_places": 2} | kwargs))

    default_validators = [
        MaxValueValidator(MOST, _("More than a billion yuan. Is the unit right?")),
        MinValueValidator(-MOST, _("More than a billion yuan. Is the unit right?")),
    ]

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": AmountFormField} | kwargs))
