"""The commands that open a real county: its divisions, its first account, a key."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import resolve

from culture_admin.accounts.actions import accept_invitation
from culture_admin.accounts.keys import authenticate
from culture_admin.accounts.models import ApiKey, User
from culture_admin.demo.districts import DATA
from culture_admin.territory.models import Division

FIRM = "91990101MA2ABCDE06"
HEADER = "code,name_zh,name_en,level,type,parent,valid_from,valid_to,successor\n"


def run(*words: str, **options) -> str:
    said = io.StringIO()
    call_command(*words, stdout=said, **options)
    return said.getvalue()


# --- load_divisions ---------------------------------------------------------------------------------------------------


def test_divisions_come_from_a_file(district):
    assert "67" in run("load_divisions", str(DATA / "divisions.csv"))
    assert Division.objects.get(code="330114004").origins.get().predecessor.code == "330109007"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "columns"),
        ("code,name\n1,2\n", "columns"),
        (HEADER + "910000,省,,province,province,,,,\n910101,县,,county,county,910100,,,\n", "line 3"),
        (HEADER + "910000,省,,realm,province,,,,\n", "line 2"),
        (HEADER + "910000,省,,province,province,,gestern,,\n", "gestern"),
        (HEADER + "9100,省,,province,province,,,,\n", "6"),
        (HEADER + "990101,县,,county,county,,,,\n", "990101"),
    ],
)
def test_a_file_with_a_fault_enters_nothing(district, tmp_path, content, said):
    file = tmp_path / "divisions.csv"
    file.write_text(content)
    before = Division.objects.count()
    with pytest.raises(CommandError) as refused:
        run("load_divisions", str(file))
    assert "\n" not in str(refused.value)
    assert Division.objects.count() == before


def test_what_is_no_file_or_no_text_is_said(district, tmp_path):
    gbk = tmp_path / "gbk.csv"
    gbk.write_bytes("萧山".encode("gbk"))
    for file in (gbk, tmp_path / "nowhere.csv"):
        with pytest.raises(CommandError):
            run("load_divisions", str(file))


# --- create_bureau ----------------------------------------------------------------------------------------------------


def test_the_first_account_of_a_county_opens_by_a_link(district):
    link = run("create_bureau", "990101", "zhang.wei").splitlines()[-1]
    token = resolve(link.partition("127.0.0.1:8000")[2]).kwargs["token"]
    user = accept_invitation(token=token, password="1-door-of-its-own")
    assert user.username == "zhang.wei"
    assert user.roles == {"bureau_admin", "system_admin", "security_admin"}


@pytest.mark.parametrize(
    ("division", "username"),
    [
        ("330282", "zhang.wei"),
        ("990101101", "zhang.wei"),
        ("990101", "leader"),
        ("990101", "Zhang Wei"),
        ("990101", ""),
    ],
)
def test_a_bureau_that_cannot_be_is_refused_in_one_line(district, division, username):
    User.objects.filter(username="bureau_leader").update(username="leader")
    before = User.objects.count()
    with pytest.raises(CommandError) as refused:
        run("create_bureau", division, username)
    assert str(refused.value)
    assert "\n" not in str(refused.value)
    assert User.objects.count() == before


# --- create_api_key ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place", "kind"),
    [
        ("observer", {"division": "990101"}, "bureau"),
        ("registrar", {"division": "990101"}, "registration"),
        ("backbone", {"division": "990101"}, "centre"),
        ("town_officer", {"division": "990101101"}, "town"),
        ("station_head", {"station": "990101101"}, "station"),
        ("firm_manager", {"firm": FIRM}, "firm"),
    ],
)
def test_a_key_belongs_where_it_is_said(district, role, place, kind):
    text = run("create_api_key", "probe", role=role, days="30", scope=["statistics:read"], **place).splitlines()[-1]
    account = authenticate(text, "127.0.0.1")
    (office,) = account.offices
    assert (office.role, office.unit_kind) == (role, kind)
    assert account.key_scopes == ["statistics:read"]


@pytest.mark.parametrize(
    "options",
    [
        {"role": "emperor", "division": "990101"},
        {"role": "observer"},
        {"role": "observer", "division": "990101", "station": "990101101"},
        {"role": "observer", "division": "330282"},
        {"role": "observer", "division": "990101101"},
        {"role": "observer", "station": "990101101"},
        {"role": "station_head", "division": "990101101"},
        {"role": "station_head", "station": "990101"},
        {"role": "firm_manager", "firm": "91990101MA2ABCDE07"},
        {"role": "observer", "division": "990101", "scope": ["everything"]},
        {"role": "observer", "division": "990101", "days": "0"},
        {"role": "observer", "division": "990101", "days": "400"},
        {"role": "observer", "division": "990101", "days": "soon"},
        {"role": "observer", "division": "990101", "name": ""},
    ],
)
def test_a_key_that_cannot_be_is_refused_in_one_line(district, options):
    name = options.pop("name", "probe")
    with pytest.raises(CommandError) as refused:
        run("create_api_key", name, **options)
    assert str(refused.value)
    assert "\n" not in str(refused.value)
    assert not ApiKey.objects.exists()
