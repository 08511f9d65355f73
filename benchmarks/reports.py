"""What the benchmarks found, kept as JSON and shown as README's table."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from benchmarks.measuring import shown

RESULTS = Path(__file__).with_name("results.json")


def machine(postgres: str) -> str:
    """The machine in one line."""
    cpu = _line("/proc/cpuinfo", "model name") or platform.machine()
    memory = int((_line("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024**2
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory} GB, load {os.getloadavg()[0]:.1f} at the start;"
        f" Python {platform.python_version()}, PostgreSQL {postgres}"
    )


def table(results: dict) -> str:
    """Markdown: one line a comparison."""
    head = ["| what | floor | ours | ratio | asked for |", "|---|---:|---:|---:|---|"]
    lines = [
        f"| {found['name']} | {shown(found['floor']['median'])} | {shown(found['ours']['median'])}"
        f" | {found['ratio']:.2f} | {found['target']} |"
        for found in results["comparisons"]
    ]
    return "\n".join(
        [*head, *lines, "", f"{results['at']}, {results['activities']:,} activities, {results['machine']}."]
    )


def _line(path: str, name: str) -> str:
    """The value of the first line `name: value` of a file of the kernel's; "" where there is none."""
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
