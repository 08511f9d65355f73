"""Handing a record over: who decides from then on, what changed since, and that somebody is there to decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from culture_admin.accounts import powers
from culture_admin.accounts.actions import end_office, grant_office, issue_account
from culture_admin.accounts.models import User
from culture_admin.accounts.powers import POWERS, Power
from culture_admin.exchange.attaching import attach_file
from culture_admin.territory.actions import add_division, add_succession
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.inbox import waiting
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import obstacles
from stations.models import PersonnelCase, Station
from tests.district import NOW, TODAY
from tests.exchange.test_attachments import photo
from tests.stations.staff import candidate, filed, staffed, steps


@pytest.fixture
def staff(district):
    return staffed(district)


@pytest.fixture
def case(district, staff):
    staff.posting(staff.officer).officer.postings.update(valid_to=TODAY)
    return filed(district, "recruitment", candidate(district), post=staff.officer_post)


def again(user: User) -> User:
    """The user as the next request finds him."""
    return User.objects.get(pk=user.pk)


def refused(case, step: str, actor, **options) -> StepRefused:
    with pytest.raises(StepRefused) as error:
        perform(case, step, actor=again(actor), at=NOW, **options)
    return error.value


def test_what_was_filed_and_what_stands_there_now_is_told_field_by_field(district, case):
    steps(case, ("accept", district.personnel))
    PersonnelCase.objects.filter(pk=case.pk).update(effective_on=TODAY + timedelta(days=3), share=50, reason="借用")
    error = refused(case, "approve", district.personnel)
    assert error.code == "content_changed"
    assert {(reason.field, reason.text) for reason in error.reasons} == {
        ("effective_on", "生效日期：报送时为“2026年6月9日”，现为“2026年5月23日”"),
        ("share", "用工比例（%）：报送时为“100”，现为“50”"),
        ("reason", "理由：报送时为“工作需要”，现为“借用”"),
    }


def test_a_file_that_came_after_the_filing_voids_it_too(district, case, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attach_file(actor=district.town_officer_east, subject=case, name="证明.jpg", content=photo(), at=NOW)
    (reason,) = refused(case, "accept", district.personnel).reasons
    assert (reason.field, reason.text) == ("files", "附件：与报送时不同")


def test_what_is_changed_by_its_verb_and_filed_again_is_decided(district, case):
    steps(case, ("return", district.personnel))
    PersonnelCase.objects.filter(pk=case.pk).update(share=50)
    steps(
        case, ("resubmit", district.town_officer_east), ("accept", district.personnel), ("approve", district.personnel)
    )
    assert case.state == "approved"


def test_only_what_waits_for_a_decision_keeps_its_content(district, case):
    kept = {decision.step: decision.content for decision in Decision.objects.about(case)}
    assert (kept["draft"], kept["submit"]["share"]) == (None, "100")
    log = Decision.objects.about(district.log()).get()
    assert (log.to_state, log.content) == ("confirmed", None)
    assert Decision.objects.about(district.log(actor=district.steward_east)).get().content["title"] == "邻里节演出"


def test_nobody_to_decide_is_said_before_it_is_filed_and_names_who_is_missing(district, staff):
    draft = filed(district, "pay", staff.officer, year=2026, basic=4500, performance=0, allowances=0, submit=False)
    end_office(actor=None, membership=district.personnel.memberships.get(), on=TODAY)
    town = again(district.town_officer_east)
    obstacle = obstacles([draft], "submit", town, TODAY)[draft.pk]
    assert (obstacle.code, "人事科" in obstacle.text, "文化员的招聘" in obstacle.text) == ("no_decider", True, True)
    assert refused(draft, "submit", district.town_officer_east).code == "no_decider"
    user = issue_account(actor=None, username="new.personnel", name="新任")
    grant_office(actor=None, user=user, role="personnel", unit=district.bureau, valid_from=TODAY.replace(year=2020))
    steps(draft, ("submit", again(district.town_officer_east)))


def test_who_alone_could_decide_cannot_file(district, staff):
    """Two offices in one hand are one person."""
    town = district.town_officer_east
    unit = town.memberships.get().unit
    grant_office(
        actor=None, user=district.personnel, role="town_officer", unit=unit, valid_from=TODAY.replace(year=2020)
    )
    draft = filed(
        district, "secondment", staff.officer, other_unit="镇政府", until=TODAY + timedelta(days=90), submit=False
    )
    assert refused(draft, "submit", district.personnel).code == "no_decider"


def test_an_appointment_wants_a_leader_besides_the_personnel_section(district, staff):
    end_office(actor=None, membership=district.bureau_leader.memberships.get(), on=TODAY)
    draft = filed(district, "appointment", candidate(district), post=staff.head_post, username="new.head", submit=False)
    text = refused(draft, "submit", district.town_officer_east).text
    assert ("文化站站长任免" in text, "局领导" in text, "人事科" in text) == (True, True, False)


def move_to_the_other_county(district) -> None:
    town = add_division(
        code="990102102",
        name_zh="远东镇",
        level="town",
        type="town",
        parent=district.elsewhere.county,
        valid_from=TODAY,
    )
    add_succession(predecessor=district.town("east"), successor=town, on=TODAY)
    Station.objects.filter(pk=district.east.pk).update(division=town, county=district.elsewhere.county)


def test_an_open_case_stays_with_its_bureau_when_the_town_moves(district, case):
    user = issue_account(actor=None, username="personnel_elsewhere", name="邻县人事")
    unit = district.bureau_admin_elsewhere.memberships.get().unit
    grant_office(actor=None, user=user, role="personnel", unit=unit, valid_from=TODAY.replace(year=2020))
    move_to_the_other_county(district)
    error = refused(case, "accept", user)
    assert (error.code, "试验县文化局" in error.text) == ("entrusted_elsewhere", True)
    steps(case, ("accept", again(district.personnel)))
    assert case.state == "accepted"
    assert refused(case, "refuse", user, comment="x").code == "entrusted_elsewhere"


def test_a_case_filed_after_the_move_lies_with_the_new_bureau(district, staff):
    move_to_the_other_county(district)
    assert not PersonnelCase.objects.visible_to(again(district.personnel)).exists()


def test_an_open_case_stays_with_its_office_when_the_matrix_changes(district, case, monkeypatch):
    line = POWERS["stations.personnel"]
    changed = Power(line.label, line.basis, propose=line.propose, decide=frozenset({"service"}), two_persons=True)
    monkeypatch.setitem(powers.POWERS, "stations.personnel", changed)
    assert refused(case, "accept", district.service).code == "entrusted_elsewhere"
    steps(case, ("accept", again(district.personnel)))


def test_an_open_case_goes_to_whoever_holds_the_office_by_then(district, case):
    end_office(actor=None, membership=district.personnel.memberships.get(), on=TODAY)
    user = issue_account(actor=None, username="successor", name="接任")
    grant_office(actor=None, user=user, role="personnel", unit=district.bureau, valid_from=TODAY)
    assert refused(case, "accept", district.personnel).code == "not_found"
    steps(case, ("accept", again(user)))


def test_a_filed_case_waits_in_the_inbox_of_its_office_alone(district, case):
    def piles(user) -> dict[str, list[int]]:
        found = {
            pile.step: [record.pk for record in pile.records]
            for pile in waiting(user)
            if pile.model.endswith("personnelcase")
        }
        return {step: keys for step, keys in found.items() if keys}

    assert piles(district.personnel) == {"accept": [case.pk]}
    assert piles(district.bureau_leader) == piles(district.town_officer_east) == piles(district.station_head_east) == {}
    steps(case, ("return", district.personnel))
    assert piles(district.town_officer_east) == {"resubmit": [case.pk]}
    assert piles(district.personnel) == {}
