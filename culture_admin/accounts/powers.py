"""The dual-authority matrix: power × office × verb, with the legal basis of each line.

Steps, buttons, API `actions`, admin permissions, notices and the permission tests are all made from this one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.territory.models import named


class Role(models.TextChoices):
    BUREAU_LEADER = "bureau_leader", _("Bureau leader")
    BUREAU_ADMIN = "bureau_admin", _("Bureau administrator")
    PERSONNEL = "personnel", _("Personnel section")
    SERVICE = "service", _("Public service section")
    FINANCE = "finance", _("Finance section")
    REGISTRAR = "registrar", _("Registration office")
    BACKBONE = "backbone", _("Professional backbone")
    ASSESSOR = "assessor", _("Assessor")
    TOWN_OFFICER = "town_officer", _("Town officer")
    STATION_HEAD = "station_head", _("Station head")
    STATION_OFFICER = "station_officer", _("Cultural officer")
    FIRM_MANAGER = "firm_manager", _("Firm manager")
    STEWARD = "steward", _("Cultural steward")
    OBSERVER = "observer", _("Observer")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


R = Role
ADMINISTRATORS = frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDIT_ADMIN})
BUREAU = frozenset({R.BUREAU_LEADER, R.BUREAU_ADMIN, R.PERSONNEL, R.SERVICE, R.FINANCE})
STATION = frozenset({R.STATION_HEAD, R.STATION_OFFICER})
FIRM = frozenset({R.FIRM_MANAGER, R.STEWARD})
# Where each role begins its day (CONTRACT.md, Addresses).
ADMIN_ROLES = BUREAU | ADMINISTRATORS | {R.REGISTRAR, R.OBSERVER}
DESK_ROLES = STATION | FIRM | {R.TOWN_OFFICER, R.BACKBONE, R.ASSESSOR}
# Which kinds of unit an office of a role can belong to.
SEATS = {
    **dict.fromkeys(BUREAU | ADMINISTRATORS | {R.OBSERVER, R.ASSESSOR}, {"bureau"}),
    R.REGISTRAR: {"registration"},
    R.BACKBONE: {"centre", "bureau"},
    R.TOWN_OFFICER: {"town"},
    **dict.fromkeys(STATION, {"station"}),
    **dict.fromkeys(FIRM, {"firm"}),
}

VERBS = ("propose", "consent", "decide", "be_told", "see")


@dataclass(frozen=True, slots=True)
class Office:
    """An office in somebody's hands: (role, unit), where the unit lies, and for whom he acts as a substitute."""

    role: str
    unit_id: int
    unit_kind: str
    path: str
    user_id: int
    unit_name: str
    acting_for: int | None = None
    unit_name_en: str = ""

    @property
    def unit_shown(self) -> str:
        """The unit's name in the reader's language; decisions keep `unit_name`, the official one."""
        return named(self.unit_name, self.unit_name_en)


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
        propose=STATION | {R.BUREAU_ADMIN, R.SERVICE},
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """May he, and if not why: a stable code and a sentence in the reader's language."""

    allowed: bool
    code: str = ""
    text: object = ""
    office: Office | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return self.allowed


class NotPermitted(PermissionDenied):
    """What the matrix refuses, with its code and its sentence."""

    def __init__(self, answer: Answer):
        super().__init__(answer.text)
        self.code = answer.code


def may(office: Office, power: str, verb: str) -> bool:
    """Whether the matrix gives this office this verb."""
    return office.role in POWERS[power].roles(verb)


def ask(offices: Iterable[Office], power: str, verb: str, *, path: str = "", unit_id: int | None = None) -> Answer:
    """Which of `offices` may `verb` in the power, at the place `path` and, for a firm, at its unit `unit_id`.

    The answer names the office; a refusal says who may instead and on what basis.
    """
    line = POWERS[power]
    named = [office for office in offices if office.role in line.roles(verb)]
    for office in named:
        # A firm is no branch of the tree: it acts where its own people are, not wherever its division reaches.
        covers = office.unit_id == unit_id if office.unit_kind == "firm" else path.startswith(office.path)
        if covers or not path:
            return Answer(True, office=office)
    if named:
        return Answer(
            False, "outside_territory", _("Your office covers another place. (%(power)s)") % {"power": line.label}
        )
    who = "、".join(str(Role(role).label) for role in sorted(line.roles(verb)))
    return Answer(
        False,
        "not_your_power",
        _("%(power)s: this is for %(who)s. Basis: %(basis)s.") % {"power": line.label, "who": who, "basis": line.basis},
    )


def require_of(actor, power: str, *verbs: str, path: str = "", unit_id: int | None = None) -> None:
    """Asks the matrix in the name of a verb; without an actor it is the system itself, a command or the demo."""
    if actor is not None:
        require(actor.offices, power, verbs or ("decide",), path=path, unit_id=unit_id)


def require(
    offices: Sequence[Office], power: str, verbs: Sequence[str], *, path: str = "", unit_id: int | None = None
) -> tuple[Office, str]:
    """The office that has the first of `verbs` anybody of `offices` has, and that verb. Raises PermissionDenied."""
    answers = [ask(offices, power, verb, path=path, unit_id=unit_id) for verb in verbs]
    for answer, verb in zip(answers, verbs, strict=True):
        if answer.office:
            return answer.office, verb
    raise NotPermitted(answers[-1])
