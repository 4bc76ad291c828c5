"""The whole site from data to disk: seconds, memory and sizes, for the plan, after one changed fact, and for a city."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Chain nodes and firms of the generated city: 20,000 entities.
CITY = (10_000, 10_000)
BUNDLE = "vis-network.min.js"


def _build(folder: Path, data: Path) -> tuple[float, float]:
    """Seconds and peak memory in MB of one `kg site`, in a process of its own."""
    code = (
        "import resource, sys; from kg.cli import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "site",
        "-q",
        "-o",
        str(folder / "site"),
        "--data",
        str(data),
    ]
    env = {**os.environ, "KG_CACHE": str(folder / "cache")}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    spent = time.perf_counter() - start
    found = re.findall(r"^\d+$", done.stderr, re.MULTILINE)
    return spent, float(found[-1]) if found else 0.0


def _changed(data: Path, number: int) -> None:
    """One fact more: another name of a firm, each time another."""
    path = data / "industries.ttl"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('"韶钢"@zh', f'"韶钢"@zh , "韶钢{number}"@zh', 1), "utf-8", newline="\n"
    )


def rows() -> list[tuple[str, str, str]]:
    """The figures as rows of name, reached, goal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        shutil.copytree(ROOT / "data", data)
        whole = []
        for _ in range(3):
            shutil.rmtree(folder / "site", ignore_errors=True)
            shutil.rmtree(folder / "cache", ignore_errors=True)
            whole.append(_build(folder, data)[0])
        sizes = {
            p.relative_to(folder / "site").as_posix(): p.stat().st_size
            for p in (folder / "site").rglob("*")
            if p.is_file() and p.name != BUNDLE
        }
        same = statistics.median(_build(folder, data)[0] for _ in range(3))
        changed = []
        for number in range(3):
            _changed(data, number)
            changed.append(_build(folder, data)[0])
    matrix = max(s for n, s in sizes.items() if re.fullmatch(r"(en/)?chain/[^/]*", n))
    return [
        ("kg site, two languages, data to disk, seconds", f"{statistics.median(whole):.1f}", "≤ 5"),
        ("kg site after one changed fact, seconds", f"{statistics.median(changed):.1f}", "≤ 1"),
        ("kg site with nothing changed, seconds", f"{same:.1f}", ""),
        ("index page, KB", f"{sizes['index.html'] / 1000:.0f}", "≤ 150"),
        ("largest chain page, KB", f"{matrix / 1000:.0f}", "≤ 300"),
        ("whole site without the bundle, MB", f"{sum(sizes.values()) / 1e6:.1f}", "≤ 15"),
        ("files of the site", f"{len(sizes) + 1}", ""),
        *_city(),
    ]


def _city() -> list[tuple[str, str, str]]:
    from bench.city import write_city

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_city(folder / "data", *CITY, 1)
        seconds, memory = _build(folder, folder / "data")
    return [
        ("kg site of a city of 20,000 entities, seconds", f"{seconds:.0f}", "≤ 90"),
        ("the same, peak memory, MB", f"{memory:.0f}", "≤ 1000"),
    ]


if __name__ == "__main__":
    for name, reached, goal in rows():
        print(f"{name:<75} {reached:>8}  {goal}", flush=True)
