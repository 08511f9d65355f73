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
# The section of the bureau that guides stations from day to day, and whoever stands in for all sections.
SECTION = frozenset({R.BUREAU_ADMIN, R.SERVICE})
DUAL = _("Dual management of Cixi: the town administers and pays, the bureau appoints, approves, guides and assesses")

POWERS: dict[str, Power] = {
    "territory": Power(
        _("Divisions and units"),
        _("Official division codes; units are entered by the system administrator"),
        decide=frozenset({R.SYSTEM_ADMIN}),
        see=frozenset(Role.values),
    ),
    "boundaries": Power(
        _("Changes of boundaries"),
        _(
            "Regulations on the Administration of Administrative Divisions (State Council Order 704): who decides on"
            " divisions stands in the document; here it is drawn up, consented to by the bureau's leader, and applied by the"
            " system administrator"
        ),
        propose=frozenset({R.BUREAU_ADMIN, R.SYSTEM_ADMIN}),
        consent=frozenset({R.BUREAU_LEADER}),
        decide=frozenset({R.SYSTEM_ADMIN}),
        be_told=frozenset({R.TOWN_OFFICER, R.STATION_HEAD, R.REGISTRAR}),
        see=SITES,
    ),
    "accounts": Power(
        _("Accounts and offices"),
        _("GB/T 22239-2019: system, security and audit administration are separate"),
        propose=frozenset({R.BUREAU_ADMIN}),
        decide=frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN}),
        see=frozenset({R.AUDIT_ADMIN, R.BUREAU_LEADER}),
    ),
    "accounts.readings": Power(
        _("Read log of personal data"),
        _(
            "Personal Information Protection Law, Art. 51 and 54: who reads is noted, and somebody else looks at the notes"
        ),
        see=frozenset({R.AUDIT_ADMIN}),
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
    "stations.officers": Power(
        _("Posts and officers of stations"),
        _("Regulations of Zhejiang on public cultural services, Art. 14; the bureau keeps the staffing plan of Cixi"),
        propose=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.PERSONNEL}),
        see=BUREAU | STATION,
    ),
    "stations.officers.data": Power(
        _("Personal data of officers in clear"),
        _("Personal Information Protection Law, Art. 6 and 51: for a purpose, by those who need it, and noted"),
        decide=frozenset({R.PERSONNEL, R.TOWN_OFFICER}),
    ),
    "stations.trainings": Power(
        _("Training of station staff"),
        _("Dual management of Cixi: the bureau holds no less than two special trainings of station staff a year"),
        decide=SECTION,
        be_told=STATION,
        see=SITES,
    ),
    "stations.pairings": Power(
        _("Pairing of the cultural centre with stations"),
        _(
            "Dual management of Cixi: professional backbone is paired with stations, each person for more than 50 days a year"
        ),
        decide=SECTION,
        be_told=STATION | {R.BACKBONE},
        see=SITES,
    ),
    "stations.visits": Power(
        _("Visit days of the professional backbone"),
        _("Dual management of Cixi: who goes to the grass roots logs his days, the station he helped confirms them"),
        propose=frozenset({R.BACKBONE}),
        decide=STATION,
        see=SITES,
        two_persons=True,
    ),
    "stations.meetings": Power(
        _("Meetings of station heads"),
        _("Dual management of Cixi: a monthly work meeting, and on-site meetings in towns that have something to show"),
        decide=SECTION,
        be_told=STATION | {R.TOWN_OFFICER},
        see=SITES,
    ),
    "stations.follow_ups": Power(
        _("Follow-ups of meetings"),
        _("Dual management of Cixi: bureau and towns keep each other informed and act together"),
        propose=STATION | {R.TOWN_OFFICER, R.BACKBONE},
        decide=SECTION,
        see=BUREAU | {R.OBSERVER},
    ),
    "stations.circulars": Power(
        _("Circulars and collections"),
        _("Dual management of Cixi: bureau and towns keep each other informed and act together"),
        propose=frozenset({R.PERSONNEL, R.FINANCE}),
        decide=SECTION | {R.BUREAU_LEADER},
        be_told=STATION | {R.TOWN_OFFICER},
        see=frozenset({R.OBSERVER}),
    ),
    "stations.replies": Power(
        _("Replies to circulars"),
        _("Dual management of Cixi: each unit answers for itself, the section that asked accepts the answer"),
        propose=STATION | {R.TOWN_OFFICER},
        decide=SECTION | {R.PERSONNEL, R.FINANCE},
        see=frozenset({R.BUREAU_LEADER, R.OBSERVER}),
    ),
    "stations.reports": Power(
        _("Information reports of towns"),
        _("Dual management of Cixi: towns report what is new in time; what is adopted counts for the town"),
        propose=STATION | {R.TOWN_OFFICER},
        decide=SECTION,
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
    "deadlines": Power(
        _("Deadlines"),
        _(
            "Whoever owes something and whoever oversees him sees by when; deadlines come from laws, plans and cases alone"
        ),
        see=SITES | FIRM | {R.REGISTRAR},
    ),
    "notices": Power(
        _("Messages sent out"),
        _("GB/T 22239-2019: the system is run by the system administrator and looked over by the audit administrator"),
        decide=frozenset({R.SYSTEM_ADMIN}),
        see=frozenset({R.AUDIT_ADMIN, R.BUREAU_ADMIN}),
    ),
    "documents": Power(
        _("Numbers of documents"),
        _("GB/T 9704-2012, 7.2.5: each issuing unit numbers its documents by year; a number is not given twice"),
        decide=BUREAU | {R.REGISTRAR, R.TOWN_OFFICER},
        see=STATION | {R.OBSERVER, R.AUDIT_ADMIN},
    ),
    "exchange": Power(
        _("Ledgers from sheets"),
        _("The station keeps the ledger of what happened; what others report waits for the station"),
        propose=STATION | {R.BUREAU_ADMIN, R.SERVICE},
    ),
}
