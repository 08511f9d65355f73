"""The lines of the yearly assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import SECTION, SITES, Power
from culture_admin.accounts.roles import BUREAU, STATION, R

CIXI = _(
    "Cixi 2012, assessment and awards of Cultural Strong Towns: the bureau writes the detailed rules and carries out the"
    " acceptance"
)
TOWNS = STATION | {R.TOWN_OFFICER}

ASSESSMENTS: dict[str, Power] = {
    "assessments": Power(
        _("The yearly assessment"),
        CIXI,
        propose=SECTION,
        decide=frozenset({R.BUREAU_LEADER}),
        be_told=TOWNS,
        see=SITES,
        two_persons=True,
    ),
    "assessments.self": Power(
        _("Self-assessment of a town"),
        _("The station assesses itself with evidence, and the town answers for it with its seal (Cixi 2012)"),
        propose=STATION,
        decide=frozenset({R.TOWN_OFFICER}),
        be_told=SECTION,
        see=SITES,
    ),
    "assessments.review": Power(
        _("First review of a self-assessment"),
        CIXI,
        decide=SECTION,
        be_told=TOWNS,
        see=SITES,
    ),
    "assessments.panel": Power(
        _("Acceptance on the spot"),
        _("Rules of acceptance: several assessors score on the spot, none of them from the town he scores"),
        propose=SECTION,
        decide=frozenset({R.ASSESSOR}),
        see=BUREAU,
    ),
    "assessments.results": Power(
        _("Scores and rankings"),
        _(
            "Xiaoshan 2015, standard of evaluation of public cultural service: results are shown by indicator and overall, every half"
            " year"
        ),
        decide=SECTION,
        see=SITES - {R.ASSESSOR, R.BACKBONE},
    ),
    "assessments.objections": Power(
        _("Objections to a score"),
        _("Whoever is scored may object while the results are shown; what is upheld corrects the record"),
        propose=TOWNS,
        decide=frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN}),
        see=BUREAU | TOWNS | {R.OBSERVER},
        two_persons=True,
    ),
    "assessments.awards": Power(
        _("Awards of the assessment"),
        _("Cixi 2012, assessment and awards of Cultural Strong Towns: awards are paid by the result"),
        decide=frozenset({R.FINANCE}),
        be_told=TOWNS,
        see=SITES - {R.ASSESSOR, R.BACKBONE},
    ),
    "assessments.rechecks": Power(
        _("Re-checks of titles"),
        _("A title is looked at again after some years, and kept or withdrawn"),
        decide=SECTION,
        be_told=TOWNS,
        see=SITES,
    ),
}
