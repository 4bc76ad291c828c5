from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.citation import Document, digest
from kg.facts import Facts, read_facts
from kg.graph import LocalGraph, data_files, load_files

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "graphs" / "tiny.ttl"
TINY_TEXT = "甲厂做强铝箔。以乙厂、丙厂为依托，发展铝粉、银粉。引进矿石企业。"
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
PLAN = Path(os.environ.get("KG_PLAN", ROOT.parent / "shared" / "plan.txt"))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or leaves anything in the user's cache or workspace."""
    os.environ["KG_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["KG_WORKSPACE"] = str(tmp_path_factory.mktemp("workspace"))
    os.environ.pop("KG_LANG", None)


def passages_of(text: str) -> str:
    """Turtle for the document `text`: one paragraph p1, its sentences p1-s1 … with their places."""
    sentences = [s + "。" for s in text.split("。") if s]
    lines = [
        "@prefix ic: <https://w3id.org/cn-industry-chain/vocab#> .",
        "@prefix src: <https://w3id.org/cn-industry-chain/passage/> .",
        "@prefix doc: <https://w3id.org/cn-industry-chain/document/> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix oa: <http://www.w3.org/ns/oa#> .",
        'doc:tiny a ic:SourceDocument ; skos:prefLabel "小规划"@zh , "Tiny plan"@en ;'
        f' ic:codePoints {len(text)} ; ic:sha256 "{digest(text)}" .',
    ]

    def place(name: str, kind: str, zh: str, start: int, end: int, rest: str = "") -> str:
        return (
            f'src:{name} a {kind} ; skos:prefLabel "{zh}"@zh , "{name}"@en ; oa:hasSource doc:tiny ;'
            f" oa:hasSelector [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ] ;"
            f' ic:sha256 "{digest(text[start:end])}"{rest} .'
        )

    lines.append(place("p1", "ic:Paragraph", "第1段", 0, len(text)))
    at = 0
    for n, sentence in enumerate(sentences, start=1):
        end = at + len(sentence)
        lines.append(
            place(f"p1-s{n}", "oa:SpecificResource", f"第{n}句", at, end, " ; ic:place src:p1")
        )
        at = end
    return "\n".join(lines) + "\n"


@pytest.fixture
def tiny_files(tmp_path: Path) -> list[Path]:
    """A data folder with the tiny graph, its passages, and the real vocabulary."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(TINY, folder / "tiny.ttl")
    shutil.copy(ROOT / "data" / "vocab.ttl", folder / "vocab.ttl")
    from kg.citation import normalise

    (folder / "sources.ttl").write_text(passages_of(normalise(TINY_TEXT)), "utf-8")
    return data_files(folder)


@pytest.fixture
def tiny(tiny_files: list[Path]) -> LocalGraph:
    return load_files(tiny_files)


@pytest.fixture
def tiny_facts(tiny: LocalGraph) -> Facts:
    return read_facts(tiny)


@pytest.fixture(scope="session")
def graph() -> LocalGraph:
    """The real data, in memory."""
    return load_files(data_files())


@pytest.fixture(scope="session")
def facts(graph: LocalGraph) -> Facts:
    return read_facts(graph)


@pytest.fixture(scope="session")
def plan() -> Document:
    """The plan's text, where it is at hand; the project does not carry it."""
    if not PLAN.is_file():
        pytest.skip(f"the plan is not at hand ({PLAN}): set KG_PLAN to its plain text")
    from kg.citation import read_document

    return read_document(PLAN)


def put_assets(folder: Path) -> None:
    """What every page loads, beside pages that a test writes by itself."""
    from kg.paint import style_sheet, vis_bundle

    assets = folder / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    (assets / "atlas.css").write_text(style_sheet(), "utf-8")
    shutil.copy(vis_bundle(), assets / "vis-network.min.js")
    for path in (ROOT / "viz" / "static").glob("*.js"):
        shutil.copy(path, assets)


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")


def kg(*words: str, cwd: Path | None = None, stdin: str | None = None, **env: str) -> Ran:
    """Runs the real command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=cwd or ROOT,
        input=stdin.encode() if stdin is not None else None,
        capture_output=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )
    return Ran(done)


@pytest.fixture(scope="session")
def site(graph: LocalGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real data in Chinese."""
    from kg.site import Ground, build

    target = tmp_path_factory.mktemp("out") / "site"
    build(Ground(graph), target)
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "no Chromium: make test installs Debian's"
    with sync_playwright() as play:
        instance = play.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
            ],
        )
        yield instance
        instance.close()


class Opened:
    """A page with everything it said and asked for."""

    def __init__(self, browser: Any, url: str, size: tuple[int, int], scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts
        )
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda m: self.said.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on(
            "request",
            lambda r: (
                self.outside.append(r.url)
                if not r.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        self.page.goto(url)


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a page of the site, or any address."""
    contexts = []

    def do(name: str, size: str = "desk", scripts: bool = True) -> Opened:
        url = name if "://" in name else site.as_uri() + "/" + name
        one = Opened(browser, url, SIZES[size], scripts)
        contexts.append(one.context)
        return one

    yield do
    for context in contexts:
        context.close()
