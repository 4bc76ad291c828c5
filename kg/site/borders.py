"""Borders of the counties from a user's own GeoJSON file: read, checked, projected, thinned out to a small picture."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import Finding, KgError
from kg.words import Words

MOST_BYTES = 20_000_000
MOST_PATH = 50_000
# How wide the picture is in its own units.
WIDE = 1000.0
# 粤S(2023)056号, GS京（2022）1061号, GS(2019)1822号.
_NUMBER = re.compile(r"[A-Z\u4e00-\u9fff]{1,6}[(（〔]\d{4}[)）〕]\d{1,6}号")
# Properties that hold a name in the files that people have, before any other property is looked at.
_NAMED = ("name", "NAME", "Name", "名称", "县", "XZQMC", "xzqmc", "fullname", "label")
# Names for longitude and latitude on WGS 84 (CGCS2000 differs from it by centimetres).
_CRS = re.compile(r"CRS:?84|EPSG:(:|\d.*:)?(4326|4490)\Z")

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Shape:
    """A county as an SVG path, and the point inside it where its name stands."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Borders:
    """The shapes by the key of their county, the map-review number to print below them, and what was seen on the way."""

    number: str
    shapes: Mapping[str, Shape]
    height: float
    findings: tuple[Finding, ...] = ()


def read_borders(path: str | Path, number: str, names: Mapping[str, str]) -> Borders:
    """The borders in the GeoJSON file `path` that belong to one of `names` (name → key), ready to be drawn.

    KgError without a map-review number (审图号) or where the file is no such map; what of it is not drawn is a finding.
    """
    if not str(path):
        raise KgError(
            Words(
                "有审图号而没有边界文件。", "There is a map-review number and no file of borders."
            ),
            Words("请加上 --map 文件.geojson。", "Add --map FILE.geojson."),
        )
    path, number = Path(path), number.strip()
    if not _NUMBER.fullmatch(number):
        raise KgError(
            Words(
                f"{path}：真实边界须附审图号，得到的是“{_told(number)}”。",
                f'{path}: real borders need their map-review number (审图号); given was "{_told(number)}".',
            ),
            Words(
                '请从地图上抄下审图号，写成 --map-number "粤S(2023)056号" 的样子；没有审图号就省略 --map，页面用方格。',
                'Copy it from the map, like --map-number "粤S(2023)056号"; without one leave out --map, and the page has tiles.',
            ),
        )
    shapes: dict[str, list[Ring]] = {}
    findings: list[Finding] = []
    for at, feature in enumerate(_features(path), start=1):
        place = f"{path}: {at}"
        key, said = _key(feature, names)
        if not key:
            findings.append(_unknown(place, said))
            continue
        shapes.setdefault(key, []).extend(_rings(place, feature))
    if not shapes:
        raise KgError(
            Words(
                f"{path}：没有一个图形是已知区县。", f"{path}: no shape is a county that is known."
            ),
            Words(
                f"请在每个图形的 name 属性中写区县名，如“{next(iter(names), '')}”。",
                f'Give each shape a property "name" with a county such as "{next(iter(names), "")}".',
            ),
        )
    absent = dict.fromkeys(k for k in names.values() if k not in shapes)
    for key in absent:
        name = next(n for n, k in names.items() if k == key)
        findings.append(
            Finding(
                "note",
                "map-county",
                str(path),
                Words(f"地图中没有{name}。", f"The map has no {name}."),
                Words("图上不画它，表中仍有。", "It is not drawn; the table still has it."),
            )
        )
    drawn, height = _draw(str(path), shapes)
    return Borders(number, drawn, height, tuple(findings))


def _told(text: str) -> str:
    """A text from a file as it may stand in a message: printable, and not long."""
    return "".join(c if c.isprintable() else "·" for c in text[:40])


def _fault(place: str, zh: str, en: str) -> KgError:
    return KgError(
        Words(f"{place}：{zh}。", f"{place}: {en}."),
        Words(
            "请用 WGS84 经纬度的 GeoJSON（FeatureCollection，Polygon 或 MultiPolygon）另存后再试。",
            "Save it as GeoJSON in WGS84 degrees (a FeatureCollection of Polygon or MultiPolygon) and try again.",
        ),
    )


def _unknown(place: str, said: str) -> Finding:
    return Finding(
        "warning",
        "map-name",
        place,
        Words(
            f"图形“{_told(said)}”不是已知区县，未画。",
            f'The shape "{_told(said)}" is no known county and was not drawn.',
        ),
        Words(
            "如应画出，请改它的 name 属性，或在 viz/counties.toml 中加写法。",
            "If it should be, mend its name property or add the form to viz/counties.toml.",
        ),
    )


def _features(path: Path) -> list[dict[str, Any]]:
    """The features of the file. KgError where it cannot be read as such."""
    place = str(path)
    try:
        # One byte more than is allowed says that there is more, without reading it.
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise KgError(
            Words(f"无法读取 {path}：{fault}。", f"Cannot read {path}: {fault}."),
            Words("请检查 --map 后的路径。", "Check the path after --map."),
        ) from None
    if len(raw) > MOST_BYTES:
        raise _fault(place, "超过 20 MB", "larger than 20 MB")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _fault(place, "不是有效的 JSON（UTF-8）", "not valid JSON in UTF-8") from None
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise _fault(place, "不是 FeatureCollection", "not a FeatureCollection")
    crs = data.get("crs")
    if crs is not None:
        found = crs.get("properties") if isinstance(crs, dict) else None
        name = found.get("name") if isinstance(found, dict) else None
        if not isinstance(name, str) or not _CRS.search(name):
            raise _fault(place, "坐标系不是 WGS84", "its coordinates are not WGS84")
    features = data.get("features")
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise _fault(place, "features 不是图形的列表", "features is no list of shapes")
    return features


