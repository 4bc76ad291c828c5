"""Who cannot use a mouse, see colours or see at all: axe-core over every kind of page, and walks by keyboard alone.

axe-core (MPL-2.0) comes with axe-playwright-python and is used here only; no page carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import SIZES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGS = ("zh", "en")

# What axe-core cannot decide by itself and people have looked at: rule with its reason, the elements, why it is right.
EXPLAINED = [
    (
        "color-contrast nonBmp",
        "[aria-hidden=true], .halves .quiet, #trail a[aria-label]",
        "a lone arrow in the colour of the words beside it, which axe-core measures",
    ),
    (
        "color-contrast shortTextContent",
        ".bullet text",
        "an axis figure of one digit in the colour of its longer neighbours",
    ),
    (
        "color-contrast imgNode",
        ".bullet text",
        "ink or quiet grey of an SVG beside its bars and never on them, on the white of the page",
    ),
    (
        "color-contrast bgOverlap",
        ".bullet text",
        "the same, where the picture is taller than its row",
    ),
    (
        "color-contrast bgOverlap",
        ".g th[rowspan]",
        "a head of several rows, ink on white: axe-core asks for each row behind it",
    ),
    (
        "color-contrast elmPartiallyObscuring",
        "td a, th a",
        "a link of two lines, accent on white: its box reaches over the words before it",
    ),
    (
        "color-contrast elmPartiallyObscuring",
        "#panel-body *, #hits .hits-head span",
        "ink on white beside the button of the panel, or in a head that stays while its group scrolls",
    ),
    (
        "color-contrast elmPartiallyObscured",
        "header nav .doors a, #hits *",
        "scrolled out of its box: what is in view has the same colours and is measured",
    ),
    (
        "link-in-text-block bgOverlap",
        ".card h3 a",
        "the link is the heading of its card, bold, and no word in a sentence",
    ),
    (
        "th-has-data-cells",
        "#list, #roll, .legs, .uses",
        "a head whose cells are empty in the rows shown, or a head that spans the row of a group",
    ),
]

# Pages that show what their address names: an address, and what is there when it is shown.
SHOWN = {
    "thing.html": ("?actor/shaogang", "#thing .g"),
    "card.html": ("?advanced-materials/copper-alloy-lead-frames", "#card h2"),
    "path.html": ("#a=actor/shaogang&b=node/aluminium-foil", "#path-out[data-ready]"),
}
# What opens on demand, by kind of page: what is done, and where it is then looked at.
OPENED = {
    "index.html": ([("focus", "#q"), ("type", "韶")], ".seek"),
    "gaps.html": ([("focus", "#q"), ("type", "丹霞冶练厂")], ".seek"),
    "chain": ([("click", ".matrix .node[data-node] >> nth=0")], "#panel"),
}
# Thousands of rows say no more of a kind of page than hundreds do.
LARGE = 60_000

# Which explanations were needed.
USED: set[int] = set()

# Runs axe-core: outcome with rule and reason, element, and the number of its explanation or -1.
AXE = """async ([tags, within, explained]) => {
  const told = await axe.run(within || document, {runOnly: tags, resultTypes: ["violations", "incomplete"]});
  const found = [];
  for (const outcome of ["violations", "incomplete"]) for (const rule of told[outcome]) for (const node of rule.nodes) {
    const checks = [...node.any, ...node.all, ...node.none], data = checks.map(c => c.data).find(d => d && d.messageKey);
    const name = data ? `${rule.id} ${data.messageKey}` : rule.id, element = document.querySelector(node.target[0]);
    const why = outcome === "violations" ? -1 : explained.findIndex(([n, s]) => n === name && element.matches(s));
    found.push([`${outcome}: ${name}`, `${node.target} ${node.html.slice(0, 160)}`, why]);
  }
  return found;
}"""

# Everything that takes the focus, one after the other: is it seen, whole or as much of it as fits, with an outline?
WALK = """() => {
  const able = [...document.querySelectorAll('a[href], button, input, select, summary, textarea, [tabindex="0"]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length && e.checkVisibility({ visibilityProperty: true }));
  // Of thousands every fifth or tenth says the same.
  const step = Math.ceil(able.length / 500), bad = [], wide = document.documentElement.clientWidth, high = window.innerHeight;
  for (let i = 0; i < able.length; i += step) {
    const e = able[i];
    e.focus();
    if (document.activeElement !== e) { bad.push([name(e), "takes no focus"]); continue; }
    const style = getComputedStyle(e), boxes = [...e.getClientRects()], b = boxes[0];
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) <= 0) bad.push([name(e), "no outline"]);
    const in_y = b.height > high ? b.top < high && b.bottom > 0 : b.top >= -1 && b.bottom <= high + 1;
    const in_x = b.width > wide ? b.left < wide && b.right > 0 : b.left >= -1 && b.right <= wide + 1;
    if (!in_x || !in_y) { bad.push([name(e), `outside: ${Math.round(b.left)},${Math.round(b.top)} ${Math.round(b.width)}x${Math.round(b.height)}`]); continue; }
    // Of an element taller than the window its upper edge is asked for.
    const x = Math.min(Math.max(b.left + b.width / 2, 1), wide - 2), y = Math.min(Math.max(b.top + Math.min(b.height, 40) / 2, 1), high - 2);
    const top = document.elementFromPoint(x, y);
    if (!(top && (e.contains(top) || top.contains(e)))) bad.push([name(e), "covered by " + (top ? name(top) : "nothing")]);
  }
  function name(e) { return e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (typeof e.className === "string" && e.className ? "." + e.className.trim().replace(/ +/g, ".") : "") + " " + (e.textContent || "").trim().slice(0, 20); }
  return [able.length, bad];
}"""


def kinds(site: Path, lang: str) -> dict[str, str]:
    """One page of every kind there is: at the top by the first word of the name, in folders by folder.

    Of the pages of a kind the largest that is not overlong, so that a new kind of page is looked at unasked.
    """
    root = site if lang == "zh" else site / lang
    found: dict[str, list[Path]] = {}
    for page in sorted(root.rglob("*.html")):
        folder, stem = page.relative_to(root).parts[:-1], page.stem
        if folder[:1] == ("en",):
            continue
        kind = folder[0] + "-graph" * stem.endswith("-graph") if folder else stem.split("-")[0]
        found.setdefault(kind if folder else kind + ".html", []).append(page)

    def rank(page: Path) -> tuple[bool, int, str]:
        size = page.stat().st_size
        return size <= LARGE, size if size <= LARGE else -size, page.name

    return {kind: max(pages, key=rank).as_uri() for kind, pages in found.items()}


class Reader:
    """One browser context for all pages of one size."""

    def __init__(self, browser: Any, size: tuple[int, int]) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        self.page = self.context.new_page()

    def open(self, url: str, kind: str) -> None:
        """The page at `url`, when it has drawn what it draws."""
        address, there = SHOWN.get(kind, ("", ""))
        # An address that differs in its fragment alone would not be loaded again.
        self.page.goto("about:blank")
        self.page.goto(url + address)
        if there:
            self.page.locator(there).first.wait_for(state="attached", timeout=20_000)
        if self.page.locator("#stage, #card, #thing").count():
            self.page.wait_for_selector("html[data-ready='1']", timeout=20_000)
        if self.page.evaluate("Boolean(window.atlasEgo && document.getElementById('ego'))"):
            # Its picture is drawn when it comes into view.
            self.page.evaluate("document.getElementById('ego').scrollIntoView()")
            self.page.wait_for_selector("#ego[data-ready]", timeout=20_000)
            self.page.evaluate("scrollTo(0, 0)")

    def do(self, kind: str) -> str:
        """Opens what a page of this kind opens on demand, and returns where that is; "" where there is nothing."""
        acts, where = OPENED.get(kind, ([], ""))
        for act, what in acts:
            if act == "click":
                self.page.locator(what).click()
            elif act == "focus":
                self.page.locator(what).focus()
            else:
                self.page.keyboard.type(what)
                self.page.locator("#hits [role=option]").first.wait_for(timeout=5000)
        return where

    def axe(self, within: str = "") -> dict[str, list[str]]:
        """What axe-core objects to or cannot decide, by rule and reason: the elements."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE_SCRIPT)
        told = self.page.evaluate(AXE, [TAGS, within, [e[:2] for e in EXPLAINED]])
        bad: dict[str, list[str]] = {}
        for name, element, why in told:
            if why >= 0:
                USED.add(why)
            else:
                bad.setdefault(name, []).append(element)
        return bad


