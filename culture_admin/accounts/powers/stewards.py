"""The lines of stewards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import SITES, Power
from culture_admin.accounts.roles import R

STEWARDS: dict[str, Power] = {
    "stewards": Power(
        _("Firms, stewards and their postings"),
        _("Government Procurement Law, Art. 41; steward service of Xiaoshan"),
        propose=frozenset({R.FIRM_MANAGER}),
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES | {R.STEWARD},
    ),
}
