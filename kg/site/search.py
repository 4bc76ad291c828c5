"""What the search box reads: every name in both languages once, and what the browser needs to hear and see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kg.assets import folder
from kg.gaps import RULES
from kg.names import fold
from kg.site.atlas import page_words
from kg.site.ground import Ground
from kg.vocab import BASE, PREFIXES, address_of, namespace_of, page_of, slug
from kg.words import LANGS

# Which classes are listed together; the words are `search_groups` of viz/words/search.toml.
GROUPS: dict[str, tuple[str, ...]] = {
    "firms": ("Firm", "Group"),
    "products": ("Product",),
    "technologies": ("Technology",),
    "services": ("Service",),
    "segments": ("Segment",),
    "chains": ("Industry",),
    "applications": ("Application",),
    "platforms": ("Platform", "Alliance"),
    "institutes": ("Institute", "University", "Hospital"),
    "parks": ("Park", "Site"),
    "places": ("Place",),
    "bodies": ("GovernmentBody",),
    "organisations": ("Organisation", "Team"),
    "projects": ("Project", "Programme"),
    "policies": ("Policy", "Mechanism", "Strategy"),
    "means": ("Resource", "Talent", "Fund"),
    "events": ("Event", "Award"),
    "indicators": ("Indicator",),
    "gaps": (),
    "others": (),
}
# Runs of what pypinyin leaves as it is are one sound, each Chinese character another.
_SOUNDS = re.compile(
    r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]|[^\u3007\u3400-\u9fff\U00020000-\U0003ffff]+"
)

Entry = dict[str, str | list[str]]


def names_script(ground: Ground, index: list[Entry]) -> str:
    """The search list of both languages as a classic script (file:// knows no fetch). `index`: kg.names.index_of.

    What the browser can tell from the rest is not in it: folded names, pinyin and initials of names whose characters
    sound as they do alone, addresses that are made of the English name.
    """
    kinds: dict[str, list[Entry]] = {}
    for entry in index:
        if str(entry["iri"]) in ground.facts.things:
            kinds.setdefault(str(entry["kind"]), []).append(entry)
    order = {kind: n for n, kind in enumerate(k for ks in GROUPS.values() for k in ks)}
    listed = sorted(kinds, key=lambda k: (order.get(k, len(order)), k))
    entries = [e for kind in listed for e in kinds[kind]]
    alone, spoken = _sounds(entries)
    data = {
        "words": {lang: _words(lang) for lang in LANGS},
        "kinds": [[*_kind(ground, k), ["\t".join(_names(e)) for e in kinds[k]]] for k in listed],
        "thing": address_of(BASE).removesuffix(page_of(BASE)),
        "keys": dict(_keys(entries)),
        "chains": [n for n, e in enumerate(entries) if e["iri"] in ground.chains],
        "sounds": " ".join(s + "".join(chars) for s, chars in sorted(alone.items())),
        "spoken": spoken,
        "traditional": _traditional({c for e in entries for c in "".join(_names(e))}),
        "rules": {r.id: list(r.title) for r in RULES.values()},
        "cards": _cards(ground, [str(e["iri"]) for e in entries]),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Both end a line of a script in browsers older than 2019.
    for char in "\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"window.ATLAS_NAMES={text};\n"


def _words(lang: str) -> dict[str, Any]:
    return {k[7:]: w for k, w in page_words()[lang].items() if k.startswith("search_")}


def _kind(ground: Ground, kind: str) -> list[Any]:
    """The group of a class, its word in both languages, and where its things are."""
    group = next((g for g, kinds in GROUPS.items() if kind in kinds), "others")
    words = [ground.labels[lang].get(PREFIXES["ic"] + kind, kind) for lang in LANGS]
    return [group, *words, namespace_of(kind)]


def _names(entry: Entry) -> list[str]:
    """Chinese, English, then the other names; a tab inside a name would be the end of it."""
    return [n.replace("\t", " ") for n in (str(entry["zh"]), str(entry["en"]), *entry["alt"])]


def _keys(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Number in the list → name inside the site, of things that are not called there after their English name."""
    for n, entry in enumerate(entries):
        key = page_of(str(entry["iri"]))
        if key != f"{namespace_of(str(entry['kind']))}/{slug(str(entry['en']))}":
            yield str(n), key


def _cards(ground: Ground, iris: list[str]) -> list[list[Any]]:
    """Of each gap card, under the start of its address: its thing's number, its findings, its name if not its thing's.

    A firm that only a check names is no thing: -1, findings, name, and what it is called in both languages.
    """
    at = {iri: n for n, iri in enumerate(iris)}
    cards: dict[str, list[list[Any]]] = {}
    for iri in ground.cards:
        start, slash, name = ground.card(iri).rpartition("/")
        card: list[Any] = [at.get(iri, -1), " ".join(sorted(g.id for g in ground.found[iri]))]
        if iri not in at:
            card += [name, *(ground.survey.label(iri, lang) for lang in LANGS)]
        elif name != page_of(iri).rpartition("/")[2]:
            card.append(name)
        cards.setdefault(start + slash, []).append(card)
    return [[start, sorted(cards[start])] for start in sorted(cards)]


def _sounds(entries: list[Entry]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Syllable → characters that sound so alone, and folded name → syllables where a name is spoken otherwise.

    The common characters are there too: an input method often gives one that sounds the same.
    """
    from pypinyin import lazy_pinyin

    names = {str(e["iri"]): [fold(n) for n in (str(e["zh"]), *e["alt"]) if n] for e in entries}
    used = {c for folded in names.values() for n in folded for c in n}
    chars = sorted(c for c in used | _common() if _SOUNDS.fullmatch(c) and not c.isascii())
    alone = {c: s for c, s in zip(chars, lazy_pinyin(chars), strict=True) if s != c and s.isascii()}
    spoken: dict[str, str] = {}
    for entry in entries:
        heard = set(entry["pinyin"])
        for name in names[str(entry["iri"])]:
            parts = [alone.get(p, p) for p in _SOUNDS.findall(name)]
            if fold("".join(parts)) not in heard:
                spoken[name] = " ".join(lazy_pinyin(name))
    by: dict[str, list[str]] = {}
    for char, sound in alone.items():
        by.setdefault(sound, []).append(char)
    return by, dict(sorted(spoken.items()))


@cache
def _common() -> frozenset[str]:
    """The 3,755 characters of GB 2312 level 1 (rows 16 to 55)."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(c.decode("gb2312", "ignore") for c in cells))


def _traditional(used: set[str]) -> str:
    """Traditional characters, each followed by the simplified one, as far as the names need them."""
    lines = (folder("viz") / "traditional.txt").read_text("utf-8").splitlines()
    table = "".join(line for line in lines if not line.startswith("#"))
    pairs = (table[n : n + 2] for n in range(0, len(table), 2))
    return "".join(p for p in pairs if p[1] in used and p[0] not in used)
