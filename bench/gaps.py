"""The gap rules over the plan and over generated cities: seconds, memory, and how time grows with size."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

SIZES = ((2_000, 20_000), (20_000, 200_000))
# Rules whose definition enumerates pairs: in a large network they follow a sample, and say so in their findings.
SAMPLED = {"c": "followed downstream for 60 actors", "h": "from 48 first nodes"}


def measure(folder: str, repeat: int) -> dict[str, float]:
    """Seconds of each rule over the data in `folder` (the least of `repeat` runs), of all of it, and peak memory in MB."""
    import resource

    from kg.gaps import RULES, findings, open_survey
    from kg.graph import data_files, load_files

    graph = load_files(data_files(folder or None))
    day = date(2026, 1, 1)
    start = time.perf_counter()
    survey = open_survey(graph, day)
    findings(survey)
    found = {"whole": time.perf_counter() - start}
    for rule in RULES.values():
        times = []
        for _ in range(repeat):
            survey.__dict__.pop("choke", None)
            begin = time.process_time()
            findings(survey, [rule])
            times.append(time.process_time() - begin)
        found[rule.id] = min(times)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _apart(folder: str, repeat: int) -> dict[str, float]:
    """`measure` in a process of its own, so that memory is its own."""
    code = f"import json; from bench.gaps import measure; print(json.dumps(measure({folder!r}, {repeat})))"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def rows() -> list[tuple[str, str, str]]:
    """The figures as rows of name, reached, goal."""
    from bench.city import write_city

    plan = _apart("", 3)
    table = [("gap rules over the plan, reading and all, seconds", f"{plan['whole']:.2f}", "≤ 1")]
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for nodes, firms in SIZES:
            city = Path(folder) / str(nodes)
            write_city(city, nodes, firms, 1)
            found[nodes] = _apart(str(city), 9 if nodes < 10_000 else 3)
    small, large = (found[n] for n, _ in SIZES)
    table += [
        (
            "gap rules, city of 20,000 nodes and 200,000 firms, seconds",
            f"{large['whole']:.1f}",
            "≤ 20",
        ),
        ("the same, peak memory with the store, MB", f"{large['memory']:.0f}", "≤ 2000"),
    ]
    for rule in (r for r in large if r not in ("whole", "memory")):
        growth = math.log(large[rule] / small[rule], SIZES[1][0] / SIZES[0][0])
        note = f" (sampled: {SAMPLED[rule]})" if rule in SAMPLED else ""
        table.append((f"rule {rule}, exponent of growth{note}", f"{growth:.2f}", "≤ 1.2"))
    return table


if __name__ == "__main__":
    for name, reached, goal in rows():
        print(f"{name:<75} {reached:>8}  {goal}", flush=True)
