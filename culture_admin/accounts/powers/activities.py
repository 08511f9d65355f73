"""The lines of activities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import SECTION, SITES, Power
from culture_admin.accounts.roles import BUREAU, FIRM, STATION, R

ACTIVITIES: dict[str, Power] = {
    "activities": Power(
        _("The log of activities"),
        _("The station keeps the ledger of what happened; what others report waits for the station"),
        propose=FIRM | {R.BUREAU_ADMIN, R.SERVICE},
        decide=STATION,
        see=SITES,
    ),
    "activities.checks": Power(
        _("Spot checks of activities"),
        _("The bureau guides and assesses; what it finds on the spot is a finding, not a decision on the log"),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES,
    ),
    "activities.signals": Power(
        _("Signals about the evidence of an activity"),
        _("Shown to whoever answers for the ledger and whoever oversees it; a signal decides nothing"),
        see=STATION | BUREAU,
    ),
    "activities.ratings": Power(
        _("Ratings by residents"),
        _("The public is asked how satisfied it is; what residents write is for the station and the bureau"),
        be_told=STATION | BUREAU,
        see=SITES,
    ),
    "activities.teams": Power(
        _("Mass amateur art teams"),
        _("DB33/T 2096-2018: teams apply, the station registers, the bureau files"),
        propose=FIRM | {R.BUREAU_ADMIN, R.SERVICE},
        decide=STATION,
        see=SITES,
    ),
    "activities.visits": Power(
        _("Visits in free opening"),
        _("Stations are open free of charge and count who comes; the station keeps the count"),
        decide=STATION,
        see=SITES,
    ),
    "activities.returns": Power(
        _("The monthly return"),
        _("Monthly return by the 5th: the station head answers for the figures, the bureau closes the month"),
        propose=STATION,
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES,
    ),
    "activities.teams.filing": Power(
        _("Filing and stars of amateur teams"),
        _("DB33/T 2096-2018: teams apply, the station registers, the bureau files; stars are reviewed every two years"),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES | FIRM,
    ),
    "activities.learners": Power(
        _("Rosters of courses"),
        _("Personal Information Protection Law, Art. 6: no more than the purpose needs"),
        propose=FIRM,
        decide=STATION,
        see=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
    ),
    "activities.contacts": Power(
        _("Telephones of team leaders and learners in clear"),
        _("Personal Information Protection Law, Art. 6 and 51: for a purpose, by those who need it, and noted"),
        decide=STATION | SECTION,
    ),
    "activities.works": Power(
        _("Works and prizes"),
        _("The station keeps the ledger of what happened; what others report waits for the station"),
        propose=FIRM | {R.BUREAU_ADMIN, R.SERVICE},
        decide=STATION,
        see=SITES,
    ),
}
