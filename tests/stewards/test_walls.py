"""The walls around firms and contracts: at each of their doors whoever does not see a record is answered as if there were none."""

from __future__ import annotations

import pytest

from tests.district import District
from tests.furnishing import MARKS
from tests.matrix import MISSING, client_of, doors, plain, principals, seen_by
from tests.stewards.furnished_deals import PAGES_OF_DEALS, of_deals

COLLECTIONS = (
    "firms",
    "pool-members",
    "penalties",
    "firm-standings",
    "qualifications",
    "contracts",
    "service-lines",
    "supplements",
)
ROOMS = (
    "firm",
    "poolmember",
    "penalty",
    "firmstanding",
    "qualification",
    "contract",
    "serviceline",
    "supplement",
    "steward",
)
OURS = (
    *(f"api/v1/{name}/" for name in COLLECTIONS),
    *(f"admin/stewards/{name}/" for name in ROOMS),
    *(f"desk/{name}/" for name in PAGES_OF_DEALS),
)

# One of each kind: other towns, the firm of other contracts, another county, nobody, and a key.
WHO = (
    "station_head_east", "town_officer_east", "steward_east", "firm_manager", "bureau_admin_elsewhere", "observer", "stranger",
    "key of a station",
)  # fmt: skip


@pytest.fixture
def marked(district: District):
    return {town: list(of_deals(district, town, MARKS.get(town, "⟦t-own⟧"))) for town in ("east", "west", "elsewhere")}


def test_nobody_reads_what_lies_outside_his_office(district, marked):
    ours = [door for door in doors() if door.route.replace("^", "").startswith(OURS)]
    assert len(ours) > 60
    asked = 0
    everybody = principals(district)
    for who in WHO:
        user, key = everybody[who]
        client, forbidden = client_of(user, key), set(MARKS) - seen_by(user, who)
        for door in ours:
            if door.route.startswith("admin/") and not (user and user.is_staff):
                continue
            missing = client.get(door.at(MISSING if door.model else "x"))
            assert missing.status_code < 500, (who, door.route)
            bodies = [missing]
            if door.model and missing.status_code == 404:
                rows = [row for town in forbidden for row in marked[town] if isinstance(row, door.model)]
                for row in rows:
                    answer = client.get(door.at(row.pk))
                    assert (answer.status_code, plain(answer)) == (404, plain(missing)), (who, door.at(row.pk))
                    bodies.append(answer)
            asked += len(bodies)
            for answer in bodies:
                text = answer.content.decode("utf-8", "replace")
                assert not [town for town in forbidden if MARKS[town] in text], (who, door.route)
    assert asked > 500


def test_whoever_may_finds_the_marks(district, marked):
    """A wall behind which nothing stands would prove nothing."""
    client = client_of(district.bureau_admin, "")
    for collection in COLLECTIONS:
        assert MARKS["west"] in client.get(f"/api/v1/{collection}/").content.decode(), collection
    assert MARKS["west"] in client_of(district.town_officer_west, "").get("/desk/contracts/").content.decode()
