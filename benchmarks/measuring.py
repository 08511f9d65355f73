"""How a time is taken: warm up, run both sides of a comparison in turn, and keep medians and ranges."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median

Run = Callable[[], object]


@dataclass(frozen=True)
class Spread:
    """Seconds: the median of some rounds, and their range."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, seconds: list[float]) -> Spread:
        return cls(median(seconds), min(seconds), max(seconds))

    def __str__(self) -> str:
        return f"{shown(self.median)} ({shown(self.least)} to {shown(self.most)})"


@dataclass(frozen=True)
class Comparison:
    """One question, its two sides, and what the issue asks of their ratio. facts: what else was found, in words."""

    name: str
    floor_name: str
    floor: Spread
    ours: Spread
    ratio: float
    target: str
    facts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            self.name,
            f"  floor  {self.floor}: {self.floor_name}",
            f"  ours   {self.ours}",
            f"  ratio  {self.ratio:.2f}, asked for: {self.target}",
            *(f"  {fact}" for fact in self.facts),
        ]
        return "\n".join(lines)

    def as_dict(self) -> dict:
        return asdict(self)


def compare(
    name: str,
    floor: tuple[str, Run],
    ours: Run,
    target: str,
    *,
    rounds: int,
    each: int = 1,
    facts: list[str] | None = None,
) -> Comparison:
    """Runs both sides once unmeasured, then in turn; the ratio is the median of the rounds' own ratios.

    A side that is to be measured without its preparation gives back its seconds; otherwise the whole call counts. `each`
    calls make a round, and the times are those of one.
    """
    floor_name, floor_run = floor
    floors: list[float] = []
    others: list[float] = []
    for number in range(rounds + 1):
        # Whoever comes second finds warmer caches: they take turns.
        for run, seconds in [(floor_run, floors), (ours, others)][:: 1 if number % 2 else -1]:
            taken = sum(measured(run) for _call in range(each)) / each
            if number:
                seconds.append(taken)
    ratio = median(mine / least for mine, least in zip(others, floors, strict=True))
    return Comparison(name, floor_name, Spread.of(floors), Spread.of(others), ratio, target, facts or [])


def measured(run: Run) -> float:
    began = time.perf_counter()
    own = run()
    taken = time.perf_counter() - began
    return own if isinstance(own, float) else taken


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
