"""The wheel works anywhere: installed without the checkout, kg finds its data, queries and templates."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_holds_just_what_git_tracks(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "kg", "data", "queries", "viz"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    expected = {
        f if f.startswith("kg/") else f"kg/share/{f}" for f in tracked if (ROOT / f).is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {n for n in archive.namelist() if ".dist-info/" not in n}
    assert held == expected


def test_the_installed_wheel_answers_draws_and_builds_without_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True, system_site_packages=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", wheel], check=True)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [scripts / "kg", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )

    assert "东阳光集团" in run("query", "firms-of-chain", "--chain", "先进材料").stdout
    assert "铝箔" in run("find", "lvbo").stdout
    run("draw", "现代轻工", "-o", "chain.html")
    run("site", "-o", "site", "-q")
    assert (tmp_path / "chain.html").stat().st_size > 400_000
    assert (tmp_path / "site" / "chain" / "modern-light-industry.html").is_file()
