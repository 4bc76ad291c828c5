"""How a site is put together: both languages, only what changed, whole or not at all, names that every system takes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TINY_TEXT, kg

from kg.citation import Document
from kg.errors import KgError
from kg.graph import LocalGraph, load_files
from kg.site import MARK, Ground, build
from kg.site.shelf import Shelf
from kg.statements import make_statement
from kg.vocab import PREFIXES

TODAY = date(2026, 11, 24)
CLAIM = (
    "ic:claim\n        [ rdf:predicate ic:makes ; rdf:object node:foil ; ic:status status:existing"
)
# What a person may change in the small graph: old text, new text.
CHANGES = {
    "a name": ('"铝箔"@zh', '"铝箔材"@zh'),
    "an English name": ('"Aluminium foil"@en', '"Aluminum foil"@en'),
    "another name": ('"甲铝业"@zh', '"甲铝"@zh'),
    "the status of a claim": (CLAIM, CLAIM.replace("existing", "planned")),
    "a firm at a node where none was": (
        "actor:firm-b a ic:Firm ;",
        "actor:firm-b a ic:Firm ;\n    ic:makes node:ore ;\n    ic:claim\n        [ rdf:predicate ic:makes ; rdf:object node:ore ; ic:status status:existing ; ic:level level:product ; dcterms:source src:p1-s1 ] ;",
    ),
    "the place of a claim": (
        "ic:role role:chain-leader ; dcterms:source src:p1-s1",
        "ic:role role:chain-leader ; dcterms:source src:p1-s2",
    ),
    "a role": ("ic:role role:chain-leader ; ", ""),
    "the basis of an edge": ('"smelting and rolling"@en', '"smelting"@en'),
    "an edge that goes": (
        'ic:feedsInto node:foil ;\n    ic:claim\n        [ rdf:predicate ic:feedsInto ; rdf:object node:foil ; ic:status status:existing ; ic:level level:product ; ic:origin ic:domain ; ic:basis "smelting and rolling"@en ] .',
        'skos:altLabel "矿"@zh .',
    ),
    "a stage": ("ic:stage stage:upstream", "ic:stage stage:support"),
    "the segment of a node": (
        '"Silver powder"@en ;\n    skos:broader node:powders',
        '"Silver powder"@en ;\n    skos:broader node:foils',
    ),
    "a verb": (
        'ic:status status:target ; ic:level level:product ; ic:wish wish:recruit ; ic:wording "引进"@zh ; dcterms:source src:p1-s3 ] .\n\nactor:ore-firms',
        'ic:status status:target ; ic:level level:product ; ic:wish wish:recruit ; ic:wording "招引"@zh ; dcterms:source src:p1-s3 ] .\n\nactor:ore-firms',
    ),
    "a note": ("    ic:generic true ;", '    ic:generic true ; skos:note "read twice"@en ;'),
    "a thing that is new": (
        "actor:city a ic:Place ;",
        'actor:lab a ic:Institute ; skos:prefLabel "所"@zh , "Lab"@en .\n\nactor:city a ic:Place ;',
    ),
    "a firm that is no firm": ("actor:firm-c a ic:Firm ;", "actor:firm-c a ic:Institute ;"),
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def the_ground(graph: LocalGraph, **more: Any) -> Ground:
    return Ground(graph, today=TODAY, **more)


def changed(tiny_files: list[Path], old: str, new: str) -> LocalGraph:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return load_files(tiny_files)


@pytest.mark.parametrize("what", CHANGES)
def test_a_site_built_on_an_old_one_is_the_site_built_from_nothing(
    tiny_files: list[Path], tmp_path: Path, what: str
) -> None:
    build(the_ground(load_files(tiny_files)), tmp_path / "old")
    graph = changed(tiny_files, *CHANGES[what])
    before = files(tmp_path / "old")
    built = build(the_ground(graph), tmp_path / "old")
    build(the_ground(graph), tmp_path / "new")
    after = files(tmp_path / "new")
    assert files(tmp_path / "old") == after
    differ = {n for n in after if n != MARK and before.get(n) != after[n]}
    assert differ and len(differ) <= built.made


def test_what_staff_checked_and_the_day_and_the_document_reach_the_pages_that_are_there(
    tiny: LocalGraph, tmp_path: Path
) -> None:
    check = make_statement(
        PREFIXES["node"] + "ore", "absent", "走访", "张三", TODAY, date(2027, 1, 1)
    )
    steps: list[Ground] = [
        the_ground(tiny),
        the_ground(tiny, statements=[check]),
        Ground(tiny, None, [check], date(2027, 6, 1)),
        the_ground(tiny, document=Document(TINY_TEXT)),
        the_ground(tiny, document=Document(TINY_TEXT.replace("，", ", "))),
        the_ground(tiny),
    ]
    for n, ground in enumerate(steps):
        build(ground, tmp_path / "old")
        build(ground, tmp_path / f"new{n}")
        assert files(tmp_path / "old") == files(tmp_path / f"new{n}"), n


def test_one_changed_fact_of_the_city_makes_few_pages_and_the_right_ones(
    graph: LocalGraph, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for path in (ROOT / "data").glob("*.ttl"):
        (data / path.name).write_bytes(path.read_bytes())
    build(the_ground(graph), tmp_path / "old")
    path = data / "industries.ttl"
    text = path.read_text("utf-8")
    assert text.count('"铝箔"@zh') == 1
    path.write_text(text.replace('"铝箔"@zh', '"铝箔材"@zh'), "utf-8")
    again = load_files(sorted(data.glob("*.ttl")))
    built = build(the_ground(again), tmp_path / "old")
    build(the_ground(again), tmp_path / "new")
    assert files(tmp_path / "old") == files(tmp_path / "new")
    assert 0 < built.made < 200


def test_nothing_changed_makes_nothing(tiny: LocalGraph, tmp_path: Path) -> None:
    assert build(the_ground(tiny), tmp_path / "site").made > 20
    before = files(tmp_path / "site")
    assert build(the_ground(tiny), tmp_path / "site").made == 0
    assert files(tmp_path / "site") == before


def test_a_page_that_was_deleted_comes_back(tiny: LocalGraph, tmp_path: Path) -> None:
    build(the_ground(tiny), tmp_path / "site")
    page = tmp_path / "site" / "en" / "method.html"
    before = page.read_bytes()
    page.unlink()
    assert build(the_ground(tiny), tmp_path / "site").made == 1
    assert page.read_bytes() == before


@pytest.mark.parametrize("mark", ["kg site\n", "kg site 99\nabc index.html\n", "\xff"])
def test_a_site_of_another_version_is_made_anew(
    tiny: LocalGraph, tmp_path: Path, mark: str
) -> None:
    all_ = build(the_ground(tiny), tmp_path / "site").made
    (tmp_path / "site" / MARK).write_bytes(mark.encode("latin-1"))
    assert build(the_ground(tiny), tmp_path / "site").made == all_


def test_a_build_that_breaks_leaves_the_old_site_and_no_rest(
    tiny: LocalGraph, tmp_path: Path
) -> None:
    build(the_ground(tiny), tmp_path / "site", ("zh",))
    before = files(tmp_path / "site")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(the_ground(tiny), tmp_path / "site", ("en",), stop)
    assert files(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_reader_finds_a_whole_site_at_every_moment_of_a_build(
    tiny: LocalGraph, tmp_path: Path
) -> None:
    build(the_ground(tiny), tmp_path / "site", ("zh",))
    shelf = Shelf(tmp_path / "site")
    before = files(tmp_path / "site")
    shelf.put("index.html", "new", "1")
    assert files(tmp_path / "site") == before
    shelf.finish()
    assert files(tmp_path / "site") == {"index.html": b"new", MARK: b"kg site 2\n1 index.html\n"}
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_without_hard_links_files_are_copied(
    tiny: LocalGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(the_ground(tiny), tmp_path / "site")
    before = files(tmp_path / "site")

    def refuse(source: object, target: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert build(the_ground(tiny), tmp_path / "site").made == 0
    assert files(tmp_path / "site") == before


def test_every_page_leads_to_its_twin_and_back(site: Path) -> None:
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")}
    english = {p.removeprefix("en/") for p in pages if p.startswith("en/")}
    assert english == {p for p in pages if not p.startswith("en/")}
    wrong = []
    for name in pages:
        text = (site / name).read_text("utf-8")
        own = "en" if name.startswith("en/") else "zh-CN"
        twin = re.search(r'<a (?:class="twin" )?href="?([^">\s]+)"? lang="?([\w-]+)"?', text)
        other = name.removeprefix("en/") if own == "en" else "en/" + name
        told = twin and ((site / name).parent / twin[1]).resolve() == (site / other).resolve()
        if (
            not told
            or twin[2] == own
            or f'lang="{own}"'
            not in text.replace("lang=zh-CN", 'lang="zh-CN"').replace("lang=en", 'lang="en"')
        ):
            wrong.append(name)
    assert wrong == []


def test_file_names_suit_windows_and_no_two_differ_by_case_alone(site: Path) -> None:
    names = [p.relative_to(site).as_posix() for p in site.rglob("*")]
    assert [n for n in names if not re.fullmatch(r"[A-Za-z0-9_./-]+", n) or len(n) > 120] == []
    assert [n for n, count in Counter(n.lower() for n in names).items() if count > 1] == []
    reserved = r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)"
    assert [n for n in names if any(re.match(reserved, part) for part in n.split("/"))] == []


def test_a_machine_that_knows_no_utf8_writes_the_same_site(
    tiny_files: list[Path], tmp_path: Path
) -> None:
    """As on Windows with code page 936: whoever forgets to name the encoding fails here."""
    told = {}
    for name, locale in (
        ("plain", {"LC_ALL": "C.UTF-8"}),
        (
            "strange",
            {
                "LC_ALL": "C",
                "PYTHONUTF8": "0",
                "PYTHONCOERCECLOCALE": "0",
                "PYTHONIOENCODING": "gbk",
            },
        ),
    ):
        command = [
            sys.executable,
            "-m",
            "kg",
            "site",
            "-o",
            str(tmp_path / name),
            "--data",
            str(tiny_files[0].parent),
            "--today",
            "2026-11-24",
        ]
        told[name] = subprocess.run(
            command, env={**os.environ, **locale}, capture_output=True, check=False, cwd=ROOT
        )
        assert told[name].returncode == 0, told[name].stderr
    assert "页" in told["strange"].stderr.decode()
    assert files(tmp_path / "plain") == files(tmp_path / "strange")


def test_sizes_stay_small_enough_to_be_carried(site: Path) -> None:
    sizes = {
        p.relative_to(site).as_posix(): p.stat().st_size for p in site.rglob("*") if p.is_file()
    }
    del sizes["assets/vis-network.min.js"]
    assert sizes["index.html"] <= 150_000 and sizes["en/index.html"] <= 150_000
    assert [n for n, s in sizes.items() if re.match(r"(en/)?chain/", n) and s > 300_000] == []
    assert sum(sizes.values()) <= 15_000_000


SENT = [
    "gaps.html",
    "chain/advanced-materials.html",
    "chain/advanced-materials-graph.html",
    "evidence.html",
    "indicators.html",
    "places.html",
    "thing.html?actor/shaogang",
    "thing.html?node/aluminium-foil",
    "plan.html",
    "method.html",
    "card.html?advanced-materials/high-precision-copper-strip",
]


@pytest.mark.parametrize("name", SENT)
def test_a_page_that_is_sent_alone_is_complete_and_leads_nowhere(
    graph: LocalGraph, opened: Any, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "alone.html"
    done = kg("site", "--single-file", "--page", name, "-o", str(out))
    assert done.code == 0, done.err
    assert out.stat().st_size <= 1_000_000
    one = opened(out.as_uri())
    one.page.wait_for_timeout(300)
    assert one.said == [] and one.outside == []
    assert len(one.page.locator("main").inner_text()) > 200
    hrefs = one.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    assert [h for h in hrefs if not re.match(r"#|https?:|blob:|data:", h)] == []


def test_all_pages_that_are_sent_alone_are_written_into_a_folder(tmp_path: Path) -> None:
    done = kg("site", "--single-file", "-o", str(tmp_path / "single"), "--lang", "en")
    assert done.code == 0, done.err
    sizes = {p.name: p.stat().st_size for p in (tmp_path / "single").glob("*.html")}
    assert {
        "index.html",
        "gaps.html",
        "chain-advanced-materials.html",
        "chain-advanced-materials-graph.html",
    } <= set(sizes)
    assert max(sizes.values()) <= 1_000_000


def test_a_page_that_is_not_there_is_told_with_what_to_write_instead(tmp_path: Path) -> None:
    done = kg("site", "--single-file", "--page", "nothing.html", "-o", str(tmp_path / "x.html"))
    assert done.code == 2 and "nothing.html" in done.err and "gaps.html" in done.err
    done = kg("site", "--page", "gaps.html", "-o", str(tmp_path / "x.html"))
    assert done.code == 2 and "--single-file" in done.err


def test_a_hostile_name_stays_text_in_a_page_that_is_sent_alone(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    from kg.site.atlas import Atlas
    from kg.site.single import single_page

    evil = "</SCRIPT><img src=x onerror=alert(1)><!--<script></script>"
    graph = changed(tiny_files, '"铝箔"@zh', f'"{evil}"@zh')
    atlas = Atlas(the_ground(graph), "zh")
    for name in (
        "chain/metals-graph.html",
        "chain/metals.html",
        "thing.html?node/foil",
        "gaps.html",
    ):
        (tmp_path / "x.html").write_text(single_page(atlas, name), "utf-8")
        one = opened((tmp_path / "x.html").as_uri())
        one.page.wait_for_timeout(150)
        assert one.said == [] and one.page.locator("img").count() == 0, name


def test_a_folder_of_something_else_is_no_shelf(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(KgError, match="holds other files"):
        Shelf(tmp_path)
