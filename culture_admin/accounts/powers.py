"""The dual-authority matrix: power × office × verb, with the legal basis of each line.

Steps, buttons, API `actions`, admin permissions, notices and the permission tests are all made from this one table.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import BUREAU, FIRM, STATION, R, Role

VERBS = ("propose", "consent", "decide", "be_told", "see")


@dataclass(frozen=True)
class Power:
    """One line of the matrix. `two_persons`: nobody decides on what he filed, also not through a substitute."""

    label: object
    basis: object
    propose: frozenset = frozenset()
    consent: frozenset = frozenset()
    decide: frozenset = frozenset()
    be_told: frozenset = frozenset()
    see: frozenset = frozenset()
    two_persons: bool = False

    def roles(self, verb: str) -> frozenset:
        """Who may `verb`; whoever proposes, consents, decides or is told also sees, and who proposes or decides enters."""
        if verb == "see":
            return self.see | self.propose | self.consent | self.decide | self.be_told
        if verb == "enter":
            return self.propose | self.decide
        return getattr(self, verb)


SITES = BUREAU | STATION | {R.TOWN_OFFICER, R.OBSERVER, R.ASSESSOR, R.BACKBONE}
DUAL = _("Dual management of Cixi: the town administers and pays, the bureau appoints, approves, guides and assesses")

POWERS: dict[str, Power] = {
    "territory": Power(
        _("Divisions and units"),
        _("Official division codes; units are entered by the system administrator"),
        decide=frozenset({R.SYSTEM_ADMIN}),
        see=frozenset(Role.values),
    ),
    "accounts": Power(
        _("Accounts and offices"),
        _("GB/T 22239-2019: system, security and audit administration are separate"),
        propose=frozenset({R.BUREAU_ADMIN}),
        decide=frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN}),
        see=frozenset({R.AUDIT_ADMIN, R.BUREAU_LEADER}),
    ),
    "stations": Power(
        _("The file of a station"),
        DUAL,
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES | {R.REGISTRAR},
    ),
    "stations.registration": Power(
        _("Registration of a station as a legal person"),
        _("Interim Regulations on the Registration of Public Institutions, Art. 7-8"),
        propose=frozenset({R.BUREAU_ADMIN}),
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.REGISTRAR}),
        see=SITES,
    ),
    "stations.grading": Power(
        _("Grades and titles"),
        _("National assessment and grading of stations, every four years"),
        decide=frozenset({R.BUREAU_ADMIN, R.BUREAU_LEADER}),
        see=SITES,
    ),
    "stations.budgets": Power(
        _("The yearly budget of a station and its payment plan"),
        _(
            "Public Cultural Service Guarantee Law, Art. 45; dual management of Cixi: the town guarantees the budget and pays it on"
            " schedule, and takes nothing from it without the bureau"
        ),
        propose=STATION | {R.TOWN_OFFICER},
        consent=frozenset({R.FINANCE}),
        decide=frozenset({R.TOWN_OFFICER}),
        be_told=frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN, R.STATION_HEAD}),
        see=SITES,
    ),
    "stations.appropriations": Power(
        _("Payments of the town to the station"),
        _("Dual management of Cixi: the town pays, on schedule and to plan"),
        decide=frozenset({R.TOWN_OFFICER}),
        be_told=frozenset({R.STATION_HEAD, R.FINANCE}),
        see=SITES,
    ),
    "stations.spending": Power(
        _("What a station spends"),
        _("The station is a legal person with a budget of its own; its head answers for what is spent"),
        decide=STATION,
        be_told=frozenset({R.FINANCE}),
        see=SITES,
    ),
    "stations.purposes": Power(
        _("Use of money for another purpose"),
        _(
            "Public Cultural Service Guarantee Law, Art. 55 and 59: nobody diverts the money of public culture; what a budget gives"
            " to one purpose goes to another only by decision"
        ),
        propose=frozenset({R.STATION_HEAD, R.TOWN_OFFICER}),
        decide=frozenset({R.FINANCE, R.BUREAU_LEADER}),
        be_told=STATION | {R.TOWN_OFFICER},
        see=SITES,
        two_persons=True,
    ),
    "stations.hours": Power(
        _("Opening hours and closures"),
        _(
            "Public Cultural Service Guarantee Law, Art. 31; Regulations on Public Cultural and Sports Facilities, Art. 17-18:"
            " hours are announced, a closure seven days ahead"
        ),
        decide=STATION | {R.BUREAU_ADMIN, R.SERVICE},
        be_told=frozenset({R.TOWN_OFFICER}),
        see=SITES,
    ),
    "stations.uses": Power(
        _("The ledger of what premises are used for"),
        _(
            "Public Cultural Service Guarantee Law, Art. 19; Regulations on Public Cultural and Sports Facilities, Art. 22 and 31:"
            " premises stay public-welfare"
        ),
        decide=STATION | {R.TOWN_OFFICER, R.BUREAU_ADMIN, R.SERVICE},
        be_told=frozenset({R.BUREAU_LEADER}),
        see=SITES,
    ),
    "stations.thresholds": Power(
        _("Thresholds for stations"),
        _("The law, or a standard of the province or county, sets the number; each has its source beside it"),
        decide=frozenset({R.BUREAU_ADMIN, R.BUREAU_LEADER}),
        see=SITES | {R.REGISTRAR},
    ),
    "stations.findings": Power(
        _("Findings and their rectification"),
        _(
            "Public Cultural Service Guarantee Law, Art. 61; Regulations on Public Cultural and Sports Facilities, Art. 30-31:"
            " the culture authority orders rectification within a time limit"
        ),
        propose=STATION | {R.TOWN_OFFICER},
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE, R.FINANCE}),
        be_told=frozenset({R.BUREAU_LEADER}),
        see=SITES,
    ),
    "stewards": Power(
        _("Firms, stewards and their postings"),
        _("Government Procurement Law, Art. 41; steward service of Xiaoshan"),
        propose=frozenset({R.FIRM_MANAGER}),
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES | {R.STEWARD},
    ),
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
    "activities.works": Power(
        _("Works and prizes"),
        _("The station keeps the ledger of what happened; what others report waits for the station"),
        propose=FIRM | {R.BUREAU_ADMIN, R.SERVICE},
        decide=STATION,
        see=SITES,
    ),
    "statistics": Power(
        _("Statistics"),
        _("National statistical regime for culture and tourism: who is in charge is responsible"),
        see=SITES | FIRM,
    ),
    "exchange": Power(
        _("Ledgers from sheets"),
        _("The station keeps the ledger of what happened; what others report waits for the station"),
        propose=STATION | {R.TOWN_OFFICER, R.BUREAU_ADMIN, R.SERVICE},
    ),
}
