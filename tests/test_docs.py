"""The documents are true: what they link to, name and show is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from activities.sheets import ACTIVITIES
from culture_admin.environment import CHECKOUT
from culture_admin.exchange.reader import read_workbook
from culture_admin.exchange.sheets import read_records
from culture_admin.statistics.register import METRICS
from culture_admin.translations import CATALOGUES, LOCALE
from stations.sheets import OFFICERS
from tests.reports import ROWS
from tests.servers import CHOSEN_BY_INSTALLATIONS

PAPERS = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")]
API = CHECKOUT / "docs/api.md"
INSTALLATION = CHECKOUT / "docs/installation.md"
FIRST_HOURS = [CHECKOUT / "docs/first-hour.md", CHECKOUT / "docs/first-hour.zh.md"]
# Words on buttons that are the same in both languages.
SAID_ALIKE = {"English", "XLSX", "CSV"}
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)


@each_paper
def test_what_is_linked_is_there(paper: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text()):
        path, _mark, heading = target.partition("#")
        if re.match(r"https?:", target):
            continue
        found = paper.parent / path if path else paper
        assert found.exists(), target
        assert not heading or heading in _anchors(found), target


def test_the_readme_tells_all_that_the_tests_establish():
    told = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", (CHECKOUT / "README.md").read_text(), re.MULTILINE)
    assert [tried for _name, tried, _said, _figures in ROWS] == told[-len(ROWS) :]


@each_paper
def test_commands_are_there(paper: Path):
    named = set(re.findall(r"manage\.py ([a-z_]+)", paper.read_text()))
    assert named <= get_commands().keys()


@each_paper
def test_addresses_lead_somewhere(paper: Path):
    nowhere = {address for address in _addresses(paper.read_text()) if not _leads_somewhere(address.replace("ID", "1"))}
    assert nowhere <= {"/api/v1/"}


@each_paper
def test_metrics_are_registered(paper: Path):
    named = re.findall(r"metric=([a-z_.,]+)", paper.read_text())
    assert {code for codes in named for code in codes.split(",")} <= METRICS.keys()


def test_the_table_of_variables_is_that_of_the_settings():
    named = re.findall(r"^\| (`[A-Z_`, ]+`) \|", INSTALLATION.read_text(), re.MULTILINE)
    assert Counter(re.findall(r"[A-Z_]+", " ".join(named))) == Counter(_variables())


def test_what_docker_passes_on_stands_in_the_installation_guide():
    compose = (CHECKOUT / "docker-compose.yml").read_text()
    assert set(re.findall(r"\$\{([A-Z_]+)", compose)) <= set(re.findall(r"[A-Z_]+", INSTALLATION.read_text()))


def test_tests_forget_every_variable_an_installation_chooses():
    assert set(CHOSEN_BY_INSTALLATIONS) == _variables() - {"DATA_DIR", "PORT"}


def test_the_first_hour_is_told_alike_in_both_languages():
    english, chinese = (paper.read_text() for paper in FIRST_HOURS)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert english.count("\n1. ") == chinese.count("\n1. ")
    assert Counter(_addresses(english)) == Counter(_addresses(chinese))


@pytest.mark.parametrize(("paper", "said"), [(FIRST_HOURS[0], "msgid"), (FIRST_HOURS[1], "msgstr")])
def test_the_first_hour_names_what_the_pages_say(paper: Path, said: str):
    catalogue = polib.pofile(str(CATALOGUES / LOCALE / "LC_MESSAGES/django.po"))
    texts = {getattr(entry, said) for entry in catalogue} | SAID_ALIKE
    labels = {" ".join(label.split()) for label in re.findall(r"\*\*([^*]+)\*\*", paper.read_text())}
    assert {label.removesuffix("…") for label in labels} - texts == set()


def test_the_ledger_shown_is_read_as_is_said():
    shown = re.search(r"```csv\n(.*?)```", (CHECKOUT / "docs/ledgers.md").read_text(), re.DOTALL)
    assert shown
    records = read_records(read_workbook(shown[1].encode(), "ledger.csv"), ACTIVITIES)
    assert len(records) == 4
    assert (records.totals["person_times"], records.totals["class_hours"]) == (1532, 2)
    assert (records.totals["estimated"], records.totals["not_recorded"]) == (1, 1)
    assert [(row["row"], row["column"]) for row in records.refusals] == [(7, "活动时间"), (9, "参加人数")]
    assert [(row["row"], row["of"]) for row in records.repeats] == [(8, 3)]
    assert [(row["row"], row["written"], row["computed"]) for row in records.warnings] == [(10, 1600, 1532)]
    assert [question["id"] for question in records.questions] == ["kind:沙龙"]


def test_the_roster_shown_is_read_as_is_said():
    shown = re.findall(r"```csv\n(.*?)```", (CHECKOUT / "docs/ledgers.md").read_text(), re.DOTALL)[1]
    records = read_records(read_workbook(shown.encode(), "roster.csv"), OFFICERS)
    assert (records.refusals, records.questions) == ([], [])
    read = [records.values[name] for name in ("post_kind", "title", "tenure", "share")]
    assert list(zip(*read, strict=True)) == [
        ("head", "librarian", "established", 100),
        ("officer", "assistant", "established", 100),
    ]


def _anchors(paper: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", paper.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def _addresses(text: str) -> list[str]:
    """The addresses of our pages and of the API, without their queries."""
    here = text.replace("http://127.0.0.1:8000", "")
    return re.findall(r"(?<![\w.])(/(?:admin|desk|api|healthz|metrics)(?:/[\w/-]*)?)", here)


def _leads_somewhere(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def _variables() -> set[str]:
    """The environment variables that the settings ask for."""
    named = set()
    for source in ("settings.py", "environment.py"):
        for node in ast.walk(ast.parse((CHECKOUT / "culture_admin" / source).read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                of, asked = ast.unparse(node.func.value), node.args[0]
                if of in ("env", "os.environ", "variables") and isinstance(asked, ast.Constant):
                    named.add(str(asked.value))
    return named
