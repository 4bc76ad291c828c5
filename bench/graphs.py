"""Large chain graphs in Chromium beside stock pyvis on the same boxes and lines: until the first picture, and per frame.

Every page is opened by file:// and needs no network; stock pyvis loads from a CDN in every mode, so its page gets the
same vis-network bundle inside. Seconds run from the start of the navigation to the frame after the picture is there.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (1_000, 5_000)
# Seconds after which a picture that still moves is given up.
PATIENCE = 60
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# When our page says that it is ready, or stock pyvis has drawn; then one frame more, in which it is seen.
_OURS = """
new MutationObserver(() => {
  if (document.documentElement.dataset.ready && !window.benchReady)
    requestAnimationFrame(() => requestAnimationFrame(() => { window.benchReady = window.benchReady || performance.now(); }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
"""
_STOCK = """<script>
(() => {
  const seen = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.benchReady = performance.now(); }));
  if (%s) network.once("stabilized", seen); else seen();
})();
</script></body>"""
# The median of frames in which the picture is moved a little, each time to another place.
_FRAMES = """async (name) => {
  const net = window[name], times = [], at = net.getViewPosition();
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  for (let n = 0; n < 15; n++) {
    const start = performance.now();
    net.moveTo({ position: { x: at.x + (n % 2 ? 9 : -9), y: at.y }, animation: false });
    net.redraw();
    net.canvas.frame.canvas.getContext("2d").getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
    await frame();
  }
  return times.sort((a, b) => a - b)[7];
}"""
_FILTER = """async () => {
  const button = document.querySelector("[data-is=unseen]"), start = performance.now();
  button.click();
  atlasGraph.canvas.frame.canvas.getContext("2d").getImageData(0, 0, 1, 1);
  return performance.now() - start;
}"""


def city_pages(folder: Path, count: int) -> dict[str, Path]:
    """Pages of one chain with `count` nodes, made of the chains of a generated city: ours and two of stock pyvis."""
    from bench.city import write_city
    from kg.draw import page
    from kg.graph import data_files, load_files
    from kg.paint import static, style_sheet, vis_bundle
    from kg.site.atlas import Atlas
    from kg.site.graph import graph_context
    from kg.site.ground import Ground

    write_city(folder / "city", count * 6 // 5, count * 2, 1)
    atlas = Atlas(Ground(load_files(data_files(folder / "city"))), "zh")
    chain = _merged(atlas, count)
    (folder / "chain").mkdir()
    (folder / "assets").mkdir()
    (folder / "assets" / "atlas.css").write_text(style_sheet(), "utf-8")
    for name in ("panel.js", "graph.js", "picture.js"):
        (folder / "assets" / name).write_text(static(name), "utf-8")
    shutil.copy(vis_bundle(), folder / "assets" / "vis-network.min.js")
    context = graph_context(atlas, chain, "chain/x-graph.html")
    context["told_at"] = "../data/chain-x.js"
    ours = folder / "chain" / "x-graph.html"
    ours.write_text(page(chain, atlas.facts, "zh", atlas.labels, context, False, count), "utf-8")
    _script(folder / "data" / "chain-x.js", atlas, chain)
    raw = ours.read_text("utf-8").split('id="graph-data">')[1].split("</script>")[0]
    data = json.loads(raw)
    assert sum(n["role"] == "node" for n in data["nodes"]) == count
    return {
        "ours": ours,
        "still": _stock(folder / "still.html", data, physics=False),
        "moving": _stock(folder / "moving.html", data, physics=True),
    }


def _merged(atlas: Any, count: int) -> Any:
    """The chains of the city as one, cut to `count` nodes."""
    from kg.chain import Chain

    chains = list(atlas.chains.values())
    every = {iri: node for c in chains for iri, node in c.nodes.items()}
    nodes = {iri: every[iri] for iri in list(every)[:count]}
    assert len(nodes) == count
    edges = {e.id: e for c in chains for e in c.edges if e.subject in nodes and e.object in nodes}
    segments = list(dict.fromkeys(s for c in chains for s in c.segments))
    group = {i: v for c in chains for i, v in c.group_actors.items()}
    return Chain(chains[0].industry, segments, nodes, list(edges.values()), group, {}, [])


def _script(path: Path, atlas: Any, chain: Any) -> None:
    from kg.draw import compact, panels

    path.parent.mkdir()
    told = compact(panels(chain, atlas.facts, atlas.words, chain.nodes, root="../"), "../")
    path.write_text("window.ATLAS_TOLD=" + json.dumps(told, ensure_ascii=False) + ";\n", "utf-8")


def _stock(path: Path, data: dict[str, Any], physics: bool) -> Path:
    """The page that stock pyvis writes for the same boxes and lines, with its vis-network inside."""
    from pyvis.network import Network

    from kg.paint import vis_bundle

    # Undirected, every new edge is checked against all others.
    net = Network(directed=True, cdn_resources="remote")
    for n in data["nodes"]:
        place = {} if physics else {"x": n["x"], "y": n["y"]}
        net.add_node(n["id"], label=n["label"], shape="box", **place)
    for start, end, word, _ in data["lines"]:
        net.add_edge(
            data["nodes"][start]["id"], data["nodes"][end]["id"], title=data["words"][word]
        )
    net.toggle_physics(physics)
    html = net.generate_html()
    html = re.sub(
        r'<link\b[^>]*https://[^>]*>|<script\b[^>]*src="https?://[^>]*></script>', "", html
    )
    html = re.sub(r"<link\s[^>]*?https://.*?/>", "", html, flags=re.S)
    html = re.sub(r'<script\s+src="https?://.*?</script>', "", html, flags=re.S)
    html = html.replace("</body>", _STOCK % ("true" if physics else "false"))
    html = html.replace("<head>", f"<head><script>{vis_bundle().read_text('utf-8')}</script>", 1)
    assert "https://cdn" not in html
    path.write_text(html, "utf-8")
    return path


def measure(browser: Any, page: Path, ours: bool, runs: int) -> dict[str, float]:
    """Medians over `runs`: seconds until the picture is seen, milliseconds per frame, and of a filter."""
    ready, frames, filters = [], [], []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        tab = context.new_page()
        if ours:
            tab.add_init_script(_OURS)
        tab.goto(page.as_uri(), wait_until="commit")
        # Waiting for a function would need eval, which our pages forbid.
        end = time.monotonic() + PATIENCE
        while not (seen := tab.evaluate("window.benchReady || 0")) and time.monotonic() < end:
            tab.wait_for_timeout(20)
        if not seen:
            context.close()
            return {"ready": float("inf"), "frame": float("nan"), "filter": float("nan")}
        ready.append(seen / 1000)
        frames.append(tab.evaluate(_FRAMES, "atlasGraph" if ours else "network"))
        if ours:
            filters.append(tab.evaluate(_FILTER))
        context.close()
    return {
        "ready": statistics.median(ready),
        "frame": statistics.median(frames),
        "filter": statistics.median(filters or [float("nan")]),
    }


def rows() -> list[tuple[str, str, str]]:
    """The figures as rows of name, reached, goal."""
    from playwright.sync_api import sync_playwright

    found: dict[int, dict[str, dict[str, float]]] = {}
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
        assert path, "no Chromium"
        browser = play.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for count in SIZES:
            place = Path(folder) / str(count)
            place.mkdir()
            pages = city_pages(place, count)
            # Opened once before: the browser's own start is not ours.
            measure(browser, pages["ours"], True, 1)
            found[count] = {
                name: measure(browser, page, name == "ours", 5 if name == "ours" else 1)
                for name, page in pages.items()
            }
        browser.close()
    table = []
    for count, goal in zip(SIZES, ("≤ 0.8", "≤ 1.5"), strict=True):
        ours, still, moving = (found[count][k] for k in ("ours", "still", "moving"))
        name = f"graph of {count:,} nodes"
        table += [
            (f"{name}, seconds until it is seen", f"{ours['ready']:.2f}", goal),
            (f"{name}, ms per frame when moved", f"{ours['frame']:.0f}", "≤ 60"),
            (f"{name}, ms of a filter", f"{ours['filter']:.0f}", "≤ 60"),
            (
                f"{name}, times faster seen than stock pyvis without physics",
                f"{still['ready'] / ours['ready']:.1f}",
                "",
            ),
            (
                f"{name}, times faster per frame than stock pyvis without physics",
                f"{still['frame'] / ours['frame']:.1f}",
                "",
            ),
            (
                f"{name}, times faster seen than stock pyvis as it comes",
                f"{moving['ready'] / ours['ready']:.0f}"
                if moving["ready"] < PATIENCE
                else f"> {PATIENCE / ours['ready']:.0f}",
                "",
            ),
        ]
    return table


if __name__ == "__main__":
    for name, reached, goal in rows():
        print(f"{name:<75} {reached:>8}  {goal}", flush=True)
