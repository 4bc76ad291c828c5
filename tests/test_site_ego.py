"""The picture of what is around one thing: its places in Python, and the same ones in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import SIZES

from kg.draw.ego import GRID, MOST, MOST_TWO, Block, Picture, blocks, ego_page, one_step, two_steps
from kg.draw.ego.blocks import share
from kg.facts import Facts
from kg.graph import LocalGraph
from kg.linkage import Web
from kg.site.atlas import Atlas
from kg.site.ego import PARTS, ego_context, part_of
from kg.site.ground import Ground
from kg.vocab import BASE, page_of

THINGS = [
    "actor/shaogang",
    "actor/shaoguan",
    "actor/shaoguan-university",
    "node/aluminium-foil",
    "node/big-data-software-and-information-services",
    "item/strategic-emerging-industries",
]


@pytest.fixture(scope="module")
def web(graph: LocalGraph) -> Web:
    from kg.facts import read_facts

    return Web(read_facts(graph))


def told(found: list[Block]) -> list[tuple[Any, ...]]:
    return [
        (b.out, b.zone, b.relation.rpartition("#")[2], b.status, *map(page_of, b.members))
        for b in found
    ]


def test_what_leads_to_a_thing_and_what_it_leads_to_stand_in_blocks_of_one_relation_and_status(
    tiny_facts: Facts,
) -> None:
    web = Web(tiny_facts)
    assert told(blocks(web, BASE + "node/foil")) == [
        (False, 0, "makes", "existing", "actor/mill"),
        (False, 1, "feedsInto", "domain", "node/ore"),
        (True, 1, "", "", "node/foils"),
    ]
    # The city is the hub of its plan, and a kind of firm is no firm: both come last.
    assert told(blocks(web, BASE + "node/ore")) == [
        (False, 3, "makes", "target", "actor/ore-firms"),
        (True, 1, "feedsInto", "domain", "node/foil"),
        (True, 1, "", "", "node/foils"),
    ]


def test_the_places_of_a_small_picture_are_these(tiny_facts: Facts) -> None:
    picture = one_step(Web(tiny_facts), BASE + "node/foil")
    assert [(b.id, b.role, b.x, b.y, b.px, b.py) for b in picture.boxes] == [
        ("c", "centre", 0, 0, 0, 0),
        ("h0", "head", -201, -33, 12, 154),
        ("0.0", "one", -348, -33, -72, 196),
        ("h1", "head", -201, 33, 12, 250),
        ("1.0", "one", -348, 33, -72, 292),
        ("h2", "head", 201, 0, 12, 58),
        ("2.0", "one", 348, 0, -72, 100),
    ]
    assert [(x.start, x.end, x.status) for x in picture.lines] == [
        ("h0", "c", "existing"),
        ("h1", "c", "domain"),
        ("c", "h2", ""),
    ]


def test_a_second_step_hangs_on_the_first_and_goes_through_no_hub(tiny_facts: Facts) -> None:
    picture = two_steps(Web(tiny_facts), BASE + "node/ore")
    second = {b.id: page_of(b.thing) for b in picture.boxes if b.role == "two"}
    # What the kind of firms or the city lead to is not there.
    assert second == {"1.0.0.0": "actor/mill", "2.0.0.0": "node/metals"}
    crosses = [x for x in picture.lines if x.hidden]
    at = {b.id: page_of(b.thing) for b in picture.boxes if b.thing}
    assert [(at[x.start], at[x.end]) for x in crosses] == [("node/foil", "node/foils")]


@pytest.mark.parametrize(
    ("sizes", "room", "shares"),
    [
        ([3, 2], 5, [3, 2]),
        ([9, 1, 9], 7, [3, 1, 3]),
        ([9, 9], 5, [3, 2]),
        ([1, 1, 1], 2, [1, 1, 0]),
        ([], 4, []),
    ],
)
def test_room_is_shared_as_equally_as_sizes_allow(
    sizes: list[int], room: int, shares: list[int]
) -> None:
    assert share(sizes, room) == shares


def overlapping(picture: Picture, tall: bool, two: bool) -> list[tuple[str, str]]:
    """Pairs of boxes that lie on each other, by the measures of the script."""
    boxes = []
    for b in picture.boxes:
        x, y = (b.px, b.py) if tall else (b.x, b.y)
        broad = tall and (b.role in ("head", "centre") or (two and b.role == "one"))
        wide = 326 if broad else GRID["head"] if b.role == "head" else GRID["box"]
        high = 26 if b.role == "head" else 28 if b.low else 46
        boxes.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, b.id))
    boxes.sort()
    found = []
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            if b[0] >= a[2]:
                break
            if a[1] < b[3] and b[1] < a[3]:
                found.append((a[4], b[4]))
    return found


def test_of_every_thing_at_most_so_many_neighbours_are_drawn_and_none_on_another(web: Web) -> None:
    bad = []
    for iri in web.things:
        for two, picture in ((False, one_step(web, iri)), (True, two_steps(web, iri))):
            drawn = sum(b.role in ("one", "two", "hub") for b in picture.boxes)
            if drawn > (MOST_TWO if two else MOST):
                bad.append((iri, two, drawn))
            for tall in (False, True):
                if found := overlapping(picture, tall, two):
                    bad.append((iri, two, tall, found[:2]))
    assert bad == []


def test_every_neighbour_is_drawn_or_counted(web: Web) -> None:
    for iri in web.things:
        found = blocks(web, iri)
        here = web.number[iri]
        wanted = 0
        for n in web.near[here]:
            link = web.link(here, n)
            wanted += bool(link.below) + len({
                (c.predicate, c.subject, c.origin or c.status) for c in link.claims
            })
        counted = sum(len(b.members) + sum(n for _, n in b.more) for b in found)
        # Of the city, what is tied by several rare relations is counted once in the rest.
        assert counted == wanted or (len(web.near[here]) > 1000 and counted <= wanted)


def test_the_city_is_told_in_numbers_and_never_followed(web: Web) -> None:
    found = blocks(web, BASE + "actor/shaoguan")
    assert len(found) <= 24 and not any(b.members for b in found)
    assert {b.role for b in two_steps(web, BASE + "actor/shaoguan").boxes} == {
        "centre",
        "head",
        "more",
    }


def test_hubs_are_small_and_last_on_their_side(web: Web) -> None:
    for key in THINGS:
        for out in (False, True):
            zones = [b.zone for b in blocks(web, BASE + key) if b.out is out]
            assert zones == sorted(zones) or key == "actor/shaoguan"


@pytest.fixture
def shown(opened: Any) -> Iterator[Any]:
    def do(name: str, size: str = "desk") -> Any:
        one = opened(name, size)
        one.page.wait_for_selector("#ego", state="attached")
        one.page.evaluate("document.getElementById('ego').scrollIntoView()")
        one.page.wait_for_selector("#ego[data-ready]")
        return one

    yield do


PLACES = (
    "atlasEgo.current.picture.boxes.map(b => [b.id, b.role, b.label, b.rest, b.x, b.y, b.px, b.py])"
)
LINES = "atlasEgo.current.picture.lines.map(l => [l.from, l.to, Boolean(l.hidden)]).sort()"


@pytest.mark.parametrize("key", THINGS)
def test_the_browser_draws_the_places_that_python_computes(shown: Any, web: Web, key: str) -> None:
    page = shown(f"thing.html?{key}").page
    for steps in (one_step, two_steps):
        if steps is two_steps:
            button = page.locator("#ego .tools button")
            if not button.count():
                # Only what leads somewhere has a second step.
                assert not any(b.role == "one" for b in one_step(web, BASE + key).boxes)
                break
            button.click()
            page.wait_for_selector("#ego[data-ready='2']")
        picture = steps(web, BASE + key)
        names = {b.id: web.facts.things[b.thing].zh if b.thing else "" for b in picture.boxes}
        assert sorted(page.evaluate(PLACES)) == sorted(
            [b.id, b.role, names[b.id], b.rest, b.x, b.y, b.px, b.py] for b in picture.boxes
        )
        assert page.evaluate(LINES) == sorted([x.start, x.end, x.hidden] for x in picture.lines)


# vis-network counts the rounding of corners to a box: four pixels on each side that are not drawn.
OVERLAP = """() => {
  const net = atlasEgo.current.net(), boxes = net.body.nodeIndices.map(id => [id, net.getBoundingBox(id)]);
  const bad = [];
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i][1], b = boxes[j][1];
    if (a.left < b.right - 8 && b.left < a.right - 8 && a.top < b.bottom - 8 && b.top < a.bottom - 8)
      bad.push([boxes[i][0], boxes[j][0]]);
  }
  return bad;
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("key", THINGS[:3])
def test_a_picture_opens_clean_and_no_label_lies_on_another(
    shown: Any, key: str, prefix: str, size: str
) -> None:
    one = shown(f"{prefix}thing.html?{key}", size)
    button = one.page.locator("#ego .tools button")
    for steps in range(1, 1 + (2 if button.count() else 1)):
        if steps == 2:
            button.click()
            one.page.wait_for_selector("#ego[data-ready='2']")
        assert one.page.evaluate(OVERLAP) == []
        assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert one.said == [] and one.outside == []


