"""The page of the counties, and real borders from a user's own map: only what is stated is put in a county."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import SIZES, Opened, put_assets

from kg.errors import KgError
from kg.graph import LocalGraph, load_files
from kg.site.atlas import Atlas, page_words
from kg.site.borders import Borders, read_borders
from kg.site.counties import SORTS, Ties, counties, county_names, ties
from kg.site.ground import Ground
from kg.site.places import county_tiles, places_page, places_sheet

NUMBER = "粤S(2023)056号"


@pytest.fixture(scope="module")
def ground(graph: LocalGraph) -> Ground:
    return Ground(graph)


@pytest.fixture(scope="module")
def found(ground: Ground) -> dict[str, Ties]:
    return {one.county.key: one for one in ties(ground.survey)}


def ring(x: float, y: float, wide: float = 0.4) -> list[list[float]]:
    return [[x, y], [x + wide, y], [x + wide, y + wide], [x, y + wide], [x, y]]


def shape(name: object, coordinates: object, kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(folder: Path, *features: object, **more: object) -> Path:
    path = folder / "map.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features, **more}), "utf-8"
    )
    return path


def page_at(folder: Path, html: str) -> str:
    """Writes one page with its style sheet and script into `folder` and gives its address."""
    put_assets(folder)
    (folder / "page.html").write_text(html, "utf-8")
    return (folder / "page.html").as_uri()


# -- what lies where


def test_the_ten_counties_have_tiles_that_do_not_cover_each_other() -> None:
    assert [c.short for c in counties()] == [
        "乐昌",
        "仁化",
        "南雄",
        "乳源",
        "武江",
        "浈江",
        "始兴",
        "曲江",
        "翁源",
        "新丰",
    ]
    assert len({(c.row, c.column) for c in counties()}) == 10
    assert set(county_names().values()) == {c.key for c in counties()}


def test_a_thing_lies_in_a_county_by_statements_and_through_its_park(
    ground: Ground, found: dict[str, Ties]
) -> None:
    names = {i: t.zh for i, t in ground.facts.things.items()}
    told = [
        (names[t.thing], t.status, [(c.name, names[c.object]) for c in t.path])
        for t in found["ruyuan"].lying
    ]
    county = ("locatedIn", "乳源瑶族自治县")
    park = ("locatedIn", "乳源高新区")
    assert told == [
        ("乳源高新区", "existing", [county]),
        ("广科乳源产业创新园", "existing", [county]),
        ("省科学院乳源产业技术服务中心", "existing", [county]),
        ("乳源产业园区", "existing", [county]),
        ("东阳光集团现有产业改扩建项目", "underway", [park, county]),
        ("东阳光集团研发创新成果产业化项目", "underway", [park, county]),
        ("东阳光集团药物研发中试基地", "planned", [county]),
        ("乳源高山中药种植基地", "planned", [county]),
    ]


def test_a_name_with_a_county_in_it_and_other_relations_do_not_put_a_thing_there(
    ground: Ground, found: dict[str, Ties]
) -> None:
    names = {i: t.zh for i, t in ground.facts.things.items()}
    assert [names[i] for i in found["ruyuan"].named] == ["乳源东阳光磁性材料有限公司"]
    assert [names[i] for i in found["wujiang"].named] == ["武江科技园孵化基地", "武江科技园"]
    assert [names[t.thing] for t in found["wengyuan"].beside] == ["“翁源兰花”核心区"]
    assert [names[i] for i in found["wengyuan"].named] == ["翁源产业园"]
    for one in found.values():
        inside = {t.thing for t in one.lying}
        assert inside.isdisjoint(one.named) and inside.isdisjoint(t.thing for t in one.beside)
        assert all(c.name in ("locatedIn", "partOf") for t in one.lying for c in t.path)
        assert all(t.path[-1].object in one.places for t in one.lying)


def test_gaps_are_told_only_where_a_direction_is_stated(
    ground: Ground, found: dict[str, Ties]
) -> None:
    told = {k: None if o.missing is None else len(o.missing) for k, o in found.items()}
    unknown = ("lechang", "wujiang", "zhenjiang", "qujiang", "wengyuan")
    assert [k for k, n in told.items() if n is None] == list(unknown)
    nodes = ground.survey.nodes
    for one in found.values():
        for iri in one.missing or ():
            assert nodes[iri].leaf and nodes[iri].presence in ("unseen", "absent")
            assert {iri, *ground.facts.ancestors(iri)} & set(one.aims)


def test_the_tiles_of_the_first_page_carry_the_counts(ground: Ground) -> None:
    tiles = {t["key"]: t for t in county_tiles(Atlas(ground, "zh"))}
    some = ("label", "href", "firms", "platforms", "parks", "row", "column")
    assert [tiles["nanxiong"][k] for k in some] == ["南雄", "places.html#nanxiong", 1, 2, 2, 1, 4]
    assert tiles["nanxiong"]["lines"][:3] == [
        ("企业", "1"),
        ("平台", "1+规划 1"),
        ("园区", "1+规划 1"),
    ]
    # What no source names has no count, not a count of nought.
    assert [tiles["lechang"][k] for k in ("firms", "platforms", "parks", "gaps", "lines")] == [
        *(None, None, None, None),
        [],
    ]


def test_the_table_adds_up(ground: Ground) -> None:
    html = places_page(Atlas(ground, "zh"))
    table = re.search(r'<table class="facts stacked by-county">.*?</table>', html, re.S)
    assert table
    rows = re.findall(r"<tr.*?</tr>", table[0], re.S)[1:]
    numbers = [
        [
            sum(map(int, re.findall(r"\d+", cell)))
            for cell in re.findall(r'class="count"[^>]*>(.*?)<', row)
        ]
        for row in rows
    ]
    columns = len(SORTS)
    added = [sum(n[i] for n in numbers[:-1] if n) for i in range(columns)]
    assert added == numbers[-1][:columns]
    sorts = {kind: sort for sort, kinds in SORTS.items() for kind in kinds}
    things = ground.facts.things.values()
    counted = Counter(sorts[t.kind] for t in things if t.kind in sorts and not t.generic)
    assert numbers[-1] == [counted[s] for s in SORTS]


def test_every_tie_on_the_page_has_its_place(ground: Ground) -> None:
    html = places_page(Atlas(ground, "zh"))
    places = re.findall(r'<ul class="tied">.*?</ul>', html, re.S)
    rows = re.findall(r"<li>.*?</li>", "".join(places), re.S)
    assert len(rows) == sum(len(o.lying) + len(o.beside) for o in ties(ground.survey))
    assert all(re.search(r'class="where">[^<]*(第|专栏)', row) for row in rows)


def test_a_city_of_other_places_has_tiles_that_say_so(tiny_files: list[Path]) -> None:
    ground = Ground(load_files(tiny_files))
    words = page_words()["zh"]
    assert [t["note"] for t in county_tiles(Atlas(ground, "zh"))] == [words["pl_not_named"]] * 10
    assert places_page(Atlas(ground, "zh")).count(words["pl_not_named_long"]) == 10


def test_a_circle_of_parks_and_two_statements_of_one_thing_end(tiny_files: list[Path]) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    claim = (
        "rdf:predicate ic:{} ; rdf:object actor:{} ; ic:status status:{} ; dcterms:source src:p1-s1"
    )
    said = {
        "park-a": [("locatedIn", "nanxiong", "planned"), ("partOf", "park-b", "existing")],
        "park-b": [("partOf", "park-a", "existing")],
        "mill": [("locatedIn", "park-b", "existing"), ("locatedIn", "park-b", "target")],
    }
    extra = 'actor:nanxiong a ic:Place ; skos:prefLabel "南雄市"@zh .\n'
    for name, claims in said.items():
        kind = "" if name == "mill" else f'a ic:Park ; skos:prefLabel "{name}"@zh ; '
        extra += (
            f"actor:{name} {kind}ic:claim "
            + " , ".join(f"[ {claim.format(*c)} ]" for c in claims)
            + " .\n"
        )
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    one = next(o for o in ties(Ground(load_files(tiny_files)).survey) if o.county.key == "nanxiong")
    told = {t.thing.rpartition("/")[2]: (t.status, len(t.path)) for t in one.lying}
    # The mill is there today, but by way of a park that is only planned.
    assert told == {"park-a": ("planned", 1), "park-b": ("planned", 2), "mill": ("planned", 3)}


def test_a_hostile_name_of_a_firm_stays_text(tiny_files: list[Path]) -> None:
    evil = "</span><img src=x onerror=alert(1)>"
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    path.write_text(
        path.read_text("utf-8").replace('"甲厂"@zh', f'"{evil}"@zh')
        + 'actor:nanxiong a ic:Place ; skos:prefLabel "南雄"@zh .\n'
        "actor:mill ic:claim [ rdf:predicate ic:locatedIn ; rdf:object actor:nanxiong ;"
        " ic:status status:existing ; dcterms:source src:p1-s1 ] .\n",
        "utf-8",
    )
    html = places_page(Atlas(Ground(load_files(tiny_files)), "zh"))
    assert "<img" not in html and "&lt;img" in html


# -- real borders


def test_a_map_gives_shapes_side_by_side_by_any_name_of_a_county(tmp_path: Path) -> None:
    path = geojson(
        tmp_path,
        shape("乐昌市", [ring(113.0, 25.0)]),
        shape("仁化", [[ring(113.4, 25.0)], [ring(113.5, 24.5, 0.1)]], "MultiPolygon"),
        {**shape(None, [ring(113.8, 25.0)]), "properties": {"id": 7, "county": " Nanxiong "}},
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
    )
    borders = read_borders(path, f" {NUMBER} ", county_names())
    # 1.2 degrees of longitude at 25° N are the whole width; 0.9 of latitude are a little less high.
    assert borders.number == NUMBER and round(borders.height) == 827
    assert {k: s.path for k, s in borders.shapes.items()} == {
        "lechang": "M0 368l333 0 0-368-333 0z",
        "renhua": "M333 368l334 0 0-368-334 0zM417 827l83 0 0-92-83 0z",
        "nanxiong": "M667 368l333 0 0-368-333 0z",
    }
    assert [round(s.x) for s in borders.shapes.values()] == [167, 500, 833]
    seen = [(f.level, f.rule, f.what.zh) for f in borders.findings]
    assert seen[0] == ("note", "map-county", "地图中没有乳源瑶族自治县。") and len(seen) == 7


@pytest.mark.parametrize("number", ["", "   ", "056", "粤S(2023)056", "<b>", "粤S(2023)056号" * 9])
def test_a_map_without_its_review_number_is_refused(tmp_path: Path, number: str) -> None:
    path = geojson(tmp_path, shape("乐昌市", [ring(113.0, 25.0)]))
    with pytest.raises(KgError, match="审图号") as caught:
        read_borders(path, number, county_names())
    assert "--map-number" in caught.value.text("zh") and "--map" in caught.value.text("en")


@pytest.mark.parametrize("number", ["粤S(2023)056号", "GS（2019）1822号", "GS京(2022)1061号"])
def test_review_numbers_as_they_are_printed_are_taken(tmp_path: Path, number: str) -> None:
    path = geojson(tmp_path, shape("乐昌市", [ring(113.0, 25.0)]))
    assert read_borders(path, number, county_names()).number == number


BAD: dict[str, tuple[object, str]] = {
    "a shape open": (shape("乐昌", [ring(113, 25)[:-1]]), "not closed"),
    "a ring of three": (shape("乐昌", [[[113, 25], [114, 25], [113, 25]]]), "not closed"),
    "a point": (shape("乐昌", [113, 25], "Point"), "neither Polygon"),
    "no geometry": ({"type": "Feature", "properties": {"name": "乐昌"}}, "neither Polygon"),
    "metres": (shape("乐昌", [ring(38400000, 2760000)]), "not in degrees"),
    "a word": (shape("乐昌", [[["a", "b"]] * 4]), "no pair of numbers"),
    "a truth": (shape("乐昌", [[[True, False]] * 4]), "no pair of numbers"),
    "a huge number": (shape("乐昌", [[[10**400, 25]] * 4]), "not in degrees"),
    "one line": (shape("乐昌", [[[113, 25], [114, 25], [115, 25], [113, 25]]]), "on one line"),
    "an empty polygon": (shape("乐昌", [[]], "MultiPolygon"), "form no ring"),
    "nobody known": (shape("</script><script>alert(1)</script>", [ring(113, 25)]), "no shape is"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_map_that_is_none_is_refused_with_place_and_next_step(tmp_path: Path, name: str) -> None:
    feature, said = BAD[name]
    path = geojson(tmp_path, feature)
    with pytest.raises(KgError, match=said) as caught:
        read_borders(path, NUMBER, county_names())
    assert str(path) in caught.value.text("zh") and caught.value.next_step.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "not a FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "no list of shapes"),
        (b'{"type": "FeatureCollection", "features": [1]}', "no list of shapes"),
        (
            b'{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:4610"}}}',
            "not WGS84",
        ),
        (b'{"type": "FeatureCollection", "features": [], "crs": 4}', "not WGS84"),
        (b" " * 20_000_001, "larger than 20 MB"),
    ],
    ids=[
        "empty",
        "no UTF-8",
        "deep",
        "list",
        "no features",
        "numbers",
        "projected",
        "odd",
        "large",
    ],
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "map.geojson").write_bytes(content)
    with pytest.raises(KgError, match=said):
        read_borders(tmp_path / "map.geojson", NUMBER, county_names())


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_coordinate_that_is_no_number_is_refused(tmp_path: Path, text: str) -> None:
    path = geojson(tmp_path, shape("乐昌", [ring(113, 25)]))
    path.write_text(path.read_text("utf-8").replace("113.4", text), "utf-8")
    with pytest.raises(KgError, match="not in degrees"):
        read_borders(path, NUMBER, county_names())


def test_a_missing_file_or_a_number_without_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="Cannot read"):
        read_borders(tmp_path / "none.geojson", NUMBER, county_names())
    with pytest.raises(KgError, match="Add --map"):
        read_borders("", NUMBER, county_names())


def fine_map(folder: Path, points: int) -> Path:
    """A map of all ten counties whose outlines have many points."""
    from math import cos, pi, sin

    features = []
    for n, county in enumerate(counties()):
        turn = [
            (2 * pi * i / points, 0.2 + 0.02 * sin(40 * pi * i / points)) for i in range(points)
        ]
        line = [[113 + 0.4 * n + r * cos(a), 25 + r * sin(a)] for a, r in turn]
        features.append(shape(county.zh, [[*line, line[0]]]))
    evil = "</text><script>alert(1)</script>"
    features[0]["properties"]["note"] = evil
    return geojson(folder, *features, shape(evil, [ring(113, 25)]))


def test_a_fine_map_becomes_a_small_picture_with_its_number(ground: Ground, tmp_path: Path) -> None:
    borders = read_borders(fine_map(tmp_path, 20_000), NUMBER, county_names())
    assert [(f.level, f.rule) for f in borders.findings] == [("warning", "map-name")]
    html = places_page(Atlas(ground, "zh"), borders)
    picture = re.search(r'<figure class="borders">.*?</figure>', html, re.S)
    assert picture and len(picture[0].encode()) <= 60_000
    assert picture[0].count("<path") == 10 and f"<b>审图号：{NUMBER}</b>" in picture[0]
    assert "alert(1)" not in html and 'class="tiles"' not in html
    plain = places_page(Atlas(ground, "zh"))
    assert 'class="tiles"' in plain and NUMBER not in plain
    assert page_words()["zh"]["pl_why_tiles"] in plain


def test_a_page_with_other_borders_is_made_anew(ground: Ground, tmp_path: Path) -> None:
    class All:
        everything = "same"

    def key(borders: Borders | None) -> str:
        ground.borders = borders
        try:
            return places_sheet(Atlas(ground, "zh")).rests(All())  # type: ignore[arg-type]
        finally:
            ground.borders = None

    path = geojson(tmp_path, shape("乐昌市", [ring(113.0, 25.0)]))
    one, two = (read_borders(path, n, county_names()) for n in (NUMBER, "GS(2019)1822号"))
    assert len({key(None), key(one), key(two)}) == 3 and key(one) == key(one)


# -- in a browser


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("real", [False, True], ids=["tiles", "map"])
def test_the_page_is_clean_in_a_browser(
    ground: Ground, browser: Any, tmp_path: Path, lang: str, size: str, real: bool
) -> None:
    borders = read_borders(fine_map(tmp_path, 200), NUMBER, county_names()) if real else None
    html = places_page(Atlas(ground, lang), borders).replace("../assets", "assets")
    one = Opened(browser, page_at(tmp_path, html), SIZES[size])
    assert one.said == [] and one.outside == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    spilt = one.page.evaluate(
        "[...document.querySelectorAll('.tile')].filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.textContent)"
    )
    assert spilt == []
    one.context.close()


def test_a_tile_opens_its_county_and_escape_leads_back(
    ground: Ground, browser: Any, tmp_path: Path
) -> None:
    page = Opened(browser, page_at(tmp_path, places_page(Atlas(ground, "zh"))), SIZES["desk"]).page
    assert page.locator(".county:visible").count() == 1
    page.locator(".tile[data-county=ruyuan]").focus()
    page.keyboard.press("Enter")
    assert page.locator(".county:visible h2").inner_text().startswith("乳源瑶族自治县")
    assert page.url.endswith("#ruyuan")
    assert page.locator(".tile[aria-current]").get_attribute("data-county") == "ruyuan"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.county") == "ruyuan"
    page.goto(page.url.partition("#")[0] + "#renhua")
    page.reload()
    assert page.locator(".county:visible h2").inner_text().startswith("仁化县")
    page.context.close()


def test_without_scripts_all_counties_are_read_below_the_tiles(
    ground: Ground, browser: Any, tmp_path: Path
) -> None:
    one = Opened(
        browser, page_at(tmp_path, places_page(Atlas(ground, "zh"))), SIZES["desk"], scripts=False
    )
    assert one.page.locator(".county:visible").count() == 10
    one.context.close()
