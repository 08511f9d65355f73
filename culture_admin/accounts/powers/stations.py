"""The lines of stations: legal persons under two authorities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import DUAL, SECTION, SITES, Power
from culture_admin.accounts.roles import BUREAU, STATION, R

STATIONS: dict[str, Power] = {
    "stations": Power(
        _("The file of a station"),
        DUAL,
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES | {R.REGISTRAR},
    ),
    "stations.registration": Power(
        _("Registration of a station as a legal person"),
        _("Interim Regulations on the Registration of Public Institutions, Art. 7-8"),
        propose=frozenset({R.STATION_HEAD, R.TOWN_OFFICER, R.BUREAU_ADMIN}),
        decide=frozenset({R.REGISTRAR}),
        see=SITES,
        two_persons=True,
    ),
    "stations.registration.opinion": Power(
        _("The sponsor's opinion on a registration or an annual report"),
        _("Interim Regulations, Art. 6: the sponsor founds the unit; what it files goes through the sponsor first"),
        decide=frozenset({R.TOWN_OFFICER}),
        see=SITES | {R.REGISTRAR},
    ),
    "stations.registration.review": Power(
        _("The culture authority's review of a registration"),
        _("Interim Regulations, Art. 6: approved by the approving authority; dual management of Cixi"),
        decide=frozenset({R.BUREAU_ADMIN, R.BUREAU_LEADER}),
        see=SITES | {R.REGISTRAR},
        two_persons=True,
    ),
    "stations.certificates": Power(
        _("Certificates of legal persons"),
        _("Interim Regulations on the Registration of Public Institutions, Art. 8-9 and 14"),
        propose=frozenset({R.BUREAU_ADMIN}),
        decide=frozenset({R.REGISTRAR}),
        see=SITES,
    ),
    "stations.sanctions": Power(
        _("Sanctions against a legal person"),
        _("Interim Regulations on the Registration of Public Institutions, Art. 19"),
        decide=frozenset({R.REGISTRAR}),
        be_told=frozenset({R.STATION_HEAD, R.TOWN_OFFICER, R.BUREAU_ADMIN, R.BUREAU_LEADER}),
        see=SITES,
    ),
    "stations.grading": Power(
        _("Grades and titles"),
        _("National assessment and grading of stations, every four years"),
        decide=frozenset({R.BUREAU_ADMIN, R.BUREAU_LEADER}),
        be_told=frozenset({R.STATION_HEAD, R.TOWN_OFFICER}),
        see=SITES,
    ),
    "stations.features": Power(
        _("Features of towns: one town, one brand"),
        _("The town proposes what it is known for, with evidence; the bureau recognises it"),
        propose=STATION | {R.TOWN_OFFICER},
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        see=SITES,
    ),
    "stations.safety": Power(
        _("Safety checks of stations"),
        _(
            "Public Cultural Service Guarantee Law, Art. 22: whoever manages a facility keeps it safe and has it looked at"
        ),
        decide=STATION | {R.TOWN_OFFICER, R.BUREAU_ADMIN, R.SERVICE},
        see=SITES,
    ),
    "stations.complaints": Power(
        _("Complaints about stations"),
        DUAL,
        propose=STATION,
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        be_told=frozenset({R.STATION_HEAD}),
        see=BUREAU,
    ),
    "stations.complaints.data": Power(
        _("Who complained, in clear"),
        _("Personal Information Protection Law, Art. 6 and 51: for a purpose, by those who need it, and noted"),
        decide=frozenset({R.TOWN_OFFICER, R.SERVICE}),
    ),
    "stations.facts": Power(
        _("Facts of the year for the national form"),
        _("Public Cultural Service Guarantee Law, Art. 21: facilities report their assets and services every year"),
        propose=STATION,
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
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
    "stations.personnel": Power(
        _("Recruitment, transfer, dismissal and secondment of officers"),
        _(
            "Regulations of Zhejiang on public cultural services, Art. 14; Cixi: the town files in advance, the bureau approves"
        ),
        propose=frozenset({R.TOWN_OFFICER}),
        consent=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.PERSONNEL}),
        be_told=frozenset({R.STATION_HEAD}),
        see=frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN}),
        two_persons=True,
    ),
    "stations.appointment": Power(
        _("Appointment and removal of station heads"),
        _("Dual management of Cixi: the town recommends, the bureau examines, inspects and appoints"),
        propose=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.BUREAU_LEADER}),
        be_told=frozenset({R.STATION_HEAD, R.PERSONNEL}),
        see=frozenset({R.BUREAU_ADMIN}),
        two_persons=True,
    ),
    "stations.pay": Power(
        _("Pay of officers"),
        _("Regulations on Personnel of Public Institutions, Art. 32; Cixi: the bureau reviews and determines the pay"),
        propose=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.PERSONNEL}),
        see=frozenset({R.BUREAU_LEADER}),
        two_persons=True,
    ),
    "stations.pay.data": Power(
        _("Pay of officers in clear"),
        _("Personal Information Protection Law, Art. 6 and 51: for a purpose, by those who need it, and noted"),
        decide=frozenset({R.PERSONNEL, R.TOWN_OFFICER, R.BUREAU_LEADER}),
    ),
    "stations.off_post": Power(
        _("The off-post ledger"),
        _(
            "Cixi: who is established but off post takes no part in the year's promotion, and his years of service are reduced"
        ),
        propose=frozenset({R.TOWN_OFFICER}),
        decide=frozenset({R.PERSONNEL}),
        be_told=STATION,
        see=BUREAU,
    ),
    "stations.objections": Power(
        _("Objections to the off-post ledger"),
        _("Regulations on Personnel of Public Institutions, Art. 38: who is concerned may ask for a review"),
        propose=STATION | {R.TOWN_OFFICER},
        decide=frozenset({R.BUREAU_LEADER}),
        be_told=frozenset({R.PERSONNEL}),
        two_persons=True,
    ),
    "stations.promotion": Power(
        _("Promotion of professional titles"),
        _("Cixi: who is established but off post takes no part in the promotion of titles of that year"),
        propose=STATION | {R.TOWN_OFFICER},
        decide=frozenset({R.PERSONNEL}),
        see=frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN}),
        two_persons=True,
    ),
    "stations.trainings": Power(
        _("Training of station staff"),
        _("Dual management of Cixi: the bureau holds no less than two special trainings of station staff a year"),
        decide=SECTION,
        be_told=STATION,
        see=SITES,
    ),
    "stations.trainings.attendance": Power(
        _("Attendance of officers at trainings"),
        _("Personal Information Protection Law, Art. 6: no more than the purpose needs"),
        decide=SECTION,
        be_told=STATION | {R.TOWN_OFFICER},
        see=BUREAU,
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
        be_told=STATION | {R.TOWN_OFFICER},
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
        be_told=frozenset({R.BUREAU_LEADER, R.TOWN_OFFICER, R.STATION_HEAD}),
        see=SITES,
    ),
}
