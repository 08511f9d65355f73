"""What if, by recomputing only what changes, and what is missing to the next points: against computing everything and trying."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from culture_admin.scoring.computing import Values, scores, totals
from culture_admin.scoring.ranking import ranked
from culture_admin.scoring.rehearsal import Passing, gaps, moves_others, overtaken, resupposed, supposed
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.table import Part, Section, Table
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value
from tests.scoring.test_computing import GIVEN, TABLE, indicator, number

BONUS = Section(
    "7", "bonus", number("0"), (indicator("7.1", None, Part.BONUS, method="M9", each="1.5"),),
    (Rule.read({"method": "M7", "most": "12"}),),
)  # fmt: skip
SERVICE = Section(
    "6",
    "service",
    number("20"),
    (
        indicator("6.1", "5", method="M8", full="5", against="mean"),
        indicator("6.2", "5", method="M11", best="5", full="5"),
        indicator("6.3", "5", method="M13", best="7", full="5"),
        indicator("6.4", "5", method="M12"),
    ),
)
WHOLE = Table(number("60"), 2, (*TABLE.sections, SERVICE, BONUS))
SECTIONS = [section.code for section in WHOLE.sections]
WHOLE_PARTS = {one.code: one.part for _section, one in WHOLE.indicators()}
SEVERAL = ("6.3", "6.4")
known = st.integers(0, 30).map(Value.of)
values = known | st.sampled_from([NOT_RECORDED, NOT_APPLICABLE]) | st.decimals(0, 40, places=2).map(Value.of)


@st.composite
def of_one(draw) -> Values:
    """The values of a unit, to which perhaps whole first-level indicators do not apply."""
    codes = [one.code for _section, one in WHOLE.indicators()]
    each = {
        code: st.lists(known, max_size=4) | st.just(NOT_APPLICABLE) if code in SEVERAL else values for code in codes
    }
    own = draw(st.fixed_dictionaries({}, optional=each))
    away = draw(st.sampled_from([(), (), ("2",), ("4",), ("2", "6"), ("2", "4", "6")]))
    nothing = {one.code: NOT_APPLICABLE for section, one in WHOLE.indicators() if section.code in away}
    return {**own, **{code: value for code, value in nothing.items() if WHOLE_PARTS[code] == Part.BASE}}


districts = st.dictionaries(st.sampled_from("abcdef"), of_one(), min_size=1)
# What a change of the table may do to a section: another rule for the whole, other weights, another threshold.
CHANGES = {
    "2": (replace(WHOLE.sections[0], levels=(Rule.read({"method": "M6", "factor": "1.05"}),)),),
    "4": (
        replace(
            WHOLE.sections[1],
            indicators=(indicator("4.1", "6", method="M4", target="5", full="6"), *WHOLE.sections[1].indicators[1:]),
        ),
    ),
    "6": (replace(SERVICE, weight=number("25"), indicators=(*SERVICE.indicators, indicator("6.5", "5", method="M1", target="1", full="5"))),),
    "7": (replace(BONUS, levels=()), replace(BONUS, levels=(Rule.read({"method": "M7", "most": "3"}),))),
}  # fmt: skip


@st.composite
def suppositions(draw):
    """A district as it is, the codes of some sections, a table in which these are otherwise, and other values for them."""
    district = draw(districts)
    codes = draw(st.lists(st.sampled_from(SECTIONS), unique=True))
    sections = [
        draw(st.sampled_from((section, *CHANGES[section.code]))) if section.code in codes else section
        for section in WHOLE.sections
    ]
    table = Table(sum(section.weight for section in sections), draw(st.integers(0, 3)), tuple(sections))
    inside = {one.code for section in sections if section.code in codes for one in section.indicators}
    other = {
        unit: {**own, **{code: value for code, value in draw(of_one()).items() if code in inside}}
        for unit, own in district.items()
    }
    return district, codes, table, other


@settings(deadline=None)
@given(suppositions(), st.randoms())
def test_recomputing_what_changes_gives_what_computing_everything_gives(supposition, chance):
    district, codes, table, other = supposition
    kept = {unit: score.earned for unit, score in scores(WHOLE, district).items()}
    units = list(other)
    chance.shuffle(units)
    inside = {one.code for section in table.sections if section.code in codes for one in section.indicators}
    was, given_anew = (
        {unit: {code: value for code, value in values[unit].items() if code in inside} for unit in units}
        for values in (district, other)
    )
    everything = {unit: score.total for unit, score in scores(table, other).items()}
    assert resupposed(WHOLE, table, kept, was, given_anew, inside) == everything == totals(table, other)


@settings(deadline=None)
@given(districts, districts, st.sets(st.sampled_from(list(WHOLE_PARTS))))
def test_recomputing_single_indicators_is_enough(district, another, changed):
    """Of a section in which one indicator changes the others need not be known."""
    other = {
        unit: {**own, **{code: value for code, value in another.get(unit, {}).items() if code in changed}}
        for unit, own in district.items()
    }
    kept = {unit: score.earned for unit, score in scores(WHOLE, district).items()}
    was, given_anew = (
        {unit: {code: own[code] for code in changed if code in own} for unit, own in values.items()}
        for values in (district, other)
    )
    assert resupposed(WHOLE, WHOLE, kept, was, given_anew, changed) == totals(WHOLE, other)


@settings(deadline=None)
@given(districts)
def test_every_node_of_every_tree_is_what_its_children_add_up_to(district):
    for score in scores(WHOLE, district).values():
        nodes = [score.tree, *score.tree.children]
        assert all(node.points == sum(child.points for child in node.children) for node in nodes if node.children)
        assert sum(leaf.points for leaf in score.tree.leaves()) == score.total == score.tree.points
        assert {code: one.points for code, one in score.earned.items()} == {
            node.section.code: node.points for node in score.tree.children if node.section
        }
        assert list(score.earned) == SECTIONS


@given(districts, st.data(), st.sampled_from([code for code, part in WHOLE_PARTS.items() if code not in SEVERAL]))
def test_where_nobody_is_compared_one_unit_is_enough(district, data, code):
    unit = data.draw(st.sampled_from(sorted(district)))
    other = {**district, unit: {**district[unit], code: Value.of(1500)}}
    before, after = totals(WHOLE, district), totals(WHOLE, other)
    if moves_others(WHOLE, [code]):
        assert code in ("4.3", "6.1", "7.1")
        return
    kept = {unit: scores(WHOLE, district)[unit].earned}
    was, given_anew = ({unit: {code: values[unit].get(code, NOT_RECORDED)}} for values in (district, other))
    assert before | resupposed(WHOLE, WHOLE, kept, was, given_anew, [code]) == after


def test_whom_a_unit_overtakes_is_who_was_not_behind_it_before():
    before = ranked({unit: Decimal(score) for unit, score in zip("abcde", (90, 80, 80, 70, 60), strict=True)})
    after = ranked({unit: Decimal(score) for unit, score in zip("abcdef", (90, 80, 85, 90, 95, 99), strict=True)})
    assert overtaken(before, after, "d") == Passing(("c", "b"), ("e",))
    assert overtaken(before, after, "b") == Passing((), ("e", "d", "c"))
    assert overtaken(before, after, "e") == Passing(("a", "d", "c", "b"), ())
    assert overtaken(before, after, "f") == overtaken(before, after, "nobody") == Passing((), ())
    assert overtaken(before, before, "c") == Passing((), ())


@given(districts, st.sampled_from("abcdef"), st.data())
def test_one_unit_is_overtaken_where_another_overtakes_it(district, unit, data):
    before = ranked(totals(WHOLE, district))
    after = supposed(WHOLE, district, {unit: data.draw(of_one())} if unit in district else {})
    for one in district:
        passing = overtaken(before, after, one)
        assert all(one in overtaken(before, after, other).overtaken_by for other in passing.overtakes)
        assert all(one in overtaken(before, after, other).overtakes for other in passing.overtaken_by)
        assert not set(passing.overtakes) & set(passing.overtaken_by)


LISTED = Table(
    number("38"), 4,
    (
        Section("A", "a", number("26"), (
            indicator("1", "6", method="M1", target="5", full="6"),
            indicator("2", "6", method="M2", bands=[["3", "2"], ["7", "6"]]),
            indicator("3", "6", method="M3", full="6", each="2", target="4"),
            indicator("4", "8", method="M4", target="8", full="8"),
            indicator("5", "3", Part.BONUS, method="M5", each="0.5", most="3"),
        )),
        Section("B", "b", number("12"), (
            indicator("6", "8", method="M2", bands=[["2", "1"], ["4", "3"], ["9", "8"]]),
            indicator("7", "4", method="M8", full="4", against="maximum"),
        )),
    ),
)  # fmt: skip
counted = st.none() | st.integers(0, 12)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys("1234567", counted)), min_size=2, max_size=3))
def test_every_gap_is_what_trying_one_step_less_and_exactly_so_much_finds(rows):
    """Each gap of each unit of a small district is tried out on the whole district, as is every smaller step."""
    district: dict[int, Values] = {
        unit: {code: NOT_RECORDED if one is None else Value.of(one) for code, one in row.items()}
        for unit, row in enumerate(rows)
    }
    for unit, own in district.items():
        found = {gap.indicator.code: gap for gap in gaps(LISTED, own)}
        assert "7" not in found
        for code in "123456":
            gained = _tried(district, unit, code)
            if code not in found:
                assert not any(gained.values())
                continue
            gap = found[code]
            most = max(gained.values())
            assert gained[gap.missing] == gap.gain
            assert gap.whole == min(more for more, gain in gained.items() if gain == most)
            if code == "4":
                # In proportion each step earns something, and the gap leads to all of it.
                assert gap.missing == gap.whole
                assert gained[gap.missing - 1] < gap.gain
            else:
                assert not any(gain for more, gain in gained.items() if more < gap.missing)


def _tried(district: dict[int, Values], unit: int, code: str) -> dict[Decimal, Decimal]:
    """By how much more of an indicator a unit has, how much higher its score would be."""
    own = district[unit].get(code, NOT_RECORDED)
    assert isinstance(own, Value)
    now = supposed(LISTED, district, {}).of(unit)
    gained = {Decimal(0): Decimal(0)}
    for more in range(1, 14):
        then = supposed(LISTED, district, {unit: {code: Value.of((own.number or Decimal(0)) + more)}}).of(unit)
        gained[Decimal(more)] = then.score - now.score if then and now else Decimal(0)
    return gained


def test_what_is_supposed_changes_nothing_that_is_known():
    before = {unit: dict(own) for unit, own in GIVEN.items()}
    supposed(TABLE, GIVEN, {"天元": {"4.2": Value.of(24)}})
    assert before == GIVEN
