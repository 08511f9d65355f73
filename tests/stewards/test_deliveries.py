"""What is served counts once, on one line, as long as it counts; what stands is always what counts."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from activities.actions import change_activity
from activities.actions.bulk import log_activities
from activities.actions.merging import merge_teams
from activities.actions.teams import change_team, register_team
from activities.actions.works import change_work, record_work
from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions.deliveries import move_delivery, settle_contract, settle_deliveries
from stewards.models import Contract, Delivery, Measure
from stewards.sources import served_of, served_under
from tests.district import NOW
from tests.stewards.deals import Deal, service_list

HOURS = 4050


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def listed(*lines: dict) -> list[dict[str, object]]:
    """The usual service list and lines beside it that weigh nothing and cost nothing."""
    return [*service_list(), *({"item": "另项", "target": 10, "unit_price": 0, "weight": 0, **line} for line in lines)]


def standing(contract: Contract) -> list[tuple[int, str, int, int]]:
    """Number of the line, kind of record, record and amount."""
    rows = Delivery.objects.standing().filter(contract=contract).order_by("line__number", "source_kind", "source_id")
    return list(rows.values_list("line__number", "source_kind", "source_id", "amount"))


def counted(contract: Contract) -> set[tuple[str, int]]:
    return {one.key for one in served_under(contract.postings.all()) if one.amounts}


def test_a_log_counts_when_the_station_confirms_it_and_not_before(district, deal):
    activity = district.log(actor=district.steward_east)
    assert standing(deal.contract) == []
    perform(activity, "confirm", actor=district.station_head_east, at=NOW)
    assert standing(deal.contract) == [(1, "activity", activity.pk, 1)]
    row = Delivery.objects.get()
    assert (row.firm, row.station, row.county, row.steward, row.on) == (
        district.firm,
        district.east,
        district.county,
        deal.posting("east").steward,
        activity.begins_on,
    )


@pytest.mark.parametrize("step", ["return", "void"])
def test_what_is_taken_back_is_reversed_with_why(district, deal, step):
    activity = district.log(posting=deal.posting("east"))
    perform(activity, step, actor=district.station_head_east, at=NOW, comment="重复登记")
    assert standing(deal.contract) == []
    row = Delivery.objects.get()
    assert row.reversed_at == NOW
    assert row.reversed_for == f"该记录为“{activity.get_state_display()}”。"


def test_what_is_confirmed_after_all_counts_again(district, deal):
    activity = district.log(posting=deal.posting("east"))
    perform(activity, "return", actor=district.station_head_east, at=NOW, comment="照片不清")
    perform(activity, "reinstate", actor=district.station_head_east, at=NOW)
    assert standing(deal.contract) == [(1, "activity", activity.pk, 1)]
    assert Delivery.objects.count() == 2


def test_what_the_station_does_by_itself_counts_on_no_contract(district, deal):
    district.log()
    assert not Delivery.objects.exists()


def test_a_session_counts_by_its_class_time(district, deal):
    session = district.log(posting=deal.posting("east"), kind=district.kind("TRNG"), class_seconds=HOURS)
    assert standing(deal.contract) == [(2, "activity", session.pk, HOURS)]
    assert Delivery.objects.get().quantity == 1.5


def test_class_time_that_nobody_recorded_is_worth_nothing(district, deal):
    district.log(posting=deal.posting("east"), kind=district.kind("TRNG"))
    assert standing(deal.contract) == []


def test_the_line_that_names_most_of_a_record_wins_then_the_lowest_number(district):
    deal = Deal(
        district,
        lines=listed(
            {"measure": "activities", "genre": "dance"},
            {"measure": "activities", "station": district.east, "kind": "PERF"},
            {"measure": "activities", "station": district.west},
            {"measure": "activities", "genre": "dance", "kind": "PERF"},
        ),
    )
    deal.performing()
    dance = {"genre": district.genre("dance")}
    in_east = district.log(posting=deal.posting("east"), **dance)
    in_west = district.log(district.west, posting=deal.posting("west"), **dance)
    exhibition = district.log(posting=deal.posting("east"), kind=district.kind("EXHB"), **dance)
    other = district.log(posting=deal.posting("east"), kind=district.kind("EXHB"))
    assert {pk: number for number, _kind, pk, _amount in standing(deal.contract)} == {
        in_east.pk: 7,
        in_west.pk: 9,
        exhibition.pk: 6,
        other.pk: 1,
    }


def test_a_day_outside_the_time_of_a_line_does_not_count_on_it(district):
    deal = Deal(district, lines=[line | {"first": date(2026, 5, 1)} for line in service_list()])
    deal.performing()
    activity = district.log(posting=deal.posting("east"), begins_on=date(2026, 4, 30))
    assert standing(deal.contract) == []
    change_activity(
        actor=district.station_head_east,
        activity=activity,
        at=NOW,
        begins_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 1),
    )
    assert standing(deal.contract) == [(1, "activity", activity.pk, 1)]


def test_a_change_moves_what_it_changes_and_leaves_what_it_does_not(district, deal):
    session = district.log(posting=deal.posting("east"), kind=district.kind("TRNG"), class_seconds=HOURS)
    head = district.station_head_east
    change_activity(actor=head, activity=session, at=NOW, title="合唱课")
    assert Delivery.objects.count() == 1
    change_activity(actor=head, activity=session, at=NOW, class_seconds=2700)
    assert standing(deal.contract) == [(2, "activity", session.pk, 2700)]
    change_activity(actor=head, activity=session, at=NOW, kind=district.kind("PERF"))
    assert standing(deal.contract) == [(1, "activity", session.pk, 1)]
    change_activity(actor=head, activity=session, at=NOW, posting=None)
    assert standing(deal.contract) == []
    change_activity(actor=head, activity=session, at=NOW, posting=deal.posting("east"))
    assert standing(deal.contract) == [(1, "activity", session.pk, 1)]


def test_a_team_counts_from_its_registration_and_not_if_it_leaves_before_the_line_ends(district, deal):
    team = register_team(actor=district.steward_east, at=NOW, station=district.east, name="东镇舞蹈队")
    assert standing(deal.contract) == []
    perform(team, "register", actor=district.station_head_east, at=NOW)
    assert standing(deal.contract) == [(4, "team", team.pk, 1)]
    perform(team, "deregister", actor=district.station_head_east, at=NOW, comment="解散")
    assert standing(deal.contract) == []


def test_a_team_that_leaves_after_the_line_has_ended_was_founded_all_the_same(district):
    deal = Deal(district, ends_on=date(2026, 5, 19))
    deal.performing()
    team = register_team(
        actor=district.station_head_east,
        at=NOW,
        station=district.east,
        name="东镇舞蹈队",
        founded_on=date(2026, 4, 1),
        posting=deal.posting("east"),
    )
    perform(team, "deregister", actor=district.station_head_east, at=NOW, comment="解散")
    assert standing(deal.contract) == [(4, "team", team.pk, 1)]
    assert Delivery.objects.get().on == date(2026, 4, 1)


def test_two_files_of_one_team_count_once(district, deal):
    head, posting = district.station_head_east, deal.posting("east")
    kept, doubled = (
        register_team(actor=head, at=NOW, station=district.east, name=name, posting=posting, founded_on=day)
        for name, day in (("东镇舞蹈队", date(2026, 5, 1)), ("东镇舞蹈队（二）", date(2026, 4, 1)))
    )
    assert len(standing(deal.contract)) == 2
    merge_teams(actor=head, kept=kept, doubled=doubled, comment="同一支队伍", at=NOW)
    assert standing(deal.contract) == [(4, "team", kept.pk, 1)]
    assert Delivery.objects.standing().get().on == date(2026, 4, 1)


def test_a_team_whose_day_is_corrected_counts_on_that_day(district, deal):
    team = register_team(
        actor=district.station_head_east, at=NOW, station=district.east, name="合唱队", posting=deal.posting("east")
    )
    change_team(actor=district.station_head_east, team=team, at=NOW, founded_on=date(2026, 2, 1))
    assert standing(deal.contract) == []


def test_a_work_counts_as_soon_as_it_is_on_record(district, deal):
    work = record_work(
        actor=district.steward_east,
        at=NOW,
        station=district.east,
        title="越韵",
        kind="original",
        finished_on=date(2026, 5, 4),
    )
    assert standing(deal.contract) == []
    perform(work, "confirm", actor=district.station_head_east, at=NOW)
    assert standing(deal.contract) == [(5, "work", work.pk, 1)]
    change_work(actor=district.station_head_east, work=work, at=NOW, finished_on=date(2026, 2, 4))
    assert standing(deal.contract) == []
    change_work(actor=district.station_head_east, work=work, at=NOW, finished_on=date(2026, 3, 4))
    perform(work, "void", actor=district.station_head_east, at=NOW, comment="误报")
    assert standing(deal.contract) == []


def test_many_logs_count_as_each_would_alone(district, deal):
    alone = district.log(posting=deal.posting("east"))
    keys = log_activities(
        actor=district.station_head_east,
        at=NOW,
        station=district.east,
        columns={
            "title": ["送戏"] * 3,
            "kind_id": [district.kind(code).pk for code in ("PERF", "TRNG", "PERF")],
            "begins_on": [date(2026, 5, 6)] * 3,
            "class_seconds": [None, HOURS, None],
            "posting": [deal.posting("east"), deal.posting("east"), None],
        },
    )
    assert standing(deal.contract) == [
        (1, "activity", alone.pk, 1),
        (1, "activity", keys[0], 1),
        (2, "activity", keys[1], HOURS),
    ]


def test_what_was_served_before_signing_counts_once_the_contract_is_signed(district):
    deal = Deal(district)
    deal.signed()
    perform(deal.contract, "start", actor=district.service, at=NOW)
    Contract.objects.update(state=Contract.State.PROCURING)
    activity = district.log(posting=deal.posting("east"))
    assert standing(deal.contract) == []
    deal.contract.refresh_from_db()
    perform(deal.contract, "sign", actor=district.service, at=NOW)
    assert standing(deal.contract) == [(1, "activity", activity.pk, 1)]


def test_after_a_contract_has_ended_nothing_is_posted_and_what_is_taken_back_is_reversed(district, deal):
    first, second = (district.log(posting=deal.posting("east"), title=title) for title in ("送戏", "送书"))
    perform(deal.contract, "end", actor=district.service, at=NOW, comment="双方协商")
    district.log(posting=deal.posting("east"), title="送展")
    assert standing(deal.contract) == [(1, "activity", first.pk, 1), (1, "activity", second.pk, 1)]
    perform(first, "void", actor=district.station_head_east, at=NOW, comment="误报")
    change_activity(actor=district.station_head_east, activity=second, at=NOW, title="送书下乡")
    assert standing(deal.contract) == [(1, "activity", second.pk, 1)]


def test_settling_again_changes_nothing(district, deal):
    district.log(posting=deal.posting("east"))
    before = list(Delivery.objects.values())
    settle_contract(deal.contract, at=NOW)
    settle_deliveries(served_under(deal.contract.postings.all()) * 2, at=NOW)
    assert list(Delivery.objects.values()) == before


def test_the_database_refuses_the_same_log_on_two_lines(district, deal):
    district.log(posting=deal.posting("east"))
    twin = Delivery.objects.get()
    twin.pk, twin.line = None, deal.line("works")
    with pytest.raises(IntegrityError, match="delivery_once"), transaction.atomic():
        twin.save(force_insert=True)
    with pytest.raises(ValidationError) as refused:
        twin.full_clean(exclude=["firm", "steward", "station", "county"])
    assert refused.value.messages == ["该记录已计入一条服务项。"]


class TestMoving:
    @pytest.fixture
    def deal(self, district) -> Deal:
        deal = Deal(
            district,
            lines=listed(
                {"measure": "activities", "genre": "dance"},
                {"measure": "activities", "station": district.west},
                {"measure": "activities", "last": date(2026, 4, 1)},
            ),
        )
        deal.performing()
        return deal

    def move(self, district, deal, number: int, **said) -> Delivery:
        usual = {
            "actor": district.service,
            "delivery": Delivery.objects.standing().get(),
            "line": deal.contract.lines.get(number=number),
            "reason": "属于舞蹈项目",
            "at": NOW,
        }
        return move_delivery(**usual | said)

    def test_it_counts_on_the_other_line_and_stays_there(self, district, deal):
        activity = district.log(posting=deal.posting("east"))
        moved = self.move(district, deal, 6)
        assert (moved.moved_by, moved.moved_for) == (district.service, "属于舞蹈项目")
        assert standing(deal.contract) == [(6, "activity", activity.pk, 1)]
        former = Delivery.objects.exclude(reversed_at=None).get()
        assert former.reversed_for == "现计入第6项。 属于舞蹈项目"
        change_activity(
            actor=district.station_head_east,
            activity=activity,
            at=NOW,
            begins_on=date(2026, 5, 7),
            ends_on=date(2026, 5, 7),
        )
        settle_contract(deal.contract, at=NOW)
        assert standing(deal.contract) == [(6, "activity", activity.pk, 1)]
        assert Delivery.objects.standing().get().moved_for == "属于舞蹈项目"

    @pytest.mark.parametrize(
        ("number", "code"),
        [(1, "same_line"), (2, "other_measure"), (7, "other_place_or_time"), (8, "other_place_or_time")],
    )
    def test_a_line_that_is_not_for_it_is_refused(self, district, deal, number, code):
        district.log(posting=deal.posting("east"))
        with pytest.raises(ValidationError) as refused:
            self.move(district, deal, number)
        assert refused.value.error_dict["line"][0].code == code
        assert Delivery.objects.count() == 1

    def test_a_line_of_another_contract_is_refused(self, district, deal):
        district.log(posting=deal.posting("east"))
        other = Deal(district, number="试文采〔2026〕4号").draft()
        with pytest.raises(ValidationError) as refused:
            self.move(district, deal, 1, line=other.lines.get(number=1))
        assert refused.value.error_dict["line"][0].code == "other_contract"

    @pytest.mark.parametrize(("reason", "code"), [("  ", "required"), ("长" * 201, "max_length")])
    def test_it_takes_a_reason(self, district, deal, reason, code):
        district.log(posting=deal.posting("east"))
        with pytest.raises(ValidationError) as refused:
            self.move(district, deal, 6, reason=reason)
        assert refused.value.error_dict["reason"][0].code == code

    def test_what_is_reversed_is_not_moved(self, district, deal):
        district.log(posting=deal.posting("east"))
        former = Delivery.objects.get()
        self.move(district, deal, 6)
        with pytest.raises(StepRefused) as refused:
            self.move(district, deal, 1, delivery=former)
        assert refused.value.code == "reversed_already"

    def test_nothing_is_moved_under_a_contract_that_has_ended(self, district, deal):
        district.log(posting=deal.posting("east"))
        perform(deal.contract, "end", actor=district.service, at=NOW, comment="双方协商")
        with pytest.raises(StepRefused) as refused:
            self.move(district, deal, 6)
        assert refused.value.code == "contract_closed"

    def test_neither_the_firm_nor_the_station_moves_it(self, district, deal):
        district.log(posting=deal.posting("east"))
        for name in ("firm_manager", "station_head_east", "steward_east"):
            with pytest.raises(PermissionDenied):
                self.move(district, deal, 6, actor=getattr(district, name))
        with pytest.raises(Delivery.DoesNotExist):
            self.move(district, deal, 6, actor=district.bureau_admin_elsewhere)


def test_the_worth_of_a_record_is_found_again_by_its_kind_and_key(district, deal):
    activity = district.log(posting=deal.posting("east"))
    assert [one.amounts for one in served_of("activity", [activity.pk])] == [{Measure.ACTIVITIES: 1}]
    assert counted(deal.contract) == {("activity", activity.pk)}