@pytest.fixture(scope="module")
def readers(browser: Any) -> Iterator[dict[str, Reader]]:
    found = {name: Reader(browser, size) for name, size in SIZES.items()}
    yield found
    for reader in found.values():
        reader.context.close()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_page_is_without_objection(
    readers: dict[str, Reader], site: Path, size: str, lang: str
) -> None:
    """axe-core and the focus walk, on one load of each page."""
    reader, bad = readers[size], {}
    pages = kinds(site, lang)
    assert len(pages) >= 10
    for kind, url in pages.items():
        reader.open(url, kind)
        bad[kind] = reader.axe()
        reader.page.keyboard.press("Tab")
        stops, lost = reader.page.evaluate(WALK)
        if stops < 6:
            bad[kind]["focus: no doors, no links"] = [url]
        for who, why in lost:
            bad[kind].setdefault(f"focus: {why}", []).append(who)
        if where := reader.do(kind):
            bad[kind + " opened"] = reader.axe(where)
    told = [
        f"{kind}: {name}, {len(who)} times: {'  '.join(who[:3])}"
        for kind, found in bad.items()
        for name, who in found.items()
    ]
    assert not told, "\n" + "\n".join(told)


def test_the_check_of_access_can_fail(readers: dict[str, Reader], tmp_path: Path) -> None:
    """The negative control: no language, no name for a picture and a field, grey on white, a focus nobody sees."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<!doctype html><title>x</title><main><h1>x</h1><img src='data:,'><input>"
        "<p style='color:#aaa;background:#fff'>pale</p><a href='#' style='outline:none'>there</a>"
        "<div style='position:relative'><button>under</button>"
        "<p style='position:absolute;inset:0;background:#fff;margin:0'>over</p></div></main>",
        "utf-8",
    )
    reader = readers["desk"]
    reader.page.goto(page.as_uri())
    rules = {key.split(" ")[1] for key in reader.axe() if key.startswith("violations")}
    assert {"html-has-lang", "image-alt", "label", "color-contrast"} <= rules
    reader.page.keyboard.press("Tab")
    _, lost = reader.page.evaluate(WALK)
    assert {why.split(" by")[0] for _, why in lost} == {"no outline", "covered"}


def test_every_explanation_is_still_needed(request: pytest.FixtureRequest) -> None:
    """What people have looked at must not outlive its element."""
    ran = [i for i in request.session.items if "without_objection" in i.name]
    if len(ran) < len(SIZES) * len(LANGS):
        pytest.skip("told only by a run over all sizes and languages")
    assert [EXPLAINED[n][:2] for n in range(len(EXPLAINED)) if n not in USED] == []


@pytest.mark.parametrize("lang", LANGS)
def test_from_the_first_page_to_a_citation_by_tab_and_enter_alone(opened: Any, lang: str) -> None:
    one = opened(("" if lang == "zh" else "en/") + "index.html")
    page = one.page

    def tab_to(wanted: str, most: int) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            stop = page.evaluate(
                """wanted => {
                  const e = document.activeElement, s = getComputedStyle(e), b = e.getClientRects()[0];
                  return [e.matches(wanted), s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0,
                    b.top < innerHeight && b.bottom > 0 && b.left < innerWidth && b.right > 0, e.outerHTML.slice(0, 90)];
                }""",
                wanted,
            )
            assert stop[1] and stop[2], stop
            if stop[0]:
                return
        raise AssertionError(f"{wanted} is not reached by {most} steps")

    tab_to("a.skip", 1)
    tab_to(".card h3 a", 40)
    page.keyboard.press("Enter")
    page.wait_for_url("**/chain/*.html")
    tab_to(".matrix .node.present[data-node]", 80)
    node = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    place = page.locator("#panel .where").first
    assert place.is_visible()
    assert ("专栏5-1" if lang == "zh" else "Box 5-1") in page.locator("#panel").inner_text()
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == node
    assert one.said == []
