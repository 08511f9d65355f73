"""Identity numbers and telephones of people, as they are written and as they are kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]
_CHECK_SIGNS = "10X98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0[1-9][0-9]{1,2}-?[1-9][0-9]{6,7}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)


def read_identity_number(text: str) -> str:
    """A resident identity number as it is kept: 18 signs, the last a digit or X (GB 11643-1999).

    Raises ValidationError `idno_scientific`, `idno_format`, `idno_birth` or `idno_checksum`. The number itself is not
    repeated in what is said.
    """
    value = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _SCIENTIFIC.fullmatch(value):
        raise ValidationError(
            _("The sheet has turned the identity number into a number; format the column as text and write it again."),
            code="idno_scientific",
        )
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        raise ValidationError(
            _("An identity number has 17 digits and a check sign, read %(signs)d signs."),
            code="idno_format",
            params={"signs": len(value)},
        )
    try:
        born_on(value)
    except ValueError as error:
        raise ValidationError(
            _("Signs 7 to 14 of the identity number are the day of birth; they name no day."), code="idno_birth"
        ) from error
    expected = check_sign(value)
    if value[-1] != expected:
        raise ValidationError(
            _("The check sign at the end of the identity number should be %(sign)s; one of the digits is wrong."),
            code="idno_checksum",
            params={"sign": expected},
        )
    return value


def check_sign(number: str) -> str:
    """The 18th sign of an identity number by its first 17 (ISO 7064, MOD 11-2)."""
    return _CHECK_SIGNS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11]


def born_on(identity_number: str) -> date:
    """The day of birth that stands in an identity number. Raises ValueError where it is none."""
    return date.fromisoformat(f"{identity_number[6:10]}-{identity_number[10:12]}-{identity_number[12:14]}")


def read_phone(text: str) -> str:
    """A telephone number as it is kept: 11 digits of a mobile, or 0574-63000000. Raises ValidationError `phone_format`."""
    value = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86").removeprefix("0086")
    digits = value.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits
    if _FIXED.fullmatch(value):
        return value
    raise ValidationError(
        _("Expected a mobile number of 11 digits or a fixed line with its area code, like 0574-63000000."),
        code="phone_format",
    )
