"""The years that the demo assesses stand on records: scored by the sample scheme of towns from what is counted alone."""

from datetime import date
from decimal import Decimal

import pytest

from culture_admin.demo.assessed import YEAR_OF_CIXI, YEARS_OF_XIAOSHAN
from culture_admin.demo.schemes import read_sample
from culture_admin.scoring.body import Body, Compared, read_body
from culture_admin.scoring.computing import scores
from culture_admin.scoring.ranking import Ranking, ranked
from culture_admin.scoring.sources import Source, Span
from culture_admin.scoring.values import Value
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.models import Division

pytestmark = pytest.mark.usefixtures("demo")

CIXI, XIAOSHAN, XINTANG = "330282", "330109", "330109004"


def body() -> Body:
    said = read_sample("strong-town")
    found, faults = read_body(said, said["total"], 2)
    assert not faults
    return found


def counted(county: str, source: Source, year: int) -> dict[str, Decimal]:
    """By the code of the town, what is recorded of a metric."""
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    asked = {"as_of": whole.end} if source.span == Span.YEAR_END else {"period": whole}
    table = read(source.metric, by=["division:town"], where={"division": county, **source.where}, **asked)
    found = {row.keys["division"]: row.values[source.metric] for row in table.rows}
    return {code: Decimal(str(number)) for code, number in found.items() if number is not None}


def values(county: str, year: int) -> dict[str, dict[str, Decimal]]:
    """By indicator and town, of the indicators that are counted."""
    return {code: counted(county, source, year) for code, source in body().sources.items() if source.is_counted}


def ranking(county: str, year: int, kind: str) -> Ranking[str]:
    """The places of the county's towns, or of its subdistricts, of which anything is recorded in the year."""
    found = values(county, year)
    towns = {town for numbers in found.values() for town in numbers}
    alike = Division.objects.filter(code__in=towns, type=kind).values_list("code", flat=True)
    given = {
        town: {code: Value.of(numbers[town]) for code, numbers in found.items() if town in numbers} for town in alike
    }
    return ranked({town: score.total for town, score in scores(body().table, given).items()})


def test_of_every_town_of_cixi_everything_that_is_counted_is_recorded_for_2012():
    found = values(CIXI, YEAR_OF_CIXI)
    assert {code: len(numbers) for code, numbers in found.items()} == dict.fromkeys(found, 19)
    # Neither of these tells a good year from a bad one: nobody was off post, and nothing was found.
    assert {code for code, numbers in found.items() if len(set(numbers.values())) == 1} == {"2.3", "3.1"}


def test_the_towns_of_cixi_differ_and_those_with_a_title_of_the_province_are_ahead():
    towns, subdistricts = (ranking(CIXI, YEAR_OF_CIXI, kind) for kind in ("town", "subdistrict"))
    assert (len(towns.places), len(subdistricts.places)) == (14, 5)
    assert len({place.score for place in towns.places}) == 14
    assert {place.unit for place in towns.places[:3]} == {"330282104", "330282107", "330282123"}
    assert subdistricts.places[0].unit == "330282003"


@pytest.mark.parametrize(("year", "least", "most"), [(2018, 14, 14), (2019, 9, 14), (2020, 2, 6)])
def test_xintang_is_last_of_the_subdistricts_until_2020_and_then_among_the_first(year, least, most):
    found = ranking(XIAOSHAN, year, "subdistrict")
    of_xintang = found.of(XINTANG)
    assert of_xintang is not None
    assert least <= of_xintang.place <= most
    # Among those that are Xiaoshan's still.
    staying = set(Division.objects.filter(parent__code=XIAOSHAN, valid_to=None).values_list("code", flat=True))
    last = [place.unit for place in found.places if place.unit in staying][-1]
    assert (last == XINTANG) == (year < 2020)


def test_no_town_of_xiaoshan_goes_without_records_in_the_assessed_years():
    for year in YEARS_OF_XIAOSHAN:
        held = values(XIAOSHAN, year)["4.2"]
        assert len(held) == 26 + (year == 2020)


def test_the_groups_of_the_sample_are_those_compared_here():
    assert [group.compared for group in body().groups] == [Compared.TOWNS, Compared.SUBDISTRICTS]
