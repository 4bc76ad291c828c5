"""Every command of the README is run, and the pages it links to are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT, TINY_TEXT, kg

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]


def test_the_readme_is_short_and_in_two_languages() -> None:
    assert len(README.splitlines()) <= 80
    assert re.search("[\u4e00-\u9fff]", README) and "knowledge graph" in README


@pytest.mark.parametrize("line", [c for c in COMMANDS if c.startswith("kg ")])
def test_a_command_of_the_readme_works(line: str, tmp_path: Path) -> None:
    ran = kg(*shlex.split(line)[1:], cwd=tmp_path, KG_WORKSPACE=str(tmp_path / "w"))
    assert ran.code == 0, ran.err
    assert ran.out or any(tmp_path.iterdir()) or "check" in line


def test_the_make_targets_of_the_readme_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [c.split()[1] for c in COMMANDS if c.startswith("make ")]
    assert targets == ["run", "test"]
    for target in targets:
        assert f"\n{target}: " in makefile
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_what_the_readme_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_attaching_the_plan_as_the_readme_says(tmp_path: Path, tiny_files: list[Path]) -> None:
    (tmp_path / "规划全文.txt").write_text(TINY_TEXT, "utf-8")
    data = str(tiny_files[0].parent)
    work = str(tmp_path / "w")
    ran = kg("source", "attach", "规划全文.txt", "--data", data, "--workspace", work, cwd=tmp_path)
    assert ran.code == 0 and "原位 3" in ran.err
    told = kg("about", "甲厂", "--data", data, "--workspace", work, cwd=tmp_path)
    assert "甲厂做强铝箔。" in told.out
    (tmp_path / "other.txt").write_text("与此无关的文件。" * 30, "utf-8")
    wrong = kg("source", "attach", "other.txt", "--data", data, "--workspace", work, cwd=tmp_path)
    assert wrong.code == 2 and "不是" in wrong.err


def test_the_generated_docs_are_up_to_date() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
