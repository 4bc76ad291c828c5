"""Our figures beside named baselines, measured in one run and printed as a table: `make bench`.

Ratios, not seconds: machines differ and drift. Every pair is measured in turns, and the median is taken.
"""

from __future__ import annotations

import compileall
import gc
import math
import os
import shlex
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import gaps, graphs, site

ROOT = Path(__file__).resolve().parent.parent


def clock(work: Callable[[], object], least: float = 0.02) -> float:
    """Seconds for one `work`, as timeit does it: repeated until `least` seconds have passed."""
    start = time.perf_counter()
    runs = 0
    while True:
        work()
        runs += 1
        passed = time.perf_counter() - start
        if passed >= least:
            return passed / runs


def ratio(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Medians of ours and theirs in seconds, and the median of the ratios theirs/ours round by round."""
    ours(), theirs()
    pairs = [(clock(ours), clock(theirs)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def geometric(values: list[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


def questions() -> list[tuple[str, str, str]]:
    """The catalogue against rdflib's memory store and raw pyoxigraph on the same files."""
    import rdflib

    from kg.graph import data_files, load_files, open_compiled
    from kg.query import catalogue, fill

    files = data_files()
    memory, compiled = load_files(files), open_compiled(files)
    plain = rdflib.Graph()
    for path in files:
        plain.parse(path, format="turtle")
    # rdflib's graph is half a million Python objects: without this its garbage collection is charged to us.
    gc.collect()
    gc.freeze()
    against_memory, against_disk, against_raw = [], [], []
    for question in catalogue():
        words = shlex.split(question.example)[3:]
        given = {words[n][2:].replace("-", "_"): words[n + 1] for n in range(0, len(words), 2)}
        sparql = fill(question, memory, given)
        rounds = 5
        _, _, gain = ratio(
            lambda s=sparql: memory.select(s), lambda s=sparql: list(plain.query(s)), rounds
        )
        against_memory.append(gain)
        _, _, gain = ratio(
            lambda s=sparql: compiled.select(s), lambda s=sparql: list(plain.query(s)), rounds
        )
        against_disk.append(gain)
        _, _, gain = ratio(
            lambda s=sparql: list(memory.store.query(s)), lambda s=sparql: memory.select(s), 31
        )
        against_raw.append(gain)
    return [
        (
            "query catalogue, memory, times faster than rdflib",
            f"{geometric(against_memory):.0f}",
            "≥ 60",
        ),
        (
            "query catalogue, compiled store, times faster than rdflib",
            f"{geometric(against_disk):.0f}",
            "≥ 25",
        ),
        ("query catalogue, times raw pyoxigraph", f"{geometric(against_raw):.2f}", "≤ 1.15"),
    ]


def processes() -> list[tuple[str, str, str]]:
    """Whole processes against an empty Python, with compiled bytecode."""
    compileall.compile_dir(str(ROOT / "kg"), quiet=2)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run(words, cwd=ROOT, env=env, capture_output=True, check=True)

    program = str(Path(sys.executable).with_name("kg"))
    rows = []
    for name, words, goal in (
        ("kg query lacks", (program, "query", "lacks"), "≤ 7"),
        ("kg --help", (program, "--help"), "≤ 5"),
    ):
        _, _, times = ratio(run(sys.executable, "-c", "pass"), run(*words), 15)
        rows.append((f"{name}, times python -c pass", f"{times:.1f}", goal))
    return rows


def main() -> None:
    rows = [
        ("figure", "reached", "goal"),
        *questions(),
        *processes(),
        *site.rows(),
        *gaps.rows(),
        *graphs.rows(),
    ]
    for name, reached, goal in rows:
        print(f"{name:<75} {reached:>8}  {goal}", flush=True)


if __name__ == "__main__":
    main()
