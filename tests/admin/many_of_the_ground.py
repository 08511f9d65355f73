"""Rows of the ground floor in numbers, for the lists of the admin."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.models import Membership, PersonalReading, Substitution
from culture_admin.accounts.personal.reading import reveal
from culture_admin.accounts.substitutes import name_substitute
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.exchange.models import DocumentNumber, DocumentRegister, Printout
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.printing import print_paper
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from culture_admin.statistics.actions import set_target
from culture_admin.statistics.models import Snapshot, Target
from culture_admin.statistics.snapshots import Asked, take
from stations.actions import record_officer
from tests.boundaries.plans import drawn, renaming
from tests.district import NOW, OPENED, TODAY, District


def register(district: District, number: int) -> DocumentRegister:
    return open_register(
        actor=None,
        unit=district.bureau,
        prefix=f"试{'零一二三四五六七八九'[number // 10]}{'零一二三四五六七八九'[number % 10]}",
    )


def numbered(district: District, number: int) -> DocumentNumber:
    kept = DocumentRegister.objects.first() or register(district, number)
    return issue_number(actor=None, register=kept, title=f"文{number}", at=NOW)


def printed(district: District, number: int) -> Printout:
    activity = district.log(title=f"演出{number}")
    return print_paper(actor=district.bureau_admin, paper=PAPERS["activity-archive"], subject=activity, at=NOW)


def substituted(district: District, number: int) -> Substitution:
    holder, other = (
        issue_account(actor=None, username=f"{name}{number}", name=f"{name}{number}") for name in ("holder", "other")
    )
    for user, role in ((holder, "service"), (other, "finance")):
        grant_office(actor=None, user=user, role=role, unit=district.bureau, valid_from=OPENED)
    office = Membership.objects.get(user=holder)
    return name_substitute(actor=holder, office=office, user=other, valid_to=TODAY + timedelta(days=9), at=NOW)


def reading(district: District, number: int) -> PersonalReading:
    officer = record_officer(
        actor=district.personnel, at=NOW, station=district.east, name=f"人{number}", phone=f"199{number:08d}"
    )
    reveal(actor=district.personnel, record=officer.data, field="phone", reason="联系本人", at=NOW)
    return PersonalReading.objects.latest("pk")


def scheme(district: District, number: int) -> Scheme:
    return draft_scheme(
        actor=district.bureau_admin, at=NOW, place=district.county, subject="town", year=2000 + number,
        name_zh=f"办法{number}", total=Decimal(100),
    )  # fmt: skip


def snapshot(district: District, number: int) -> Snapshot:
    asked = [Asked(("activities.held",))]
    return take(actor=district.service, place=district.county, asked=asked, name=f"数{number}", at=NOW)


def target(district: District, number: int) -> Target:
    year = 2001 + number
    return set_target(
        actor=district.service,
        at=NOW,
        place=district.county,
        metric="activities.held",
        year=year,
        number=9,
        source="文",
    )


OF_THE_GROUND = {
    Target: target,
    Snapshot: snapshot,
    Scheme: scheme,
    BoundaryChange: lambda district, number: drawn(
        district, "rename", renaming(district.town("east"), f"新{number}镇")
    ),
    DocumentRegister: register,
    DocumentNumber: numbered,
    Printout: printed,
    Substitution: substituted,
    PersonalReading: reading,
}