def test_nothing_is_loaded_before_the_picture_comes_into_view(opened: Any) -> None:
    page = opened("thing.html?actor/shaogang").page
    page.wait_for_selector("#ego", state="attached")
    page.wait_for_timeout(200)
    assert page.evaluate("typeof window.vis") == "undefined"
    page.evaluate("document.getElementById('ego').scrollIntoView()")
    page.wait_for_selector("#ego[data-ready]")
    assert page.evaluate("typeof window.vis") == "object"


def test_keys_walk_the_picture_and_a_chosen_box_tells_its_tie_with_status_and_place(
    shown: Any,
) -> None:
    one = shown("thing.html?node/aluminium-foil")
    page = one.page
    page.locator(".ego-stage").focus()
    page.keyboard.press("ArrowLeft")
    panel = page.locator(".ego-told")
    page.wait_for_selector(".ego-told li")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector(".ego-told li:has-text('专栏5-1')")
    text = panel.inner_text()
    assert "东阳光集团 生产 → 铝箔" in text and "现有" in text
    href = panel.locator("a", has_text="打开页面").get_attribute("href")
    assert href == "thing.html?actor/hec-group"
    page.keyboard.press("Escape")
    assert panel.inner_text() == "" and one.said == []


def test_the_data_are_small_and_a_page_reads_little_of_them(site: Path) -> None:
    data = site / "data"
    parts = [data / f"ego-{n}.js" for n in range(PARTS)]
    shared = [data / f"{n}.js" for n in ("ids", "web", "labels", "places")]
    shared += [site / "en" / "data" / f"{n}.js" for n in ("labels", "places")]
    size = {p: p.stat().st_size for p in (*parts, *shared)}
    assert sum(size.values()) <= 900_000
    largest = max(size[p] for p in parts)
    for folder in (site, site / "en"):
        assert size[folder / "data" / "labels.js"] + largest <= 150_000
    assert not (site / "en" / "data" / "ego-0.js").exists()


