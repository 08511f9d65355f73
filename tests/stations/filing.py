"""Registration cases of the small district, made by its own people and brought to where a test begins."""

from __future__ import annotations

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.models import User
from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.territory.actions import add_division, add_unit
from culture_admin.workflow.actions import perform
from culture_admin.workflow.steps import FLOWS
from stations.actions import assign_codes, note_documents, open_registration, open_station
from stations.models import Certificate, Registration, Station
from stations.models.registration import Kind, State
from tests.district import OPENED, District

# Who takes which step on the way of a case, in order.
WAY = (
    ("submit", "station_head"),
    ("endorse", "town_officer"),
    ("review", "bureau_leader"),
    ("accept", "registrar"),
    ("examine", "registrar"),
    ("approve", "registrar"),
    ("issue", "registrar"),
    ("announce", "registrar"),
)
# Each state on the way, and after how many steps a case of a new legal person is in it.
AFTER = {
    State.DRAFT: 0, State.SUBMITTED: 1, State.ENDORSED: 2, State.FILED: 3, State.ACCEPTED: 4, State.EXAMINED: 5,
    State.APPROVED: 6, State.ISSUED: 7, State.ANNOUNCED: 8,
}  # fmt: skip
CODE = credit_code(INSTITUTION, "990101", 1)


def person(district: District, role: str, town: str) -> User:
    """Whoever has the role: of the town, or of the county."""
    return getattr(district, f"{role}_{town}" if role in ("station_head", "town_officer") else role)


def unregistered(district: District, town: str = "east") -> Station:
    """The station of the town, as it was before it was a legal person."""
    station = district.station(town)
    Certificate.objects.filter(station=station).delete()
    Station.objects.filter(pk=station.pk).update(address="东街1号")
    return district.station(town)


def draft(district: District, kind: str = Kind.ESTABLISHMENT, town: str = "east", **entries) -> Registration:
    """A case as its station's head writes it, with every document in place."""
    station = unregistered(district, town) if kind == Kind.ESTABLISHMENT else district.station(town)
    if kind in Registration.CERTIFYING:
        said = {"purpose": "公益文化服务", "funding": "财政补助", "startup_funds": 300_000, "domicile": "东街1号"}
        known = Certificate.objects.filter(station=station).values().first() or {}
        entries = {name: value for name, value in said.items() if known.get(name) in ("", None)} | entries
    head = getattr(district, f"station_head_{town}")
    case = open_registration(actor=head, station=station, kind=kind, **entries)
    note_documents(actor=head, registrations=[case], note="已交窗口")
    return case


def bring(district: District, case: Registration, state: str, town: str = "east", at=None) -> Registration:
    """Takes the steps of the way that lie between where the case is and the state."""
    case.refresh_from_db()
    begun = AFTER.get(case.state, AFTER[State.SUBMITTED])
    for step, role in WAY[begun:]:
        if case.state == state:
            break
        if not FLOWS[Registration].steps[step].concerns(case):
            continue
        if step == "approve" and case.kind == Kind.ESTABLISHMENT and not case.uscc:
            assign_codes(actor=district.registrar, codes={case.pk: CODE}, at=at)
        perform(case, step, actor=person(district, role, town), comment="同意" if step == "endorse" else "", at=at)
        case.refresh_from_db()
    assert case.state == state
    return case


def several(district: District, number: int, first: int = 200) -> list[Station]:
    """Stations of as many new towns of the county, each with a head and an officer; none is a legal person yet."""
    made = []
    for one in range(first, first + number):
        code = f"990101{one}"
        town = add_division(code=code, name_zh=f"第{one}镇", level="town", type="town", parent=district.county)
        government = add_unit(kind="town", division=town, name_zh=f"第{one}镇人民政府")
        station = open_station(
            actor=None, division=town, name_zh=f"第{one}镇综合文化站", opened_on=OPENED, address=f"{one}号"
        )
        grant_office(
            actor=None, user=district.town_officer_east, role="town_officer", unit=government, valid_from=OPENED
        )
        head = issue_account(actor=None, username=f"head.{code}", name=f"站长{one}")
        grant_office(actor=None, user=head, role="station_head", unit=station.unit, valid_from=OPENED)
        made.append(station)
    return made
