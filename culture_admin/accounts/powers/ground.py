"""The lines of the ground floor: divisions, accounts, numbers, documents, sheets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers.lines import SECTION, SITES, Power
from culture_admin.accounts.roles import ADMINISTRATORS, BUREAU, FIRM, STATION, R, Role

GROUND: dict[str, Power] = {
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
    "accounts.substitutes": Power(
        _("Substitutes"),
        _("The holder of an office answers for who stands in for him; both stand in every decision"),
        propose=frozenset(Role.values) - FIRM - ADMINISTRATORS,
        decide=frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN}),
        see=frozenset({R.AUDIT_ADMIN}),
    ),
    "accounts.readings": Power(
        _("Read log of personal data"),
        _(
            "Personal Information Protection Law, Art. 51 and 54: who reads is noted, and somebody else looks at the notes"
        ),
        see=frozenset({R.AUDIT_ADMIN}),
    ),
    "schemes": Power(
        _("Schemes of assessment"),
        _(
            "Cixi 2012, assessment and awards of Cultural Strong Towns: the bureau writes the detailed rules and carries out the"
            " acceptance"
        ),
        propose=frozenset({R.BUREAU_ADMIN, R.SERVICE}),
        decide=frozenset({R.BUREAU_LEADER}),
        be_told=frozenset({R.TOWN_OFFICER, R.STATION_HEAD}),
        see=SITES,
        two_persons=True,
    ),
    "statistics": Power(
        _("Statistics"),
        _("National statistical regime for culture and tourism: who is in charge is responsible"),
        see=SITES | FIRM,
    ),
    "snapshots": Power(
        _("Snapshots of numbers"),
        _("National statistical regime for culture and tourism: what was reported is kept as it was reported"),
        decide=SECTION,
        see=SITES,
    ),
    "targets": Power(
        _("Targets of the year"),
        _("The document that sets the target; the bureau enters it, towns and stations are told"),
        decide=SECTION,
        be_told=frozenset({R.TOWN_OFFICER, R.STATION_HEAD}),
        see=SITES,
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
        propose=STATION | {R.TOWN_OFFICER, R.BUREAU_ADMIN, R.SERVICE, R.PERSONNEL},
    ),
}