def test_a_thing_is_in_the_part_that_its_page_adds_up_to(site: Path, web: Web) -> None:
    for iri in web.things[::97]:
        page = page_of(iri)
        assert f'"{page}":[' in (site / "data" / f"ego-{part_of(page)}.js").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_file_of_a_thing_is_complete_and_at_most_a_megabyte(
    graph: LocalGraph, opened: Any, tmp_path: Path, lang: str
) -> None:
    atlas = Atlas(Ground(graph), lang)
    text = ego_page(
        Web(atlas.facts), BASE + "actor/hec-group", atlas.words, **ego_context(atlas, "x.html")
    )
    assert len(text.encode()) <= 1_000_000
    (tmp_path / "x.html").write_text(text, "utf-8")
    one = opened((tmp_path / "x.html").as_uri())
    one.page.wait_for_selector("#ego[data-ready='1']")
    assert one.page.evaluate(OVERLAP) == []
    one.page.locator("#ego .tools button").click()
    one.page.wait_for_selector("#ego[data-ready='2']")
    one.page.evaluate("atlasEgo.current.choose('1.0')")
    assert one.page.locator(".ego-told li").count() >= 1
    assert one.said == [] and one.outside == []
    assert one.page.locator("main table tbody tr").count() >= 28


def test_a_hostile_name_stays_text_in_the_picture(
    tiny_files: list[Path], opened: Any, tmp_path: Path
) -> None:
    from kg.graph import load_files

    evil = "</script><img src=x onerror=alert(1)>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(path.read_text("utf-8").replace('"甲厂"@zh', f'"{evil}"@zh'), "utf-8")
    atlas = Atlas(Ground(load_files(tiny_files)), "zh")
    text = ego_page(
        Web(atlas.facts), BASE + "node/foil", atlas.words, **ego_context(atlas, "x.html")
    )
    (tmp_path / "x.html").write_text(text, "utf-8")
    one = opened((tmp_path / "x.html").as_uri())
    one.page.wait_for_selector("#ego[data-ready]")
    one.page.evaluate("atlasEgo.current.choose('0.0')")
    assert evil in one.page.locator(".ego-told").inner_text()
    assert one.said == [] and one.page.locator("img").count() == 0
