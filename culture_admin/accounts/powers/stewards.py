"""The lines of stewards: whom the bureau buys service from, and who says what of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import SECTION, SITES, Power
from culture_admin.accounts.roles import BUREAU, STATION, R

PROCUREMENT = _("Government Procurement Law, Art. 41; steward service of Xiaoshan")
LOOP = _("Steward service of Xiaoshan: choose, use, manage, train")
TOWNS = STATION | {R.TOWN_OFFICER}
FIRM = frozenset({R.FIRM_MANAGER})
# Who reads what is bought and how it is going: the bureau, the towns that are served, the firm itself, and observers.
PARTIES = BUREAU | TOWNS | FIRM | {R.OBSERVER}

STEWARDS: dict[str, Power] = {
    "stewards": Power(
        _("Firms, stewards and their postings"),
        PROCUREMENT,
        propose=FIRM,
        consent=frozenset({R.TOWN_OFFICER}),
        decide=SECTION,
        see=SITES | {R.STEWARD},
    ),
    "stewards.credit": Power(
        _("Credit file of a firm"),
        _("Guidance on government purchase of cultural services 2015: combined review and a credit file"),
        decide=SECTION,
        be_told=FIRM,
        see=BUREAU | {R.OBSERVER},
    ),
    "stewards.contracts": Power(
        _("Contracts for steward services and their lines"),
        _("Government Procurement Law, Art. 26, 46, 47, 49; files kept 15 years, Art. 42"),
        decide=SECTION,
        be_told=FIRM,
        see=PARTIES,
    ),
    "stewards.breach": Power(
        _("Termination of a contract, and supplements"),
        _("Government Procurement Law, Art. 49 and 50"),
        propose=SECTION,
        decide=frozenset({R.BUREAU_LEADER}),
        be_told=FIRM,
        see=PARTIES,
        two_persons=True,
    ),
    "stewards.orders": Power(
        _("Orders from the service list"),
        LOOP,
        propose=TOWNS,
        decide=FIRM,
        see=BUREAU | {R.OBSERVER},
    ),
    "stewards.duty": Power(
        _("Days on duty and absences of stewards"),
        _("Steward service of Xiaoshan: four days a week in the town, one at the district"),
        propose=FIRM | {R.STEWARD},
        decide=STATION,
        see=BUREAU | {R.TOWN_OFFICER, R.OBSERVER},
    ),
    "stewards.deliveries": Power(
        _("Deliveries on service lines"),
        _("Verified service: a confirmed record counts on one line"),
        decide=SECTION,
        be_told=SECTION | FIRM | {R.TOWN_OFFICER},
        see=PARTIES | {R.STEWARD},
    ),
    "stewards.evaluations": Power(
        _("Evaluation of a contract by the service standard"),
        _("Service standard of Hangzhou for cultural stewards, category G: evaluation every quarter and every year"),
        propose=FIRM,
        decide=SECTION,
        see=PARTIES,
    ),
    "stewards.ratings": Power(
        _("Ratings of the service by the towns"),
        _("Service standard of Hangzhou for cultural stewards: bureau, town and public evaluate"),
        decide=frozenset({R.TOWN_OFFICER}),
        see=BUREAU | STATION | FIRM | {R.OBSERVER},
    ),
    "stewards.findings": Power(
        _("Findings in a service, and spot checks"),
        _("Service standard of Hangzhou for cultural stewards, G4: rectification with a deadline"),
        propose=FIRM,
        decide=SECTION,
        be_told=TOWNS,
        see=BUREAU | {R.OBSERVER},
    ),
    "stewards.acceptances": Power(
        _("Acceptance of a contract"),
        _("Government Procurement Law, Art. 41: the buyer organises the acceptance"),
        decide=SECTION,
        be_told=FIRM,
        see=PARTIES,
    ),
    "stewards.signatures": Power(
        _("Signatures under an acceptance"),
        _("Government Procurement Law, Art. 41: the members of the acceptance sign and answer for it"),
        propose=SECTION | TOWNS,
        see=BUREAU | FIRM | {R.OBSERVER},
    ),
    "stewards.deductions": Power(
        _("Deductions from what a firm is paid"),
        _("The contract's terms of breach"),
        propose=SECTION,
        decide=frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN}),
        be_told=FIRM,
        see=BUREAU | {R.OBSERVER},
        two_persons=True,
    ),
    "stewards.payments": Power(
        _("Payments to a firm"),
        _("Budget Law: who signs for a service does not pay it"),
        decide=frozenset({R.FINANCE}),
        be_told=SECTION | FIRM,
        see=BUREAU | {R.OBSERVER},
    ),
}