def _key(feature: dict[str, Any], names: Mapping[str, str]) -> tuple[str, str]:
    """The county that a feature's properties name and what they say; "" where they name none, or several."""
    found = feature.get("properties")
    properties = found if isinstance(found, dict) else {}
    texts = {k: v.strip() for k, v in properties.items() if isinstance(v, str)}
    first = [texts[k] for k in _NAMED if k in texts]
    for name in first:
        if name in names:
            return names[name], name
    keys = {names[v] for v in texts.values() if v in names}
    said = next(iter((*first, *texts.values())), "")
    return (keys.pop() if len(keys) == 1 else "", said)


def _rings(place: str, feature: dict[str, Any]) -> Iterator[Ring]:
    """The closed rings of a feature, as longitude and latitude. KgError where they are none."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list):
        raise _fault(place, "不是 Polygon 或 MultiPolygon", "neither Polygon nor MultiPolygon")
    for polygon in [parts] if kind == "Polygon" else parts:
        if not isinstance(polygon, list) or not polygon:
            raise _fault(place, "坐标不成环", "its coordinates form no ring")
        for ring in polygon:
            points = [_point(place, p) for p in ring] if isinstance(ring, list) else []
            if len(points) < 4 or points[0] != points[-1]:
                raise _fault(place, "有不闭合的环", "it has a ring that is not closed")
            yield points


def _point(place: str, value: object) -> Point:
    if isinstance(value, list) and len(value) >= 2:
        x, y = value[0], value[1]
        if type(x) in (int, float) and type(y) in (int, float):
            # A number may be as long as the file; what is no degree is refused before it becomes a float.
            if -180 <= x <= 180 and -85 <= y <= 85 and math.isfinite(x) and math.isfinite(y):
                return float(x), float(y)
            raise _fault(place, "坐标不是经纬度", "a coordinate is not in degrees")
    raise _fault(place, "坐标不是数", "a coordinate is no pair of numbers")


def _draw(place: str, shapes: dict[str, list[Ring]]) -> tuple[dict[str, Shape], float]:
    """All shapes as paths in one picture `WIDE` wide, and its height: equirectangular at the mean latitude."""
    points = [p for rings in shapes.values() for ring in rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    across, up = (east - west) * narrow, north - south
    if not across or not up:
        raise _fault(place, "所有的点在一条线上", "all its points lie on one line")
    # Neither a map of one street nor a belt around the world may become a strip without end.
    scale = min(WIDE / across, 1.4 * WIDE / up)
    flat = {
        key: [[((x - west) * narrow * scale, (north - y) * scale) for x, y in r] for r in rings]
        for key, rings in shapes.items()
    }
    # Points move to a grid that neighbours share, so that a common border stays common; coarser until it is small.
    step = 1.0
    while True:
        paths = {key: "".join(_path(r, step) for r in rings) for key, rings in flat.items()}
        if sum(map(len, paths.values())) <= MOST_PATH or step > WIDE:
            break
        step *= 1.4
    drawn = {k: Shape(paths[k], *_inside(flat[k])) for k in shapes if paths[k]}
    return drawn, up * scale


def _path(ring: Ring, step: float) -> str:
    """A ring on a grid of `step`, "" where nothing of it is left."""
    kept: list[tuple[int, int]] = []
    for x, y in ring:
        at = round(x / step), round(y / step)
        if kept and at == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], at):
            kept.pop()
        kept.append(at)
    if len(kept) < 4:
        return ""
    spots = [(round(x * step), round(y * step)) for x, y in kept[:-1]]
    moves = [f"M{spots[0][0]} {spots[0][1]}l"]
    for before, after in pairwise(spots):
        moves.append(f"{after[0] - before[0]} {after[1] - before[1]} ")
    return "".join(moves).rstrip().replace(" -", "-") + "z"


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Whether `b` lies between `a` and `c` on a line."""
    u, v = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1])
    return u[0] * v[1] == u[1] * v[0] and u[0] * v[0] + u[1] * v[1] > 0


def _inside(rings: list[Ring]) -> Point:
    """A point well inside the largest ring: the middle of the widest stretch on one of its middle heights."""
    ring = max(rings, key=lambda r: abs(_area(r)))
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best = (-1.0, ring[0][0], ring[0][1])
    for part in range(3, 10):
        # A little off the round share, where corners of made-up maps lie.
        y = low + (high - low) * (part / 12 + 0.001)
        cuts = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in pairwise(ring)
            if (y1 > y) != (y2 > y)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            # Of equally wide stretches the one nearest to the middle.
            width = (right - left) * (1 - abs(part - 6) / 20)
            best = max(best, (width, (left + right) / 2, y))
    return best[1], best[2]


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
