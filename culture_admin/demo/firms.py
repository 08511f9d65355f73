"""The two firms, their twenty-six stewards, and where each was posted under which contract (data/postings.csv)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from culture_admin.accounts.models import User
from culture_admin.accounts.roles import Role
from culture_admin.demo.accounts import STEWARDED_TOWNS, Offices
from culture_admin.demo.codes import COMPANY, credit_code
from culture_admin.demo.districts import County, Town, read
from culture_admin.demo.names import Names
from culture_admin.demo.station_files import clerk
from stewards.actions import add_firm, add_steward, post_steward
from stewards.models import Contract, Firm, Posting, Steward

NAMES = {
    "jiangnan": ("江南文化管家服务公司", "Jiangnan Culture Stewards"),
    "qianchao": ("钱潮艺术服务公司", "Qianchao Art Services"),
}


@dataclass(frozen=True, eq=False)
class Service:
    """One posting: the steward's time at a town, who enters it (he himself, or the firm's manager for him), and that manager."""

    posting: Posting
    town: Town
    filer: User
    manager: User

    @property
    def has_account(self) -> bool:
        """Whether he logs himself."""
        return self.posting.steward.user_id == self.filer.pk

    @property
    def begins(self) -> date:
        return self.posting.valid_from

    def last_day(self, until: date) -> date:
        """The last day he is there, at most `until`."""
        return min(until, self.posting.valid_to - timedelta(days=1)) if self.posting.valid_to else until


def found_firms(county: County, names: Names, offices: Offices) -> dict[str, Firm]:
    """The two firms, each with an account of its manager; by key."""
    firms = {}
    for serial, (key, (name_zh, name_en)) in enumerate(NAMES.items(), start=1):
        manager = names.person()
        firms[key] = add_firm(
            actor=county.people["bureau"],
            division=county.division,
            name_zh=name_zh,
            name_en=name_en,
            uscc=credit_code(COMPANY, county.division.code, serial),
            manager=manager,
        )
        county.people[f"firm.{key}"] = offices.fill(f"firm.{key}", Role.FIRM_MANAGER, firms[key].unit, name=manager)
    return firms


def post_stewards(
    county: County, firms: Mapping[str, Firm], deals: Mapping[str, Sequence[Contract]], names: Names, offices: Offices
) -> list[Service]:
    """Posts the stewards, under the contract of each time as far as it covers the town; one service a posting."""
    stewards: dict[str, Steward] = {}
    services: list[Service] = []
    for row in read("postings.csv"):
        number, key, town = row["steward"], row["firm"], county.towns[row["town"]]
        manager = county.people[f"firm.{key}"]
        if number not in stewards:
            user = _account(town, firms[key], services, names, offices)
            stewards[number] = add_steward(
                actor=manager,
                firm=firms[key],
                name=user.name if user else names.person(),
                speciality=row["speciality"],
                user=user,
            )
        begins = date.fromisoformat(row["valid_from"])
        ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        stays = town in county.towns_of_today
        for valid_from, valid_to, contract in _times(begins, ends, deals[key] if stays else ()):
            posting = post_steward(
                actor=clerk(county, "service", town.division),
                steward=stewards[number],
                station=town.station,
                valid_from=valid_from,
                valid_to=valid_to,
                contract=contract,
            )
            services.append(Service(posting, town, stewards[number].user or manager, manager))
    return services


def _times(
    begins: date, ends: date | None, contracts: Sequence[Contract]
) -> Iterator[tuple[date, date | None, Contract | None]]:
    """The parts of a time that lie under each contract, and before them under none; with the last one it is over."""
    at = begins
    for contract in contracts:
        first, after = contract.begins_on, contract.ends_on + timedelta(days=1)
        if ends and ends <= first:
            break
        if at < first:
            yield at, first, None
            at = first
        if at < after:
            until = min(after, ends) if ends else after
            yield at, until, contract
            at = until
    if not contracts:
        yield at, ends, None


def _account(town: Town, firm: Firm, services: list[Service], names: Names, offices: Offices) -> User | None:
    """The first steward of the towns people sign in to has an account."""
    if town.key not in STEWARDED_TOWNS or any(service.town is town for service in services):
        return None
    return offices.fill(f"steward.{town.key}", Role.STEWARD, firm.unit, name=names.person())
