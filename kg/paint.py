"""The one door to Jinja2: templates, words, colours and links of the pages."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kg.assets import cache as cache_folder
from kg.assets import folder
from kg.facts import Claim, Facts, Thing
from kg.vocab import address_of

# Classes → the colour family of style.toml.
FAMILY = {
    "Industry": "industry",
    "Segment": "segment",
    "Product": "product",
    "Technology": "technology",
    "Service": "service",
    "Application": "application",
    "Firm": "firm",
    "Group": "firm",
    "Institute": "institute",
    "University": "institute",
    "Hospital": "institute",
    "Platform": "platform",
    "Alliance": "platform",
    "Park": "park",
    "Place": "park",
    "Site": "park",
    "GovernmentBody": "government",
}


@cache
def style() -> dict[str, Any]:
    """The words and colours of viz/style.toml."""
    with (folder("viz") / "style.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def style_sheet() -> str:
    """The style sheet of all pages: colours as custom properties, then static/*.css, atlas.css first."""
    tokens = style()
    lines = [f"--{name}: {value};" for name, value in tokens["colour"].items()]
    for group in ("presence", "kind"):
        for name, look in tokens[group].items():
            lines += [f"--{name}-{part}: {value};" for part, value in look.items()]
    root = ":root {\n  " + "\n  ".join(lines) + "\n}\n"
    # Later sheets say more of single pages: the shared one comes first.
    names = sorted(p.name for p in (folder("viz") / "static").glob("*.css"))
    names.sort(key=lambda n: n != "atlas.css")
    return root + "".join(map(static, names))


@cache
def static(name: str) -> str:
    """The text of viz/static/NAME."""
    return (folder("viz") / "static" / name).read_text("utf-8")


def vis_bundle() -> Path:
    """The vis-network bundle that pyvis carries (MIT or Apache 2.0): pages need nothing from another host."""
    import importlib.util

    # Found without importing pyvis, which takes a third of a second.
    spec = importlib.util.find_spec("pyvis")
    assert spec and spec.origin
    return Path(spec.origin).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"


def _compiled() -> jinja2.FileSystemBytecodeCache | None:
    """Where compiled templates are kept (a fifth of a second for all of them); None where nothing can be written."""
    home = cache_folder() / "templates"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(home))


@cache
def environment() -> jinja2.Environment:
    """Templates with autoescape on and undefined names an error."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("viz") / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(),
    )
    env.filters["block"] = data_block
    env.filters["family"] = lambda kind: FAMILY.get(kind, "other")
    return env


@cache
def _plain() -> jinja2.Environment:
    """The templates without autoescape, for what `fragment` has escaped already."""
    return environment().overlay(autoescape=False)


def fragment(template: str, words: Mapping[str, Any], **context: Any) -> str:
    """Part of a page, of which there are thousands: `context` is escaped as a whole first, which takes half the time.

    `words` are names that `escaped` has been given already. Markup in the context stays what it is.
    """
    return _plain().get_template(template).render(**words, **escaped(context))


def escaped(value: Any) -> Any:
    """`value` with every text in it safe for HTML, also between quotation marks; its lists, tuples and dicts copied."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    if kind is list or kind is tuple:
        return [escaped(v) for v in value]
    if kind is dict:
        return {k: escaped(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, float, Markup)):
        return value
    if not isinstance(value, (str, list, tuple, dict)):
        # It would stand in the page as it is.
        raise TypeError(f"not to be escaped: {kind.__name__}")
    # A subclass, as named tuples are.
    return escaped(
        str(value)
        if isinstance(value, str)
        else dict(value)
        if isinstance(value, dict)
        else list(value)
    )


@lru_cache(maxsize=1 << 16)
def _escape(text: str) -> str:
    """Most texts of the pages are names, and stand on many of them."""
    return html.escape(text)


def data_block(value: object) -> Markup:
    """`value` as JSON that is safe inside a script element of type application/json."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def hash_source(script: str) -> str:
    """The CSP source that allows exactly this inline script."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


# Between the places of a claim.
SEMICOLON = {"zh": "；", "en": "; "}


class Words:
    """What pages call things in one language: `w("firm")`, and labels of things."""

    def __init__(self, facts: Facts, lang: str, labels: dict[str, str]) -> None:
        self.facts, self.lang, self._labels = facts, lang, labels
        # Some claims share a sentence, and each is told on two pages.
        self._cited: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}

    def label(self, iri: str) -> str:
        """A thing's or term's name."""
        thing = self.facts.things.get(iri)
        return thing.label(self.lang) if thing else self._labels.get(iri, iri.rpartition("/")[2])

    def other(self, thing: Thing) -> str:
        """The name in the other language, "" when it is the same."""
        name = thing.label("zh" if self.lang == "en" else "en")
        return "" if name == thing.label(self.lang) else name

    def place(self, sources: tuple[str, ...]) -> list[str]:
        """The places of a claim in words, in the order of the text."""
        return [label for label, _ in self.cited(sources)]

    def cited(self, sources: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The places of a claim in words, each with the IRI of its (first) passage, in the order of the text."""
        if (known := self._cited.get(sources)) is None:
            known = self._cited[sources] = tuple(self._cite(sources))
        return known

    def _cite(self, sources: tuple[str, ...]) -> list[tuple[str, str]]:
        known = [self.facts.passages[s] for s in sources if s in self.facts.passages]
        known.sort(key=lambda p: p.start)
        found: list[tuple[str, str]] = []
        for passage in known:
            label = passage.place(self.lang)
            # "… 第1段第4句；… 第1段第5句" reads better as "… 第1段第4句、第5句".
            stem, _, sentence = label.rpartition("段")
            if stem and found and found[-1][0].startswith(stem + "段第"):
                before, iri = found[-1]
                found[-1] = f"{before}、{sentence}", iri
            else:
                found.append((label, passage.iri))
        return found

    def fact(self, claim: Claim, seen_from: str, root: str) -> list[str]:
        """A claim as a row for panels: relation, other thing, its page, status word, detail, places.

        The relation reads from `seen_from`: "生产 →" or "← 生产".
        """
        out = claim.subject == seen_from
        other = claim.object if out else claim.subject
        relation = self.label(claim.predicate)
        detail = [self.label(r) for r in claim.roles] + list(claim.wordings)
        if claim.level == "group":
            detail.insert(0, "组级" if self.lang == "zh" else "group level")
        if claim.origin == "domain":
            detail.append(claim.basis.pick(self.lang))
        return [
            f"{relation} →" if out else f"← {relation}",
            self.label(other),
            root + address_of(other),
            "domain" if claim.origin == "domain" else claim.status,
            ("，" if self.lang == "zh" else ", ").join(detail),
            SEMICOLON[self.lang].join(self.place(claim.sources)),
        ]


STATUS_WORDS = {
    "zh": {
        "existing": "现有",
        "underway": "在建在研",
        "planned": "规划",
        "target": "目标",
        "domain": "行业常识",
    },
    "en": {
        "existing": "existing",
        "underway": "underway",
        "planned": "planned",
        "target": "target",
        "domain": "domain knowledge",
    },
}
