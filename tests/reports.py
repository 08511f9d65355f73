"""Figures that suites establish: one JSON file each in reports/; `python -m tests.reports` prints README's table of them."""

import fcntl
import json
import sys

from culture_admin.environment import CHECKOUT

REPORTS = CHECKOUT / "reports"
# What was tried, and what came of it; {} are figures of the report named before, in the order in which they stand after.
ROWS = (
    ("access", "everybody at every door", "{} who ask, {} doors, {} requests: {} leaks", "principals operations requests leaks"),
    ("access", "leaks planted to see whether they are found", "{}, of which {} found", "planted planted_caught"),
    ("fuzz", "calls made up from the API's description", "{}: {} errors of the server, {} unlike the description",
     "calls server_errors schema_breaks"),
    ("uploads", "files that nobody should send", "{}: {} ended the process", "files process_deaths"),
    ("uploads", "faults planted in ledgers", "{}, of which {} named with row and column", "planted named"),
    ("outbox", "workers killed while notices go out", "{} times: {} notices, none lost", "kills notices"),
)  # fmt: skip


def report(name: str, **figures: object) -> None:
    """Set these figures in the report of this name, beside those that other tests have set."""
    REPORTS.mkdir(exist_ok=True)
    with (REPORTS / f"{name}.json").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = json.loads(file.read() or "{}")
        file.truncate(0)
        file.write(json.dumps(known | figures, indent=1, sort_keys=True) + "\n")


def table() -> str:
    """The figures as a table in Markdown."""
    lines = ["| what was tried | what came of it |", "|---|---|"]
    for name, tried, said, figures in ROWS:
        known = json.loads((REPORTS / f"{name}.json").read_text())
        lines.append(f"| {tried} | {said.format(*(f'{known[figure]:,}' for figure in figures.split()))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
