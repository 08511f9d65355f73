"""Schemes of the east county, and the API and the pages as an account sees them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from culture_admin.accounts.models import User
from culture_admin.scoring.actions import draft_scheme
from culture_admin.scoring.models import Scheme
from tests.interfaces.conftest import Api

BODY = {
    "sections": [
        {
            "code": "1",
            "name_zh": "群众文化活动",
            "name_en": "Mass cultural activities",
            "weight": "60",
            "factor": "1.5",
            "indicators": [
                {
                    "code": "1.1",
                    "name_zh": "文化活动",
                    "name_en": "Activities",
                    "points": "40",
                    "rule": {"method": "M4", "target": "24", "full": "40"},
                    "source": {"origin": "metric", "metric": "activities.held"},
                },
                {
                    "code": "1.2",
                    "name_zh": "组织领导",
                    "points": "20",
                    "rule": {"method": "M1", "target": "1", "full": "20"},
                    "source": {"origin": "yes_no"},
                    "evidence": "镇党委会议纪要",
                },
            ],
        },
        {
            "code": "2",
            "name_zh": "站舍",
            "weight": "40",
            "indicators": [
                {
                    "code": "2.1",
                    "name_zh": "站舍面积",
                    "points": "40",
                    "rule": {"method": "M2", "bands": [["1500", "40"], ["500", "20"]]},
                    "source": {"origin": "metric", "metric": "stations.floor_area", "span": "year_end"},
                },
                {
                    "code": "2.9",
                    "name_zh": "重大安全事故",
                    "part": "veto",
                    "rule": {"method": "M10"},
                    "source": {"origin": "yes_no"},
                },
            ],
        },
    ],
    "groups": [{"code": "A", "name_zh": "镇", "compared": "towns"}],
    "titles": [
        {"name_zh": "优秀", "points": "90", "best": "0.2", "award": "50000"},
        {"name_zh": "合格", "points": "60"},
    ],
}
ENTRIES = {
    "name_zh": "文化强镇考核办法",
    "name_en": "Assessment of Cultural Strong Towns",
    "subject": "town",
    "year": 2026,
    "document": "东文〔2026〕3号",
}


@pytest.fixture
def scheme(district) -> Scheme:
    """A draft of the county's scheme, complete."""
    return draft_scheme(
        actor=district.bureau_admin, at=district.now, place=district.county, total=Decimal(100), **ENTRIES, **BODY
    )


@pytest.fixture
def api(district) -> Callable[[str], Api]:
    return lambda username: Api(User.objects.get(username=username), headers={"accept-language": "en"})


@pytest.fixture
def post(api) -> Callable:
    """Sends a body to the API as somebody, with a key of its own; gives the answer."""
    keys = iter(range(10_000))

    def send(username: str, path: str, body: dict, **headers):
        sent = {"Idempotency-Key": f"k{next(keys)}", **headers}
        return api(username).post(path, body, format="json", headers=sent)

    return send


@pytest.fixture
def pages(district) -> Callable[[str], Client]:
    """The pages as the account of a username sees them."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
